"""Under which names the tables of a database are looked for, and what one that is missing means."""

from collections.abc import Iterator, Sequence

from casescope.identified.intake.tables import TABLES, ExtractTable

_NAMES_IN_SSD = {
    "person": "ssd_person",
    "address": "ssd_address",
    "mother": "ssd_mother",
    "linked_identifier": "ssd_linked_identifiers",
    "cla_episode": "ssd_cla_episodes",
    "placement": "ssd_cla_placement",
    "legal_status": "ssd_legal_status",
    "permanence": "ssd_permanence",
    "pre_proceedings": "ssd_pre_proceedings",
    "assessment": "ssd_cin_assessments",
    "assessment_factor": "ssd_assessment_factors",
    "care_leaver": "ssd_care_leavers",
    "cp_plan": "ssd_cp_plans",
}
"""What the Standard Safeguarding Dataset calls the tables that it has."""

_NEEDED = ("person", "mother")
"""Tables without which there is no study, unless a file holds them."""

_ALSO = {"place": ("place_lookup",)}


def known_names() -> dict[str, tuple[str, ...]]:
    """Return by table every name under which it is looked for; the first is what to call it."""
    return {
        table.name: tuple(
            dict.fromkeys(
                [
                    _NAMES_IN_SSD.get(table.name, table.name),
                    table.name,
                    f"ssd_{table.name}",
                    *_ALSO.get(table.name, ()),
                ]
            )
        )
        for table in TABLES
    }


def lacked(found: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what to call each table that the database has not, and what that means."""
    here = {name.lower() for name in found}
    names_of = known_names()
    for table in TABLES:
        names = names_of[table.name]
        if not here & set(names):
            yield names[0], _without(table)


def _without(table: ExtractTable) -> str:
    if table.name in _NEEDED:
        return "not in the database; without it no woman can be counted"
    if table.returns:
        return "not in the database; returns seldom are: load them as files"
    return "not in the database; what rests on it is not told"

"""The course of care as it was seen: how children of these women fared who were removed as babies.

What a programme puts off is births, so the removals that it avoids are taken to be of children
under 1. What older children's care costs is in none of these paths.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casescope.governance.study_file.prices import AGE_GROUPS, Pathway

AGE = AGE_GROUPS[0]

STAYS = {"foster": "foster", "relatives": "kinship", "adoption": "placed for adoption"}
"""Kinds of placement that an infant's path is priced by, in the order in which they usually come:
a child is placed for adoption last. Residential places are never priced for infants, and nobody
gives a cost for a week with parents."""

ENDINGS = {
    "adopted": "adoption", "special guardianship": "guardianship", "child arrangements": "other",
    "returned to parents": "home", "adult life": "other", "other": "other",
    "still in care": "in care",
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """Children who fared alike: how care ended, how many, and their weeks by kind of placement.

    In a report these are released figures; a kind that is hidden is not in `weeks`.
    """

    ending: str
    children: float
    weeks: Mapping[str, float]


def observed(seen: Iterable[Seen], *, own_carers: bool = False) -> tuple[Pathway, ...]:
    """Return one pathway for each outcome, with its share of the children and mean weeks.

    With `own_carers` foster care is priced as the authority's own.
    """
    known = [one for one in seen if one.children > 0]
    everyone = sum(one.children for one in known)
    return tuple(
        Pathway(AGE, one.children / everyone, _stays(one, own_carers), ENDINGS[one.ending])
        for one in known
    )


def _stays(one: Seen, own_carers: bool) -> tuple[tuple[str, float], ...]:
    named = STAYS | ({"foster": "own foster"} if own_carers else {})
    return tuple(
        (stay, one.weeks[kind] / one.children)
        for kind, stay in named.items()
        if one.weeks.get(kind)
    )

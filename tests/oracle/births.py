"""One child under two records: opened before birth and again after it."""

from datetime import date, timedelta

from tests.oracle.identity import UNKNOWN_UPNS, People, Woman
from tests.oracle.reading import day, squeezed
from tests.worlds import FILE, World

EARLY, LATE = timedelta(days=120), timedelta(days=45)
"""How long before and after the expected date the child of one pregnancy may be born."""


def with_births_joined(world: World) -> World:
    """Return the world in which each such child goes by the id that was registered first."""
    people = People(world)
    names: dict[str, str] = {}
    for woman in people.mothers:
        for unborn, born in _same_children(people, woman):
            names[max(unborn, born)] = min(unborn, born)
    tables = {
        table: [
            {
                name: cell if name == FILE else names.get(cell.strip(), cell)
                for name, cell in row.items()
            }
            for row in rows
        ]
        for table, rows in world.tables.items()
    }
    restricted = frozenset(names.get(person, person) for person in world.restricted)
    return world.but(tables=tables, restricted=restricted)


def _same_children(people: People, woman: Woman) -> list[tuple[str, str]]:
    """Return unborn and born records of one child: nearest dates first, each used once."""
    hers = [child for child in people.children_of_anybody if _mothers(people, child) == {woman}]
    unborn: dict[date, list[str]] = {}
    born: dict[date, list[str]] = {}
    for child in hers:
        birth, expected = _born(people, child), _expected(people, child)
        if birth is None and expected and not _is_in_return(people, child):
            unborn.setdefault(expected, []).append(child)
        if birth and birth <= people.world.reference_date and not expected:
            born.setdefault(birth, []).append(child)
    near = [(p, b) for p in unborn for b in born if p - EARLY <= b <= p + LATE]
    found = []
    for pregnancy, birth in near:
        of_one = min((b for p, b in near if p == pregnancy), key=lambda b: (abs(b - pregnancy), b))
        of_other = min((p for p, b in near if b == birth), key=lambda p: (abs(birth - p), p))
        if (of_one, of_other) == (birth, pregnancy):
            found += list(zip(sorted(unborn[pregnancy]), sorted(born[birth]), strict=False))
    return found


def _mothers(people: People, child: str) -> set[Woman]:
    rows = [row for row in people.births if row["moth_childs_person_id"].strip() == child]
    return {people.women[row["moth_person_id"].strip()] for row in rows}


def _born(people: People, child: str) -> date | None:
    own = [day(row["pers_dob"]) for row in people.facts(child)]
    rows = people.world.rows("mother")
    said = [day(r["moth_childs_dob"]) for r in rows if r["moth_childs_person_id"].strip() == child]
    return min(filter(None, own), default=None) or min(filter(None, said), default=None)


def _expected(people: People, child: str) -> date | None:
    return min(
        filter(None, (day(r["pers_expected_dob"]) for r in people.facts(child))), default=None
    )


def _is_in_return(people: People, child: str) -> bool:
    """Answer whether SSDA903 knows the child: by the same id, a linked identifier, or its UPN."""
    known = {
        squeezed(row["CHILD"])
        for table in ("header", "episodes", "uasc")
        for row in people.world.rows(table)
    }
    named = {
        squeezed(row["link_identifier_value"])
        for row in people.world.rows("linked_identifier")
        if row["link_person_id"].strip() == child
    }
    upns = {squeezed(row["pers_upn"]) for row in people.facts(child)} - {""} - set(UNKNOWN_UPNS)
    headed = {squeezed(row["UPN"]) for row in people.world.rows("header")}
    return bool({squeezed(child), *named} & known or upns & headed)

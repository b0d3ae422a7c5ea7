"""All that an attacker knows of how the report's figures hang together, put together."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from casescope.disclosure.audit import Cell
from casescope.disclosure.relations import children, curves, rest, shared_dataset, women
from casescope.disclosure.relations.meaning import Adding, Meaning, Sharing
from casescope.disclosure.released import ReleasedTable

_COMPLETE = frozenset({
    "age", "ethnic group", "area", "disability", "year", "age at removal", "route", "count",
    "how care ended", "longest placement", "age at first removal",
    "mother found", "time", "age then", "since her latest event", "youngest new child",
    *(women.tier(count) for count in women.COUNTS), *shared_dataset.COMPLETE,
    *curves.DIMENSIONS,
})  # fmt: skip
"""Dimensions of which a table tells every category."""


def meanings(linkage: str) -> dict[str, Meaning]:
    """Return what the counts of each table mean, by its id, where `linkage` leads."""
    return (
        women.meanings() | children.meanings() | rest.meanings(linkage)
        | shared_dataset.meanings()
    )  # fmt: skip


def unions() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, for each dimension, the categories that are unions of others."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for part in (women.unions(), children.unions(), shared_dataset.unions()):
        for dimension, named in part.items():
            found.setdefault(dimension, {}).update(named)
    return found


def sums() -> dict[tuple[str, str], Adding]:
    """Return, by table and column (or first label of a row), what a sum of shown counts adds up."""
    return children.sums()


def shares() -> dict[tuple[str, str], Sharing]:
    """Return, by table and column of shares, whom one is of."""
    return women.shares() | children.shares()


def others() -> dict[str, frozenset[str]]:
    """Return, for dimensions of which not every category is told, those that exist beside."""
    out = frozenset(women.OUT)
    found = {women.tier(count): out | {women.T4} for count in women.COUNTS}
    found |= {women.pattern(count): frozenset({"none"}) for count in women.COUNTS}
    found |= curves.others()
    return found


def is_open(dimension: str) -> bool:
    """Say whether somebody can be in no category of a dimension that a figure tells of."""
    return dimension not in _COMPLETE


def choices(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Yield rows of cells of which no two may leave a few between them, the study's own first.

    They count the same group by one choice after another: of linkage, of a setting, or of a
    narrower count under any linkage.
    """
    told = dict.fromkeys(cells)
    yield from rest.settings(told)
    yield from _narrower(told)


def _narrower(cells: Collection[Cell]) -> Iterator[list[Cell]]:
    told = set(cells)
    for universe in dict.fromkeys(one.universe for one in cells):
        for narrow, wide in women.nested():
            both = [
                Cell(universe, one.categories)
                for one in (wide, narrow)
                if universe.partition(rest.OTHERWISE)[0] == one.universe
            ]
            if len(both) == 2 and set(both) <= told:
                yield both


def never() -> tuple[Cell, ...]:
    """Return the groups in which nobody can be."""
    return women.never()


def groups_named(tables: Iterable[ReleasedTable]) -> Iterator[tuple[Cell, int]]:
    """Yield the groups that a table names only where they have so many."""
    rows = (row for table in tables if table.id == "areas" for row in table.rows)
    yield from (found for row in rows if (found := women.in_named_area(row.labels[0])))


def never_among(tables: Iterable[str]) -> Iterator[Cell]:
    """Yield the groups in which nobody can be that bear on these tables alone."""
    if set(tables) & set(shared_dataset.meanings()):
        yield from shared_dataset.never()


def members(unions_of: Mapping[str, tuple[str, ...]], category: str) -> tuple[str, ...]:
    """Return the categories that one is made of; one that is no union is itself."""
    return unions_of.get(category, (category,))

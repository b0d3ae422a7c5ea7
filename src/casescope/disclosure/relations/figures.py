"""What a reader can read off released figures: each as a count of people within bounds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casescope.disclosure.audit import Cell, Figure, Place, count
from casescope.disclosure.audit.figures import Standing
from casescope.disclosure.pack import RulePack
from casescope.disclosure.relations import curves as relating
from casescope.disclosure.relations.everything import (
    meanings,
    never,
    never_among,
    sums,
    unions,
    without,
)
from casescope.disclosure.released import (
    ReleasedCell,
    ReleasedCurve,
    ReleasedRow,
    ReleasedTable,
)  # fmt: skip

_NEARLY_ALL = "or more"
"""How a share ends whose complement is too small to be shown."""


@dataclass(frozen=True)
class Readable:
    """Tables and curves that somebody may read, and the pack and linkage they were made under.

    Curves that only tables read off are among them: whoever reads an estimate is taken to know all.
    """

    tables: Sequence[ReleasedTable]
    curves: Sequence[ReleasedCurve]
    pack: RulePack
    linkage: str


def figures(read: Readable) -> tuple[Figure, ...]:
    """Return everything that can be read off."""
    return (*_of_tables(read), *_of_curves(read))


def groups(figures: Iterable[Figure]) -> dict[str, dict[str, frozenset[str]]]:
    """Return every dimension's categories that are unions of others, as these figures need them."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for part in (unions(), relating.unions(figures)):
        for dimension, named in part.items():
            found.setdefault(dimension, {}).update({n: frozenset(m) for n, m in named.items()})
    return found


def impossible(read: Readable) -> tuple[Figure, ...]:
    """Return what the definitions rule out, and groups they make: a reader knows them too."""
    tables = (table.id for table in read.tables)
    cells = (*never(), *never_among(tables), *relating.never(read.curves, read.linkage))
    nobody = (
        count(Place("definitions", str(number)), cell, 0, 0, "known")
        for number, cell in enumerate(cells, start=1)
    )
    return (*nobody, *relating.groups_within(read.curves))


def place_of(table: str, labels: tuple[str, ...], column: str) -> Place:
    """Return where a figure stands; rows of one table are told apart by their labels."""
    return Place(table, " / ".join(labels), column)


def _of_tables(read: Readable) -> Iterator[Figure]:
    known, left_out = meanings(read.linkage), without()
    for table in read.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                place = place_of(table.id, row.labels, column)
                if _is_sum(table, row, column, read.pack):
                    continue  # adds up what is shown, and says nothing of its own
                meant = known[table.id](row.labels, column) if table.id in known else None
                if meant is not None:
                    yield from _counted(place, meant, cell, read.pack)
                rest = left_out.get((table.id, column))
                if rest is not None and cell.hidden and cell.shown.endswith(_NEARLY_ALL):
                    few = read.pack.hide_at_most
                    yield count(place, rest(row.labels), 0, few, "hidden")


def _is_sum(table: ReleasedTable, row: ReleasedRow, column: str, pack: RulePack) -> bool:
    is_stock = table.id == "flow" and row.labels[-1] == "stock"
    named = {(table.id, column), (table.id, row.labels[0])}
    return is_stock or bool(named & sums()) or (row.total and pack.totals == "shown")


def _counted(place: Place, meant: Cell, cell: ReleasedCell, pack: RulePack) -> Iterator[Figure]:
    if cell.kind not in ("count", "curve_count"):
        return
    least, most, standing = _behind(cell, pack)
    yield count(place, meant, least, most, standing)


def _behind(cell: ReleasedCell, pack: RulePack) -> tuple[int, int | None, Standing]:
    """Return the least and greatest true count behind a cell, and whether it is shown."""
    if cell.hidden or cell.value is None:
        if cell.shown == pack.hidden_words:
            return *pack.behind_hidden(), "hidden"
        return *pack.behind_withheld(), "withheld"
    behind = pack.behind if cell.kind == "count" else pack.behind_midpoint
    return *behind(int(cell.value)), "shown"


def _of_curves(read: Readable) -> Iterator[Figure]:
    for curve in read.curves:
        whom = relating.followed(curve.id, read.linkage)
        if whom is None:
            continue
        yield from _counted(Place(curve.id, "", "women"), whom.everybody(), curve.women, read.pack)
        yield from _counted(Place(curve.id, "", "events"), whom.with_event(), curve.events,
                            read.pack)  # fmt: skip
        for told in relating.told_by_year(curve):
            place = Place(curve.id, f"month {told.month}", "events")
            yield count(place, whom.with_event(told.month), *read.pack.behind_midpoint(told.events))

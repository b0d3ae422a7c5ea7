"""What a reader can read off released figures: each as a count of people within bounds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casescope.disclosure.audit import Cell, Figure, Place, count
from casescope.disclosure.audit.figures import Standing
from casescope.disclosure.pack import RulePack
from casescope.disclosure.relations import curves as relating
from casescope.disclosure.relations.everything import (
    groups_named,
    meanings,
    never,
    never_among,
    shares,
    sums,
    unions,
)
from casescope.disclosure.relations.inferred import added_by, of_share, of_sum
from casescope.disclosure.released import (
    ReleasedCell,
    ReleasedCurve,
    ReleasedRow,
    ReleasedTable,
)  # fmt: skip


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
    """Return everything that can be read off; what a count says already is not said again."""
    counts = (*_of_tables(read), *_of_curves(read))
    said = {(one.terms, one.least, one.most) for one in counts if one.standing == "shown"}
    more = (one for one in _inferred(read, counts)
            if (one.terms, one.least, one.most) not in said)  # fmt: skip
    return (*counts, *more)


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
    named = (
        count(Place("definitions", f"area {number}"), cell, least, None, "known")
        for number, (cell, least) in enumerate(groups_named(read.tables), start=1)
    )
    return (*nobody, *named, *relating.groups_within(read.curves))


def place_of(table: str, labels: tuple[str, ...], column: str) -> Place:
    """Return where a figure stands; rows of one table are told apart by their labels."""
    return Place(table, " / ".join(labels), column)


class _Seen(NamedTuple):
    """One cell of a table, where it stands, and the pack as it treats that table."""

    table: ReleasedTable
    row: ReleasedRow
    column: str
    cell: ReleasedCell
    pack: RulePack

    @property
    def place(self) -> Place:
        return place_of(self.table.id, self.row.labels, self.column)

    @property
    def names(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """By which a sum is known: its column, or its row."""
        return (self.table.id, self.column), (self.table.id, self.row.labels[0])


def _seen(read: Readable) -> Iterator[_Seen]:
    for table in read.tables:
        pack = _treating(table, read.pack)
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield _Seen(table, row, column, cell, pack)


def _treating(table: ReleasedTable, pack: RulePack) -> RulePack:
    """Return the pack as it treats a table, which shows by what it rounds to."""
    national = pack.at("national")
    return national if table.rounded_to == national.round_to else pack


def _of_tables(read: Readable) -> Iterator[Figure]:
    known, adding = meanings(read.linkage), sums()
    for one in _seen(read):
        if one.table.id not in known or _adds_up(one) or set(one.names) & set(adding):
            continue
        meant = known[one.table.id](one.row.labels, one.column)
        if meant is not None:
            yield from _counted(one.place, meant, one.cell, one.pack)


def _adds_up(one: _Seen) -> bool:
    """Say whether a cell adds up what its own table shows, and so says nothing of its own."""
    is_stock = one.table.id == "flow" and one.row.labels[-1] == "stock"
    return is_stock or (one.row.total and one.pack.totals == "shown")


def _inferred(read: Readable, counts: Sequence[Figure]) -> Iterator[Figure]:
    """Yield what shares and sums say beside the counts."""
    sharing, adding, known = shares(), sums(), added_by(counts, read.pack)
    for one in _seen(read):
        shared = sharing.get((one.table.id, one.column))
        if shared is not None:
            yield from of_share(one.place, shared(one.row.labels), one.cell, one.pack)
        for parts in (adding[name] for name in one.names if name in adding):
            if one.cell.kind == "count":
                yield from of_sum(one.place, parts(one.row.labels), one.cell, known, one.pack)


def _counted(place: Place, meant: Cell, cell: ReleasedCell, pack: RulePack) -> Iterator[Figure]:
    if cell.kind not in ("count", "curve_count"):
        return
    least, most, standing = _behind(cell, pack)
    yield count(place, meant, least, most, standing)


def _behind(cell: ReleasedCell, pack: RulePack) -> tuple[int, int | None, Standing]:
    """Return the least and greatest true count behind a cell, and whether it is shown."""
    of_curve = cell.kind == "curve_count"
    if not cell.hidden and cell.value is not None:
        behind = pack.behind_midpoint if of_curve else pack.behind
        return *behind(int(cell.value)), "shown"
    if cell.shown == (pack.few_in_a_curve if of_curve else pack.hidden_words):
        least, most = pack.behind_hidden()
        return 0 if of_curve else least, most, "hidden"
    return *pack.behind_withheld(), "withheld"


def _of_curves(read: Readable) -> Iterator[Figure]:
    for curve in read.curves:
        whom = relating.followed(curve.id, read.linkage)
        if whom is None:
            continue
        yield from _counted(Place(curve.id, "", "women"), whom.everybody(), curve.women, read.pack)
        yield from _counted(Place(curve.id, "", "events"), whom.with_event(), curve.events,
                            read.pack)  # fmt: skip
        for told in relating.told_by_year(curve, read.pack):
            place = Place(curve.id, f"month {told.month}", "events")
            least, most = read.pack.behind_midpoint(told.events)
            happened = whom.with_event(told.month)
            yield count(place, happened, least, None if told.at_least else most)

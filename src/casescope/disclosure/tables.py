"""Whole tables: hidden cells and their companions, totals and flows made of what is shown."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace

from casescope.disclosure import cells
from casescope.disclosure.audit import Place as Withheld
from casescope.disclosure.companions import hidden_counts
from casescope.disclosure.margins import Place, Why
from casescope.disclosure.pack import RulePack
from casescope.disclosure.relations.figures import place_of
from casescope.disclosure.released import (
    Kind,
    ReleasedCell,
    ReleasedCurve,
    ReleasedRow,
    ReleasedTable,
)  # fmt: skip
from casescope.disclosure.statistics import rule_of
from casescope.findings.finding import (
    Amount,
    Cell,
    Comparison,
    Count,
    Rate,
    Ratio,
    Reading,
    Row,
    Share,
    Statistic,
    Sum,
    TableFinding,
    Text,
)  # fmt: skip
from casescope.findings.survival import Estimate, median

_Curves = Mapping[str, ReleasedCurve]

_WITHHELD: Mapping[type, Kind] = {Count: "count", Sum: "count", Share: "share"}
"""Cells that an audit can withhold by themselves; what is read off a curve goes with all of it."""


def release_table(
    table: TableFinding,
    pack: RulePack,
    curves: _Curves,
    withheld: Set[Withheld] = frozenset(),
) -> ReleasedTable:
    """Return the table as the pack lets it be seen, less what an audit found must be withheld."""
    pack = pack.at(table.area)
    hidden = hidden_counts(table, pack) | dict.fromkeys(_places(table, withheld), "withheld")
    rows = [
        ReleasedRow(row.labels, tuple(
            _cell(table, (r, c), cell, hidden, pack, curves)
            for c, cell in enumerate(row.cells)
        ), row.total)
        for r, row in enumerate(table.rows)
    ]  # fmt: skip
    summed = _flow(table, rows, pack) if table.flow else _totals(table, rows, pack)
    return ReleasedTable(
        table.id, table.title, table.unit, table.dimensions, table.columns, tuple(summed),
        table.method, table.source, table.period, _caveats(table, pack), pack.round_to,
    )  # fmt: skip


def _places(table: TableFinding, withheld: Set[Withheld]) -> Iterator[Place]:
    """Yield where the table has figures that an audit withheld."""
    wanted = {one for one in withheld if one.table == table.id}
    for r, row in enumerate(table.rows) if wanted else ():
        for c, column in enumerate(table.columns):
            if place_of(table.id, row.labels, column) in wanted:
                yield r, c


def _caveats(table: TableFinding, pack: RulePack) -> tuple[str, ...]:
    """Return the caveats, with what the pack says of totals where there are any."""
    counted = (cell for row in table.rows if row.total for cell in row.cells)
    has_totals = any(isinstance(cell, Count) for cell in counted)
    return (*table.caveats, pack.rules.totals) if has_totals else table.caveats


def _cell(
    table: TableFinding,
    place: Place,
    cell: Cell,
    hidden: Mapping[Place, Why],
    pack: RulePack,
    curves: _Curves,
) -> ReleasedCell:
    """Return the cell as it may be seen, with the name of the rule that was applied to it."""
    kind = _WITHHELD.get(type(cell)) if hidden.get(place) == "withheld" else None
    seen = (
        cells.withheld(pack, kind) if kind else _let(table, place, cell, hidden, pack, curves)
    )  # fmt: skip
    return replace(seen, rule=rule_of(cell, table, table.rows[place[0]]))


def _let(
    table: TableFinding,
    place: Place,
    cell: Cell,
    hidden: Mapping[Place, Why],
    pack: RulePack,
    curves: _Curves,
) -> ReleasedCell:
    match cell:
        case Count(n):
            return cells.count(pack, n)
        case Sum() | Ratio() if _is_told_by(table, place, cell, hidden):
            return cells.withheld(pack, "count" if isinstance(cell, Sum) else "statistic")
        case Share() | Rate():
            return _resting(table, place, cell, hidden, pack)
        case Reading():
            return _reading(cell, curves, pack)
        case Comparison():
            return cells.comparison(cell, any(curves[name].hidden for name in cell.curves))
        case _:
            return _by_itself(cell, pack)


def _is_told_by(
    table: TableFinding, place: Place, cell: Sum | Ratio, hidden: Mapping[Place, Why]
) -> bool:
    """Say whether a sum (a mean) would tell of a count withheld in its row (or its column)."""
    of_mean = isinstance(cell, Ratio)
    numbers = (cell.n, cell.of) if isinstance(cell, Ratio) else cell.parts
    counts = (
        table.rows[r].cells[c]
        for (r, c), why in hidden.items()
        if why == "withheld" and (r == place[0] or (of_mean and c == place[1]))
    )
    return any(isinstance(one, Count) and one.n in numbers for one in counts)


def _by_itself(cell: Sum | Ratio | Amount | Statistic | Text, pack: RulePack) -> ReleasedCell:
    """Return a cell that no other cell bears on."""
    match cell:
        case Sum():
            return cells.parts(pack, cell)
        case Ratio():
            return cells.ratio(pack, cell)
        case Amount():
            return cells.amount(pack, cell)
        case Statistic():
            return cells.statistic(pack, cell)
        case Text(text):
            return ReleasedCell("text", text)


def _resting(
    table: TableFinding,
    place: Place,
    cell: Share | Rate,
    hidden: Mapping[Place, Why],
    pack: RulePack,
) -> ReleasedCell:
    """Return a share or rate; withheld where a count that it would give away is withheld."""
    columns = [table.columns.index(name) for name in cell.rests_on]
    if any(hidden.get((place[0], column)) == "withheld" for column in columns):
        if isinstance(cell, Share) and cells.is_nearly_all(pack, cell):
            return cells.share(pack, cell)
        return cells.withheld(pack, "rate" if isinstance(cell, Rate) else "share")
    return cells.rate(pack, cell) if isinstance(cell, Rate) else cells.share(pack, cell)


def _reading(cell: Reading, curves: _Curves, pack: RulePack) -> ReleasedCell:
    curve = curves[cell.curve]
    if cell.what == "median":
        return _median(curve)
    if cell.what != "estimate":
        return curve.women if cell.what == "women" else curve.events
    if curve.hidden:
        return cells.off_hidden(pack, curve.women)
    point = curve.at(cell.day)
    found = Estimate(point.estimate, point.lower, point.upper) if point else None
    return cells.reading(pack, found)


def _median(curve: ReleasedCurve) -> ReleasedCell:
    steps = [(p.day, Estimate(p.estimate, p.lower, p.upper)) for p in curve.points]
    return cells.months(None if curve.hidden else median(steps))


def _totals(table: TableFinding, rows: list[ReleasedRow], pack: RulePack) -> list[ReleasedRow]:
    """Return the rows; a total row adds up what is shown since the one before it.

    Where the pack's totals are figures of their own, its counts and shares stay as they are. A row
    that gives an end of a range takes it from what is shown: its own would give a hidden one away.
    """
    made: list[ReleasedRow] = []
    since: list[ReleasedRow] = []
    for exact, row in zip(table.rows, rows, strict=True):
        if exact.end:
            made.append(_end(exact, since, pack))
        elif exact.total:
            made.append(_summed(exact, row, since, pack, own=pack.totals == "own"))
            since = []
        else:
            made.append(row)
            since.append(row)
    return made


def _end(exact: Row, of: list[ReleasedRow], pack: RulePack) -> ReleasedRow:
    """Return for each column the least, or the most, that is shown; the first where nothing is.

    A count that reads as too small is less than any that is shown.
    """
    columns = list(zip(*(row.cells for row in of), strict=True))
    if exact.end == "most":
        return ReleasedRow(exact.labels, tuple(_extreme(column, max) for column in columns))
    small = [[cell for cell in column if cell.shown == pack.hidden_words] for column in columns]
    return ReleasedRow(exact.labels, tuple(
        few[0] if few else _extreme(column, min)
        for few, column in zip(small, columns, strict=True)
    ))  # fmt: skip


def _extreme(
    column: tuple[ReleasedCell, ...], choose: Callable[[list[float]], float]
) -> ReleasedCell:
    values = [cell.value for cell in column if not cell.hidden and cell.value is not None]
    if not values:
        return column[0]
    end = choose(values)
    return next(cell for cell in column if not cell.hidden and cell.value == end)


def _flow(table: TableFinding, rows: list[ReleasedRow], pack: RulePack) -> list[ReleasedRow]:
    """Return the rows, each stock adding up the outs and tiers that are shown below it.

    So in every pack: two stocks of their own would give away what leaves between them.
    """
    made: list[ReleasedRow] = []
    below: list[ReleasedRow] = []
    for exact, row in reversed(list(zip(table.rows, rows, strict=True))):
        if exact.labels[-1] == "stock":
            made.append(_summed(exact, row, below, pack))
        else:
            made.append(row)
            below.append(row)
    return made[::-1]


def _summed(
    exact: Row, row: ReleasedRow, of: list[ReleasedRow], pack: RulePack, own: bool = False
) -> ReleasedRow:
    """Return the row with its counts added up from others; what cannot be added up is hidden."""
    made = []
    for c, cell in enumerate(exact.cells):
        parts = [one.cells[c] for one in of]
        if isinstance(cell, Amount):
            found = cells.amounts(pack, parts)
        elif own or isinstance(cell, Reading | Text):
            found = row.cells[c]
        elif isinstance(cell, Count):
            found = cells.added(pack, parts)
        else:
            found = cells.withheld(pack, row.cells[c].kind)
        made.append(replace(found, rule=row.cells[c].rule))
    return ReleasedRow(row.labels, tuple(made), row.total)

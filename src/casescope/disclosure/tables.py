"""Whole tables: hidden cells and their companions, totals and flows made of what is shown."""

from collections.abc import Mapping

from casescope.disclosure import cells
from casescope.disclosure.companions import Place, Why, hidden_counts
from casescope.disclosure.pack import RulePack
from casescope.disclosure.released import (
    Kind,
    ReleasedCell,
    ReleasedCurve,
    ReleasedRow,
    ReleasedTable,
)  # fmt: skip
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


def release_table(table: TableFinding, pack: RulePack, curves: _Curves) -> ReleasedTable:
    """Return the table as the pack lets it be seen."""
    hidden = hidden_counts(table, pack)
    rows = [
        ReleasedRow(row.labels, tuple(
            _cell(table, (r, c), cell, hidden, pack, curves) for c, cell in enumerate(row.cells)
        ), row.total)
        for r, row in enumerate(table.rows)
    ]  # fmt: skip
    summed = _flow(table, rows) if table.flow else _totals(table, rows)
    return ReleasedTable(
        table.id, table.title, table.unit, table.dimensions, table.columns, tuple(summed),
        table.method, table.source, table.period, table.caveats,
    )  # fmt: skip


def _cell(
    table: TableFinding,
    place: Place,
    cell: Cell,
    hidden: Mapping[Place, Why],
    pack: RulePack,
    curves: _Curves,
) -> ReleasedCell:
    match cell:
        case Count(n):
            return cells.withheld() if hidden.get(place) == "withheld" else cells.count(pack, n)
        case Share() | Rate():
            return _resting(table, place, cell, hidden, pack)
        case Reading():
            return _reading(cell, curves)
        case Comparison():
            return cells.comparison(cell, any(curves[name].hidden for name in cell.curves))
        case _:
            return _by_itself(cell, pack)


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
        kind: Kind = "rate" if isinstance(cell, Rate) else "share"
        return ReleasedCell(kind, "withheld", hidden=True)
    return cells.rate(pack, cell) if isinstance(cell, Rate) else cells.share(pack, cell)


def _reading(cell: Reading, curves: _Curves) -> ReleasedCell:
    curve = curves[cell.curve]
    if cell.what == "median":
        return _median(curve)
    if cell.what != "estimate":
        return curve.women if cell.what == "women" else curve.events
    if curve.hidden:
        return cells.off_hidden(curve.women)
    point = curve.at(cell.day)
    found = Estimate(point.estimate, point.lower, point.upper) if point else None
    return cells.reading(found)


def _median(curve: ReleasedCurve) -> ReleasedCell:
    steps = [(p.day, Estimate(p.estimate, p.lower, p.upper)) for p in curve.points]
    return cells.months(None if curve.hidden else median(steps))


def _totals(table: TableFinding, rows: list[ReleasedRow]) -> list[ReleasedRow]:
    """Return the rows, each total row adding up what is shown since the one before it."""
    made: list[ReleasedRow] = []
    since: list[ReleasedRow] = []
    for exact, row in zip(table.rows, rows, strict=True):
        if exact.total:
            made.append(_summed(exact, row, since))
            since = []
        else:
            made.append(row)
            since.append(row)
    return made


def _flow(table: TableFinding, rows: list[ReleasedRow]) -> list[ReleasedRow]:
    """Return the rows, each stock adding up the outs and tiers that are shown below it."""
    made: list[ReleasedRow] = []
    below: list[ReleasedRow] = []
    for exact, row in reversed(list(zip(table.rows, rows, strict=True))):
        if exact.labels[-1] == "stock":
            made.append(_summed(exact, row, below))
        else:
            made.append(row)
            below.append(row)
    return made[::-1]


def _summed(exact: Row, row: ReleasedRow, of: list[ReleasedRow]) -> ReleasedRow:
    """Return the row with its counts added up from others; what cannot be added up is hidden."""
    made = []
    for c, cell in enumerate(exact.cells):
        if isinstance(cell, Count):
            made.append(cells.added([one.cells[c] for one in of]))
        elif isinstance(cell, Amount):
            made.append(cells.amounts([one.cells[c] for one in of]))
        elif isinstance(cell, Reading | Text):
            made.append(row.cells[c])
        else:
            made.append(ReleasedCell(row.cells[c].kind, "withheld", hidden=True))
    return ReleasedRow(row.labels, tuple(made), row.total)

"""Makes charts from released tables, each with its words and its table."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from casescope.disclosure.released import ReleasedCell, ReleasedTable
from casescope.report.charts.kinds import Bar, Bars, Chart, is_empty
from casescope.report.document import Block, Figure, Table
from casescope.report.prose import first_upper, in_words, plural
from casescope.report.reading import value_of
from casescope.report.tables import about, shown
from casescope.report.words import label


def slack(table: ReleasedTable) -> int:
    """Return by how much two released counts may differ and yet be equal before rounding."""
    return table.rounded_to if table.rounded_to > 1 else 0


def rounded_by(table: ReleasedTable) -> int:
    """Return by how much a released count may differ from the true one."""
    return slack(table) // 2


def least_in(table: ReleasedTable, cell: ReleasedCell) -> float:
    """Return the least that the true count of a cell may be."""
    return max(0.0, (value_of(cell) or 0.0) - rounded_by(table))


def most_in(table: ReleasedTable, cell: ReleasedCell) -> float:
    """Return the most that the true count of a cell may be: "7 or fewer" is 7, "withheld" any."""
    if not cell.hidden:
        return (cell.value or 0.0) + rounded_by(table)
    told = re.search(r"\d+", cell.shown)
    return float(told[0]) if told else inf


def figure(table: ReleasedTable, title: str, alt: str, chart: Chart) -> Figure | Table:
    """Return a chart of a released table, under a title that says what it finds.

    Where every figure is hidden there is nothing to draw, and the table stands alone.
    """
    if is_empty(chart):
        return shown(table)
    figure_id = f"figure-{table.id}".replace("_", "-")
    return Figure(
        id=figure_id,
        title=title,
        alt=alt,
        chart=chart,
        table=replace(shown(table, noted=False), id=f"{figure_id}-table"),
        about=about(table),
    )


def bar(name: str, cell: ReleasedCell) -> Bar:
    """Return one released cell as a bar or a point with its interval; hidden, it has no length."""
    if cell.hidden:
        return Bar(name, None, cell.shown)
    return Bar(name, cell.value, cell.shown, cell.lower, cell.upper)


def bars_of(table: ReleasedTable, column: str) -> tuple[Bar, ...]:
    """Return one column of a table as bars, without its total."""
    at = table.columns.index(column)
    return tuple(
        bar(first_upper(label(table.id, 0, row.labels[0])), row.cells[at])
        for row in table.rows
        if not row.total
    )


def bar_figure(table: ReleasedTable, column: str, title: str, noun: str) -> Block | None:
    """Return one column as a bar chart; none where the table lacks that column."""
    if column not in table.columns:
        return None
    bars = bars_of(table, column)
    return figure(table, title, bars_alt(bars, noun), Bars(bars))


_ONE = {"women": "woman", "removals": "removal", "intervals": "interval", "weeks": "week"}


def bars_alt(bars: Sequence[Bar], noun: str) -> str:
    """Return what a row of bars shows: the largest, the smallest, and how many are hidden."""
    known = [(one.value, one) for one in bars if one.value is not None]
    hidden = len(bars) - len(known)
    parts = [f"Chart with {in_words(len(bars))} {plural(len(bars), 'row', 'rows')}."]
    if known:
        most, least = max(known, key=_size)[1], min(known, key=_size)[1]
        named = _ONE.get(noun, noun) if most.value == 1 else noun
        largest = "Largest shown" if any(is_untold(one) for one in bars) else "Largest"
        parts.append(f"{largest}: {most.label}, {most.shown} {named}.".replace(" .", "."))
        if least is not most:
            parts.append(f"Smallest shown: {least.label}, {least.shown}.")
    if hidden:
        parts.append(f"{in_words(hidden).capitalize()} {plural(hidden, 'is', 'are')} not shown.")
    return " ".join(parts)


def is_untold(one: Bar) -> bool:
    """Say whether a bar is hidden by words that give no number, and so may be any."""
    return one.value is None and not any(letter.isdigit() for letter in one.shown)


def _size(pair: tuple[float, Bar]) -> float:
    return pair[0]


def most_of(table: ReleasedTable | None, column: str) -> list[str]:
    """Return the labels of the largest figure of a column (none if unknown).

    Several where they are so close that rounding alone could have set one above another; none
    where a figure is hidden that may be larger.
    """
    if table is None or column not in table.columns:
        return []
    at = table.columns.index(column)
    known = [
        (value, label(table.id, 0, row.labels[0]))
        for row in table.rows
        if not row.total and (value := value_of(row.cells[at]))
    ]
    top = max((value for value, _ in known), default=0)
    hidden = [row.cells[at] for row in table.rows if not row.total and row.cells[at].hidden]
    if any(most_in(table, cell) > top for cell in hidden):
        return []
    return [name for value, name in known if value >= top - slack(table)]

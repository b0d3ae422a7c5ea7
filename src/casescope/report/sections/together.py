"""Which issues the women live with together, as rows of dots with bars."""

from casescope.dataset.frame import COMBINATIONS, GROUPED
from casescope.disclosure.released import Released, ReleasedTable
from casescope.report.charts.kinds import Combination, Combinations
from casescope.report.document import Block, Figure, Paragraph, Section, Shelf
from casescope.report.figures import figure, slack
from casescope.report.prose import in_words
from casescope.report.reading import table_of, value_of
from casescope.report.tables import shown

_NOTE = (
    "Each woman in T1 is in one line only, by what is recorded as yes. Alcohol and drugs are taken "
    "together. More combinations would be too small to show, and could give single women away."
)
_OVERLAP = "How to read it: a full dot means recorded, an open one not recorded as yes."


def section(released: Released) -> Section:
    """Return the section on issues recorded together."""
    table = table_of(released, "issues_together")
    return Section(
        id="together",
        title=title_of(table),
        blocks=Shelf()
        .put(
            Paragraph(_NOTE),
            chart := chart_of(table) if table else None,
            Paragraph(_OVERLAP) if isinstance(chart, Figure) else None,
        )
        .all(),
    )


def title_of(table: ReleasedTable | None) -> str:
    """Return the title: how many women have all three recorded, or which line is longest."""
    rows = rows_of(table) if table else ()
    everything = next((row for row in rows if all(row.members)), None)
    if everything is None or everything.value is None:
        return "Issues that women live with together"
    who = "woman in T1 has" if everything.value == 1 else "women in T1 have"
    return f"{everything.shown} {who} all three issues recorded"


def said(table: ReleasedTable | None) -> str:
    """Return how many women have all three recorded, with the three named; "" if not shown."""
    rows = rows_of(table) if table else ()
    everything = next((row for row in rows if all(row.members)), None)
    if everything is None or everything.value is None:
        return ""
    who = "woman in T1 has" if everything.value == 1 else "women in T1 have"
    issues = f"{', '.join(GROUPED[:-1])}, and {GROUPED[-1]}".lower()
    return f"{everything.shown} {who} {issues} all recorded."


def rows_of(table: ReleasedTable) -> tuple[Combination, ...]:
    """Return the combinations around the latest removal, most women first, nothing recorded last.

    Rounded alike, they keep the order of the table; hidden ones follow those that are shown.
    """
    at = table.columns.index("Around the latest removal")
    made = [
        Combination(members, value_of(row.cells[at]), row.cells[at].shown)
        for members, row in zip(COMBINATIONS, table.rows, strict=False)
    ]
    return tuple(sorted(made, key=lambda one: (not any(one.members), -(one.value or 0))))


def chart_of(table: ReleasedTable) -> Block:
    """Return the chart with its table."""
    rows = rows_of(table)
    if not any(row.value for row in rows):
        return shown(table)
    return figure(table, chart_title(rows, slack(table)), alt(rows), Combinations(GROUPED, rows))


def chart_title(rows: tuple[Combination, ...], within: int) -> str:
    """Return the title: what most women have, where nothing else is `within` so many of it."""
    most = max(row.value or 0 for row in rows)
    top = [row for row in rows if (row.value or 0) >= most - within]
    if len(top) != 1 or sum(top[0].members) < 2:
        return "Which issues are recorded together, women in T1"
    return f"Most often together: {words(top[0])}"


def words(row: Combination) -> str:
    """Return a combination's issues in words."""
    named = [name.lower() for name, is_in in zip(GROUPED, row.members, strict=True) if is_in]
    return ", ".join(named) or "none of the three"


def alt(rows: tuple[Combination, ...]) -> str:
    """Return the chart in words, line by line."""
    lines = "; ".join(f"{words(row)}: {row.shown}" for row in rows)
    count = in_words(len(rows))
    return f"Chart with {count} rows, one for each combination of three issues. {lines}."

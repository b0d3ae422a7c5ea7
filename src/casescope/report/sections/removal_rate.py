"""The local removal rate: children newly removed for each year that a woman was followed."""

from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
from casescope.report.charts.kinds import Intervals
from casescope.report.document import Block, Paragraph, Section, Shelf
from casescope.report.figures import bars_alt, bars_of, figure
from casescope.report.model import RATE
from casescope.report.reading import table_of
from casescope.report.tables import shown

_HOW = (
    "The rate counts how many children were newly removed for each year that a woman was followed "
    "after two of her children had been removed. A rate of 0.20 means one more child removed for "
    "every five women in a year."
)
_REGRESSION = (
    "These women are in the study because two of their children were removed, so their past holds "
    "more removals than their future is likely to: part of it was chance (regression to the mean). "
    "So the rate leaves out the removals that brought a woman in and counts only what came after."
)
_PUBLISHED = (
    "Published figures for women like these run from 0.20 to 0.53 a year, worked out from two of "
    "Pause’s own statements (of 2017 and about 2015). They were not measured in this way."
)


def section(released: Released, cell: ReleasedCell | None) -> Section:
    """Return the section on the rate."""
    by_count = table_of(released, "rate")
    return Section(
        id="removal-rate",
        title=title_of(cell),
        blocks=Shelf()
        .put(
            Paragraph(_HOW),
            Paragraph(_REGRESSION, lead="Why not all their years."),
            Paragraph(_PUBLISHED),
            shown(by_count) if by_count else None,
            _figure(table_of(released, "rate_by_age"), "the woman’s age"),
            _figure(table_of(released, "rate_by_time"), "time since her latest event"),
        )
        .all(),
    )


def title_of(cell: ReleasedCell | None) -> str:
    """Return the title: the rate with its range."""
    if cell is None or cell.hidden:
        return "Too few removals to show a local rate"
    return f"Locally {cell.shown} children removed for each woman-year"


def _figure(table: ReleasedTable | None, by: str) -> Block | None:
    if table is None:
        return None
    bars = bars_of(table, RATE)
    alt = bars_alt(bars, "children for each woman-year")
    title = f"Removals for each woman-year, by {by}"
    return figure(table, title, alt, Intervals(bars, places=2))

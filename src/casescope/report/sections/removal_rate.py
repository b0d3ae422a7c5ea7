"""The local removal rate: children newly removed for each year that a woman was followed."""

from dataclasses import replace

from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
from casescope.findings.poisson import RateInterval, garwood
from casescope.kernel.counting import counted
from casescope.report.charts.kinds import Intervals
from casescope.report.document import Block, Paragraph, Section, Shelf
from casescope.report.figures import bars_alt, bars_of, figure
from casescope.report.model import RATE, Model, is_published
from casescope.report.prose import first_upper, plural, rate_words
from casescope.report.reading import cell_of, table_of
from casescope.report.sections.how_soon_newborns import SHARE
from casescope.report.study import StudyFacts
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


_OLDER = (
    "The rate counts every child newly removed, also older brothers and sisters who were still at "
    "home. A practice that puts off births could not have kept those children from being removed. "
    "Children taken on one day each count, so the true range is somewhat wider."
)


def section(released: Released, model: Model, study: StudyFacts) -> Section:
    """Return the section on the rate."""
    by_count, by_age, by_time = (
        evenly(table) if (table := table_of(released, name)) else None
        for name in ("rate", "rate_by_age", "rate_by_time")
    )
    return Section(
        id="removal-rate",
        title=title_of(model.rate),
        blocks=Shelf()
        .put(
            Paragraph(_HOW),
            Paragraph(_REGRESSION, lead="Why not all their years."),
            Paragraph(_older(released), lead="More than a practice could act on."),
            _recent(model, study),
            Paragraph(_PUBLISHED),
            shown(by_count) if by_count else None,
            _figure(by_age, "the woman’s age"),
            _figure(by_time, "time since her latest event"),
        )
        .all(),
    )


def _older(released: Released) -> str:
    """Return that not all these removals are of later births, and how many surely are."""
    cell = cell_of(table_of(released, "repeat_newborns"), SHARE, "Broad")
    if cell is None or cell.value is None or cell.hidden:
        return _OLDER
    return (
        f"{_OLDER} Of the repeat removals, {cell.shown} (likely range {cell.interval}) included a "
        "newborn."
    )


_FINE = 3


def evenly(table: ReleasedTable) -> ReleasedTable:
    """Return the table with all its rates to as many decimals as the finest of them.

    Side by side, 0.07 reads as less than 0.071, though it may stand for 0.074.
    """
    rates = [cell for row in table.rows for cell in row.cells if cell.kind == "rate"]
    if not any(len(cell.shown.partition(".")[2]) == _FINE for cell in rates if not cell.hidden):
        return table
    rows = tuple(replace(row, cells=tuple(map(_fine, row.cells))) for row in table.rows)
    return replace(table, rows=rows)


def _fine(cell: ReleasedCell) -> ReleasedCell:
    if cell.kind != "rate" or cell.value is None or cell.lower is None or cell.upper is None:
        return cell
    shown, low, high = (f"{one:.{_FINE}f}" for one in (cell.value, cell.lower, cell.upper))
    return replace(cell, shown=shown, interval=f"{low} to {high}")


def title_of(cell: ReleasedCell | None) -> str:
    """Return the title: the rate as children a year among a hundred women."""
    if cell is None or cell.hidden:
        return "Too few removals to show a local rate"
    hundred = 100 * (cell.value or 0.0)
    many = "under 1" if 0 < hundred < 1 else f"{hundred:.0f}"
    children = plural(1 if 0 < hundred < 1 else round(hundred), "child", "children")
    return first_upper(f"{many} more {children} removed a year per 100 women")


_USED = "What a practice would add is worked out with that one."


def _recent(model: Model, study: StudyFacts) -> Paragraph | None:
    """Return the rate in the time after a removal in which all women in T1 are."""
    ends = recent_ends(model)
    if model.recent is None or ends is None or model.rate is None or model.rate.hidden:
        return None
    rate = model.recent.children / model.recent.years
    years = counted(study.parameters.lookback_years, "year")
    told = (
        f"In the {years} after a removal the rate is {rate_words(rate)} (likely range "
        f"{rate_words(ends.lower)} to {rate_words(ends.upper)}). All women in T1 are in that time "
        f"now. Over all the time that women were followed, the rate is {model.rate.shown}."
    )
    is_used = model.results is not None and not is_published(study)
    return Paragraph(f"{told} {_USED}" if is_used else told, lead="Soon after a removal.")


def recent_ends(model: Model) -> RateInterval | None:
    """Return the exact 95% interval of the rate soon after a removal."""
    return garwood(model.recent.children, model.recent.years) if model.recent else None


def _figure(table: ReleasedTable | None, by: str) -> Block | None:
    if table is None:
        return None
    bars = bars_of(table, RATE)
    alt = bars_alt(bars, "children for each woman-year")
    title = f"Removals for each woman-year, by {by}"
    return figure(table, title, alt, Intervals(bars, places=2))

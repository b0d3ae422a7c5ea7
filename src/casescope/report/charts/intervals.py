"""Points with their intervals on a scale from zero, beside a range to hold them against."""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, TEXT, WIDE, grid, paper, steps, wrap, written
from casescope.report.charts.kinds import Band, Bar, Intervals
from casescope.report.charts.palette import INK, MAIN, PAPER, THIRD

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GUTTER, _END = 225, 20


def draw(chart: Intervals, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    narrow = width < WIDE
    step, head = (70 if narrow else 46), (46 if chart.band else 8)
    tall, foot = step * len(chart.rows), 58 if chart.beside else 30
    with paper(width, head + tall + foot) as sheet:
        axes = sheet.axes(10 if narrow else _GUTTER, head, _END, foot)
        ticks = _ticks(chart)
        axes.set_xlim(0, ticks[-1])
        axes.set_ylim(tall, 0)
        grid(axes, ticks, horizontal=False)
        axes.set_xticks(ticks, [_tick(tick, chart) for tick in ticks])
        if chart.band:
            _band(axes, chart.band, narrow)
        for at, row in enumerate(chart.rows):
            _row(axes, row, at * step, step, narrow)
        if chart.beside:
            axes.annotate(f"◇ {chart.beside}", (0, tall), (0, -46), textcoords="offset pixels",
                          va="center", fontsize=SMALL, color=THIRD,
                          annotation_clip=False)  # fmt: skip
        return written(sheet, prefix, css_class)


def _ticks(chart: Intervals) -> list[float]:
    """Return the scale; shares of all never run on beyond 100%."""
    top = _top(chart)
    return [fifth / 5 for fifth in range(6)] if chart.percent and top > 0.8 else steps(top)


def _top(chart: Intervals) -> float:
    ends = [end for row in chart.rows for end in (row.upper or row.value or 0, *row.beside)]
    return max(
        [*ends, chart.band.upper if chart.band else 0, 0.1 if chart.percent or chart.places else 1]
    )


def _tick(value: float, chart: Intervals) -> str:
    if chart.places:  # steps of a quarter need one place more than the figures
        return f"{round(value, chart.places + 1):g}"
    return f"{value:.0%}" if chart.percent else f"{value:,.0f}"


def _band(axes: "Axes", band: Band, narrow: bool) -> None:
    axes.axvspan(band.lower, band.upper, color=THIRD, alpha=0.25, linewidth=0)
    axes.annotate(wrap(band.label, 40 if narrow else 70), ((band.lower + band.upper) / 2, 0),
                  (-12, 8), textcoords="offset pixels", va="bottom", ha="left", fontsize=SMALL,
                  color=THIRD, annotation_clip=False)  # fmt: skip


def _row(axes: "Axes", row: Bar, y: float, step: float, narrow: bool) -> None:
    middle = y + step * (0.74 if narrow else 0.6)
    if narrow:
        axes.annotate(row.label, (0, y + 12), fontsize=TEXT, color=INK, va="center",
                      annotation_clip=False)  # fmt: skip
    else:
        axes.annotate(wrap(row.label, 25), (0, middle), (-12, 0), textcoords="offset pixels",
                      ha="right", va="center", fontsize=TEXT, color=INK,
                      annotation_clip=False)  # fmt: skip
    _mark(axes, row, middle)


def _mark(axes: "Axes", row: Bar, y: float) -> None:
    start = row.value or 0
    axes.plot(row.beside, [y] * len(row.beside), marker="D", markersize=8, linestyle="none",
              markerfacecolor=PAPER, markeredgecolor=THIRD, markeredgewidth=2, clip_on=False,
              zorder=4)  # fmt: skip
    if row.lower is not None and row.upper is not None:
        axes.hlines([y], row.lower, row.upper, color=MAIN, linewidth=3)
        start = (row.lower + row.upper) / 2 if row.value is None else row.value
    if row.value is not None:
        axes.plot([row.value], [y], marker="o", markersize=10, color=MAIN, linestyle="none",
                  clip_on=False)  # fmt: skip
    if row.value is None:
        axes.annotate(row.shown, (start, y), (6, 0), textcoords="offset pixels", va="center",
                      fontsize=SMALL, color=INK, annotation_clip=False)  # fmt: skip
        return
    axes.annotate(row.shown, (start, y), (0, 9), textcoords="offset pixels", ha="center",
                  va="bottom", fontsize=SMALL, color=INK, fontweight="bold",
                  annotation_clip=False)  # fmt: skip

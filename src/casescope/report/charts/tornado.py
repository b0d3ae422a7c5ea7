"""How far each input moves a result: a bar from its low to its high end, the longest on top."""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, TEXT, WIDE, grid, paper, steps, wrap, written
from casescope.report.charts.kinds import Swing, Tornado
from casescope.report.charts.palette import INK, MAIN, PAPER
from casescope.report.charts.pounds import pounds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GUTTER, _END, _HEAD, _FOOT = 225, 34, 36, 34


def draw(chart: Tornado, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    narrow = width < WIDE
    step = 84 if narrow else 48
    tall = step * len(chart.rows)
    with paper(width, _HEAD + tall + _FOOT) as sheet:
        left = 34 if narrow else _GUTTER
        axes = sheet.axes(left, _HEAD, _END, _FOOT)
        ticks = _ticks(chart, 3 if narrow else 5)
        axes.set_xlim(ticks[0], ticks[-1])
        axes.set_ylim(tall, 0)
        grid(axes, ticks, horizontal=False)
        named = ticks[::2] if narrow and len(ticks) > 3 else ticks
        axes.set_xticks(named, [pounds(tick) for tick in named])
        for at, row in enumerate(chart.rows):
            _row(axes, row, at * step, step, ticks[0], narrow)
        axes.axvline(chart.middle, color=INK, linewidth=1.6, zorder=3)
        axes.annotate(chart.middle_words, (chart.middle, 0), (0, 8), textcoords="offset pixels",
                      ha="center", va="bottom", fontsize=SMALL, color=INK, fontweight="bold",
                      annotation_clip=False)  # fmt: skip
        return written(sheet, prefix, css_class)


def _ticks(chart: Tornado, wanted: int) -> list[float]:
    """Return round pounds that hold every bar with room for the words at its ends."""
    ends = [end for row in chart.rows for end in (row.low, row.high)] + [chart.middle]
    low, high = min(ends), max(ends)
    room = max((high - low) * 0.22, 1.0)
    step = steps((high - low + 2 * room) * 5 / wanted)[1]
    first, last = int((low - room) // step), int(-(-(high + room) // step))
    return [step * at for at in range(first, last + 1)]


def _row(axes: "Axes", row: Swing, y: float, step: float, edge: float, narrow: bool) -> None:
    middle = y + step * (0.74 if narrow else 0.5)
    if narrow:
        axes.annotate(wrap(row.label, 32), (edge, y + 24), (-26, 0), textcoords="offset pixels",
                      fontsize=TEXT, color=INK, va="center", annotation_clip=False, zorder=4,
                      bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 2})  # fmt: skip
    else:
        axes.annotate(wrap(row.label, 25), (edge, middle), (-12, 0), textcoords="offset pixels",
                      ha="right", va="center", fontsize=TEXT, color=INK,
                      annotation_clip=False)  # fmt: skip
    start, end = sorted((row.low, row.high))
    axes.barh([middle], [end - start], left=start, height=20, color=MAIN, linewidth=0)
    ends = sorted(((row.low, row.low_words), (row.high, row.high_words)))
    for (at, words), (across, offset) in zip(ends, (("right", -6), ("left", 6)), strict=True):
        axes.annotate(words, (at, middle), (offset, 0), textcoords="offset pixels", ha=across,
                      va="center", fontsize=SMALL, color=INK, annotation_clip=False)  # fmt: skip

"""Where the answer flips: net value against the removal rate, the local range as a band."""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, TEXT, WIDE, grid, paper, steps, wrap, written
from casescope.report.charts.kinds import Band, Decision, Mark
from casescope.report.charts.palette import INK, MAIN, PAPER, SECOND, THIRD
from casescope.report.charts.pounds import pounds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEAD, _FOOT = (64, 112), (78, 92)
"""Pixels above and below the drawing proper: on a page, and on a phone."""
_BEHIND = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}


def draw(chart: Decision, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    narrow = width < WIDE
    with paper(width, 480 if narrow else 262 if chart.low else 384) as sheet:
        left = 60 if narrow else 78
        axes = sheet.axes(left, _HEAD[narrow], 22, _FOOT[narrow])
        ticks = _ticks(chart)
        axes.set_ylim(ticks[0], ticks[-1])
        axes.set_xlim(0, chart.line[1][0])
        grid(axes, ticks, horizontal=True)
        axes.set_yticks(ticks, [pounds(tick) for tick in ticks])
        across = [tick for tick in steps(chart.line[1][0]) if tick <= chart.line[1][0]]
        axes.set_xticks(across, [f"{tick:.1f}" for tick in across])
        if chart.local:
            _local(axes, chart.local, ticks[-1], narrow)
        _line(axes, chart)
        _marks(axes, chart)
        if chart.flips:
            _flips(axes, chart.flips, chart.line[1][0])
        if chart.flip:
            _flip(axes, chart.flip, chart.line[1][0], narrow)
        _words(axes, chart, ticks, left, narrow)
        return written(sheet, prefix, css_class)


def _ticks(chart: Decision) -> list[float]:
    """Return round pounds that reach from below the line to above it, 0 among them."""
    ends = [at for _, at in chart.line]
    up = steps(max(abs(end) for end in ends))
    step = up[1] - up[0]
    low = int(-(min(*ends, 0.0) // step))
    high = int(-(-max(*ends, 0.0) // step))
    return [step * at for at in range(-low, max(high, 1) + 1)]


def _local(axes: "Axes", local: Band, top: float, narrow: bool) -> None:
    axes.axvspan(local.lower, local.upper, color=MAIN, alpha=0.16, linewidth=0)
    for edge in (local.lower, local.upper):
        axes.axvline(edge, color=MAIN, linewidth=1, linestyle=(0, (3, 2)))
    axes.annotate(wrap(local.label, 20 if narrow else 40), ((local.lower + local.upper) / 2, top),
                  (0, 6), textcoords="offset pixels", ha="center", va="bottom", fontsize=SMALL,
                  color=MAIN, fontweight="bold", annotation_clip=False)  # fmt: skip


def _line(axes: "Axes", chart: Decision) -> None:
    axes.plot([x for x, _ in chart.line], [y for _, y in chart.line], color=INK, linewidth=2.4)


def _marks(axes: "Axes", chart: Decision) -> None:
    """Put a diamond on the line at each rate to compare with, its name beside it.

    The second one’s name stands above, as do those of rates at which a practice pays.
    """
    for place, mark in enumerate(chart.marks):
        y = _height(chart, mark.at)
        axes.plot([mark.at], [y], marker="D", markersize=9, color=THIRD, linestyle="none",
                  clip_on=False, zorder=5)  # fmt: skip
        above = place == 1 or y > 0
        axes.annotate(mark.label, (mark.at, y), (-8, 6) if above else (8, -6),
                      textcoords="offset pixels", ha="right" if above else "left",
                      va="bottom" if above else "top",
                      fontsize=SMALL, color=THIRD, fontweight="bold", annotation_clip=False,
                      zorder=6, bbox=_BEHIND)  # fmt: skip


def _height(chart: Decision, rate: float) -> float:
    (x0, y0), (x1, y1) = chart.line
    return y0 + (y1 - y0) * (rate - x0) / (x1 - x0)


def _flips(axes: "Axes", ends: tuple[float, float], last: float) -> None:
    """Draw the range of the rate at which the line crosses 0, as far as the axis reaches."""
    axes.plot([ends[0], min(ends[1], last)], [0, 0], color=SECOND, linewidth=6, zorder=4,
              solid_capstyle="butt")  # fmt: skip
    for end in ends:
        if end <= last:
            axes.plot([end, end], [0, 0], marker="|", markersize=16, markeredgewidth=2.5,
                      color=SECOND, linestyle="none", zorder=4)  # fmt: skip


def _flip(axes: "Axes", flip: Mark, end: float, narrow: bool) -> None:
    """Ring the place where the line crosses 0, its words on the side that has room."""
    axes.plot([flip.at], [0], marker="o", markersize=12, markerfacecolor=PAPER,
              markeredgecolor=SECOND, markeredgewidth=3.5, linestyle="none", clip_on=False,
              zorder=7)  # fmt: skip
    late = flip.at > end / 2
    words, away = wrap(flip.label, 22 if narrow else 60), -12 if late else 12
    axes.annotate(words, (flip.at, 0), (away, -away), textcoords="offset pixels",
                  ha="right" if late else "left", va="bottom" if late else "top", fontsize=TEXT,
                  color=INK, fontweight="bold",
                  annotation_clip=False, zorder=8, bbox=_BEHIND)  # fmt: skip


def _words(axes: "Axes", chart: Decision, ticks: list[float], left: int, narrow: bool) -> None:
    """Name both axes and the diamonds."""
    axes.annotate(wrap(chart.up, 34 if narrow else 70), (0, ticks[-1]),
                  (8 - left, _HEAD[narrow] - 8), textcoords="offset pixels", va="top",
                  fontsize=SMALL, color=INK, annotation_clip=False)  # fmt: skip
    axes.annotate(wrap(chart.across, 40 if narrow else 90), (0, ticks[0]), (8 - left, -30),
                  textcoords="offset pixels", va="top", fontsize=SMALL, color=INK,
                  annotation_clip=False)  # fmt: skip
    axes.annotate("◆ rates to compare with", (0, ticks[0]), (8 - left, 6 - _FOOT[narrow]),
                  textcoords="offset pixels", va="bottom", fontsize=SMALL, color=THIRD,
                  fontweight="bold", annotation_clip=False)  # fmt: skip

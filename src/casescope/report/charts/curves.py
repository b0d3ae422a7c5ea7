"""Cumulative shares over time with their bands, the women still followed under the axis."""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, TEXT, WIDE, grid, paper, steps, written
from casescope.report.charts.kinds import Curve, Curves
from casescope.report.charts.lines import STROKES
from casescope.report.charts.palette import INK, PAPER, THIRD

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LINE = 24  # pixels for each line of the numbers at risk


def draw(chart: Curves, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    narrow = width < WIDE
    foot = 62 + 22 + _LINE * len(chart.curves) * (2 if narrow else 1)
    with paper(width, (240 if narrow else 320) + foot) as sheet:
        left = 46 if narrow else 110
        axes = sheet.axes(left, 16, 78 if narrow else 92, foot)
        ticks = steps(_top(chart))
        axes.set_ylim(0, ticks[-1])
        axes.set_xlim(0, chart.years[-1])
        grid(axes, ticks, horizontal=True)
        axes.set_yticks(ticks, [f"{tick:.0%}" for tick in ticks])
        years = [year for year in chart.years if not narrow or year in (0, 5, 10)]
        axes.set_xticks(years, [str(year) for year in years])
        for curve, stroke in zip(chart.curves, STROKES, strict=False):
            _curve(axes, curve, stroke)
        _names(axes, chart, ticks[-1])
        _yardsticks(axes, chart)
        _at_risk(axes, chart, years, left)
        return written(sheet, prefix, css_class)


def _top(chart: Curves) -> float:
    ends = [point.upper for curve in chart.curves for point in curve.points]
    return max([*ends, *(mark.upper for mark in chart.yardsticks), 0.1])


def _curve(axes: "Axes", curve: Curve, stroke: tuple[str, object, str]) -> None:
    colour, dash, _ = stroke
    x = [point.years for point in curve.points]
    axes.fill_between(x, [p.lower for p in curve.points], [p.upper for p in curve.points],
                      step="post", color=colour, alpha=0.14, linewidth=0)  # fmt: skip
    axes.step(x, [p.estimate for p in curve.points], where="post", color=colour, linestyle=dash,
              linewidth=2.4)  # fmt: skip


def _names(axes: "Axes", chart: Curves, top: float) -> None:
    """Name each curve where it ends, pushed apart where two would touch."""
    ends = [(c.points[-1].estimate, c.label, s[0], c.points[-1].years)
            for c, s in zip(chart.curves, STROKES, strict=False) if c.points]  # fmt: skip
    below = -1.0
    for value, label, colour, years in sorted(ends):
        y = max(value, below + top * 0.07)
        below = y
        axes.annotate(label, (years, y), (8, 0), textcoords="offset pixels", va="center",
                      fontsize=TEXT, color=colour, fontweight="bold",
                      annotation_clip=False)  # fmt: skip


_BESIDE = (((0, 9), "center", "bottom"), ((0, -9), "center", "top"), ((-10, 0), "right", "center"))
"""Where a yardstick's words stand: above the first, under the second, left of the third."""


def _yardsticks(axes: "Axes", chart: Curves) -> None:
    marks = zip(chart.yardsticks, chart.yardstick_years, _BESIDE, strict=False)
    for mark, year, (offset, across, down) in marks:
        middle = (mark.lower + mark.upper) / 2
        axes.plot([year], [middle], marker="D", markersize=9, color=THIRD, linestyle="none",
                  clip_on=False, zorder=5)  # fmt: skip
        axes.annotate(mark.label, (year, middle), offset, textcoords="offset pixels", ha=across,
                      va=down, fontsize=SMALL, color=THIRD, fontweight="bold",
                      annotation_clip=False, zorder=6,
                      bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5})  # fmt: skip


def _at_risk(axes: "Axes", chart: Curves, years: list[int], left: float) -> None:
    """Write the axis name and, a line for each curve, how many women were still followed."""
    narrow = left < 100
    _under(axes, 0, 44, "Years since the first removal", left=0 if not narrow else 6)
    _under(axes, 0, 72, "Women still followed", left=left - 6, bold=True)
    for at, curve in enumerate(chart.curves):
        down = 94 + at * _LINE * (2 if narrow else 1)
        _under(axes, 0, down, curve.label, left=left - 6)
        for year, shown in zip(chart.years, curve.at_risk, strict=True):
            if year in years:
                axes.annotate(shown, (year, 0), (0, -down - (20 if narrow else 0)),
                              textcoords="offset pixels", ha="center", va="center",
                              fontsize=SMALL, color=INK, annotation_clip=False)  # fmt: skip


def _under(axes: "Axes", x: float, down: float, text: str, left: float, bold: bool = False) -> None:
    axes.annotate(text, (x, 0), (-left, -down), textcoords="offset pixels", va="center",
                  fontsize=SMALL, color=INK, fontweight="bold" if bold else "normal",
                  annotation_clip=False)  # fmt: skip

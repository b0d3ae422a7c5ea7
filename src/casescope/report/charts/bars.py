"""Bars from a true zero, one under another, each named and numbered at its side."""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, TEXT, WIDE, grid, paper, wrap, written
from casescope.report.charts.kinds import Bar, Bars
from casescope.report.charts.palette import INK, MAIN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GUTTER = 225  # pixels for names at the left of a wide drawing
_END = 115  # pixels kept free after the longest bar, for its number


def draw(chart: Bars, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    narrow = width < WIDE
    step = 52 if narrow else 38
    with paper(width, step * len(chart.rows) + 12) as sheet:
        axes = sheet.axes(4 if narrow else _GUTTER, 4, _END, 8)
        axes.set_xlim(0, chart.top or _top(chart.rows))
        axes.set_ylim(step * len(chart.rows), 0)
        for at, bar in enumerate(chart.rows):
            middle = (at + (0.68 if narrow else 0.5)) * step
            _name(axes, bar.label, at * step + 14 if narrow else middle, narrow)
            _bar(axes, bar, middle, 20 if narrow else 24)
        grid(axes, [0], horizontal=False)
        return written(sheet, prefix, css_class)


def _top(rows: tuple[Bar, ...]) -> float:
    return max([bar.upper or bar.value or 0 for bar in rows], default=0) or 1


def _name(axes: "Axes", label: str, y: float, narrow: bool) -> None:
    if narrow:
        axes.annotate(label, (0, y), fontsize=TEXT, color=INK, va="center",
                      annotation_clip=False)  # fmt: skip
        return
    axes.annotate(wrap(label, 25), (0, y), (-12, 0), textcoords="offset pixels", ha="right",
                  va="center", fontsize=TEXT, color=INK, annotation_clip=False)  # fmt: skip


def _bar(axes: "Axes", bar: Bar, y: float, thick: float) -> None:
    end = bar.value or 0
    if bar.value is not None:
        axes.barh([y], [bar.value], height=thick, color=MAIN, linewidth=0)
    if bar.lower is not None and bar.upper is not None:
        axes.hlines([y], bar.lower, bar.upper, color=INK, linewidth=1.6)
        end = max(end, bar.upper)
    axes.annotate(bar.shown, (end, y), (8, 0), textcoords="offset pixels", va="center",
                  fontsize=SMALL if bar.value is None else TEXT, color=INK,
                  annotation_clip=False)  # fmt: skip

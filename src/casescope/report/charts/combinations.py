"""Combinations as rows: dots for what is in each, joined by a line, and a bar for how many."""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, TEXT, WIDE, grid, paper, wrap, written
from casescope.report.charts.kinds import Combination, Combinations
from casescope.report.charts.palette import INK, MAIN, PAPER, QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEAD, _END, _STEP = 46, 88, 36
"""Pixels: the names above the dots, after the longest bar, and from row to row."""


def draw(chart: Combinations, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    apart = 62 if width < WIDE else 104
    gutter = apart * len(chart.sets)
    tall = _STEP * len(chart.rows)
    with paper(width, _HEAD + tall + 8) as sheet:
        dots = sheet.axes(0, _HEAD, width - gutter, 8)
        dots.set_xlim(0, gutter)
        dots.set_ylim(tall, 0)
        bars = sheet.axes(gutter + 8, _HEAD, _END, 8)
        bars.set_xlim(0, max([row.value or 0 for row in chart.rows], default=0) or 1)
        bars.set_ylim(tall, 0)
        _names(dots, chart.sets, apart)
        for at, row in enumerate(chart.rows):
            middle = (at + 0.5) * _STEP
            _dots(dots, row, middle, apart)
            _bar(bars, row, middle)
        grid(bars, [0], horizontal=False)
        return written(sheet, prefix, css_class)


def _names(axes: "Axes", names: tuple[str, ...], apart: int) -> None:
    for at, name in enumerate(names):
        axes.annotate(wrap(name, max(10, apart // 8)), ((at + 0.5) * apart, 0), (0, 8),
                      textcoords="offset pixels", ha="center", va="bottom", fontsize=SMALL,
                      color=INK, annotation_clip=False)  # fmt: skip


def _dots(axes: "Axes", row: Combination, y: float, apart: int) -> None:
    places = [(at + 0.5) * apart for at in range(len(row.members))]
    inside = [x for x, is_in in zip(places, row.members, strict=True) if is_in]
    outside = [x for x in places if x not in inside]
    if len(inside) > 1:
        axes.hlines([y], inside[0], inside[-1], color=MAIN, linewidth=3)
    axes.plot(outside, [y] * len(outside), marker="o", markersize=9, linestyle="none",
              markerfacecolor=PAPER, markeredgecolor=QUIET, markeredgewidth=1.2)  # fmt: skip
    axes.plot(inside, [y] * len(inside), marker="o", markersize=15, linestyle="none", color=MAIN)


def _bar(axes: "Axes", row: Combination, y: float) -> None:
    if row.value is not None:
        axes.barh([y], [row.value], height=22, color=MAIN, linewidth=0)
    axes.annotate(row.shown, (row.value or 0, y), (8, 0), textcoords="offset pixels",
                  va="center", fontsize=SMALL if row.value is None else TEXT, color=INK,
                  annotation_clip=False)  # fmt: skip

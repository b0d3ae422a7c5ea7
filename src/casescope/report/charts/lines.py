"""Lines over the years from a true zero, each named at its end instead of in a legend."""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import TEXT, WIDE, grid, paper, steps, written
from casescope.report.charts.kinds import Lines, Series
from casescope.report.charts.palette import INK, MAIN, QUIET, SECOND

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STROKES = ((MAIN, "-", "o"), (SECOND, (0, (5, 2)), "s"), (QUIET, (0, (1, 1.5)), "^"))
"""Colour, dash and marker of the first, second and third line: told apart without colour too."""


def draw(chart: Lines, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    narrow = width < WIDE
    with paper(width, 260 if narrow else 320) as sheet:
        axes = sheet.axes(40, 16, 114, 34)
        values = [v for one in chart.series for v in one.values if v is not None]
        ticks = steps(max(values, default=1))
        axes.set_ylim(0, ticks[-1])
        axes.set_xlim(0, max(len(chart.labels) - 1, 1))
        grid(axes, ticks, horizontal=True)
        axes.set_yticks(ticks, [f"{tick:,.0f}" for tick in ticks])
        shown = _ticks(len(chart.labels), 3 if narrow else 6)
        axes.set_xticks(shown, [chart.labels[at] for at in shown])
        axes.tick_params(axis="x", pad=12)
        for one, stroke in zip(chart.series, STROKES, strict=False):
            _line(axes, one, stroke)
        _names(axes, chart, ticks[-1])
        return written(sheet, prefix, css_class)


def _ticks(count: int, wanted: int) -> list[int]:
    step = max(1, -(-(count - 1) // max(wanted - 1, 1)))
    return list(range(count - 1, -1, -step))[::-1]


def _line(axes: "Axes", one: Series, stroke: tuple[str, object, str]) -> None:
    colour, dash, marker = stroke
    y = [float("nan") if value is None else value for value in one.values]
    axes.plot(range(len(y)), y, color=colour, linestyle=dash, linewidth=2.4,
              marker=marker, markersize=6, clip_on=False)  # fmt: skip


def _names(axes: "Axes", chart: Lines, top: float) -> None:
    """Name each line at its last drawn point, pushed apart where two would touch."""
    ends = []
    for one, (colour, _, _) in zip(chart.series, STROKES, strict=False):
        drawn = [(at, v) for at, v in enumerate(one.values) if v is not None]
        if drawn:
            at, value = drawn[-1]
            ends.append((value, one.label, colour, at))
    below = -1.0
    for value, label, colour, at in sorted(ends):
        y = max(value, below + top * 0.08)
        below = y
        axes.annotate(label, (at, y), (10, 0), textcoords="offset pixels",
                      va="center", fontsize=TEXT, color=INK if colour == QUIET else colour,
                      fontweight="bold", annotation_clip=False)  # fmt: skip

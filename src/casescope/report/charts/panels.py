"""Small bar charts side by side over the same years, so that a hole in a year is seen at a glance.

A hidden year has no bar but an open box on the line: it may be anything that is too small to show.
"""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, TEXT, WIDE, Paper, grid, paper, steps, written
from casescope.report.charts.kinds import Panel, Panels
from casescope.report.charts.palette import INK, MAIN, QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TALL, _HEAD, _FOOT, _GUTTER = 150, 34, 36, 52
"""Pixels: a panel, its title, the years below it, and the numbers at its side."""


def draw(chart: Panels, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    columns = 1 if width < WIDE else 2
    rows = -(-len(chart.panels) // columns)
    with paper(width, _TALL * rows) as sheet:
        for at, panel in enumerate(chart.panels):
            axes = _place(sheet, at // columns, at % columns, rows, columns)
            _panel(axes, panel, chart.labels)
        return written(sheet, prefix, css_class)


def _place(sheet: Paper, row: int, column: int, rows: int, columns: int) -> "Axes":
    wide = sheet.width / columns
    return sheet.axes(
        column * wide + _GUTTER,
        row * _TALL + _HEAD,
        (columns - column - 1) * wide + 14,
        (rows - row - 1) * _TALL + _FOOT,
    )


def _panel(axes: "Axes", panel: Panel, labels: tuple[str, ...]) -> None:
    known = [(at, value) for at, value in enumerate(panel.values) if value is not None]
    hidden = [at for at, value in enumerate(panel.values) if value is None]
    top = steps(max([value for _, value in known], default=1))[-1]
    axes.set_xlim(-0.6, len(labels) - 0.4)
    axes.set_ylim(0, top)
    grid(axes, [0, top], horizontal=True)
    axes.bar([at for at, _ in known], [value for _, value in known], width=0.78, color=MAIN,
             linewidth=0)  # fmt: skip
    axes.bar(hidden, [top * 0.06] * len(hidden), width=0.6, facecolor="none", edgecolor=QUIET,
             linewidth=1)  # fmt: skip
    if not known:
        axes.annotate("too few to show", (0, 0.5), xycoords=("data", "axes fraction"),
                      fontsize=SMALL, color=INK, va="center")  # fmt: skip
    _words(axes, panel, labels, top if known else 0)


def _words(axes: "Axes", panel: Panel, labels: tuple[str, ...], top: float) -> None:
    """Write title, the end of the scale, and the first and last year."""
    axes.annotate(panel.label, (0, 1), (-_GUTTER + 4, 14), xycoords="axes fraction",
                  textcoords="offset pixels", fontsize=TEXT, fontweight="bold", color=INK,
                  va="bottom", annotation_clip=False)  # fmt: skip
    ticks = [0, top] if top else []
    axes.set_yticks(ticks, [f"{tick:,.0f}" for tick in ticks])
    for at, side in {0: "left", len(labels) - 1: "right"}.items():
        axes.annotate(labels[at], (at, 0), (0, -8), textcoords="offset pixels", ha=side, va="top",
                      fontsize=SMALL, color=INK, annotation_clip=False)  # fmt: skip

"""A curve to a panel, side by side on one scale: more groups than lines that cross can show.

Every panel has its band, the numbers still followed under it, and all women as a dotted line. A
hidden group has no empty panel: it is named under the others.
"""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import (
    SMALL,
    TEXT,
    WIDE,
    Paper,
    grid,
    paper,
    steps,
    wrap,
    written,
)
from casescope.report.charts.kinds import Curve, CurvePanels
from casescope.report.charts.palette import INK, MAIN, QUIET
from casescope.report.prose import listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TALL, _HEAD, _FOOT, _GUTTER, _SIDE = 270, 36, 78, 46, 26
"""Pixels: a panel, its title, what is below it, the scale at its left, the room at its right."""
_HIDDEN = 44
"""Pixels below all panels, where hidden groups are named."""


def draw(chart: CurvePanels, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    columns = 1 if width < WIDE else 2
    drawn = [curve for curve in chart.curves if curve.points]
    hidden = listed([curve.label for curve in chart.curves if not curve.points])
    rows, foot = -(-len(drawn) // columns), _HIDDEN if hidden else 0
    ticks = steps(_top(chart))
    with paper(width, _TALL * rows + foot) as sheet:
        for at, curve in enumerate(drawn):
            axes = _place(sheet, divmod(at, columns), rows, columns, foot)
            _frame(axes, chart, ticks)
            _panel(axes, curve, chart.whole)
            _words(axes, chart, curve)
            if hidden and at == columns * (rows - 1):
                _at(axes, (0, 0), (-_GUTTER + 4, -_FOOT - foot / 2),
                    wrap(f"Not shown: {hidden}.", 40 if columns == 1 else 80))  # fmt: skip
        return written(sheet, prefix, css_class)


def _top(chart: CurvePanels) -> float:
    drawn = [*chart.curves, *([chart.whole] if chart.whole else [])]
    return max([0.1, *(point.upper for curve in drawn for point in curve.points)])


def _place(sheet: Paper, place: tuple[int, int], rows: int, columns: int, foot: int) -> "Axes":
    row, column = place
    wide = sheet.width / columns
    return sheet.axes(column * wide + _GUTTER, row * _TALL + _HEAD,
                      (columns - column - 1) * wide + _SIDE,
                      (rows - row - 1) * _TALL + _FOOT + foot)  # fmt: skip


def _frame(axes: "Axes", chart: CurvePanels, ticks: list[float]) -> None:
    axes.set_ylim(0, ticks[-1])
    axes.set_xlim(0, chart.years[-1])
    grid(axes, ticks, horizontal=True)
    axes.set_yticks(ticks, [f"{tick:.0%}" for tick in ticks])
    axes.set_xticks(chart.years, [str(year) for year in chart.years])


def _panel(axes: "Axes", curve: Curve, whole: Curve | None) -> None:
    if whole is not None and whole.points:
        axes.step([p.years for p in whole.points], [p.estimate for p in whole.points],
                  where="post", color=QUIET, linestyle=(0, (1, 1.5)), linewidth=1.8)  # fmt: skip
    x = [point.years for point in curve.points]
    axes.fill_between(x, [p.lower for p in curve.points], [p.upper for p in curve.points],
                      step="post", color=MAIN, alpha=0.14, linewidth=0)  # fmt: skip
    axes.step(x, [p.estimate for p in curve.points], where="post", color=MAIN, linewidth=2.4)


def _words(axes: "Axes", chart: CurvePanels, curve: Curve) -> None:
    """Write the group above the panel, and under each year how many were still followed."""
    _at(axes, (0, 1), (-_GUTTER + 4, 14), curve.label, size=TEXT, bold=True)
    _at(axes, (0, 0), (-_GUTTER + 4, -40), "Still followed, by years since the first removal")
    for year, shown in zip(chart.years, curve.at_risk, strict=True):
        axes.annotate(shown, (year, 0), (0, -60), textcoords="offset pixels", ha="center",
                      va="center", fontsize=SMALL, color=INK, annotation_clip=False)  # fmt: skip


def _at(
    axes: "Axes",
    place: tuple[float, float],
    offset: tuple[float, float],
    text: str,
    *,
    size: int = SMALL,
    bold: bool = False,
) -> None:
    axes.annotate(text, place, offset, xycoords="axes fraction", textcoords="offset pixels",
                  va="center", fontsize=size, color=INK,
                  fontweight="bold" if bold else "normal", annotation_clip=False)  # fmt: skip

"""Where people go from stage to stage: named boxes, joined by bands as thick as their numbers.

Wide, all stages stand side by side; narrow, each pair of stages by itself, one under another.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, WIDE, paper, wrap, written
from casescope.report.charts.kinds import Link, Pathway
from casescope.report.charts.palette import INK, MAIN, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LINE, _PAD, _GAP, _LETTER = 17, 8, 9, 7.0
"""Pixels: a line of words, round the words, between boxes, and the width of a letter."""

_TALL = 330
"""Pixels that everybody together is tall, before small boxes are made tall enough for words."""


@dataclass
class Box:
    """One box, placed: its words and rectangle in pixels, and how far its sides are taken."""

    label: str
    x: float
    y: float
    width: float
    height: float
    lines: int
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True)
class Band:
    """One band, placed: from the right side of one box to the left side of another."""

    start: tuple[float, float]
    end: tuple[float, float]
    thick: float
    value: float


def draw(chart: Pathway, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    boxes, bands = placed(chart, width)
    tall = max((box.y + box.height for box in boxes), default=0) + 4
    with paper(width, int(tall)) as sheet:
        axes = sheet.axes(0, 0, 0, 0)
        axes.set_xlim(0, width)
        axes.set_ylim(int(tall), 0)
        for band in bands:
            _band(axes, band)
        for box in boxes:
            _box(axes, box)
        return written(sheet, prefix, css_class)


def placed(chart: Pathway, width: int) -> tuple[list[Box], list[Band]]:
    """Return boxes and bands of every stage; a box that nothing shown goes through is left out."""
    if width >= WIDE:
        return _panel(chart.stages, chart.links, width, 2.0)
    boxes: list[Box] = []
    bands: list[Band] = []
    for at, links in enumerate(chart.links):
        top = max((box.y + box.height for box in boxes), default=-26.0) + 28
        more, joined = _panel(chart.stages[at : at + 2], (links,), width, top)
        boxes, bands = boxes + more, bands + joined
    return boxes, bands


def _panel(
    stages: tuple[tuple[str, ...], ...],
    links: tuple[tuple[Link, ...], ...],
    width: int,
    top: float,
) -> tuple[list[Box], list[Band]]:
    wide = 140.0 if width >= WIDE else 112.0
    apart = (width - 2 - wide) / max(1, len(stages) - 1)
    most = max((sum(link.value for link in of) for of in links), default=0.0)
    scale = _TALL / most if most else 0.0
    columns = [
        _column(names, _through(at, len(names), links), (1 + at * apart, top, wide), scale)
        for at, names in enumerate(stages)
    ]
    bands = [
        _joined(columns[at][link.start], columns[at + 1][link.end], link.value, scale)
        for at, of in enumerate(links)
        for link in sorted(of, key=lambda one: (one.start, one.end))
    ]
    return [box for column in columns for box in column.values()], bands


def _through(at: int, boxes: int, links: tuple[tuple[Link, ...], ...]) -> list[float]:
    """Return how many go through each box of a stage: those who come or those who go, if more."""
    come, go = [0.0] * boxes, [0.0] * boxes
    for link in links[at - 1] if at else ():
        come[link.end] += link.value
    for link in links[at] if at < len(links) else ():
        go[link.start] += link.value
    return [max(pair) for pair in zip(come, go, strict=True)]


def _column(
    names: tuple[str, ...], through: list[float], place: tuple[float, float, float], scale: float
) -> dict[int, Box]:
    x, y, wide = place
    made: dict[int, Box] = {}
    for at, (name, value) in enumerate(zip(names, through, strict=True)):
        if value:
            words = wrap(name, int((wide - 2 * _PAD) / _LETTER))
            lines = words.count("\n") + 1
            tall = max(lines * _LINE + _PAD, value * scale)
            made[at] = Box(words, x, y, wide, tall, lines)
            y += tall + _GAP
    return made


def _joined(start: Box, end: Box, value: float, scale: float) -> Band:
    """Return the band between two boxes, below those that already join them to others."""
    thick = value * scale
    one = (start.x + start.width, start.y + start.right + thick / 2)
    other = (end.x, end.y + end.left + thick / 2)
    start.right += thick
    end.left += thick
    return Band(one, other, thick, value)


def _band(axes: "Axes", band: Band) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (x, y), (to_x, to_y), half = band.start, band.end, band.thick / 2
    bend = (x + to_x) / 2
    points = [(x, y - half), (bend, y - half), (bend, to_y - half), (to_x, to_y - half),
              (to_x, to_y + half), (bend, to_y + half), (bend, y + half), (x, y + half),
              (x, y - half)]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=MAIN, alpha=0.4, linewidth=0))
    if band.thick >= SMALL:
        axes.annotate(f"{band.value:,.0f}", (x, y), (5, 0), textcoords="offset pixels",
                      fontsize=SMALL, color=INK, va="center")  # fmt: skip


def _box(axes: "Axes", box: Box) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((box.x, box.y), box.width, box.height, facecolor=PAPER,
                             edgecolor=MAIN, linewidth=1.4))  # fmt: skip
    for at, words in enumerate(box.label.split("\n")):
        y = box.y + box.height / 2 + (at - (box.lines - 1) / 2) * _LINE
        axes.annotate(words, (box.x + _PAD, y), fontsize=SMALL, color=INK, va="center",
                      annotation_clip=False)  # fmt: skip

"""The flow diagram: who is left down the middle, who leaves at the side, the tiers at the end.

Boxes and words only, so it is written straight as SVG, by a template.
"""

import textwrap
from dataclasses import dataclass
from itertools import groupby

from casescope.report.charts.canvas import WIDE
from casescope.report.charts.kinds import Flow, FlowStep
from casescope.report.templates import template

_LINE, _PAD, _GAP = 20, 11, 16  # pixels: a line of text, round the text, between boxes


@dataclass(frozen=True)
class _Layout:
    """Where boxes of one kind stand: left edge, width, and the letters that fit on a line."""

    left: int
    width: int
    letters: int


_PLACES = {
    True: {"stock": _Layout(1, 300, 34), "tier": _Layout(1, 300, 34), "out": _Layout(341, 338, 38)},
    False: {"stock": _Layout(1, 318, 34), "tier": _Layout(1, 318, 34), "out": _Layout(33, 286, 31)},
}


@dataclass(frozen=True)
class Line:
    """One line of text in a box; `strong` stands in bold before it."""

    text: str
    strong: str = ""


@dataclass(frozen=True)
class Box:
    """One box, placed: its kind, its rectangle in pixels, and its lines of text."""

    kind: str
    x: int
    y: int
    width: int
    lines: tuple[Line, ...]

    @property
    def height(self) -> int:
        """Return its height in pixels."""
        return _LINE * len(self.lines) + 2 * _PAD

    @property
    def middle(self) -> int:
        """Return the height of its middle."""
        return self.y + self.height // 2

    @property
    def bottom(self) -> int:
        """Return the height of its lower edge."""
        return self.y + self.height


def draw(chart: Flow, width: int, css_class: str) -> str:
    """Return the diagram as an `<svg>` element of this width."""
    boxes = placed(chart.steps, wide=width >= WIDE)
    main = [box for box in boxes if box.kind != "out"]
    return template("flow.svg").render(
        boxes=boxes,
        joins=list(zip([box for box in main if box.kind == "stock"], main[1:], strict=False)),
        outs=[box for box in boxes if box.kind == "out"],
        spine=_PLACES[True]["stock"].left + 18,
        width=width,
        height=max((box.bottom for box in boxes), default=0) + 2,
        css_class=css_class,
        line=_LINE,
        pad=_PAD,
    )


def placed(steps: tuple[FlowStep, ...], wide: bool) -> list[Box]:
    """Return the boxes, one under another; all who leave between two stocks share one box."""
    boxes: list[Box] = []
    y = 1
    for kind, group in groupby(steps, key=lambda step: step.kind):
        for members in [list(group)] if kind == "out" else [[step] for step in group]:
            place = _PLACES[wide][kind]
            lines = tuple(line for step in members for line in _lines(step, place.letters))
            box = Box(kind, place.left, y, place.width, lines)
            boxes.append(box)
            y = box.bottom + _GAP
    return boxes


def _lines(step: FlowStep, letters: int) -> list[Line]:
    """Return a step's number and words, as lines that fit."""
    texts = textwrap.wrap(f"{step.shown}\N{NO-BREAK SPACE} {step.label}", letters)
    first = texts[0].removeprefix(step.shown).strip("\N{NO-BREAK SPACE} ")
    return [Line(first, step.shown), *(Line(text) for text in texts[1:])]

"""The paper that charts are drawn on: the Analysis Function's style, pixels for units, no globals.

matplotlib is slow to import and is needed only when a report is made, so it is imported here, late.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from casescope.report.charts.palette import INK, RULE
from casescope.report.charts.svg import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE, NARROW = 680, 320
"""Widths in CSS pixels: a desk or a printed page; a phone, or a desk at 400% zoom."""

TEXT, SMALL = 15, 13


@dataclass(frozen=True)
class Paper:
    """One drawing: its size in pixels, and what the file that draws it needs to know."""

    figure: "Figure"
    width: int
    height: int

    @property
    def narrow(self) -> bool:
        """Whether this is the drawing for small screens."""
        return self.width <= NARROW

    def axes(self, left: float, top: float, right: float, bottom: float) -> "Axes":
        """Return bare axes with these margins in pixels: no frame, no ticks, no grid."""
        axes = self.figure.add_axes(
            (
                left / self.width,
                bottom / self.height,
                (self.width - left - right) / self.width,
                (self.height - top - bottom) / self.height,
            )
        )
        axes.patch.set_visible(False)
        axes.grid(False)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0, labelsize=SMALL, labelcolor=INK, pad=6)
        axes.set_xticks([])
        axes.set_yticks([])
        return axes


@contextmanager
def paper(width: int, height: int) -> Iterator[Paper]:
    """Lend a sheet of this size (pixels) in the Analysis Function's style."""
    import matplotlib
    from matplotlib.figure import Figure

    style = files("afcharts") / "afcharts.mplstyle"
    with matplotlib.rc_context(fname=str(style)):
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "casescope"})
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        figure.patch.set_visible(False)
        yield Paper(figure, width, height)


def written(sheet: Paper, prefix: str, css_class: str) -> str:
    """Return the drawing as one clean `<svg>` element."""
    stream = io.StringIO()
    sheet.figure.savefig(stream, format="svg", metadata={"Date": None})
    return clean(stream.getvalue(), prefix, css_class)


def grid(axes: "Axes", values: list[float], horizontal: bool) -> None:
    """Rule quiet lines across the axes at these values."""
    for value in values:
        line = axes.axhline if horizontal else axes.axvline
        line(value, color=RULE, linewidth=1.4 if value == 0 else 0.8, zorder=0)


def steps(top: float) -> list[float]:
    """Return round values from 0 that reach `top`, four or five of them."""
    if top <= 0:
        return [0.0, 1.0]
    power = 10.0 ** (len(str(int(top))) - 1) if top >= 1 else 0.1
    for factor in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5):
        step = power * factor
        if top / step <= 5 and (step >= 1 or top < 1):
            break
    count = int(-(-top // step))
    return [step * at for at in range(count + 1)]


def wrap(text: str, letters: int) -> str:
    """Return the text broken into lines of at most this many letters."""
    import textwrap

    return "\n".join(textwrap.wrap(text, letters)) or text

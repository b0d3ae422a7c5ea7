"""Draws each chart once, whatever editions and faces show it."""

import re

from casescope.report.charts.draw import drawn
from casescope.report.charts.kinds import Chart
from casescope.report.charts.palette import INK, LIGHT, PAPER, RULE
from casescope.report.document import Figure

_BETWEEN = re.compile(r"(?<=</svg>)\s*(?=<svg )")
_TINT = "#f3f5f7"


def _paper_style() -> str:
    """Return the colours that the web page's style sheet gives to the classes of a drawing."""
    inks = {**LIGHT, "ink": INK, "rule": RULE, "paper": PAPER}
    rules = [f".f-{name}{{fill:{ink}}}.s-{name}{{stroke:{ink}}}" for name, ink in inks.items()]
    quiet, main = LIGHT["quiet"], LIGHT["main"]
    return "".join((
        *rules,
        f".box{{fill:{PAPER};stroke:{quiet};stroke-width:1}}",
        f".box.stock{{stroke:{main};stroke-width:2}}",
        f".box.tier{{fill:{_TINT};stroke:{main};stroke-width:3}}",
        f".box.out{{fill:{_TINT};stroke:{RULE}}}",
    ))  # fmt: skip


class Drawings:
    """The drawings of one report, kept while its faces are made."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Chart], str] = {}

    def both(self, figure: Figure) -> str:
        """Return the wide and the narrow `<svg>` of a chart, for a page that has the styles."""
        key = (figure.id, figure.chart)
        if key not in self._kept:
            self._kept[key] = drawn(figure.chart, figure.id)
        return self._kept[key]

    def alone(self, figure: Figure, font: str) -> str:
        """Return the wide drawing as a file of its own, coloured for paper, set in this font."""
        wide = _BETWEEN.split(self.both(figure))[0].strip()
        head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{font}" '
        plain = wide.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
        opened = plain.replace("<svg ", head, 1)
        return opened.replace(">", f"><style>{_paper_style()}</style>", 1)

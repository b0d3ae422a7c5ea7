"""Writes a document as one web page: no scripts, no outside requests, one style sheet inside."""

import hashlib
import re
from base64 import b64encode
from importlib.resources import files

from markupsafe import Markup

from casescope.report.charts.palette import MAIN
from casescope.report.document import Document, Figure
from casescope.report.faces.drawings import Drawings
from casescope.report.templates import template

_UNPARTED = re.compile(r"(−£[\d,.]+|−[\d,.]+|20\d\d-\d\d|\b\d+ years\b)")


def page(document: Document, drawings: Drawings) -> str:
    """Return the whole page; the same document always gives the same text."""
    sheet = (files("casescope.report") / "style.css").read_text(encoding="utf-8")
    style = _tight(sheet + _in_colour(document.look.colour) + _on_every_page(document.mark))
    text: str = template("report.html").render(
        document=document,
        style=Markup(style),  # noqa: S704 — our own style sheet
        style_hash="sha256-" + b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        draw=lambda figure: _draw(figure, drawings),
        kind_of=lambda block: type(block).__name__,
        unknown=_refuse,
        whole=_whole,
    )
    return _tight(text) + "\n"


def _tight(text: str) -> str:
    """Return the text without blank lines; what the policy hashes must be what the page holds."""
    return "\n".join(line for line in text.splitlines() if line.strip())


def _in_colour(colour: str) -> str:
    """Return the style that puts the council's colour on light paper; it is chosen for white."""
    return (
        f"@media print, (prefers-color-scheme: light) {{ :root {{ --council: {colour}; }} }}\n"
        if colour != MAIN
        else ""
    )


def _on_every_page(mark: str) -> str:
    """Return the style that prints the mark at the top of every page."""
    if not mark:
        return ""
    words = mark.replace("\\", "\\\\").replace('"', '\\"')
    return f'\n@page {{ @top-left {{ content: "{words}"; font: bold 8.5pt sans-serif; }} }}\n'


def _whole(text: str) -> Markup:
    """Return the text with amounts, price years and spans of years that no line may part."""
    parts = _UNPARTED.split(text)
    return Markup("").join(
        Markup('<span class="whole">{}</span>').format(part) if at % 2 else part
        for at, part in enumerate(parts)
    )


def _refuse(kind: str) -> Markup:
    raise TypeError(f"the web page does not know the block {kind}")


def _draw(figure: Figure, drawings: Drawings) -> Markup:
    return Markup(drawings.both(figure))  # noqa: S704 — written by charts.svg, escaped there

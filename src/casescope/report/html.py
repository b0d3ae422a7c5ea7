"""Writes a document as one web page: no scripts, no outside requests, one style sheet inside."""

import hashlib
from base64 import b64encode
from importlib.resources import files

from markupsafe import Markup

from casescope.report.charts.draw import drawn
from casescope.report.document import Document, Figure
from casescope.report.templates import template


def page(document: Document) -> str:
    """Return the whole page; the same document always gives the same text."""
    style = _tight((files("casescope.report") / "style.css").read_text(encoding="utf-8"))
    text: str = template("report.html").render(
        document=document,
        style=Markup(style),  # noqa: S704 — our own style sheet
        style_hash="sha256-" + b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        draw=_draw,
        kind_of=lambda block: type(block).__name__,
    )
    return _tight(text) + "\n"


def _tight(text: str) -> str:
    """Return the text without blank lines; what the policy hashes must be what the page holds."""
    return "\n".join(line for line in text.splitlines() if line.strip())


def _draw(figure: Figure) -> Markup:
    return Markup(drawn(figure.chart, figure.id))  # noqa: S704 — written by charts.svg, escaped there

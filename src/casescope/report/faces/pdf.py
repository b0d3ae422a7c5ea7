"""The report as a tagged PDF (PDF/UA-1), set by typst from data."""

from typing import Any, Final

from casescope.report.document import Document
from casescope.report.faces import typesetting
from casescope.report.faces.drawings import Drawings
from casescope.report.faces.plain import document_data

STANDARD: Final = "ua-1"
"""The typesetter refuses to write what it knows not to be accessible."""


def pdf(document: Document, drawings: Drawings) -> bytes:
    """Return the report as a PDF file; the same document always gives the same bytes."""
    import typst

    data = document_data(document, lambda figure: drawings.alone(figure, typesetting.FONT))
    made: bytes = typst.compile(
        typesetting.source("report"),
        format="pdf",
        font_paths=typesetting.fonts(),
        ignore_system_fonts=True,
        sys_inputs=typesetting.inputs(_displayable(data)),
        pdf_standards=[STANDARD],
        timestamp=int(document.made_at.timestamp()),
    )
    return made


def _displayable(data: Any) -> Any:  # noqa: ANN401 — anything that JSON can hold
    """Return the data with every text in letters that the font has."""
    match data:
        case str():
            return typesetting.in_font(data)
        case dict():
            return {name: _displayable(value) for name, value in data.items()}
        case list() | tuple():
            return [_displayable(value) for value in data]
        case _:
            return data

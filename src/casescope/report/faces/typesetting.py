"""The typesetter (typst) with the report's own fonts; it reads data, never text as markup.

Everything lies in installed packages: no network, no system font, no typst package.
"""

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Fonts

FONT = "Source Sans Pro"
_REPLACEMENT = "?"
_ALIKE = str.maketrans({"□": "☐"})
"""Signs that the charts use and the font has under another number."""

DRAWN_WIDTH = 680
"""The width of a wide drawing in its own units."""


def in_font(text: str) -> str:
    """Return the text with a question mark for each letter that the font does not have.

    PDF/UA forbids letters that can't be shown, and one odd letter must not stop a report.
    """
    said = text.translate(_ALIKE)
    lacking = {letter for letter in set(said) - {"\n", "\t"} if ord(letter) not in _letters()}
    return said.translate({ord(letter): _REPLACEMENT for letter in lacking})


def source(name: str) -> bytes:
    """Return one of our own typst templates."""
    return (files("casescope.report") / "templates" / f"{name}.typ").read_bytes()


def inputs(data: Any) -> dict[str, str]:  # noqa: ANN401 — anything that JSON can hold
    """Return data as the typesetter is given it: one text, read there as JSON."""
    return {"document": json.dumps(data, ensure_ascii=False)}


@cache
def fonts() -> "Fonts":
    """Return the fonts to set in, and no others."""
    import typst  # 40 MB, needed only when a report is made

    folder = files("font_source_sans_pro") / "files"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )


@cache
def _letters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    file = files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf"
    return frozenset(FT2Font(str(file)).get_charmap())

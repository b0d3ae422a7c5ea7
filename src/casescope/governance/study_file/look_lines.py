"""The lines of study.toml on how the report looks: the council's colour and its logo."""

import re
from dataclasses import dataclass

from casescope.governance.study_file.line import FaultError, Field
from casescope.kernel.contrast import contrast

LOOK_TABLE = (
    "How the report looks. It may change without a new approval; no figure and no word depends "
    "on it."
)
_COLOUR = re.compile("#[0-9a-f]{6}")
_LOGO = re.compile(r"[^/\\:]+[.]png", re.IGNORECASE)
_WHITE, _LEAST = "#ffffff", 4.5
"""WCAG 2.2, 1.4.3: words in the colour can be read on white."""


@dataclass(frozen=True)
class LookLines:
    """[report]: a colour as `#rrggbb`, and the file of a logo beside study.toml; both may be ""."""

    colour: str = ""
    logo: str = ""


def _colour(value: object) -> str:
    colour = value.strip().lower() if isinstance(value, str) else None
    if colour == "":
        return ""
    if colour is None or not _COLOUR.fullmatch(colour):
        raise FaultError('must be a colour, like "#12436d"')
    if contrast(colour, _WHITE) < _LEAST:
        raise FaultError("must be a darker colour: words in it can't be read on white")
    return colour


def _logo(value: object) -> str:
    name = value.strip() if isinstance(value, str) else None
    if name is None or (name and not _LOGO.fullmatch(name)):
        raise FaultError('must be the name of a PNG file beside study.toml, like "logo.png"')
    return name


LOOK_FIELDS = (
    Field("report", "colour", "The council's colour, for rules and key figures on white paper: "
          '"#12436d"; charts keep theirs', _colour, "", governed=False),
    Field("report", "logo", "The file of the council's logo beside study.toml, a PNG of at most "
          "half a megabyte", _logo, "", governed=False),
)  # fmt: skip

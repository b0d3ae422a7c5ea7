"""Text as a file of another kind can hold it."""

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"[=+\-@\t\r]")


def in_xml(text: str) -> str:
    """Return the text with a question mark for what XML 1.0 can't hold (control characters)."""
    return _NOT_XML.sub("?", text)


def in_cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) or _FORMULA.match(text.lstrip()) else text

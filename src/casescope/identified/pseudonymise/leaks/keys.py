"""What is left of a text when case, accents, spaces, hyphens and leading zeros are gone."""

import re
import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that are no accented form of another to Unicode, and are to an English typist."""

_APART = re.compile(r"[\W_]+")
_SPREADSHEET = re.compile(r"\.0+$")


def folded(text: str) -> str:
    """Return a text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one)).translate(_LETTERS)


def key(text: str) -> str:
    """Return letters and digits of a text, folded, in one word."""
    return _APART.sub("", folded(text))


def id_key(text: str) -> str:
    """Return the key of an id: without a spreadsheet's `.0` and without leading zeros."""
    bare = key(_SPREADSHEET.sub("", text.strip()))
    return bare.lstrip("0") or bare


def words(text: str) -> list[str]:
    """Return the words of a folded text."""
    return [word for word in _APART.split(folded(text)) if word]

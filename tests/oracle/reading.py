"""How one cell of a file is read."""

import re
from datetime import date

ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?")
BRITISH = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


def day(text: str) -> date | None:
    """Return the date in a cell; nothing for an empty or unreadable one."""
    text = text.strip()
    try:
        if found := ISO.fullmatch(text):
            return date(*map(int, found.groups()))
        if found := BRITISH.fullmatch(text):
            return date(*map(int, reversed(found.groups())))
    except ValueError:  # such as the 31st of February
        return None
    return None


def is_unreadable(text: str) -> bool:
    """Answer whether a cell says something that is not a date."""
    return text.strip() != "" and day(text) is None


def code(text: str) -> str:
    """Return a code as codes are compared: upper case, trimmed."""
    return text.strip().upper()


def squeezed(text: str) -> str:
    """Return text as identifiers and postcodes are compared: no spaces, one case."""
    return "".join(text.split()).upper()


def folded(name: str) -> str:
    """Return a name as names are compared: case, spaces and punctuation put aside."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def is_true(text: str) -> bool:
    """Answer whether a yes/no cell says yes."""
    return text.strip().lower() in {"1", "1.0", "y", "yes", "t", "true"}


def is_false(text: str) -> bool:
    """Answer whether a yes/no cell says no."""
    return text.strip().lower() in {"0", "0.0", "n", "no", "f", "false"}


ORDERS = {
    "special guardianship": "special guardianship",
    "sgo": "special guardianship",
    "child arrangements": "child arrangements",
    "cao": "child arrangements",
    "residence": "child arrangements",
    "ro": "child arrangements",
    "care": "care",
    "full care": "care",
    "interim care": "care",
    "ico": "care",
    "co": "care",
    "c1": "care",
    "c2": "care",
    "adoption": "adoption",
    "ao": "adoption",
    "supervision": "supervision",
    "interim supervision": "supervision",
    "so": "supervision",
}

PRIVATE_ORDERS = {"special guardianship", "child arrangements"}
"""Orders that place a child with someone without any period of care; residence is the old name."""


NOT_MADE = ("discharged", "revoked", "refused", "withdrawn", "dismissed", "no order")


def order(text: str) -> str:
    """Return the kind of order a cell names: `""` for none, `other` for one not listed here."""
    if any(word in text.lower() for word in NOT_MADE):
        return ""
    words = text.strip().lower().removesuffix("order").strip()
    return ORDERS.get(words, "other") if words else ""

"""Reads numbers out of the words that the report shows, as rounded as they are shown."""

import re

_SHOWN = re.compile(r"(−?)(£?)(\d[\d,]*(?:\.\d+)?)(%?)")


def number_in(shown: str) -> float | None:
    """Return the number that these words are: −£455,000, 0.42, 23%; None of any other words."""
    found = _SHOWN.fullmatch(shown.strip())
    if found is None:
        return None
    minus, _, digits, percent = found.groups()
    value = float(digits.replace(",", "")) / (100 if percent else 1)
    return -value if minus else value


def ends_of(shown: str) -> tuple[float | None, float | None]:
    """Return both ends of a range as shown: "51% to 68%"; an end in words is None."""
    low, _, high = shown.partition(" to ")
    return number_in(low.removesuffix(" or more")), number_in(high)

"""Turns released figures into plain words; a hidden figure becomes words that give nothing away."""

from collections.abc import Sequence
from datetime import date, datetime
from math import floor, log10

from casescope.disclosure.cells import percent as released_percent
from casescope.disclosure.released import ReleasedCell
from casescope.kernel import dates
from casescope.kernel.dates import DAYS_PER_YEAR

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

UNKNOWN = "not known"


def counted(cell: ReleasedCell | None, one: str, many: str) -> str:
    """Return a count with its noun: "120 women", "1 woman", "7 or fewer women".

    The words of a hidden count are the rule pack's; without a number in them they say nothing.
    """
    if cell is None:
        return f"an unknown number of {many}"
    if cell.hidden and not any(letter.isdigit() for letter in cell.shown):
        return f"a number of {many} that we cannot show"
    return f"{cell.shown} {one if cell.value == 1 else many}"


def women(cell: ReleasedCell | None) -> str:
    """Return a count of women in words."""
    return counted(cell, "woman", "women")


def percent(value: float) -> str:
    """Return a share between 0 and 1 as a whole percentage, rounded as released shares are."""
    return released_percent(value)


def span(low: str, high: str) -> str:
    """Return a range in words, or the one figure where both ends are the same."""
    return low if low == high else f"{low} to {high}"


def interval(cell: ReleasedCell) -> str:
    """Return a cell's 95% interval as a sentence part, or "" where it has none."""
    return f"likely range {cell.interval}" if cell.interval and not cell.hidden else ""


def pounds(value: float, beside: float = 0.0) -> str:
    """Return pounds to three significant figures: £294,000, −£1,250,000, £86.4.

    `beside` is the largest of the amounts that it stands with: rounded as that one is, it is told
    no more exactly than its own range.
    """
    largest = max(abs(value), abs(beside))
    if largest == 0:
        return "£0"
    places = 2 - floor(log10(largest))
    rounded = round(abs(value), places)
    sign = "−" if value < 0 and rounded else ""
    return f"{sign}£{rounded:,.{max(places, 0)}f}"


def rate_words(rate: float) -> str:
    """Return a rate to two decimals, a small one to three: 0.42, 0.053."""
    return f"{rate:.3f}" if 0 < rate < 0.1 else f"{rate:.2f}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def in_words(count: int) -> str:
    """Return a small whole number as a word, a large one in figures."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def plural(count: float, one: str, many: str) -> str:
    """Return the noun that goes with this count."""
    return one if count == 1 else many


def long_date(day: date | None) -> str:
    """Return 31 October 2026, or "not known"."""
    return dates.long_date(day) if day else UNKNOWN


def long_time(moment: datetime) -> str:
    """Return 31 October 2026 at 14:05, with the zone's name."""
    return f"{long_date(moment.date())} at {moment:%H:%M} {moment.tzname() or ''}".strip()


def years_of(days: float) -> float:
    """Return days as years, as the definitions quote survival times."""
    return days / DAYS_PER_YEAR


def first_upper(text: str) -> str:
    """Return the text with its first letter in upper case and the rest left alone."""
    return text[:1].upper() + text[1:]

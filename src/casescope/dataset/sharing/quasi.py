"""The declared quasi-identifiers of the shared dataset, each a ladder from fine to coarse.

Each step tells what the one before told, more coarsely. Extremes are top-coded from the first step
on. Where a column must keep something to the end, it is because a sensitive column tells it anyway:
a tier tells whether no child, one or more were removed, an ending that there was a further event.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from casescope.dataset.sharing.subject import Subject

WITHHELD = "withheld"
NO_REMOVAL = "no removal"
NOT_KNOWN = "not known"
FURTHER = "to a further event"
TO_THE_END = "to the reference date"
"""A length would tell the very day of the index event; its period says how long, well enough."""

CHILDREN_TOLD, INTERVALS_TOLD = 5, 3
"""Top codes: this many children or more, and the first so many intervals, are told."""

YEARS_TOLD = 15
"""Index events in calendar years longer ago than this are told together."""

_YEAR = 365.25
_FIVE_YEARS = 1827
"""Days; the first whole number of days that is five years of 365.25 days or more."""


@dataclass(frozen=True)
class Step:
    """One step of a ladder: what it is called, and what it tells of a woman."""

    label: str
    tell: Callable[[Subject], str]


@dataclass(frozen=True)
class Quasi:
    """One quasi-identifier: its column, what it means, and its steps, finest first."""

    name: str
    meaning: str
    steps: tuple[Step, ...]


def _withheld(_: Subject) -> str:
    return WITHHELD


def _age_5(one: Subject) -> str:
    return _band(one.age, ((20, "under 20"), (25, "20–24"), (30, "25–29"), (35, "30–34"),
                           (40, "35–39")), "40 and over")  # fmt: skip


def _age_10(one: Subject) -> str:
    return _band(one.age, ((25, "under 25"), (35, "25–34")), "35 and over")


def _band(number: float | None, bounds: tuple[tuple[float, str], ...], last: str) -> str:
    """Return the band of a number; each bound is the first number above its band."""
    if number is None:
        return NOT_KNOWN
    return next((label for bound, label in bounds if number < bound), last)


def _ethnicity_two(one: Subject) -> str:
    together = one.ethnicity in ("Mixed", "Asian", "Black", "Other")
    return "Mixed, Asian, Black or Other" if together else one.ethnicity


def _index_quarter(one: Subject) -> str:
    day = one.index
    if day is None or _is_early(day, one):
        return _index_years(1)(one)
    return f"{day.year} quarter {(day.month + 2) // 3}"


def _is_early(day: date, one: Subject) -> bool:
    return day.year < one.reference_date.year - YEARS_TOLD


def _index_years(width: int) -> Callable[[Subject], str]:
    def tell(one: Subject) -> str:
        day = one.index
        if day is None:
            return NO_REMOVAL
        earliest = one.reference_date.year - YEARS_TOLD
        if _is_early(day, one):
            return f"before {earliest}"
        # counted back from the reference year, so that the latest period is a whole one
        back = (one.reference_date.year - day.year) // width * width
        last, first = one.reference_date.year - back, one.reference_date.year - back - width + 1
        return f"{max(first, earliest)}–{last}" if width > 1 else str(last)

    return tell


def _followed(bounds: tuple[tuple[float, str], ...], last: str) -> Callable[[Subject], str]:
    def tell(one: Subject) -> str:
        if one.followed is None:
            return FURTHER if one.days else NO_REMOVAL
        if one.ending == "end_of_extract":
            return TO_THE_END
        return _band(one.followed, bounds, last)

    return tell


def _bounds(*years: int) -> tuple[tuple[float, str], ...]:
    """Return bands of whole years: under the first, from one to the next, and so on."""
    bands = [(years[0] * _YEAR, "under 1 year" if years[0] == 1 else f"under {years[0]} years")]
    for low, high in pairwise(years):
        label = f"{low} to {high - 1}" if high - low > 1 else str(low)
        bands.append((high * _YEAR, "1 year" if label == "1" else f"{label} years"))
    return tuple(bands)


def _children(most: int) -> Callable[[Subject], str]:
    def tell(one: Subject) -> str:
        return f"{most} or more" if one.children >= most else str(one.children)

    return tell


def _ages(words: Mapping[str, str], *, many: bool) -> Callable[[Subject], str]:
    def tell(one: Subject) -> str:
        ages = [words.get(age, age) for age in one.child_ages[:CHILDREN_TOLD]]
        return ", ".join(ages if many else dict.fromkeys(ages)) or NO_REMOVAL

    return tell


_THREE_GROUPS = dict.fromkeys(("5–9", "10–15", "16–17"), "5 and over")


def _under_1(one: Subject) -> str:
    if not one.child_ages:
        return NO_REMOVAL
    return "one under 1" if "under 1" in one.child_ages else "none under 1"


def _each_interval(tell: Callable[[int], str]) -> Callable[[Subject], str]:
    def tell_all(one: Subject) -> str:
        return ", ".join(map(tell, one.intervals[:INTERVALS_TOLD])) or _further(one, 1)

    return tell_all


def _days(days: int) -> str:
    return "5 years or more" if days >= _FIVE_YEARS else f"{days} days"


def _months(days: int) -> str:
    quarter = int(days // (_YEAR / 4))
    return "5 years or more" if quarter >= 20 else f"{3 * quarter}–{3 * quarter + 2} months"


def _years(days: int) -> str:
    return _band(days, _bounds(1, 2, 3, 4, 5), "5 years or more")


def _two_years(days: int) -> str:
    return "under 2 years" if days < 2 * _YEAR else "2 years or more"


def _number_and_first(one: Subject) -> str:
    said = _further(one, 2)
    return f"{said}, first after {_two_years(one.intervals[0])}" if one.intervals else said


def _further(one: Subject, most: int) -> str:
    """Return how many further events she had, up to `most`."""
    if not one.days:
        return NO_REMOVAL
    number = min(len(one.intervals), most)
    return ("none", "1" if most > 1 else "1 or more", "2 or more")[number]


QUASI: tuple[Quasi, ...] = (
    Quasi("age", "her age at the reference date", (
        Step("five years", _age_5), Step("ten years", _age_10), Step(WITHHELD, _withheld))),
    Quasi("ethnicity", "group of the census", (
        Step("five groups", lambda one: one.ethnicity), Step("two groups", _ethnicity_two),
        Step(WITHHELD, _withheld))),
    Quasi("area", "of her latest address, areas with few mothers together", (
        Step("areas", lambda one: one.area), Step(WITHHELD, _withheld))),
    Quasi("index_period", "when her first removal event was", (
        Step("quarter", _index_quarter), Step("year", _index_years(1)),
        Step("two years", _index_years(2)), Step("four years", _index_years(4)),
        Step("eight years", _index_years(8)), Step(WITHHELD, _withheld))),
    Quasi("followed", "how long she was followed after it without a further event", (
        Step("years", _followed(_bounds(*range(1, 11)), "10 years or more")),
        Step("2, 5, 10 years", _followed(_bounds(2, 5, 10), "10 years or more")),
        Step("5 years", _followed(_bounds(5), "5 years or more")), Step(WITHHELD, _withheld))),
    Quasi("children", "how many of her children were removed", (
        Step("to 5", _children(CHILDREN_TOLD)), Step("to 3", _children(3)),
        Step("to 2", _children(2)))),
    Quasi("child_ages", "ages at first removal of the five youngest removed", (
        Step("each, 5 groups", _ages({}, many=True)),
        Step("each, 3 groups", _ages(_THREE_GROUPS, many=True)),
        Step("which groups", _ages(_THREE_GROUPS, many=False)),
        Step("any under 1", _under_1), Step(WITHHELD, _withheld))),
    Quasi("intervals", "time from each removal event with a new child to the next", (
        Step("days", _each_interval(_days)), Step("three months", _each_interval(_months)),
        Step("years", _each_interval(_years)), Step("two bands", _each_interval(_two_years)),
        Step("number, first", _number_and_first),
        Step("number", lambda one: _further(one, 2)),
        Step("any", lambda one: _further(one, 1)))),
)  # fmt: skip

QUASI_BY_NAME = {one.name: one for one in QUASI}


def is_coherent(steps: Mapping[str, int]) -> bool:
    """Say whether steps go together: each child's age tells how many children there are."""
    return steps.get("child_ages", 2) > 1 or steps.get("children", 0) == 0

"""What makes it certain that two persons are not one woman."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

YEARS_APART = 2
"""Birth dates further apart are of two people, unless one is a slip of the other."""

Facts = dict[str, frozenset[str]]
"""One person's certain facts: NHS numbers, days of birth and death, whose mother she is."""


def gathered(rows: Iterable[tuple[int, str, str]]) -> dict[int, Facts]:
    """Return each person's facts from rows of (person, kind, value)."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person, kind, value in rows:
        found[person][kind].add(value)
    return {
        person: {kind: frozenset(values) for kind, values in kinds.items()}
        for person, kinds in found.items()
    }


def together(facts: Iterable[Facts]) -> Facts:
    """Return the facts of several persons as of one."""
    rows = [(0, kind, value) for one in facts for kind, values in one.items() for value in values]
    return gathered(rows).get(0, {})


def against(one: int, other: int, facts: dict[int, Facts]) -> str:
    """Return why two persons cannot be one woman; empty if nothing certain forbids it."""
    first, second = facts.get(one, {}), facts.get(other, {})
    if is_daughter(one, other, facts):
        return "one is recorded as the other's child"
    for kind, differ, reason in _FORBIDDING:
        ours, theirs = first.get(kind), second.get(kind)
        if ours and theirs and all(differ(a, b) for a in ours for b in theirs):
            return reason
    return ""


def is_daughter(one: int, other: int, facts: dict[int, Facts]) -> bool:
    """Say whether either person is recorded as the other's mother."""
    none: frozenset[str] = frozenset()
    return str(other) in facts.get(one, {}).get("mother of", none) or str(one) in facts.get(
        other, {}
    ).get("mother of", none)


def are_unlike(one: int, other: int, facts: dict[int, Facts]) -> bool:
    """Say whether two persons' birth dates are all known to the day, and nowhere near each other.

    Near are ten days, one digit, day and month in each other's place, or two parts of three.
    """
    ours, theirs = (facts.get(person, {}).get("born", frozenset()) for person in (one, other))
    return bool(ours and theirs) and not any(_are_near(a, b) for a in ours for b in theirs)


def _are_near(one: str, other: str) -> bool:
    first, second = date.fromisoformat(one), date.fromisoformat(other)
    shared = sum(a == b for a, b in zip(one.split("-"), other.split("-"), strict=True))
    swapped = (first.month, first.day) == (second.day, second.month)
    opening = first.year == second.year and "01-01" in (one[5:], other[5:])
    return shared >= 2 or swapped or opening or abs((first - second).days) <= 10


def are_births_of_two(one: str, other: str) -> bool:
    """Say whether two ISO birth dates are too far apart for one person.

    A decade or one digit of the year mistyped is a slip that one person's records have; then the
    rest of the date agrees.
    """
    first, second = date.fromisoformat(one), date.fromisoformat(other)
    if abs((first - second).days) <= 366 * YEARS_APART:
        return False
    same_day = (first.month, first.day) == (second.month, second.day)
    swapped = (first.month, first.day) == (second.day, second.month)
    digits = sum(a != b for a, b in zip(one[:4], other[:4], strict=True))
    a_slip = digits == 1 or _is_transposed(one[:4], other[:4])
    return not ((same_day or swapped) and (a_slip or abs(first.year - second.year) == 10))


def _is_transposed(one: str, other: str) -> bool:
    places = [place for place in range(len(one)) if one[place] != other[place]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == other[places[1]]
        and one[places[1]] == other[places[0]]
    )


def _differ(one: str, other: str) -> bool:
    return one != other


_FORBIDDING: tuple[tuple[str, Callable[[str, str], bool], str], ...] = (
    ("nhs", _differ, "their NHS numbers differ"),
    ("died", _differ, "they died on different days"),
    ("born", are_births_of_two, "their birth dates lie years apart"),
)

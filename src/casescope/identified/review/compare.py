"""Says in words what agrees and what disagrees between two women's records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import product

from casescope.identified.review.side import Child, Side
from casescope.kernel.counting import counted

_ALIKE = 0.8
"""Share of letters in common from which two forenames are called alike."""

_SHORTEST_BETWEEN_BIRTHS = 200
"""Days: fewer between two births, more than a few days apart, are hardly one woman's.

A birth that survives at all (24 weeks) follows the one before by conception and 22 weeks or more.
"""

_TWINS_WITHIN = 2
"""Days that twins' recorded birth dates may lie apart."""


@dataclass(frozen=True)
class Comparison:
    """What speaks for one woman, what for two, and what cannot be compared."""

    agrees: tuple[str, ...]
    disagrees: tuple[str, ...]
    not_known: tuple[str, ...]


@dataclass(frozen=True)
class _Finding:
    agrees: bool | None
    words: str


def compared(one: Side, other: Side) -> Comparison:
    """Return what agrees and what disagrees, in the order a reader would look."""
    found = [
        *_nhs(one, other), *_names(one, other), *_births(one, other),
        *_postcodes(one, other), *_children(one, other), *_deaths(one, other),
    ]  # fmt: skip
    return Comparison(
        agrees=tuple(each.words for each in found if each.agrees),
        disagrees=tuple(each.words for each in found if each.agrees is False),
        not_known=tuple(each.words for each in found if each.agrees is None),
    )


def _nhs(one: Side, other: Side) -> Iterator[_Finding]:
    if not one.nhs_numbers or not other.nhs_numbers:
        yield _Finding(None, "NHS number not on both sides")
    elif set(one.nhs_numbers) & set(other.nhs_numbers):
        yield _Finding(True, "the NHS numbers are equal")
    else:
        yield _Finding(False, "the NHS numbers differ")


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def _forenames(side: Side) -> set[str]:
    return {_letters(name.forename) for name in (*side.names, *side.aliases)} - {""}


def _surnames(side: Side, *, aliases: bool) -> set[str]:
    names = (*side.names, *side.aliases) if aliases else side.names
    return {_letters(name.surname) for name in names} - {""}


def _names(one: Side, other: Side) -> Iterator[_Finding]:
    if _are_swapped(one, other):
        yield _Finding(True, "forename and surname are the same, but swapped")
        return
    yield _forename(_forenames(one), _forenames(other))
    yield _surname(one, other)


def _are_swapped(one: Side, other: Side) -> bool:
    return any(
        _letters(a.forename) == _letters(b.surname) != ""
        and _letters(a.surname) == _letters(b.forename) != ""
        and _letters(a.forename) != _letters(b.forename)
        for a, b in product(one.names, other.names)
    )


def _forename(one: set[str], other: set[str]) -> _Finding:
    if not one or not other:
        return _Finding(None, "forename not on both sides")
    if one & other:
        return _Finding(True, "the same forename")
    if any(_alike(a, b) for a, b in product(one, other)):
        return _Finding(True, "forenames that are alike")
    return _Finding(False, "different forenames")


def _alike(one: str, other: str) -> bool:
    # the order of the two must not matter, which it does to SequenceMatcher
    first, second = sorted((one, other))
    return SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _surname(one: Side, other: Side) -> _Finding:
    if not _surnames(one, aliases=True) or not _surnames(other, aliases=True):
        return _Finding(None, "surname not on both sides")
    if _surnames(one, aliases=False) & _surnames(other, aliases=False):
        return _Finding(True, "the same surname")
    if _surnames(one, aliases=True) & _surnames(other, aliases=True):
        return _Finding(True, "a surname of one is another name of the other")
    return _Finding(False, "different surnames")


def _births(one: Side, other: Side) -> Iterator[_Finding]:
    if not one.born or not other.born:
        yield _Finding(None, "birth date not on both sides")
        return
    ranked = sorted(_birth(a, b) for a, b in product(one.born, other.born))
    _, agrees, words = ranked[0]
    yield _Finding(agrees, words)


def _birth(one: date, other: date) -> tuple[int, bool, str]:
    """Return how near two birth dates are (0 is equal), whether they agree, and in what words."""
    if one == other:
        return 0, True, "the same birth date"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return 1, True, "birth dates with day and month swapped"
    if one.year == other.year and _is_new_year(one) != _is_new_year(other):
        return 2, True, "the same birth year, one of them written as 1 January"
    if (one.month, one.day) == (other.month, other.day):
        return (
            3,
            False,
            f"birth dates {counted(abs(one.year - other.year), 'year')} apart to the day",
        )
    differing = sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True))
    if differing == 1:
        return 4, False, "birth dates that differ in one digit"
    same_year = " in one year" if one.year == other.year else ""
    return 5, False, f"different birth dates{same_year}"


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _postcodes(one: Side, other: Side) -> Iterator[_Finding]:
    first = {address.postcode for address in one.addresses}
    second = {address.postcode for address in other.addresses}
    if not first or not second:
        yield _Finding(None, "postcodes not on both sides")
    elif first & second:
        yield _Finding(True, f"in common: {_counted(len(first & second), 'postcode')}")
    else:
        yield _Finding(False, "no postcode in common")


def _children(one: Side, other: Side) -> Iterator[_Finding]:
    if not one.children or not other.children:
        yield _Finding(None, "children not on both sides")
        return
    shared = sum(child.shared for child in one.children)
    if shared:
        yield _Finding(True, f"recorded as the mother of {_counted(shared, 'child')} of both")
    else:
        yield _Finding(False, "no child in common")
    pairs = [(a, b) for a, b in product(one.children, other.children) if a.number != b.number]
    alike = sum(_is_one_child(a, b) for a, b in pairs)
    if alike:
        yield _Finding(True, f"{_counted(alike, 'child')} of the same name and birth date on both")
    yield from _spacing(pairs)


def _is_one_child(one: Child, other: Child) -> bool:
    return bool(one.name) and one.born is not None and one.born == other.born and (
        one.name.casefold() == other.name.casefold()
    )  # fmt: skip


def _spacing(pairs: list[tuple[Child, Child]]) -> Iterator[_Finding]:
    days = [abs((a.born - b.born).days) for a, b in pairs if a.born and b.born]
    close = [apart for apart in days if _TWINS_WITHIN < apart < _SHORTEST_BETWEEN_BIRTHS]
    if close:
        yield _Finding(
            False, f"children born {counted(min(close), 'day')} apart, hardly by one woman"
        )  # fmt: skip


def _deaths(one: Side, other: Side) -> Iterator[_Finding]:
    if one.died and other.died and not set(one.died) & set(other.died):
        yield _Finding(False, "different dates of death")
    for dead, alive in ((one, other), (other, one)):
        births = [child.born for child in alive.children if child.born]
        if dead.died and births and max(births) > min(dead.died):
            yield _Finding(False, "a child of one was born after the death of the other")
            return


def _counted(number: int, word: str) -> str:
    plural = {"child": "children", "postcode": "postcodes"}[word]
    return f"1 {word}" if number == 1 else f"{number} {plural}"

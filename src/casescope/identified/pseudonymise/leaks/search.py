"""Looks for identifiers in one text, however they are written in it."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from casescope.identified.pseudonymise.leaks.identifiers import Identifiers, Kind
from casescope.identified.pseudonymise.leaks.keys import folded, id_key

IN_CELLS = frozenset(Kind)
"""In a cell a number of one digit may be an id; anywhere else it is a number."""

IN_TEXTS = IN_CELLS - {Kind.NUMBER}

IN_PLACES = IN_CELLS - {Kind.NAME, Kind.FULL_NAME, Kind.ADDRESS, Kind.WORDS}
"""What is looked for in the name of an area: a town may be called like a woman, Preston or May."""

IN_APPROVED = IN_TEXTS - {Kind.NAME, Kind.DAY, Kind.WORDS}
"""What is looked for in sentences that somebody approved: they have days, and "may" and "young"."""

_MOST_WORDS, _LONGEST = 10, 80
"""An identifier is put together from so many words, of so many letters and digits together."""

_SPLIT_UP_TO = 24
"""A longer word is no id with something stuck to it, but random: chance would find ids in it."""

_RANDOM = re.compile(
    r"(?i:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"  # uuid
    r"|\b[0-9a-f]{4}(?:-[0-9a-f]{4}){7}\b"  # fingerprint of a key
    r"|age1[0-9a-z]{58}"  # age recipient
    r"|(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])(?i:[0-9a-f]{16,})(?![0-9A-Za-z])"  # hex
    r"|(?<![0-9A-Za-z+/])(?=\S*[A-Z])(?=\S*[a-z])(?=\S*[0-9])[0-9A-Za-z+/_-]{43,}={0,2}",  # base64
)
"""Forms of hashes, keys and signatures: looked up whole, and not searched for parts of them."""

_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def found_in(text: str, identifiers: Identifiers, wanted: Collection[Kind] = IN_TEXTS) -> set[Kind]:
    """Return the kinds of identifiers that are in a text."""
    kinds = set(_random(text, identifiers))
    if Kind.NUMBER in wanted:
        kinds |= _whole(text, identifiers)
    rest = _RANDOM.sub(" ", text)
    if Kind.DAY in wanted and not identifiers.days.isdisjoint(days_in(rest)):
        kinds.add(Kind.DAY)
    for variant in {rest, _HUMP.sub(" ", rest)}:
        kinds |= _in_words([_WORD.findall(folded(variant))], identifiers)
        kinds |= _in_words(_pieces(folded(variant)), identifiers)
    return kinds & set(wanted)


def _whole(text: str, identifiers: Identifiers) -> set[Kind]:
    """Return what the whole text is, where that is too short to be told inside another."""
    bare = id_key(text)
    found = {kind for kind in (identifiers.short.get(bare), identifiers.known.get(bare)) if kind}
    if bare.isdecimal() and len(bare) < 10 and 0 < int(bare) <= identifiers.registered:
        found.add(Kind.NUMBER)
    return found


def _random(text: str, identifiers: Identifiers) -> Iterator[Kind]:
    for match in re.finditer(r"[0-9a-f]{16,}", text.lower()):
        if match[0] in identifiers.random:
            yield Kind.RANDOM
    for match in _RANDOM.finditer(text):
        kind = identifiers.known.get(id_key(match[0]))
        if kind:
            yield kind


def _pieces(text: str) -> list[list[str]]:
    """Return words with letters and digits apart, those that look random left whole."""
    return [[
        piece
        for word in _WORD.findall(text)
        for piece in (_PIECE.findall(word) if len(word) <= _SPLIT_UP_TO else [word])
    ]]  # fmt: skip


def _in_words(texts: list[list[str]], identifiers: Identifiers) -> set[Kind]:
    found = set()
    for parts in texts:
        for start in range(len(parts)):
            joined = ""
            for part in parts[start : start + _MOST_WORDS]:
                joined += part
                if len(joined) > _LONGEST:
                    break
                kind = identifiers.known.get(joined) or identifiers.known.get(joined.lstrip("0"))
                if kind:
                    found.add(kind)
    return found


# --- days ----------------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<m>[0-9]{1,2})"
_NAMED = r"(?P<m>(?:" + "|".join(_MONTHS) + r")[a-z]*)"
_D, _Y = r"(?P<d>[0-9]{1,2})", r"(?P<y>[0-9]{4}|[0-9]{2})"
_GAP = r"\s*[-/. ]\s*"
_FORMS = tuple(
    re.compile(rf"(?<![0-9]){form}(?![0-9])")
    for form in (
        rf"(?P<y>[0-9]{{4}}){_GAP}{_MONTH}{_GAP}{_D}",
        rf"{_D}{_GAP}{_MONTH}{_GAP}{_Y}",
        rf"{_MONTH}{_GAP}{_D}{_GAP}{_Y}",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4})",
        rf"{_D}(?:st|nd|rd|th)?[-/. ,]*(?:of\s+)?{_NAMED}[-/. ,]*{_Y}",
        rf"{_NAMED}[-/. ,]*{_D}(?:st|nd|rd|th)?[-/. ,]*{_Y}",
        rf"(?P<y>[0-9]{{4}})[-/. ,]*{_NAMED}[-/. ,]*{_D}(?:st|nd|rd|th)?",
    )
)


def days_in(text: str) -> Iterator[date]:
    """Yield every day that a text may be read to name, in the usual ways of writing one."""
    lower = text.lower()
    for form in _FORMS:
        for match in form.finditer(lower):
            yield from _day(match["y"], match["m"], match["d"])


def _day(year: str, month: str, day: str) -> Iterator[date]:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    centuries = ("",) if len(year) == 4 else ("19", "20")
    for century in centuries:
        try:
            yield date(int(century + year), number, int(day))
        except ValueError:  # no day, so none is named
            continue

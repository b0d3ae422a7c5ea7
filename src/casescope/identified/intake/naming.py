"""How near the name of a council's column comes to the name of one of ours."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from typing import Any

from casescope.identified.intake.mapping import plain
from casescope.identified.intake.tables import PREFIX, PREFIXED, ExtractTable

SAME, SPELT, WORDS, CONTEXT, ALMOST = 1.0, 0.95, 0.9, 0.8, 0.7
"""How sure a match is: the same name; but for punctuation; in other words; given what table it
is; but for a letter or two."""

_ALIKE = 0.86
_SHORTEST = 5
_LETTERED = re.compile(r"[a-z]{1,2} (.+)")


@dataclass(frozen=True)
class Match:
    """One column of theirs that is near one of ours, and how near."""

    theirs: str
    ours: str
    score: float


@cache
def wordings() -> dict[str, Any]:
    """Return the words that councils use, from wordings.toml."""
    text = resources.files(__package__).joinpath("wordings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def vocabulary(ours: str) -> Mapping[str, str]:
    """Return what the values of one of our columns are called, made plain, to our code."""
    for kind, columns in wordings()["vocabularies"].items():
        if ours in columns:
            return dict(_worded(wordings()["values"][kind]))
    return {}


def code_of(ours: str, word: str) -> str | None:
    """Return our code for a plain value in words, or None where no wording says it.

    Lists for inspectors number their answers: behind such a letter ("a) WBRI") a code counts too.
    """
    known = vocabulary(ours)
    if word in known:
        return known[word]
    lettered = _LETTERED.match(word)
    if lettered is None:
        return None
    said = lettered[1]
    return known.get(said) or next((code for code in known.values() if plain(code) == said), None)


def codes(ours: str) -> frozenset[str]:
    """Return the values that need no mapping, made plain: codes, older codes, a flag's words."""
    kinds = wordings()["vocabularies"]
    also = next((wordings()["read_already"].get(kind, ()) for kind, columns in kinds.items()
                 if ours in columns), ())  # fmt: skip
    return frozenset(map(plain, (*vocabulary(ours).values(), *also)))


def _worded(values: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield each wording, alone and as systems write it beside its code (`C1 - Interim …`)."""
    for code, words in values.items():
        for word in map(plain, words):
            yield word, code
            yield f"{plain(code)} {word}", code
            yield f"{word} {plain(code)}", code


def matches(table: ExtractTable, header: Sequence[str], label: str) -> list[Match]:
    """Return which columns of a header are which of the table's, the nearest first, one to one."""
    context = _words(" ".join(wordings()["context"].get(table.name, ())))
    said = bool(context & _words(" ".join((label, *header))))
    scored = sorted(
        (
            Match(theirs, column.name, score)
            for theirs in header
            for column in table.columns
            if (score := _score(theirs, column.name, table, context, said=said))
        ),
        key=lambda match: -match.score,
    )
    found: list[Match] = []
    for match in scored:
        if all(match.theirs != one.theirs and match.ours != one.ours for one in found):
            found.append(match)
    return found


def likely(table: ExtractTable, header: Sequence[str], label: str) -> dict[str, str]:
    """Return columns that a table doesn't know, each with the one of its own that it must mean.

    Behind the table's own prefix a letter or two more or less say so: other versions of the SSD
    call `clae_cla_episode_ceased` what is `clae_cla_episode_ceased_date` in this one.
    """
    if table.known.issuperset(name.strip().upper() for name in header):
        return {}
    return {
        match.theirs: match.ours
        for match in matches(table, header, label)
        if match.score < SAME and (match.score >= WORDS or _bear_one_prefix(match))
    }


def _bear_one_prefix(match: Match) -> bool:
    own = PREFIX.match(match.ours)
    return own is not None and match.theirs.strip().casefold().startswith(own[0])


def _score(
    theirs: str, ours: str, table: ExtractTable, context: frozenset[str], *, said: bool
) -> float:
    name = theirs.strip().upper()
    if name == ours.upper():
        return SAME
    if not name or name in PREFIXED:  # another table's
        return 0.0
    if _squashed(theirs).removeprefix("ssd") == _squashed(ours):
        return SPELT
    here, phrases = _words(theirs), _phrases(ours, table.name)
    if here in phrases or _squashed(theirs) in map(_squashed, _said(ours)):
        return WORDS
    core = here - context
    if said and core and any(core == phrase - context for phrase in phrases):
        return CONTEXT
    return ALMOST if _almost(theirs, ours) else 0.0


def _almost(theirs: str, ours: str) -> bool:
    name = _squashed(theirs)
    return len(name) >= _SHORTEST and any(
        SequenceMatcher(None, name, _squashed(own)).ratio() >= _ALIKE
        for own in (ours, PREFIX.sub("", ours))
        if len(_squashed(own)) >= _SHORTEST
    )


@cache
def _phrases(ours: str, table: str) -> frozenset[frozenset[str]]:
    """Return every wording of one of our columns, each as its set of words."""
    phrases = {_words(phrase) for phrase in _said(ours)} - {frozenset()}
    if frozenset({"person", "id"}) in phrases and table not in ("mother", "proceedings"):
        phrases |= {frozenset({"child", "id"}), frozenset({"id"})}
    if (ours, table) == ("CHILD", "episodes"):  # in a case system's own report of them
        phrases |= _phrases("pers_person_id", table)
    return frozenset(phrases)


def _said(ours: str) -> list[str]:
    """Return the wordings of one of our columns, its own name without its prefix first."""
    return [PREFIX.sub("", ours), *wordings()["columns"].get(ours, ())]


def _squashed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def _words(name: str) -> frozenset[str]:
    """Return the words of a name, those that mean the same as one, without noise."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).casefold().replace("'s", "")
    apart = re.sub(r"\b((?:[a-z][\W_]+){2,}[a-z])\b", lambda m: _squashed(m[1]), apart)
    found = re.findall(r"[a-z0-9]+", apart)
    return frozenset(_same().get(word, word) for word in found) - frozenset(
        wordings()["noise"]["words"]
    )


@cache
def _same() -> dict[str, str]:
    return {word: one for one, words in wordings()["same"].items() for word in words}

"""The leak gate: nothing is sealed that holds an identifier which the vault knows.

A cell that is in the vocabulary of its column is no leak, whatever women are called. Everything
else is searched. The gate can stop a package; that it let one through proves nothing.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc

from casescope.dataset.sharing.quasi import QUASI
from casescope.dataset.sharing.schema import ABOUT, SHARED_TABLES
from casescope.dataset.sharing.vocabulary import AREA_WORDS, FACTS, TOKEN, pattern_of
from casescope.identified.pseudonymise.leaks.identifiers import Identifiers, Kind, identifiers
from casescope.identified.pseudonymise.leaks.search import (
    IN_APPROVED,
    IN_CELLS,
    IN_PLACES,
    IN_TEXTS,
    found_in,
)
from casescope.identified.pseudonymise.leaks.tables import (
    around_columns,
    cells,
    is_parquet,
    rows,
    surroundings,
)
from casescope.identified.pseudonymise.leaks.texts import words_of
from casescope.kernel.codes import LINKAGES
from casescope.kernel.errors import LeakFound

__all__ = ["Identifiers", "Kind", "Leak", "check_no_leak", "identifiers", "leaks_in"]

_TOLD = 10
"""So many leaks a refusal names; one is enough to stop."""

_DISTINCTIVE = IN_TEXTS - {Kind.NAME, Kind.WORDS, Kind.ADDRESS}
"""What is looked for among loose bytes, where chance makes short words."""

_UNREADABLE = "something that cannot be searched"


@dataclass(frozen=True)
class Leak:
    """Where an identifier was found, and of what kind; never which."""

    where: str
    kind: str

    def __str__(self) -> str:
        return f"{self.where} holds {self.kind}"


def check_no_leak(
    identifiers: Identifiers,
    files: Mapping[str, bytes],
    texts: Mapping[str, str],
    *,
    approved: Collection[str] = (),
) -> None:
    """Refuse with `LeakFound` if a file or text to be sealed holds an identifier.

    `files` are contents by name, Parquet or text; `texts` by what they are ("manifest"). `approved`
    are sentences that stand in a text word for word because somebody answered for them: the lines
    of study.toml. In those a single name, a day or a common wording is no leak.
    """
    found = list(dict.fromkeys(leaks_in(identifiers, files, texts, approved=approved)))
    if found:
        more = f"; and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        raise LeakFound(
            f"Nothing was sealed: {'; '.join(map(str, found[:_TOLD]))}{more}.",
            "Report this as a fault, or take the words out of study.toml if they stand there.",
        )


def leaks_in(
    identifiers: Identifiers,
    files: Mapping[str, bytes],
    texts: Mapping[str, str],
    *,
    approved: Collection[str] = (),
) -> Iterator[Leak]:
    """Yield every leak, the same one perhaps more than once."""
    search = _Search(identifiers, _plain(approved))
    for place, name in enumerate(files, 1):
        # a name that leaks must not be told, so a file is called by its place then
        own = list(search.text(f"the name of file {place}", _without_suffix(name)))
        yield from own
        yield from search.file(f"file {place}" if own else name, name, files[name])
    for called, text in texts.items():
        yield from search.document(called, text)


def _plain(approved: Collection[str]) -> frozenset[str]:
    """Return approved sentences line by line, as a text is searched."""
    return frozenset(line.strip() for one in approved for line in one.splitlines())


def _without_suffix(name: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_suffix("")) if path.suffix in (".parquet", ".json", ".txt") else name


_LINES = (
    "package", "kind", "study", "version", "replaces", "name", "authority", "partner", "purpose",
    "lawful_basis", "agreement", "made_on", "ends_on", "tables", "meaning", "rows", "columns",
    "type", "disclosure", "k", "l", "t", "uniques", "women", "left_out", "rules", "linkage",
    "recoding", "files", "sha256", "bytes", "data", "share", "authority_key", "reply_to", "lease",
    "mode", "hours", "canaries", "undertaking", "ledger", "checkpoint", "proofs", "countersigned",
    "casescope", "format", "signed_by",
)  # fmt: skip
_CHOICES = ("shared dataset", "session", "week", "opensafely", "hes", "ons10", "dfe")
"""Names of a manifest's lines, and what some of them may say: words of ours, though somebody may
be called Share or Sessions."""


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    """Return what casescope itself calls and explains things: tables, columns, steps, lines."""
    tables = [text for table in SHARED_TABLES
              for text in (table.name, f"{table.name}.parquet", table.meaning)]  # fmt: skip
    columns = [text for table in SHARED_TABLES for column in table.columns
               for text in (column.name, column.type, column.meaning)]  # fmt: skip
    steps = [step.label for quasi in QUASI for step in quasi.steps]
    return frozenset((*tables, *columns, *steps, *FACTS, *LINKAGES, *_LINES, *_CHOICES))


@dataclass(frozen=True)
class _Search:
    identifiers: Identifiers
    approved: frozenset[str]

    def text(self, where: str, text: str, wanted: Collection[Kind] = IN_TEXTS) -> Iterator[Leak]:
        """Yield what one text holds; casescope's own words hold nothing."""
        text = text.strip()
        if text and text not in _own_words():
            kinds = found_in(text, self.identifiers,
                             IN_APPROVED if text in self.approved else wanted)  # fmt: skip
            yield from (Leak(where, kind.value) for kind in sorted(kinds, key=str))

    def document(self, called: str, text: str) -> Iterator[Leak]:
        """Yield what a text holds, part by part where it is JSON."""
        for word in words_of(text):
            what = "a name of a line" if word.is_name else _under(word.under)
            yield from self.text(f"{called}, {what}", word.text)

    def file(self, called: str, name: str, content: bytes) -> Iterator[Leak]:
        """Yield what a file holds: Parquet or text; another kind cannot be searched."""
        if is_parquet(content):
            try:
                yield from self._table(called, PurePosixPath(name).stem, content)
            except pa.ArrowException:
                yield Leak(called, _UNREADABLE)
            return
        try:
            yield from self.document(called, content.decode("utf-8"))
        except UnicodeDecodeError:
            yield Leak(called, _UNREADABLE)

    def _table(self, called: str, table: str, content: bytes) -> Iterator[Leak]:
        for said in surroundings(content):
            yield from self.text(f"{called}, {said.where}", said.text)
        yield from self.text(f"{called}, bytes outside its columns", around_columns(content),
                             _DISTINCTIVE)  # fmt: skip
        if table == ABOUT.name:
            yield from self._about(called, content)
            return
        for place, (name, values) in enumerate(cells(content), 1):
            known = pattern_of(table, name, self.identifiers.areas)
            where = f"{called}, column {name if known else place}"
            yield from self._cells(where, values, known, is_area=name == "area")

    def _cells(
        self, where: str, values: pa.Array, known: str | None, *, is_area: bool
    ) -> Iterator[Leak]:
        if known is None:
            yield from self._each(where, values, IN_CELLS)
            return
        inside = pc.match_substring_regex(values, f"^(?:{known})$")
        outside = values.filter(pc.invert(inside))
        if len(outside):
            yield Leak(where, Kind.OUTSIDE.value)
            yield from self._each(where, outside, IN_CELLS)
        if known == TOKEN:
            yield from self._tokens(where, values)
        elif is_area:
            yield from self._each(where, _other_than(values, AREA_WORDS), IN_PLACES)

    def _each(self, where: str, values: pa.Array, wanted: Collection[Kind]) -> Iterator[Leak]:
        for value in values.to_pylist():
            yield from self.text(where, value, wanted)

    def _tokens(self, where: str, values: pa.Array) -> Iterator[Leak]:
        """Yield whether a token is one of the council's, or simply an id."""
        if _any_of(values, self.identifiers.random):
            yield Leak(where, Kind.RANDOM.value)
        long = [one for one in self.identifiers.known if len(one) > 16]
        if _any_of(pc.ascii_ltrim(values, "0"), long):
            yield Leak(where, Kind.ID.value)

    def _about(self, called: str, content: bytes) -> Iterator[Leak]:
        """Yield what a fact holds whose name or value is none that a package states."""
        for row in rows(content):
            if not _is_fact(row):
                for value in row.values():
                    yield from self.text(f"{called}, a fact", value)


def _is_fact(row: Mapping[str, str]) -> bool:
    pattern = FACTS.get(row.get("name", ""))
    return pattern is not None and len(row) == 2 and bool(re.fullmatch(pattern, row["value"]))


def _under(name: str) -> str:
    return f"line {name}" if name in _LINES else "a line"


def _other_than(values: pa.Array, words: Collection[str]) -> pa.Array:
    return values.filter(pc.invert(pc.is_in(values, pa.array(list(words), pa.string()))))


def _any_of(values: pa.Array, known: Collection[str]) -> bool:
    return bool(pc.any(pc.is_in(values, pa.array(list(known), pa.string()))).as_py())

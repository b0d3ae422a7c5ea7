"""What a text says, taken apart where it is JSON: its names, its words, its numbers."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WHEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_COUNTED = frozenset({
    "bytes", "rows", "women", "left_out", "uniques", "k", "l", "t", "hours", "version", "size",
    "risk_floor", "least", "columns", "replaces_version",
})  # fmt: skip
_WHENS = frozenset({"made_on", "ends_on", "made_at", "on", "at", "until", "reference_date"})
"""Names under which a manifest holds counts and its own days; there they are no identifiers."""

_NOTES = frozenset({"checkpoint", "countersigned"})
_NOTE = re.compile(
    r"[0-9]+|(?:— )?casescope\.(?:study|partner)/[0-9a-f-]+(?: [0-9A-Za-z+/]{40,}={0,2})?"
)
"""Names under which a note of a ledger stands; its lines of size, of whose it is, and signed by."""

_SIZES = "proofs"
"""The name under which proofs of a ledger stand, each by how many entries it then had."""


@dataclass(frozen=True)
class Word:
    """One text of a document: the name it stands under, and whether it is itself such a name."""

    under: str
    text: str
    is_name: bool = False


def words_of(text: str) -> Iterator[Word]:
    """Yield what is to be searched of a text: each part of JSON, else each line."""
    try:
        document = json.loads(text, object_pairs_hook=_Pairs)
    except ValueError:
        yield from (Word("", line) for line in text.splitlines())
        return
    yield from _parts("", document)


class _Pairs(list[tuple[str, object]]):
    """A JSON object with every pair it has, a name given twice included."""


def _parts(under: str, part: object) -> Iterator[Word]:
    if isinstance(part, _Pairs):
        for name, value in part:
            if not (under == _SIZES and name.isdecimal()):
                yield Word(under, name, is_name=True)
            yield from _parts(name, value)
    elif isinstance(part, list):
        for value in part:
            yield from _parts(under, value)
    elif isinstance(part, str):
        yield from (Word(under, line) for line in part.splitlines() if not _is_own(under, line))
    elif part is not None and not isinstance(part, bool) and under not in _COUNTED:
        yield Word(under, str(part))


def _is_own(under: str, line: str) -> bool:
    """Say whether a line is a day or a count of the document's own."""
    if under in _WHENS:
        return _WHEN.fullmatch(line) is not None
    return under in _NOTES and _NOTE.fullmatch(line) is not None

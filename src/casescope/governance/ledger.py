"""A chain of entries, each holding the hash of the one before, so that no past can be rewritten."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import Enum

from casescope.kernel.canonical import Json, canonical_bytes, digest

BEGINNING = "0" * 64
"""What the first entry holds in place of a previous hash."""


@dataclass(frozen=True)
class Entry:
    """One thing that was done or refused.

    `on` is the study's day, `at` the machine's clock in UTC (ISO 8601); `detail` holds ids of
    things, counts and reasons, never personal data.
    """

    study: str
    number: int
    on: date
    at: str
    actor: str
    action: str
    detail: Json
    previous: str
    hash: str

    def computed_hash(self) -> str:
        """Return the hash that the entry's content has."""
        content = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "hash"}
        return digest(content)


@dataclass(frozen=True)
class Head:
    """The newest entry, as kept outside the register: its number and hash."""

    number: int
    hash: str


class FaultKind(Enum):
    """What can be wrong with a ledger."""

    EDITED = "edited"
    MISSING = "missing"
    REORDERED = "reordered"
    UNLINKED = "unlinked"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"


MEANINGS: dict[FaultKind, str] = {
    FaultKind.EDITED: "its content no longer has its hash",
    FaultKind.MISSING: "one or more entries before it are gone",
    FaultKind.REORDERED: "it stands after a later entry",
    FaultKind.UNLINKED: "it does not follow from the entry before it",
    FaultKind.TRUNCATED: "the ledger ends before it, but it was kept as the newest entry",
    FaultKind.REWRITTEN: "it is not the entry that was kept as the newest",
}


@dataclass(frozen=True)
class Fault:
    """One entry that proves nothing any more."""

    number: int
    kind: FaultKind

    def __str__(self) -> str:
        return f"Entry {self.number}: {MEANINGS[self.kind]}."


def next_entry(
    newest: Head | None,
    *,
    study: str,
    on: date,
    at: datetime,
    actor: str,
    action: str,
    detail: Json,
) -> Entry:
    """Return the entry that follows `newest` (None: the first of the study)."""
    entry = Entry(
        study=study,
        number=newest.number + 1 if newest else 1,
        on=on,
        at=at.isoformat(timespec="seconds"),
        actor=actor,
        action=action,
        detail=json.loads(canonical_bytes(detail)),
        previous=newest.hash if newest else BEGINNING,
        hash="",
    )
    return replace(entry, hash=entry.computed_hash())


def head_of(entries: Sequence[Entry]) -> Head | None:
    """Return the head of a ledger, None if it is empty."""
    return Head(entries[-1].number, entries[-1].hash) if entries else None


def verify(entries: Sequence[Entry], expected: Head | None = None) -> list[Fault]:
    """Return every fault of a study's ledger, in order; empty if it proves what was done.

    `entries` in the order in which they are kept. `expected` is the head kept elsewhere: without
    it a cut-off end cannot be told. Entries after it are well: the head may lag by a crash.
    """
    faults: list[Fault] = []
    last_number, last_hash = 0, BEGINNING
    for entry in entries:
        faults += _faults_of(entry, last_number, last_hash)
        last_number, last_hash = entry.number, entry.hash
    return faults + _head_faults(entries, expected)


def _faults_of(entry: Entry, last_number: int, last_hash: str) -> list[Fault]:
    kinds = []
    if entry.hash != entry.computed_hash():
        kinds.append(FaultKind.EDITED)
    if entry.number > last_number + 1:
        kinds.append(FaultKind.MISSING)
    elif entry.number <= last_number:
        kinds.append(FaultKind.REORDERED)
    elif entry.previous != last_hash:
        kinds.append(FaultKind.UNLINKED)
    return [Fault(entry.number, kind) for kind in kinds]


def _head_faults(entries: Sequence[Entry], expected: Head | None) -> list[Fault]:
    if expected is None:
        return []
    if expected.number > max((entry.number for entry in entries), default=0):
        return [Fault(expected.number, FaultKind.TRUNCATED)]
    hashes = {entry.hash for entry in entries if entry.number == expected.number}
    return [] if expected.hash in hashes else [Fault(expected.number, FaultKind.REWRITTEN)]

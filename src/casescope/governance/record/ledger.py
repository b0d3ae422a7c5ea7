"""A chain of entries, each holding the hash of the one before, so that no past can be rewritten.

An entry's hash is a commitment: a random salt in it keeps anybody from guessing what was recorded.
The hashes are what the leaves of the ledger's tree hold.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from json.encoder import encode_basestring

from casescope.governance.record.merkle import leaf_hash, root
from casescope.kernel.canonical import Json, canonical_bytes, digest

BEGINNING = "0" * 64
"""What the first entry holds in place of a previous hash."""

SALT_BYTES = 16

_TEXTS = ("study", "on", "at", "actor", "action", "salt", "previous", "hash")


@dataclass(frozen=True)
class Act:
    """One thing to be recorded: its day, moment (UTC), who, what, and what of it."""

    on: date
    at: datetime
    actor: str
    action: str
    detail: Json


@dataclass(frozen=True)
class Entry:
    """One thing that was done or refused.

    `on` is the study's day, `at` the machine's clock in UTC (ISO 8601); `detail` holds ids of
    things, counts and reasons, never personal data. Entries from before there were salts have
    none, and the hash that they had.
    """

    study: str
    number: int
    on: date
    at: str
    actor: str
    action: str
    detail: Json
    salt: str
    previous: str
    hash: str

    def computed_hash(self) -> str:
        """Return the hash that the entry's content has."""
        content = dict(vars(self))
        del content["hash"]
        if not self.salt:
            del content["salt"]
        return digest(content)

    @property
    def leaf(self) -> bytes:
        """Return the entry's leaf in the tree."""
        return leaf_of(self.hash)


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
    FORKED = "forked"


MEANINGS: dict[FaultKind, str] = {
    FaultKind.EDITED: "its content no longer has its hash",
    FaultKind.MISSING: "one or more entries before it are gone",
    FaultKind.REORDERED: "it stands after a later entry",
    FaultKind.UNLINKED: "it does not follow from the entry before it",
    FaultKind.TRUNCATED: "the ledger ends before it, but it was once the newest entry",
    FaultKind.REWRITTEN: "it is not the entry that was kept as the newest",
    FaultKind.FORKED: "the entries up to it are not those that a checkpoint tells of",
}


@dataclass(frozen=True)
class Fault:
    """One entry that proves nothing any more."""

    number: int
    kind: FaultKind

    def __str__(self) -> str:
        return f"Entry {self.number}: {MEANINGS[self.kind]}."


def entry_from(raw: object) -> Entry:
    """Return an entry from parsed JSON; `ValueError` or `TypeError` for what is none."""
    if not isinstance(raw, Mapping) or set(raw) != set(Entry.__dataclass_fields__):
        raise ValueError("no entry")
    if type(raw["number"]) is not int or not all(isinstance(raw[one], str) for one in _TEXTS):
        raise TypeError("no entry")
    on = date.fromisoformat(raw["on"])
    datetime.fromisoformat(raw["at"])
    return Entry(**{**raw, "on": on})


def entries_after(newest: Head | None, study: str, acts: Iterable[Act]) -> list[Entry]:
    """Return the entries that follow `newest` (None: the first of the study), freshly salted."""
    last, previous = (newest.number, newest.hash) if newest else (0, BEGINNING)
    entries: list[Entry] = []
    for number, act in enumerate(acts, last + 1):
        entry = _entry_of(act, study, number, previous)
        previous = entry.hash
        entries.append(entry)
    return entries


def _entry_of(act: Act, study: str, number: int, previous: str) -> Entry:
    """Return an act as an entry.

    Its canonical form is put together here, because writing the detail twice would take half as
    long again; `computed_hash` has the plain way to the same.
    """
    at, salt = act.at.isoformat(timespec="seconds"), secrets.token_hex(SALT_BYTES)
    detail = canonical_bytes(act.detail).decode()
    who, what, whose = map(encode_basestring, (act.actor, act.action, study))
    content = (
        f'{{"action":{what},"actor":{who},"at":"{at}","detail":{detail},"number":{number},'
        f'"on":"{act.on}","previous":"{previous}","salt":"{salt}","study":{whose}}}'
    )
    return Entry(study, number, act.on, at, act.actor, act.action, json.loads(detail), salt,
                 previous, hashlib.sha256(content.encode()).hexdigest())  # fmt: skip


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
    return entries_after(newest, study, [Act(on, at, actor, action, detail)])[0]


def leaf_of(entry_hash: str) -> bytes:
    """Return the leaf in the tree of the entry with this hash.

    What is no hash gets a leaf too, which is in no tree of sound entries.
    """
    try:
        return leaf_hash(bytes.fromhex(entry_hash))
    except ValueError:
        return leaf_hash(entry_hash.encode())


def leaves_of(entries: Iterable[Entry]) -> list[bytes]:
    """Return the leaves of the tree over entries."""
    return [entry.leaf for entry in entries]


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


def tree_faults(leaves: Sequence[bytes], size: int, expected: bytes) -> list[Fault]:
    """Return what is wrong with a ledger if it once had `size` entries under the root `expected`.

    Empty if it still begins with them.
    """
    if size > len(leaves):
        return [Fault(size, FaultKind.TRUNCATED)]
    return [] if root(leaves[:size]) == expected else [Fault(size, FaultKind.FORKED)]


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

"""A ledger as a signed file, to be checked by anybody, anywhere, for ever.

With its entries, or with their hashes alone: then it shows that nothing was changed, and tells
nobody what was done. One format for both sides; whose ledger it is, says its origin.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.governance.record.checkpoint import Checkpoint, cosigned_at, read_note, signed_note
from casescope.governance.record.ledger import (
    Entry,
    Fault,
    entry_from,
    leaf_of,
    tree_faults,
    verify,
)
from casescope.governance.record.merkle import root
from casescope.governance.record.signing import Signed, encoded, parsed, read_signed, sign
from casescope.kernel.canonical import Json, canonical_bytes
from casescope.kernel.errors import SignatureRefused

EXPORT = "ledger export"
FORMAT = 1
LARGEST_BYTES = 500_000_000
"""Over a million entries; a study's ledger has some hundreds."""

_REMEDY = "Ask whoever gave it to you for the file as it was made; do not rely on this one."
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Seen:
    """A checkpoint of the ledger that another side countersigned: its note, by whom, which key."""

    by: str
    key: str
    note: str


@dataclass(frozen=True)
class Export:
    """What a ledger export holds: `entries` is empty where it was made without details."""

    origin: str
    study: str
    on: date
    key: str
    fingerprint: str
    entries: tuple[Entry, ...]
    hashes: tuple[str, ...]
    checkpoint: Checkpoint
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Witness:
    """That another side saw the ledger with so many entries, when, and by which key it says so."""

    by: str
    key: str
    size: int
    at: datetime


@dataclass(frozen=True)
class ExportVerdict:
    """What an export proves: `faults` in sentences, none if it holds together.

    `against` is the earlier checkpoint that it was held against; without one a cut-off end cannot
    be told. `witnesses` are those whose countersignature is right.
    """

    export: Export
    faults: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    against: Checkpoint | None

    def as_dict(self) -> dict[str, Json]:
        """Return the verdict as JSON values."""
        return {
            "ledger": self.export.origin,
            "study": self.export.study,
            "on": self.export.on,
            "entries": len(self.export.hashes),
            "details": bool(self.export.entries),
            "root": encoded(self.export.checkpoint.root),
            "key": self.export.key,
            "fingerprint": self.export.fingerprint,
            "countersigned": [
                {"by": one.by, "key": one.key, "entries": one.size, "at": one.at.isoformat()}
                for one in self.witnesses
            ],
            "against": self.against.size if self.against else None,
            "sound": not self.faults,
            "faults": list(self.faults),
        }


def export_of(
    entries: Sequence[Entry],
    *,
    origin: str,
    study: str,
    private: Ed25519PrivateKey,
    on: date,
    seen: Sequence[Seen] = (),
    details: bool = True,
) -> bytes:
    """Return a ledger as an export file, signed with its side's key."""
    hashes = [entry.hash for entry in entries]
    leaves = [leaf_of(each) for each in hashes]
    note = signed_note(Checkpoint(origin, len(leaves), root(leaves)), private)
    content: dict[str, Json] = {
        "format": FORMAT,
        "origin": origin,
        "study": study,
        "on": on,
        "checkpoint": note,
        "seen": [dict(vars(each)) for each in seen],
        "entries": [dict(vars(entry)) for entry in entries] if details else [],
        "hashes": [] if details else list(hashes),
    }
    return _written(sign(EXPORT, content, private))


def read_export(raw: bytes, called: str) -> Export:
    """Return what an export file holds, or refuse one that was changed after it was signed.

    That its ledger holds together is for `verify_export`.
    """
    signed = read_signed(parsed(raw, called, largest=LARGEST_BYTES), EXPORT, called)
    if raw != _written(signed):  # one way to write it, so that no byte is nobody's matter
        raise SignatureRefused(f"{called} was changed after it was signed.", _REMEDY)
    try:
        return _export_in(signed, called)
    except (KeyError, ValueError, TypeError) as error:
        raise SignatureRefused(f"{called} holds no whole ledger.", _REMEDY) from error


def verify_export(
    raw: bytes,
    called: str,
    against: bytes | None = None,
    *,
    key: str | None = None,
    against_called: str = "The earlier checkpoint",
) -> ExportVerdict:
    """Return what an export proves; refuse a file that is not as it was signed.

    `against` is an earlier checkpoint note of the same ledger, or an earlier export. `key` (base64)
    is whose signature it must have, where that is known.
    """
    export = read_export(raw, called)
    if key is not None and export.key != key:
        raise SignatureRefused(f"{called} is not signed with the key that it should be.", _REMEDY)
    leaves = [leaf_of(each) for each in export.hashes]
    faults = [str(fault) for fault in verify(export.entries)]
    faults += _own_faults(export, leaves)
    witnesses, unseen = _witnesses(export, leaves, called)
    earlier = None if against is None else _earlier(against, export, against_called)
    if earlier is not None:
        faults += [str(fault) for fault in tree_faults(leaves, earlier.size, earlier.root)]
    return ExportVerdict(export, tuple(dict.fromkeys([*faults, *unseen])), witnesses, earlier)


def earlier_checkpoint(raw: bytes, called: str, *, key: str, origin: str) -> Checkpoint:
    """Return the checkpoint in a note or an export of one ledger, or refuse another's."""
    if raw.lstrip()[:1] == b"{":
        export = read_export(raw, called)
        if export.key != key:
            raise SignatureRefused(f"{called} is signed with another key.", _REMEDY)
        found = export.checkpoint
    else:
        found = read_note(_text(raw, called), key, called)
    if found.origin != origin:
        raise SignatureRefused(f"{called} is of another ledger.", "Give one of this ledger.")
    return found


def _earlier(raw: bytes, export: Export, called: str) -> Checkpoint:
    return earlier_checkpoint(raw, called, key=export.key, origin=export.origin)


def _own_faults(export: Export, leaves: Sequence[bytes]) -> list[str]:
    """Return where an export contradicts itself, which its own key could sign too."""
    size, expected = export.checkpoint.size, export.checkpoint.root
    faults = [str(fault) for fault in tree_faults(leaves, size, expected)]
    if size < len(leaves):
        faults.append(f"The checkpoint tells of {size} entries; there are {len(leaves)}.")
    if any(entry.study != export.study for entry in export.entries):
        faults.append("Some entries are of another study.")
    return faults


def _witnesses(
    export: Export, leaves: Sequence[bytes], called: str
) -> tuple[tuple[Witness, ...], list[str]]:
    """Return who saw the ledger as it is, and what is wrong with the others."""
    witnesses: list[Witness] = []
    faults: list[str] = []
    for seen in export.seen:
        point = read_note(seen.note, export.key, called)
        at = cosigned_at(seen.note, seen.key, seen.by)
        found: list[Fault] = tree_faults(leaves, point.size, point.root)
        if at is None or point.origin != export.origin:
            faults.append(f"{seen.by} did not countersign what it is said to have.")
        elif found:
            faults.append(f"{seen.by} countersigned another ledger. {found[0]}")
        else:
            witnesses.append(Witness(seen.by, seen.key, point.size, at))
    return tuple(witnesses), faults


def _export_in(signed: Signed, called: str) -> Export:
    content = signed.statement
    if content["format"] != FORMAT:
        raise SignatureRefused(
            f"{called} is of a newer form than this version reads.", "Update casescope."
        )
    entries = tuple(entry_from(each) for each in _list(content["entries"]))
    hashes = tuple(_hash(each) for each in _list(content["hashes"]))
    if entries and hashes:
        raise ValueError("entries or hashes, not both")
    checkpoint = read_note(_str(content["checkpoint"]), signed.key, called)
    if checkpoint.origin != content["origin"]:
        raise ValueError("a checkpoint of another ledger")
    return Export(
        origin=checkpoint.origin,
        study=_str(content["study"]),
        on=date.fromisoformat(_str(content["on"])),
        key=signed.key,
        fingerprint=signed.fingerprint,
        entries=entries,
        hashes=hashes or tuple(entry.hash for entry in entries),
        checkpoint=checkpoint,
        seen=tuple(_seen_in(each) for each in _list(content["seen"])),
    )


def _seen_in(raw: Json) -> Seen:
    given = _mapping(raw)
    return Seen(_str(given["by"]), _str(given["key"]), _str(given["note"]))


def _written(signed: Signed) -> bytes:
    return canonical_bytes(signed.as_dict()) + b"\n"


def _text(raw: bytes, called: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise SignatureRefused(f"{called} is not a file of casescope.", _REMEDY) from None


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _hash(value: object) -> str:
    if not _HASH.fullmatch(text := _str(value)):
        raise ValueError("no hash")
    return text


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _mapping(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise TypeError("no object")
    return value

"""Messages out, each made from the ledger alone: made again it is the same, byte by byte.

A message shows the ledger up to and with the entry that it belongs to.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.form.message import message
from casescope.exchange.workspace import keys
from casescope.exchange.workspace.standing import Standing, standing
from casescope.governance.record.checkpoint import partner_origin, study_origin
from casescope.governance.record.growth import (
    Growth,
    Kept,
    acknowledged,
    check_growth,
    countersign,
    grown,
)
from casescope.governance.record.ledger import Entry
from casescope.governance.record.signing import fingerprint
from casescope.kernel import durable
from casescope.kernel.canonical import Json


def origin(private: Ed25519PrivateKey) -> str:
    """Return what our ledger is called."""
    return partner_origin(fingerprint(keys.public_key(private)))


def growth_at(entries: Sequence[Entry], number: int, private: Ed25519PrivateKey) -> Growth:
    """Return what a message that belongs to entry `number` shows of our ledger."""
    upto = list(entries[:number])
    before = standing(upto[:-1])
    return grown(
        leaves(upto), origin=origin(private), private=private, sent=before.sent,
        countersigned=_countersigned(before, upto[-1], private),
    )  # fmt: skip


def written(
    kind: str, statement: Mapping[str, Json], entries: Sequence[Entry], number: int,
    private: Ed25519PrivateKey,
) -> bytes:  # fmt: skip
    """Return the message that belongs to entry `number`."""
    return message(kind, statement, growth=growth_at(entries, number, private), private=private)


def put(path: Path, content: bytes) -> None:
    """Write a message where it is not there yet; the same message twice is one."""
    if not path.exists() or path.read_bytes() != content:
        durable.write(path, content)


def _countersigned(now: Standing, entry: Entry, private: Ed25519PrivateKey) -> str:
    if not now.theirs:
        return ""
    newest = max(now.theirs, key=lambda kept: kept.size)
    at = datetime.fromisoformat(entry.at)
    return countersign(newest, name=origin(private), private=private, at=at)


def checked(
    growth: Growth, entries: Sequence[Entry], private: Ed25519PrivateKey, *,
    study: str, authority_key: str, called: str,
) -> dict[str, Json]:  # fmt: skip
    """Hold what a message shows of the council's ledger against what was seen; return what to keep.

    What it countersigns must be a beginning of our own ledger.
    """
    theirs = study_origin(study)
    kept: Kept = check_growth(
        growth, standing(entries).theirs, key=authority_key, origin=theirs, called=called
    )
    seen = acknowledged(
        growth, leaves(entries), origin=origin(private), key=keys.public_key(private), by=theirs,
        by_key=authority_key, called=called,
    )  # fmt: skip
    return {"theirs": kept.as_dict(), "seen": seen, "note": growth.countersigned}


def leaves(entries: Sequence[Entry]) -> list[bytes]:
    """Return the leaf hashes of a ledger."""
    return [entry.leaf for entry in entries]

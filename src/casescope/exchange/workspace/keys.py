"""The keys of a workspace: what opens, what signs, and the newest that is known of its ledger.

They lie apart from the workspace. What opens is destroyed at the end; what signs stays, because a
receipt must be checkable for as long as anybody asks.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.age import age
from casescope.exchange.workspace.place import Place
from casescope.governance.record.ledger import Head
from casescope.governance.record.signing import decoded, encoded
from casescope.kernel import durable
from casescope.kernel.errors import LeaseRefused, LedgerBroken, VaultRefused

IDENTITY, SECRET, SIGNING, NEWEST = "identity.age", "workspace.key", "signing.key", "newest.json"
WEEK = "week.age"
"""The one-time secret of a lease that outlives its session, sealed by a passphrase."""

OPENING = (IDENTITY, SECRET, WEEK)
"""Destroyed at the end, in this order: each is needed to open anything."""


@dataclass(frozen=True)
class Newest:
    """What was last known, kept apart from the ledger: its head, and the newest time seen."""

    head: Head | None
    at: datetime


def make(place: Place) -> age.Identity:
    """Make the keys of a new workspace and return the pair that packages are sealed to."""
    identity = age.new_identity()
    signing = encoded(Ed25519PrivateKey.generate().private_bytes_raw())
    for name, text in (
        (IDENTITY, identity.secret),
        (SECRET, encoded(secrets.token_bytes(32))),
        (SIGNING, signing),
    ):
        durable.create(place.keys / name, (text + "\n").encode("ascii"), private=True)
    return identity


def identity(place: Place) -> age.Identity:
    """Return the pair that packages are sealed to."""
    return age.identity_of(_read(place, IDENTITY), "The workspace’s age key")


def workspace_secret(place: Place) -> bytes:
    """Return the workspace's own half of the key of its notes."""
    return _decoded(_read(place, SECRET), SECRET)


def signing(place: Place) -> Ed25519PrivateKey:
    """Return the key that signs for the partner."""
    return Ed25519PrivateKey.from_private_bytes(_decoded(_read(place, SIGNING), SIGNING))


def public_key(private: Ed25519PrivateKey) -> str:
    """Return the public half in base64."""
    return encoded(private.public_key().public_bytes_raw())


def read_newest(place: Place) -> Newest | None:
    """Return what was last known; None where nothing was kept yet."""
    path = place.keys / NEWEST
    try:
        kept = json.loads(path.read_text(encoding="ascii"))
        at = datetime.fromisoformat(kept["at"])
        head = Head(int(kept["number"]), str(kept["hash"])) if kept["number"] else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerBroken(
            "What the keys keep of this workspace’s ledger is unreadable.",
            f"Put {path} back from where you keep copies of it.",
        ) from error
    return Newest(head, at)


def keep_newest(place: Place, newest: Newest) -> None:
    """Keep what is known now."""
    head = newest.head
    kept = {
        "number": head.number if head else 0,
        "hash": head.hash if head else "",
        "at": newest.at.isoformat(timespec="seconds"),
    }
    durable.write(place.keys / NEWEST, (json.dumps(kept) + "\n").encode("ascii"), private=True)


def _read(place: Place, name: str) -> str:
    path = place.keys / name
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        if name in OPENING and (place.keys / SIGNING).is_file():
            raise LeaseRefused(
                f"The key {path} is not there: after the end nothing opens any more.",
                "If the work has not ended, put the key back where it was.",
            ) from error
        raise VaultRefused(
            f"The key {path} is not there.",
            "Point CASESCOPE_KEYS at the folder that holds the workspace’s keys.",
        ) from error


def _decoded(text: str, name: str) -> bytes:
    try:
        raw = decoded(text)
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise VaultRefused(f"The workspace’s {name} is damaged.", "Put it back as it was.")
    return raw

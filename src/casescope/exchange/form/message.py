"""Messages between council and partner: signed statements, each with the sender's ledger in it.

A file is written in one way only, so that no byte of it can change without being seen.
"""

import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.governance.record.growth import Growth, growth_from
from casescope.governance.record.signing import Signed, parsed, read_signed, sign
from casescope.kernel.canonical import Json
from casescope.kernel.errors import SignatureRefused

LEDGER = "ledger"
"""The line of a statement that holds the sender's newest checkpoint and its proofs."""


def message(
    kind: str, statement: Mapping[str, Json], *, growth: Growth, private: Ed25519PrivateKey
) -> bytes:
    """Return the file of a message: a signed statement with the sender's ledger in it."""
    return as_file(sign(kind, {**statement, LEDGER: growth.as_dict()}, private).as_dict())


def read_message(raw: bytes, kind: str, called: str, *, key: str) -> Signed:
    """Return the message of this kind in a file, or refuse one that `key` (base64) did not sign."""
    signed = signed_by_anyone(raw, kind, called)
    if signed.key != key:
        raise SignatureRefused(
            f"{called} is signed with another key than the sender's.",
            "Do not rely on it; ask the sender, over the telephone, what they sent.",
        )
    return signed


def signed_by_anyone(raw: bytes, kind: str, called: str) -> Signed:
    """Return the statement of this kind in a file whose signature is right, whosever it is."""
    signed = read_signed(parsed(raw, called), kind, called)
    if not _is_written_so(signed, raw):
        raise SignatureRefused(
            f"{called} is not written as casescope writes it.", "Ask for the file as it was made."
        )
    return signed


def _is_written_so(signed: Signed, raw: bytes) -> bool:
    try:
        return as_file(signed.as_dict()) == raw
    except RecursionError:
        return False


def kind_of(raw: bytes, called: str) -> str:
    """Return what kind of signed file somebody gave; nothing of it is proved yet."""
    held = parsed(raw, called)
    kind = held.get("kind") if isinstance(held, Mapping) else None
    return kind if isinstance(kind, str) and kind.isprintable() else ""


def growth_of(signed: Signed) -> Growth:
    """Return the sender's ledger as a message holds it; the receiver checks it."""
    return growth_from(signed.statement.get(LEDGER), f"The ledger in the {signed.kind}")


def check_sender(signed: Signed, partner: str, called: str) -> None:
    """Refuse a message that names a partner other than the one whose key signed it."""
    if signed.fingerprint != partner:
        raise SignatureRefused(
            f"{called} is signed with another key than that of the partner it names.",
            "Do not rely on it; ask the partner, over the telephone, what they sent.",
        )


def without_ledger(signed: Signed) -> dict[str, Json]:
    """Return what a message says besides its ledger."""
    return {name: value for name, value in signed.statement.items() if name != LEDGER}


def as_file(value: Mapping[str, Json]) -> bytes:
    """Return JSON as a file of the exchange has it: sorted, indented, UTF-8, one line end."""
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()

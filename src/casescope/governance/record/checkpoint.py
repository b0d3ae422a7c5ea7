"""A ledger's size and root as a signed note, and another side's signature beneath it.

C2SP's signed-note, tlog-checkpoint and tlog-cosignature (https://c2sp.org), with Ed25519 alone.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casescope.governance.record.merkle import HASH_BYTES
from casescope.governance.record.signing import decoded, encoded
from casescope.kernel.errors import SignatureRefused

SIGNED, COSIGNED = b"\x01", b"\x04"
"""What C2SP calls an Ed25519 signature of a log, and one of another side with the time in it."""

MOST_SIGNATURES = 64
LONGEST = 64_000
"""In characters; a checkpoint with every signature that we read is far shorter."""

_REMEDY = "Ask whoever gave it to you for the file as it was made; do not rely on this one."
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_NAME = re.compile(r"[^\s+]+")
_DASH = "\N{EM DASH} "
_ID_BYTES, _TIME_BYTES = 4, 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = int((datetime.max.replace(tzinfo=UTC) - _EPOCH).total_seconds())


@dataclass(frozen=True)
class Checkpoint:
    """What a ledger was at one moment: whose it is, how many entries, and the tree's root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Return what is signed."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"


def study_origin(study_id: str) -> str:
    """Return what the ledger of a study is called."""
    return f"casescope.study/{study_id}"


def partner_origin(fingerprint: str) -> str:
    """Return what the ledger of a partner is called, by the fingerprint of its card."""
    return f"casescope.partner/{fingerprint}"


@dataclass(frozen=True)
class _Signature:
    name: str
    key_id: bytes
    content: bytes


def signed_note(checkpoint: Checkpoint, private: Ed25519PrivateKey) -> str:
    """Return the checkpoint as a note signed in its origin's name."""
    public = private.public_key().public_bytes_raw()
    signature = private.sign(checkpoint.text.encode())
    return f"{checkpoint.text}\n" + _line(checkpoint.origin, SIGNED, public, signature)


def read_note(text: str, key: str, called: str) -> Checkpoint:
    """Return what a note states if `key` (base64) signed it in its origin's name, or refuse.

    Signatures by others are passed over, as the specification asks.
    """
    body, signatures = _parts(text, called)
    checkpoint = _checkpoint(body, called)
    public = _public(key, called)
    ours = _by(signatures, checkpoint.origin, SIGNED, public)
    if not ours or not all(_is_signature(public, each.content, body.encode()) for each in ours):
        raise SignatureRefused(f"{called} is not signed with the key that it should be.", _REMEDY)
    return checkpoint


def origin_of(text: str, called: str) -> str:
    """Return whose ledger a note says it is of, which proves nothing before `read_note`."""
    return _checkpoint(_parts(text, called)[0], called).origin


def cosigned(text: str, private: Ed25519PrivateKey, name: str, at: datetime) -> str:
    """Return a note with one more signature: that `name` saw the ledger grow to this, and when.

    Whoever signs has read it (`read_note`) and checked that it follows from what was seen before.
    """
    body, _ = _parts(text, "The checkpoint")
    public, seconds = private.public_key().public_bytes_raw(), int(at.timestamp())
    signature = private.sign(_cosigned_text(body, seconds))
    return text + _line(name, COSIGNED, public, seconds.to_bytes(_TIME_BYTES, "big") + signature)


def is_cosigned(text: str, key: str, name: str) -> bool:
    """Say whether `key` (base64) countersigned a note in the name of `name`."""
    return cosigned_at(text, key, name) is not None


def cosigned_at(text: str, key: str, name: str) -> datetime | None:
    """Return when a note was countersigned, by the countersigner's clock; None if it was not."""
    try:
        body, signatures = _parts(text, "The checkpoint")
        public = _public(key, "The checkpoint")
    except SignatureRefused:
        return None
    seconds = [_signed_second(public, each.content, body)
               for each in _by(signatures, name, COSIGNED, public)]  # fmt: skip
    sound = [each for each in seconds if each is not None]
    if not sound or len(sound) != len(seconds):
        return None
    return _EPOCH + timedelta(seconds=max(sound))


def _signed_second(public: bytes, content: bytes, body: str) -> int | None:
    """Return the second that a countersignature states, None where the signature is wrong."""
    second = int.from_bytes(content[:_TIME_BYTES], "big")
    sound = _is_signature(public, content[_TIME_BYTES:], _cosigned_text(body, second))
    return second if sound and second <= _LAST_SECOND else None


def _cosigned_text(body: str, second: int) -> bytes:
    return f"cosignature/v1\ntime {second}\n{body}".encode()


def _line(name: str, kind: bytes, public: bytes, content: bytes) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("a key's name holds neither blanks nor plus signs")
    return f"{_DASH}{name} {encoded(_key_id(name, kind, public) + content)}\n"


def _key_id(name: str, kind: bytes, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:_ID_BYTES]


def _parts(text: str, called: str) -> tuple[str, tuple[_Signature, ...]]:
    """Return a note's text and its signatures, or refuse what is no note."""
    body, blank, rest = text.rpartition("\n\n")
    try:
        text.encode()  # half a character, which JSON can hold, is ValueError
        if not blank or len(text) > LONGEST or _has_controls(text) or not rest.endswith("\n"):
            raise ValueError("no note")
        signatures = tuple(_signatures(rest.removesuffix("\n").split("\n")))
    except ValueError:
        raise SignatureRefused(f"{called} is not a signed checkpoint.", _REMEDY) from None
    return body + "\n", signatures


def _signatures(lines: list[str]) -> Iterator[_Signature]:
    if len(lines) > MOST_SIGNATURES:
        raise ValueError("too many signatures")
    for line in lines:
        name, _, raw = line.removeprefix(_DASH).partition(" ")
        content = decoded(raw)
        if not line.startswith(_DASH) or not _NAME.fullmatch(name) or len(content) <= _ID_BYTES:
            raise ValueError("no signature")
        yield _Signature(name, content[:_ID_BYTES], content[_ID_BYTES:])


def _has_controls(text: str) -> bool:
    return any(ord(letter) < ord(" ") and letter != "\n" for letter in text)


def _checkpoint(body: str, called: str) -> Checkpoint:
    origin, *others = body.removesuffix("\n").split("\n")
    try:
        size, root = others[0], decoded(others[1])
        is_shown = bool(origin) and origin.isprintable()  # a terminal shows it as it is
        if not is_shown or not all(others) or not _SIZE.fullmatch(size) or len(root) != HASH_BYTES:
            raise ValueError("no checkpoint")
    except (ValueError, IndexError):
        raise SignatureRefused(f"{called} is not a signed checkpoint.", _REMEDY) from None
    return Checkpoint(origin, int(size), root)


def _by(
    signatures: tuple[_Signature, ...], name: str, kind: bytes, public: bytes
) -> list[_Signature]:
    key_id = _key_id(name, kind, public)
    return [each for each in signatures if (each.name, each.key_id) == (name, key_id)]


def _public(key: str, called: str) -> bytes:
    try:
        raw = decoded(key)
        Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        raise SignatureRefused(f"{called} cannot be checked with such a key.", _REMEDY) from None
    return raw


def _is_signature(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True

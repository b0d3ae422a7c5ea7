"""Signed statements: canonical JSON under an Ed25519 signature, and what a key is called.

Whoever reads one knows which key signed it; whose key that is stands in an approval.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casescope.kernel.canonical import Json, canonical_bytes, digest
from casescope.kernel.errors import SignatureRefused

LARGEST_BYTES = 20_000_000
"""A statement longer than this is not read: none of ours comes near it."""

_REMEDY = "Ask whoever gave it to you for the file as it was made; do not rely on this one."


@dataclass(frozen=True)
class Signed:
    """A statement of one kind, the public key (base64) that signed it, and the signature."""

    kind: str
    statement: Mapping[str, Json]
    key: str
    signature: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what was signed, key included: what others refer to it by."""
        return digest(_content(self.kind, self.statement, self.key))

    @property
    def fingerprint(self) -> str:
        """Return what the signing key is called."""
        return fingerprint(self.key)

    def as_dict(self) -> dict[str, Json]:
        """Return it as JSON values; `read_signed` takes them back."""
        return dict(vars(self))


def sign(kind: str, statement: Mapping[str, Json], private: Ed25519PrivateKey) -> Signed:
    """Return the statement under the signature of a private key."""
    plain: dict[str, Json] = json.loads(canonical_bytes(statement))
    key = encoded(private.public_key().public_bytes_raw())
    signature = private.sign(canonical_bytes(_content(kind, plain, key)))
    return Signed(kind, plain, key, encoded(signature))


def read_signed(raw: object, kind: str, called: str) -> Signed:
    """Return what parsed JSON holds as a statement of this kind whose signature is right.

    `called` is how a refusal names it.
    """
    given = raw if isinstance(raw, Mapping) else {}
    parts = [given.get(name) for name in ("kind", "key", "signature")]
    statement = given.get("statement")
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) != len(parts) or not isinstance(statement, Mapping) or texts[0] != kind:
        raise SignatureRefused(f"{called} is not a {kind} file of casescope.", _REMEDY)
    signed = Signed(kind, statement, texts[1], texts[2])
    if not is_signed(signed):
        raise SignatureRefused(f"{called} was changed after it was signed.", _REMEDY)
    return signed


def is_signed(signed: Signed) -> bool:
    """Say whether the signature is that of the key on the statement."""
    try:
        public = Ed25519PublicKey.from_public_bytes(decoded(signed.key))
        content = canonical_bytes(_content(signed.kind, signed.statement, signed.key))
        public.verify(decoded(signed.signature), content)
    except (ValueError, TypeError, RecursionError, InvalidSignature):
        return False
    return True


def parsed(raw: bytes, called: str, *, largest: int = LARGEST_BYTES) -> object:
    """Return the JSON in a file somebody gave, or refuse what is too long or no JSON."""
    try:
        if len(raw) <= largest:
            value: object = json.loads(raw)
            return value
    except (ValueError, RecursionError):
        pass
    raise SignatureRefused(f"{called} is not a file of casescope.", _REMEDY)


def fingerprint(key: str) -> str:
    """Return the first 128 bits of a public key's SHA-256, to be read aloud and compared."""
    try:
        text = hashlib.sha256(decoded(key)).hexdigest()[:32]
    except ValueError:
        return ""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def same_fingerprint(typed: str, known: str) -> bool:
    """Say whether somebody typed this fingerprint, whatever they put between its digits."""
    plain, own = ("".join(filter(str.isalnum, one.lower())) for one in (typed, known))
    return bool(plain) and plain == own


def encoded(raw: bytes) -> str:
    """Return bytes as base64 text."""
    return base64.b64encode(raw).decode("ascii")


def decoded(text: str) -> bytes:
    """Return the bytes of base64 text; `ValueError` for any other text."""
    raw = base64.b64decode(text, validate=True)
    if encoded(raw) != text:  # unused bits at the end would let one signature be written twice
        raise ValueError("not the one way to write these bytes")
    return raw


def _content(kind: str, statement: Mapping[str, Json], key: str) -> dict[str, Json]:
    return {"casescope": kind, "statement": statement, "key": key}

"""Answers sealed to a study's key, so that a file on a shared drive tells nobody what it says."""

import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from casescope.governance.record.signing import decoded, encoded
from casescope.kernel.canonical import Json, canonical_bytes
from casescope.kernel.errors import SignatureRefused

PADDED_BYTES = 8192
"""Every answer is made this long, for the length would tell accepting from returning."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal(content: Mapping[str, Json], *, to: str, about: str) -> str:
    """Return the content under HPKE (RFC 9180) for a public key (base64), as base64.

    `about` binds it to one thing; unsealing takes the same. `ValueError` for what is no key.
    """
    public = X25519PublicKey.from_public_bytes(decoded(to))
    plain = canonical_bytes(content).ljust(PADDED_BYTES)
    return encoded(_SUITE.encrypt(plain, public, info=about.encode()))


def unseal(sealed: str, private: X25519PrivateKey, *, about: str, called: str) -> dict[str, Json]:
    """Return what was sealed; refuse what was not sealed to this key about this."""
    try:
        plain = json.loads(_SUITE.decrypt(decoded(sealed), private, info=about.encode()))
        if isinstance(plain, dict):
            return plain
    except (ValueError, InvalidTag, RecursionError):
        pass
    raise SignatureRefused(
        f"{called} does not hold the answer that was signed.", "Ask the reviewer to make it again."
    )

"""Keys of age: X25519 identities and recipients, made and judged by pyrage."""

import re
from dataclasses import dataclass

import pyrage

from casescope.kernel.errors import VaultRefused

_SECRET = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")


@dataclass(frozen=True)
class Identity:
    """A pair of keys of age; its secret is never shown by repr."""

    secret: str
    recipient: str

    def __repr__(self) -> str:
        return f"Identity({self.recipient})"


def new_identity() -> Identity:
    """Return a fresh identity."""
    fresh = pyrage.x25519.Identity.generate()
    return Identity(str(fresh), str(fresh.to_public()))


def identity_of(secret: str, called: str) -> Identity:
    """Return the identity of a secret (`AGE-SECRET-KEY-1…`), or refuse what is none."""
    text = secret.strip()
    try:
        if _SECRET.fullmatch(text):
            return Identity(text, str(pyrage.x25519.Identity.from_str(text).to_public()))
    except pyrage.IdentityError:
        pass
    raise VaultRefused(f"{called} is not a secret key of age.", "Put the key back as it was.")


def is_recipient(text: str) -> bool:
    """Say whether a text is an X25519 recipient of age."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True

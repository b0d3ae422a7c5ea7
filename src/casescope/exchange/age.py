"""age v1 (C2SP): secrets sealed to X25519 recipients or a passphrase, which any age program opens.

age says nothing of who sealed; that is what the signatures are for.
"""

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


def sealed(plain: bytes, *recipients: str) -> bytes:
    """Return bytes that any one of the recipients can open; `ValueError` for what is none."""
    if not recipients or not all(is_recipient(one) for one in recipients):
        raise ValueError("not a recipient of age")
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(r) for r in recipients]))


def opened(sealed: bytes, secret: str, called: str) -> bytes:
    """Return what was sealed, or refuse what was not sealed to this key or was changed."""
    identity = pyrage.x25519.Identity.from_str(identity_of(secret, "The key").secret)
    try:
        return bytes(pyrage.decrypt(sealed, [identity]))
    except pyrage.DecryptError as error:
        raise VaultRefused(
            f"{called} cannot be opened: it was not sealed to this key, or was changed.",
            "Use the key and the file that belong together.",
        ) from error


def sealed_by_passphrase(plain: bytes, passphrase: str) -> bytes:
    """Return bytes that whoever knows the passphrase can open (scrypt, about a second)."""
    return bytes(pyrage.passphrase.encrypt(plain, passphrase))


def opened_by_passphrase(sealed: bytes, passphrase: str, called: str) -> bytes:
    """Return what was sealed, or refuse a wrong passphrase or a changed file."""
    try:
        return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
    except pyrage.DecryptError as error:
        raise VaultRefused(
            f"{called} cannot be opened: the passphrase is wrong, or it was changed.",
            "Try again; a passphrase that is lost cannot be replaced.",
        ) from error

"""age v1 (C2SP): secrets sealed to X25519 recipients or a passphrase, which any age program opens.

age says nothing of who sealed; that is what the signatures are for.
"""

import io

import pyrage

from casescope.exchange.age.keys import Identity, identity_of, is_recipient, new_identity
from casescope.exchange.age.stream import seal_by_passphrase
from casescope.kernel.errors import VaultRefused

__all__ = [
    "Identity", "identity_of", "is_recipient", "new_identity", "opened", "opened_by_passphrase",
    "sealed", "sealed_by_passphrase",
]  # fmt: skip


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
    """Return bytes that whoever knows the passphrase can open (scrypt, about a second).

    pyrage would choose the work by how fast the machine is just then, half a minute on a busy one.
    """
    out = io.BytesIO()
    seal_by_passphrase(plain, out.write, passphrase)
    return out.getvalue()


def opened_by_passphrase(sealed: bytes, passphrase: str, called: str) -> bytes:
    """Return what was sealed, or refuse a wrong passphrase or a changed file."""
    try:
        return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
    except pyrage.DecryptError as error:
        raise VaultRefused(
            f"{called} cannot be opened: the passphrase is wrong, or it was changed.",
            "Try again; a passphrase that is lost cannot be replaced.",
        ) from error

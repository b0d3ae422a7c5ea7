"""The study's own key for releases: it signs requests and records, and opens sealed answers.

It lies with the study's keys, opens no data and outlives them, because a release can be withdrawn
after the study's end.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casescope.actions._head import read_head
from casescope.governance.signing import decoded, encoded, fingerprint
from casescope.kernel.errors import VaultRefused
from casescope.vault.keys import KeyRing

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from casescope.register.store import Register

FILE = "release.key"


@dataclass(frozen=True, repr=False)
class ReleaseKey:
    """One key to sign with and one to open answers with."""

    signing: Ed25519PrivateKey
    sealing: X25519PrivateKey

    @property
    def signs_as(self) -> str:
        """Return the public half that signatures are checked with, as base64."""
        return encoded(self.signing.public_key().public_bytes_raw())

    @property
    def fingerprint(self) -> str:
        """Return what the signing key is called."""
        return fingerprint(self.signs_as)

    @property
    def seal_to(self) -> str:
        """Return the public half that answers are sealed to, as base64."""
        return encoded(self.sealing.public_key().public_bytes_raw())


def has_release_key(study_id: str) -> bool:
    """Say whether a study has a release key, sound or not."""
    return (KeyRing.default().folder(study_id) / FILE).exists()


def release_key(study_id: str, *, make: bool = False) -> ReleaseKey:
    """Return a study's release key; make it if there is none and it may be made, else refuse."""
    path = KeyRing.default().folder(study_id) / FILE
    if make and not path.exists():
        _write(path)
    try:
        raw = json.loads(path.read_text(encoding="ascii"))
        return ReleaseKey(
            Ed25519PrivateKey.from_private_bytes(decoded(raw["signing"])),
            X25519PrivateKey.from_private_bytes(decoded(raw["sealing"])),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VaultRefused(
            f"The study's release key {path} is missing or damaged.",
            "Put it back, or point CASESCOPE_KEYS at the folder that holds it.",
        ) from error


def study_key(register: "Register", study_id: str) -> ReleaseKey:
    """Return a study's key, made at its first use; refuse where one was in use and is gone."""
    kept = read_head(study_id)
    used = bool(register.requests(study_id)) or bool(kept and kept.note)
    return release_key(study_id, make=not used)


def _write(path: Path) -> None:
    """Write a fresh key for this user alone; a crash leaves none."""
    part = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh = {
        "signing": encoded(Ed25519PrivateKey.generate().private_bytes_raw()),
        "sealing": encoded(X25519PrivateKey.generate().private_bytes_raw()),
    }
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(json.dumps(fresh) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise VaultRefused(
            f"{path} cannot be written.", "Point CASESCOPE_KEYS at a folder of yours."
        ) from error

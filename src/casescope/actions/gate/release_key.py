"""The study's own key for releases: it signs requests and records, and opens sealed answers.

It lies with the study's keys, opens no data and outlives them, because a release can be withdrawn
after the study's end.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casescope.governance.record.signing import decoded, encoded, fingerprint
from casescope.kernel import durable
from casescope.kernel.errors import VaultRefused
from casescope.vault.keys import KeyRing

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


def _write(path: Path) -> None:
    """Write a fresh key for this user alone, unless another process was quicker; whole or none."""
    fresh = {
        "signing": encoded(Ed25519PrivateKey.generate().private_bytes_raw()),
        "sealing": encoded(X25519PrivateKey.generate().private_bytes_raw()),
    }
    try:
        durable.create(path, (json.dumps(fresh) + "\n").encode("ascii"), private=True)
    except FileExistsError:
        return
    except OSError as error:
        raise VaultRefused(
            f"{path} cannot be written.", "Point CASESCOPE_KEYS at a folder of yours."
        ) from error

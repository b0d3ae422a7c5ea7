"""Keys: one for each wing of each study, kept outside the study folder.

Destroying a study's keys destroys every copy of its data, so nothing here ever makes a copy.
"""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from casescope.kernel import durable
from casescope.kernel.errors import VaultRefused

WINGS = ("identified", "analysis")
_KEY = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True)
class KeyRing:
    """The folder of keys on this machine, one sub-folder for each study."""

    root: Path

    @classmethod
    def default(cls) -> "KeyRing":
        """Return the ring at CASESCOPE_KEYS, else in the user's data directory."""
        named = os.environ.get("CASESCOPE_KEYS")
        return cls(Path(named) if named else platformdirs.user_data_path("casescope") / "keys")

    def folder(self, study_id: str) -> Path:
        """Return where this study's keys are, whether or not they exist."""
        return self.root / study_id

    def create(self, study_id: str) -> None:
        """Make one random 256-bit key for each wing, readable by this user alone."""
        folder = self.folder(study_id)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for wing in WINGS:
                key = secrets.token_hex(32).encode("ascii")
                durable.create(folder / f"{wing}.key", key, private=True)
        except OSError as error:
            raise VaultRefused(
                f"The key folder {self.root} cannot be written.",
                "Point CASESCOPE_KEYS at a folder of yours outside the study folder.",
            ) from error

    def key(self, study_id: str, wing: str) -> str:
        """Return a wing's key in hex; refuse in one sentence where it is gone or is no key."""
        try:
            key = (self.folder(study_id) / f"{wing}.key").read_bytes().strip()
        except OSError as error:
            raise VaultRefused(
                f"The {wing} key of this study is not in {self.root}.",
                "Set CASESCOPE_KEYS to the folder that holds it; without it the data is gone.",
            ) from error
        if not _KEY.fullmatch(key):
            raise VaultRefused(
                f"The {wing} key of this study in {self.root} is damaged.",
                "Put back the whole file; without it the data is gone.",
            )
        return key.decode("ascii")

    def check_apart_from(self, home: Path) -> None:
        """Refuse to keep keys inside the folder that they lock: a copy of it would hold both."""
        if self.root.resolve().is_relative_to(home.resolve()):
            raise VaultRefused(
                f"The key folder {self.root} lies inside the study folder.",
                "Move it out of there and point CASESCOPE_KEYS at it.",
            )

    def has(self, study_id: str) -> bool:
        """Say whether every key of the study is here."""
        return all((self.folder(study_id) / f"{wing}.key").is_file() for wing in WINGS)

    def shred(self, study_id: str) -> None:
        """Overwrite and remove the study's keys; what they locked can never be read again.

        Overwriting cannot be promised on every disk (wear levelling, snapshots); the key folder
        should lie on a disk that is itself encrypted.
        """
        for wing in WINGS:
            durable.destroy(self.folder(study_id) / f"{wing}.key")

    def hold_key(self, study_id: str, hold_id: str) -> Path:
        """Return where the key of one hold's rows lies, or will."""
        return self.folder(study_id) / "holds" / f"{hold_id}.key"

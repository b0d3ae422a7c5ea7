"""The newest ledger entry and the tree's peaks, kept with the keys: they show a changed ledger.

The peaks grow by what is new and are never made again from old entries, so that the root which they
give is of the ledger as it was when each entry was written.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.governance.record.ledger import Head, leaf_of
from casescope.governance.record.merkle import Peaks
from casescope.kernel import durable
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LedgerBroken, VaultRefused
from casescope.vault.keys import KeyRing

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from casescope.register.store import Register

FILE = "ledger-head"


@dataclass(frozen=True)
class KeptHead:
    """The head as it is kept: newest entry, peaks up to it, and the checkpoint as a note.

    No peaks in a head from before there were any; no note before the study has a key to sign with.
    """

    newest: Head
    peaks: Peaks | None
    note: str

    def as_dict(self) -> dict[str, Json]:
        """Return it as it is written."""
        hashes = [each.hex() for each in self.peaks.hashes] if self.peaks else []
        return {**vars(self.newest), "peaks": hashes, "checkpoint": self.note}


def head_file(study_id: str) -> Path:
    """Return where a study's ledger head is kept."""
    return KeyRing.default().folder(study_id) / FILE


def read_head(study_id: str) -> KeptHead | None:
    """Return the kept head, None where there is none."""
    try:
        return _head_in(json.loads(head_file(study_id).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerBroken(
            "The ledger head kept with the keys is unreadable.",
            f"Put {head_file(study_id)} back from where you keep copies of it.",
        ) from error


def keep_head(register: "Register", study_id: str) -> None:
    """Keep the newest entry's hash; under the write lock, so that it never goes backwards."""
    with register.transaction():
        newest, kept = register.head(study_id), read_head(study_id)
        if newest is None:
            return
        peaks = _grown(register, study_id, kept)
        if peaks.size != newest.number:
            return  # numbers are missing or cut off: what was kept goes on showing that
        note = _note(study_id, peaks)
        _write(head_file(study_id), KeptHead(newest, peaks, note))


def check_head(register: "Register", study_id: str) -> None:
    """Refuse to go on from a ledger that does not hold the entry that was kept as its newest."""
    kept, newest = read_head(study_id), register.head(study_id)
    if kept is None and newest is not None and newest.number > 1:
        raise LedgerBroken(
            "The ledger head kept with the keys is missing.",
            f"Set CASESCOPE_KEYS to the folder that holds it; it should be {head_file(study_id)}.",
        )
    if kept is None:
        return
    if register.hash_of(study_id, kept.newest.number) != kept.newest.hash:
        raise LedgerBroken(
            f"The ledger no longer holds entry {kept.newest.number} as it was kept with the keys.",
            "Run casescope ledger verify HOME and tell the data protection officer.",
        )


def is_head_sound(register: "Register", study_id: str) -> bool:
    """Say whether the ledger still holds the entry that was kept as its newest."""
    try:
        check_head(register, study_id)
    except LedgerBroken:
        return False
    return True


def _write(path: Path, head: KeptHead) -> None:
    try:
        durable.write(path, (json.dumps(head.as_dict()) + "\n").encode(), private=True)
    except OSError as error:
        raise VaultRefused(
            f"{path} cannot be written.", "Make its folder writable and run the command again."
        ) from error


def _head_in(kept: Mapping[str, object]) -> KeptHead:
    newest = Head(int(str(kept["number"])), str(kept["hash"]))
    hashes = kept.get("peaks")
    if not isinstance(hashes, list):
        return KeptHead(newest, None, "")
    peaks = Peaks(newest.number, [bytes.fromhex(each) for each in hashes])
    return KeptHead(newest, peaks, str(kept["checkpoint"]))


def _grown(register: "Register", study_id: str, kept: KeptHead | None) -> Peaks:
    """Return the peaks of the tree as it is now, from those kept and the entries after them."""
    peaks = kept.peaks if kept and kept.peaks else Peaks()
    peaks.extend(map(leaf_of, register.hashes(study_id, after=peaks.size)))
    return peaks


def _note(study_id: str, peaks: Peaks) -> str:
    """Return the checkpoint signed with the study's key, empty while it has none."""
    from casescope.actions.gate.release_key import has_release_key, release_key

    if not has_release_key(study_id):
        return ""
    from casescope.governance.record.checkpoint import Checkpoint, signed_note, study_origin

    try:
        key = release_key(study_id)
    except VaultRefused:
        return ""  # what needs the key refuses; recording does not
    return signed_note(Checkpoint(study_origin(study_id), peaks.size, peaks.root()), key.signing)

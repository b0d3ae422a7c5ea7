"""Whether a ledger in the register still proves what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

from casescope.actions.gate.head import head_file, read_head
from casescope.governance.record.ledger import Entry, leaves_of, tree_faults, verify
from casescope.governance.record.merkle import Peaks, root
from casescope.governance.record.signing import encoded
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LedgerBroken, SignatureRefused, VaultRefused
from casescope.register import open_register


@dataclass(frozen=True)
class Verdict:
    """What is left of a ledger's proof: `faults` in sentences, none if it proves what was done.

    `root` is the tree's (base64); `against` the size of the earlier checkpoint that it was held
    against, where one was given.
    """

    study_id: str
    entries: int
    hash: str
    root: str
    faults: tuple[str, ...]
    against: int | None = None

    def as_dict(self) -> dict[str, Json]:
        """Return the verdict as JSON values."""
        return {
            "study": self.study_id,
            "entries": self.entries,
            "hash": self.hash,
            "root": self.root,
            "against": self.against,
            "sound": not self.faults,
            "faults": list(self.faults),
        }


def verdict_on(study_id: str, earlier: tuple[bytes, str] | None = None) -> Verdict:
    """Return the verdict on one study's ledger, held against the head kept with the keys.

    `earlier`: also against an earlier checkpoint, or export, and what its file is called.
    """
    entries = open_register().entries(study_id)
    leaves = leaves_of(entries)
    faults = _chain_faults(study_id, entries, leaves)
    against = None
    if earlier is not None:
        found, against = _earlier_faults(study_id, leaves, *earlier)
        faults += found
    newest = entries[-1].hash if entries else ""
    return Verdict(study_id, len(entries), newest, encoded(root(leaves)),
                   tuple(dict.fromkeys(faults)), against)  # fmt: skip


def _chain_faults(
    study_id: str, entries: Sequence[Entry], leaves: Sequence[bytes]
) -> list[str]:  # fmt: skip
    faults: list[str] = []
    try:
        kept = read_head(study_id)
    except LedgerBroken as broken:
        kept, faults = None, [str(broken)]
    if kept is None and not faults and len(entries) != 1:
        faults.append(f"The head kept with the keys is missing: {head_file(study_id)}.")
    if not entries:
        faults.append("The ledger is empty.")
    faults += [str(fault) for fault in verify(entries, kept.newest if kept else None)]
    if kept is None or kept.peaks is None:
        return faults
    faults += [str(one) for one in tree_faults(leaves, kept.peaks.size, kept.peaks.root())]
    return faults + (_note_faults(study_id, kept.peaks, kept.note) if kept.note else [])


def _note_faults(study_id: str, peaks: Peaks, note: str) -> list[str]:
    """Return what is wrong with the checkpoint that is kept beside the peaks."""
    from casescope.actions.gate.release_key import release_key
    from casescope.governance.record.checkpoint import read_note

    called = "The checkpoint kept with the keys"
    try:
        point = read_note(note, release_key(study_id).signs_as, called)
    except VaultRefused:
        return []  # without the key it says nothing, which is no fault of the ledger
    except SignatureRefused as refusal:
        return [refusal.sentence]
    same = (point.size, point.root) == (peaks.size, peaks.root())
    return [] if same else [f"{called} is of another ledger."]


def _earlier_faults(
    study_id: str, leaves: Sequence[bytes], raw: bytes, called: str
) -> tuple[list[str], int]:
    """Return what is wrong by an earlier checkpoint, and how many entries it tells of.

    Refuse a file that is none of this ledger: that says nothing of the ledger.
    """
    from casescope.actions.gate.release_key import release_key
    from casescope.governance.record.checkpoint import study_origin
    from casescope.governance.record.export import earlier_checkpoint

    key, origin = release_key(study_id).signs_as, study_origin(study_id)
    point = earlier_checkpoint(raw, called, key=key, origin=origin)
    return [str(fault) for fault in tree_faults(leaves, point.size, point.root)], point.size

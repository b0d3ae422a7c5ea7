"""Whether a ledger in the register still proves what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

from casescope.actions._head import KeptHead, head_file, read_head
from casescope.governance.ledger import Entry, leaves_of, tree_faults, verify
from casescope.governance.merkle import root
from casescope.governance.signing import encoded
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LedgerBroken, UserError
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
    return faults + (_tree_faults(kept, leaves) if kept else [])


def _tree_faults(kept: KeptHead, leaves: Sequence[bytes]) -> list[str]:
    if kept.peaks is None:
        return []
    return [str(fault) for fault in tree_faults(leaves, kept.peaks.size, kept.peaks.root())]


def _earlier_faults(
    study_id: str, leaves: Sequence[bytes], raw: bytes, called: str
) -> tuple[list[str], int | None]:
    """Return what is wrong by an earlier checkpoint, and how many entries it tells of."""
    from casescope.actions._release_key import release_key
    from casescope.governance.checkpoint import study_origin
    from casescope.governance.ledger_export import earlier_checkpoint

    try:
        key, origin = release_key(study_id).signs_as, study_origin(study_id)
        point = earlier_checkpoint(raw, called, key=key, origin=origin)
    except UserError as refusal:
        return [refusal.sentence], None
    return [str(fault) for fault in tree_faults(leaves, point.size, point.root)], point.size

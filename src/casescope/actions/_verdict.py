"""Whether a ledger in the register still proves what was done."""

from dataclasses import dataclass

from casescope.actions._head import head_file, read_head
from casescope.governance.ledger import verify
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LedgerBroken
from casescope.register import open_register


@dataclass(frozen=True)
class Verdict:
    """What is left of a ledger's proof: `faults` in sentences, none if it proves what was done."""

    study_id: str
    entries: int
    hash: str
    faults: tuple[str, ...]

    def as_dict(self) -> dict[str, Json]:
        """Return the verdict as JSON values."""
        return {
            "study": self.study_id,
            "entries": self.entries,
            "hash": self.hash,
            "sound": not self.faults,
            "faults": list(self.faults),
        }


def verdict_on(study_id: str) -> Verdict:
    """Return the verdict on one study's ledger, held against the head kept with the keys."""
    entries = open_register().entries(study_id)
    faults: list[str] = []
    try:
        kept = read_head(study_id)
    except LedgerBroken as broken:
        kept, faults = None, [str(broken)]
    if kept is None and not faults and len(entries) != 1:
        faults.append(f"The head kept with the keys is missing: {head_file(study_id)}.")
    if not entries:
        faults.append("The ledger is empty.")
    faults += [str(fault) for fault in verify(entries, kept)]
    return Verdict(study_id, len(entries), entries[-1].hash if entries else "", tuple(faults))

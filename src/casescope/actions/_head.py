"""The newest ledger entry's number and hash, kept with the keys: it shows a cut-off ledger."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions._place import write_whole
from casescope.governance.ledger import Head
from casescope.kernel.errors import LedgerBroken
from casescope.vault.keys import KeyRing

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from casescope.register.store import Register

FILE = "ledger-head"


def head_file(study_id: str) -> Path:
    """Return where a study's ledger head is kept."""
    return KeyRing.default().folder(study_id) / FILE


def read_head(study_id: str) -> Head | None:
    """Return the kept head, None where there is none."""
    try:
        kept = json.loads(head_file(study_id).read_text(encoding="utf-8"))
        return Head(int(kept["number"]), str(kept["hash"]))
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
        head = register.head(study_id)
        if head is not None:
            write_whole(head_file(study_id), json.dumps(vars(head)) + "\n")


def check_head(register: "Register", study_id: str) -> None:
    """Refuse to go on from a ledger that does not hold the entry that was kept as its newest."""
    kept, newest = read_head(study_id), register.head(study_id)
    if kept is None and newest is not None and newest.number > 1:
        raise LedgerBroken(
            "The ledger head kept with the keys is missing.",
            f"Set CASESCOPE_KEYS to the folder that holds it; it should be {head_file(study_id)}.",
        )
    if kept is not None and register.hash_of(study_id, kept.number) != kept.hash:
        raise LedgerBroken(
            f"The ledger no longer holds entry {kept.number} as it was kept with the keys.",
            "Run casescope ledger verify HOME and tell the data protection officer.",
        )


def is_head_sound(register: "Register", study_id: str) -> bool:
    """Say whether the ledger still holds the entry that was kept as its newest."""
    try:
        check_head(register, study_id)
    except LedgerBroken:
        return False
    return True

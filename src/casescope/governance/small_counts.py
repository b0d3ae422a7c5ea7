"""Whether the working edition may show small counts: the data protection officer's leave, if any.

It stands in the ledger alone, which nobody can change unseen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casescope.governance.approval import Approval
from casescope.governance.record.ledger import Entry
from casescope.governance.stages import Action
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed

_GIVING = Action.APPROVE_WORKING.name.lower()
_TAKING = Action.WITHDRAW_WORKING.name.lower()

BOUND_TO = "governed_digest"
"""What the leave holds for: the lines of study.toml that the study's approval binds."""


@dataclass(frozen=True)
class Leave:
    """The data protection officer's leave to show small counts to staff who hold the records."""

    by: str
    on: date
    reason: str


def leave_in_force(entries: Sequence[Entry], approval: Approval | None) -> Leave | None:
    """Return the leave in force: the newest, unless withdrawn or given for another study file."""
    for entry in reversed(entries):
        detail = entry.detail if isinstance(entry.detail, Mapping) else {}
        if entry.action not in (_GIVING, _TAKING) or "refused" in detail:
            continue
        if entry.action == _TAKING or not _is_for(detail, approval):
            return None
        return Leave(entry.actor, entry.on, str(detail.get("reason", "")))
    return None


def _is_for(detail: Mapping[str, Json], approval: Approval | None) -> bool:
    did = detail.get("did")
    given_for = did.get(BOUND_TO) if isinstance(did, Mapping) else None
    return approval is not None and given_for == approval.governed_digest


def check_leave(leave: Leave | None) -> Leave:
    """Return the leave, or refuse small counts that the data protection officer has not allowed."""
    if leave is None:
        raise NotAllowed(
            "Small counts are shown only with the data protection officer's approval for the study "
            "as it is approved now; there is none.",
            "Ask for it: casescope study approve-working HOME --reason TEXT. Without it the "
            "report follows the study's own disclosure rules.",
        )
    return leave

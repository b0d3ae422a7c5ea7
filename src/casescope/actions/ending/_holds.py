"""What holds keep when a study ends, and what becomes of it."""

from dataclasses import dataclass
from functools import partial

from casescope.actions.gate.gate import Permit
from casescope.governance.holds import Hold, in_force
from casescope.identified.holding.keep import copy_rows
from casescope.identified.ids import SubjectId
from casescope.register import open_register
from casescope.vault.held import Kept, destroy_rows, keep_rows
from casescope.vault.layers import Vault


@dataclass(frozen=True)
class KeptHold:
    """A hold with the file that keeps its rows."""

    hold: Hold
    kept: Kept


def keep_for_holds(permit: Permit, vault: Vault) -> list[KeptHold]:
    """Write the file of every hold in force, before anything is destroyed; call while writing.

    Holds past their day keep nothing.
    """
    holds = in_force(open_register().holds(permit.study_id), permit.today)
    layers = {name: one for name, one in permit.layers.items() if one.wing == "identified"}
    made = []
    for hold in holds:
        subjects = [SubjectId(one) for one in hold.subjects]
        kept = keep_rows(vault, hold.hold_id, layers, partial(copy_rows, subjects=subjects))
        made.append(KeptHold(hold, kept))
    return made


def forget_hold(vault: Vault, hold: Hold) -> None:
    """Destroy what an ended hold kept; nothing kept is well."""
    destroy_rows(vault, hold.hold_id)

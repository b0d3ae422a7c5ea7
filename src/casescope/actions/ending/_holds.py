"""What holds keep when a study ends, and what becomes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from casescope.actions.gate.gate import Permit
from casescope.actions.work.steps import council_layers
from casescope.governance.holds import Hold, in_force
from casescope.identified.holding.keep import copy_rows
from casescope.identified.ids import SubjectId
from casescope.kernel.errors import Busy
from casescope.kernel.progress import Progress
from casescope.register import open_register
from casescope.vault.held import Kept, destroy_rows, keep_rows, rows_left
from casescope.vault.layers import Vault

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from casescope.register.store import Register


@dataclass(frozen=True)
class KeptHold:
    """A hold with the file that keeps its rows."""

    hold: Hold
    kept: Kept


def keep_for_holds(permit: Permit, vault: Vault, progress: Progress) -> list[KeptHold]:
    """Write the file of every hold in force, before anything is destroyed; call while writing.

    What is hers is told by the links as they would be made now, not as they last were: a load or a
    decision since may have shown another record to be hers. Holds past their day keep nothing.
    """
    holds = in_force(open_register().holds(permit.study_id), permit.today)
    layers = council_layers(permit, vault, progress) if holds else {}
    progress.start("holds")
    made = []
    for hold in holds:
        subjects = [SubjectId(one) for one in hold.subjects]
        kept = keep_rows(vault, hold.hold_id, layers, partial(copy_rows, subjects=subjects))
        made.append(KeptHold(hold, kept))
    progress.finish(f"{len(made)} kept" if made else "none")
    return made


def check_still_held(register: "Register", permit: Permit, held: Iterable[str]) -> None:
    """Refuse to end a study by other holds than those in force: one came or went meanwhile."""
    now = in_force(register.holds(permit.study_id), permit.today)
    if {one.hold_id for one in now} != set(held):
        raise Busy(
            "A hold was recorded or ended while this was being done; nothing was ended.",
            "Run the command again.",
        )


def forget_hold(vault: Vault, hold: Hold) -> None:
    """Destroy what an ended hold kept; nothing kept is well."""
    destroy_rows(vault, hold.hold_id)


def forget_others(vault: Vault, study_id: str) -> None:
    """Destroy what lies here for holds that keep nothing: left by a try to end that was cut off."""
    kept = {one.hold_id for one in open_register().holds(study_id) if one.keeps}
    for hold_id in rows_left(vault) - kept:
        destroy_rows(vault, hold_id)

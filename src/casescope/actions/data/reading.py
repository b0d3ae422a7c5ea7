"""Reading a study's results: never from a layer that something has since made out of date."""

from datetime import date
from pathlib import Path

from casescope.actions.data.run import run
from casescope.actions.gate.gate import Permit, open_gate
from casescope.actions.work.steps import check_loaded, stale_steps
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.progress import Progress


def open_for_reading(
    home: Path, action: Action, *, actor: Actor, today: date, progress: Progress, reason: str = ""
) -> Permit:
    """Return a permit whose layers are up to date, running what a change has made stale.

    So a restriction or a changed parameter bites in the very next thing anyone reads.
    """
    permit = open_gate(home, action, actor=actor, today=today, reason=reason)
    check_loaded(permit)
    if not stale_steps(permit):
        return permit
    run(home, actor=actor, today=today, progress=progress)
    return open_gate(home, action, actor=actor, today=today, reason=reason)

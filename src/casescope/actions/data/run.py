"""Run the steps: files become women and removals, and end as the analysis dataset."""

from datetime import date
from pathlib import Path

from casescope.actions.gate.gate import commit, open_gate
from casescope.actions.work.steps import bring_up_to_date, check_loaded, stale_steps
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.pipeline import STEPS
from casescope.kernel.errors import NotFound
from casescope.kernel.progress import Progress, Silent

_SILENT = Silent()


def run(
    home: Path, *, until: str = "", actor: Actor, today: date, progress: Progress = _SILENT
) -> dict[str, str]:
    """Do every step whose inputs changed; return for each whether it was done or unchanged."""
    names = tuple(step.name for step in STEPS)
    if until and until not in names:
        raise NotFound(f"There is no step '{until}'.", f"The steps are {', '.join(names)}.")
    permit = open_gate(home, Action.RUN, actor=actor, today=today)
    check_loaded(permit)
    if not stale_steps(permit):
        commit(permit, detail={"steps": "all unchanged"})
        return dict.fromkeys(names, "unchanged")
    return bring_up_to_date(permit, progress, until=until)

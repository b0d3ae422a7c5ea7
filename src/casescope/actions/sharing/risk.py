"""The risk panel: what sharing person by person would give away, what hides it, is it worth it."""

from datetime import date
from pathlib import Path
from typing import Any

from casescope.actions.data.reading import open_for_reading
from casescope.actions.gate.gate import commit
from casescope.actions.sharing._panel import Panel
from casescope.actions.work.steps import vault_of
from casescope.dataset.opening import opened
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.progress import Progress, Silent

_SILENT = Silent()


def risk(
    home: Path,
    *,
    seal_check: bool = False,
    recoding: str = "",
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> dict[str, Any]:
    """Return the panel; with `seal_check`, refuse unless the dataset so recoded reaches the floor.

    `recoding` names a proposal; without one the dataset is taken as fine as it could be shared.
    """
    permit = open_for_reading(home, Action.RISK, actor=actor, today=today, progress=progress)
    with opened(vault_of(permit), permit.layers["dataset"]) as connection:
        panel = Panel(connection, permit, progress)
        refusal = panel.checked(recoding) if seal_check else None
    said = panel.to_json() | ({"seal_check": "the floor is met"} if seal_check else {})
    commit(permit, detail={
        "women": len(panel.subjects), "floor": panel.floor, "proposals": len(panel.proposals),
        "person_level": panel.verdict.person_level, "recoding": recoding,
        "seal_check": ("refused" if refusal else "floor met") if seal_check else "",
    })  # fmt: skip
    if refusal is not None:
        raise refusal
    return said

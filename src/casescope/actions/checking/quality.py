"""What must be said of the extract before anyone believes a number."""

from datetime import date
from pathlib import Path
from typing import Any

from casescope.actions.checking._accuracy import accuracy_of
from casescope.actions.data.reading import open_for_reading
from casescope.actions.gate.gate import commit
from casescope.actions.work.steps import vault_of
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.quality.sections import sections
from casescope.kernel.progress import Progress, Silent

_SILENT = Silent()


def quality(
    home: Path, *, actor: Actor, today: date, progress: Progress = _SILENT
) -> dict[str, Any]:
    """Return the quality sections; ids in them are the case system's, for the council only."""
    permit = open_for_reading(home, Action.QUALITY, actor=actor, today=today, progress=progress)
    layers = [permit.layers[name]
              for name in ("extract", "people", "cohort", "quality", "reviewed")]  # fmt: skip
    threshold = permit.study.parameters.link_threshold
    with vault_of(permit).reading(layers) as connection:
        found = sections(connection)
        found["links_reviewed"] = accuracy_of(connection, link_threshold=threshold)
    commit(permit, detail={"signs": [one["sign"] for one in found["truncation_signs"]
                                     if one["seen"]]})  # fmt: skip
    return found

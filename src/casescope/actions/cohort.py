"""The cohort list, so that the council can check the study's accuracy; for nothing else."""

from datetime import date
from pathlib import Path
from typing import Any

from casescope.actions._gate import commit
from casescope.actions._reading import open_for_reading
from casescope.actions._work import vault_of
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.cohort.listing import NOTICE, listed
from casescope.kernel.errors import NotBuiltYet
from casescope.kernel.progress import Progress, Silent

_SILENT = Silent()


def _check_linkage(linkage: str) -> None:
    """Refuse a linkage that this version does not make."""
    if linkage != "strict":
        raise NotBuiltYet(
            f"The {linkage} linkage is not made yet.", "Use --linkage strict, which leads."
        )


def cohort(
    home: Path,
    *,
    reason: str,
    everyone: bool = False,
    linkage: str = "",
    removals: str = "broad",
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> dict[str, Any]:
    """Return the women in a tier (with `everyone`, also those removed from and in no tier)."""
    permit = open_for_reading(
        home, Action.COHORT, actor=actor, today=today, progress=progress, reason=reason
    )
    linkage = linkage or permit.study.linkage
    _check_linkage(linkage)
    layers = [permit.layers[name] for name in ("people", "removals", "cohort")]
    with vault_of(permit).reading(layers) as connection:
        women = listed(connection, linkage=linkage, removals=removals)
        flow = connection.execute(
            "SELECT name, women FROM cohort.flow WHERE linkage = $linkage "
            "AND removals = $removals ORDER BY step",
            {"linkage": linkage, "removals": removals},
        ).fetchall()
    shown = [woman for woman in women if everyone or woman["tier"]]
    commit(
        permit,
        detail={"linkage": linkage, "removals": removals, "all": everyone, "women": len(shown)},
    )
    return {
        "notice": NOTICE,
        "asked_by": actor.name,
        "asked_on": today.isoformat(),
        "reason": permit.reason,
        "reference_date": permit.study.reference_date.isoformat(),
        "linkage": linkage,
        "removals": removals,
        "women": shown,
        "flow": [{"step": name, "women": count} for name, count in flow],
    }

"""The cohort list, so that the council can check the study's accuracy; for nothing else."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from casescope.actions.data.reading import open_for_reading
from casescope.actions.gate.gate import Permit, commit
from casescope.actions.work.copies import file_copy
from casescope.actions.work.handed_out import new_file
from casescope.actions.work.steps import vault_of
from casescope.governance.link_decisions import check_names_nobody
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.cohort import handing
from casescope.identified.cohort.listing import NOTICE, listed
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed
from casescope.kernel.progress import Progress, Silent

LASTS_DAYS = 30
"""How long a list may be kept after it was asked for; never past the study's end."""

_SILENT = Silent()
_FORMS = {".csv": handing.as_csv, ".xlsx": handing.as_workbook}


def cohort(
    home: Path,
    *,
    reason: str,
    everyone: bool = False,
    linkage: str = "",
    removals: str = "broad",
    file: Path | None = None,
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> dict[str, Any]:
    """Return the women in a tier (with `everyone`, also those removed from and in no tier).

    With `file` the list is also written there, as CSV or a workbook by the name's ending, for the
    owner's eyes alone.
    """
    permit = open_for_reading(
        home, Action.COHORT, actor=actor, today=today, progress=progress, reason=reason
    )
    if file is not None:
        _check_file(file)
    found = _found(permit, linkage=linkage or permit.study.linkage, removals=removals)
    check_names_nobody(permit.reason, _ids(found["women"]))
    found["women"] = [woman for woman in found["women"] if everyone or woman["tier"]]
    detail: dict[str, Json] = {
        "linkage": found["linkage"], "removals": removals, "all": everyone,
        "women": len(found["women"]), "as": file.suffix.lower() if file else "",
    }  # fmt: skip
    if file is None:
        commit(permit, detail=detail)
        return found
    content = _FORMS[file.suffix.lower()](found)
    with new_file(permit, file) as stream:
        commit(permit, detail=detail | {"copies": [file_copy("cohort list", file, content)]})
        stream.write(content)
    return found


def _found(permit: Permit, *, linkage: str, removals: str) -> dict[str, Any]:
    layers = [permit.layers[name] for name in ("people", "removals", "cohort")]
    with vault_of(permit).reading(layers) as connection:
        women = listed(connection, linkage=linkage, removals=removals)
        flow = connection.execute(
            "SELECT name, women FROM cohort.flow WHERE linkage = $linkage "
            "AND removals = $removals ORDER BY step",
            {"linkage": linkage, "removals": removals},
        ).fetchall()
    return {
        "notice": NOTICE,
        "asked_by": permit.actor.name,
        "asked_on": permit.today.isoformat(),
        "expires_on": _expires(permit).isoformat(),
        "reason": permit.reason,
        "reference_date": permit.study.reference_date.isoformat(),
        "linkage": linkage,
        "removals": removals,
        "women": women,
        "flow": [{"step": name, "women": count} for name, count in flow],
    }


def _ids(women: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the case-system ids of women and their children: the ledger is to hold none."""
    for woman in women:
        yield from woman["person_ids"]
        yield from woman["children"]


def _expires(permit: Permit) -> date:
    lasts = permit.today + timedelta(days=LASTS_DAYS)
    return lasts if permit.ends_on is None else min(lasts, permit.ends_on)


def _check_file(file: Path) -> None:
    """Refuse a file that has another form, exists already, or whose folder does not."""
    if file.suffix.lower() not in _FORMS:
        raise NotAllowed("The list is written as CSV or as a workbook.",
                         "Let the file's name end in .csv or .xlsx.")  # fmt: skip
    if not file.parent.is_dir():
        raise NotAllowed("The folder for the list does not exist.", "Make it first.")
    if file.exists() or file.is_symlink():
        raise NotAllowed("The file for the list exists already; it is not written over.",
                         "Delete it, or give another name.")  # fmt: skip

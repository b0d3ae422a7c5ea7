"""Findings: as released by disclosure control, or exact for the council's analyst alone."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from casescope.actions.data.reading import open_for_reading
from casescope.actions.gate.gate import Permit, commit
from casescope.actions.work.steps import vault_of
from casescope.dataset.opening import opened
from casescope.disclosure import Released, release
from casescope.disclosure.pack import WORKING
from casescope.disclosure.public_figures import FILE as PUBLIC
from casescope.disclosure.public_figures import public_figures
from casescope.disclosure.told import told_before
from casescope.disclosure.whole import Before
from casescope.findings import compute, exact_json
from casescope.findings.finding import Findings
from casescope.governance.roles import Actor
from casescope.governance.small_counts import Leave
from casescope.governance.stages import Action
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register

_SILENT = Silent()


def computed(permit: Permit) -> tuple[Findings, dict[str, str]]:
    """Return all findings of the permitted study's dataset, and the dataset's facts by name."""
    with opened(vault_of(permit), permit.layers["dataset"]) as connection:
        findings = compute(
            connection,
            linkage=permit.study.linkage,
            parameters=permit.study.parameters,
            reference_date=permit.study.reference_date,
            authority=permit.study.authority,
        )
        about = dict(connection.execute("SELECT name, value FROM about").fetchall())
    return findings, about


def released(permit: Permit, findings: Findings, *, leave: Leave | None = None) -> Released:
    """Return the findings as the study's disclosure rules let them be seen.

    With the data protection officer's leave: with small counts, for staff who hold the records.
    """
    if leave:
        return release(findings, pack=WORKING)
    return release(findings, pack=permit.study.disclosure_rules, before=_before(permit))


def _before(permit: Permit) -> list[Before]:
    """Return every edition that was ever written or released, withdrawn ones too, each once.

    Public figures from elsewhere are added where the study's folder has a known.csv.
    """
    told = {one.digest: one for one in open_register().told(permit.study_id)}
    before = [
        told_before(f"the {one.edition} edition of {one.on.isoformat()}", json.loads(one.figures))
        for one in told.values()
    ]
    public = permit.home / PUBLIC
    return [*before, public_figures(public, permit.study.linkage)] if public.is_file() else before


def findings(
    home: Path, *, exact: bool = False, actor: Actor, today: date, progress: Progress = _SILENT
) -> dict[str, Any]:
    """Return released findings; with `exact` unrounded ones, which never go into a report."""
    permit = open_for_reading(home, Action.FINDINGS, actor=actor, today=today, progress=progress)
    found, _ = computed(permit)
    commit(permit, detail={"exact": exact, "tables": len(found.tables)})
    if exact:
        return {"notice": "Exact figures: not for any report.", **exact_json(found)}
    return released(permit, found).to_json()

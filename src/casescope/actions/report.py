"""Write the report: released figures, the study's facts, nothing else."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path

from casescope.actions._gate import Permit, commit
from casescope.actions._reading import open_for_reading
from casescope.actions.findings import computed, released
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register
from casescope.report import Edition, Face, StudyFacts, write
from casescope.report.prose import long_date

_SILENT = Silent()


def report(
    home: Path,
    *,
    actor: Actor,
    today: date,
    edition: str = "",
    faces: Sequence[str] = (),
    progress: Progress = _SILENT,
) -> list[Path]:
    """Write the report into HOME/report; return the paths, the web page and report.json first.

    Both editions and all faces, unless an edition or faces are named.
    """
    permit = open_for_reading(home, Action.REPORT, actor=actor, today=today, progress=progress)
    progress.start("report")
    found, about = computed(permit)
    figures = released(permit, found)
    folder = permit.home / "report"
    paths = write(
        folder, figures, _facts(permit, about),
        editions=[Edition(edition)] if edition else list(Edition),
        faces=[one for one in Face if not faces or one in map(Face, faces)],
    )  # fmt: skip
    commit(permit, detail={"files": [path.relative_to(folder).as_posix() for path in paths],
                           "rules": permit.study.disclosure_rules})  # fmt: skip
    progress.finish(f"{len(figures.tables)} tables")
    return paths


def _facts(permit: Permit, about: dict[str, str]) -> StudyFacts:
    study, approval = permit.study, permit.approval
    head = open_register().head(permit.study_id)
    return StudyFacts(
        name=study.name,
        authority=study.authority,
        partner=study.partner,
        reference_date=study.reference_date,
        purpose=study.purpose,
        lawful_basis=approval.lawful_basis if approval else study.lawful_basis,
        today=permit.today,
        made_at=datetime.now(UTC),
        parameters=study.parameters,
        extract_first=_day(about.get("extract_first_date")),
        extract_last=_day(about.get("extract_last_date")),
        objection_ends=approval.objection_until if approval else None,
        wide_inputs=about.get("wide_inputs") == "present",
        linkage=study.linkage,
        value=study.value,
        costs=study.costs,
        versions=tuple((name, metadata.version(name)) for name in ("casescope", "duckdb")),
        ledger_head=head.hash if head else "",
        references=(
            ("Data protection impact assessment", approval.dpia),
            ("Data sharing agreement", approval.agreement),
            ("Privacy notice", approval.notice),
            ("Approved", f"{long_date(approval.on)} by {approval.by}"),
        )
        if approval
        else (),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""Write the report: released figures, the study's facts, nothing else."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.data.reading import open_for_reading
from casescope.actions.gate.gate import Permit, commit, refused
from casescope.actions.report._look import look_of
from casescope.actions.report._told import made_from, telling
from casescope.actions.report.findings import computed, released
from casescope.actions.work.steps import writing
from casescope.governance.roles import Actor
from casescope.governance.small_counts import Leave, check_leave, leave_in_force
from casescope.governance.stages import Action
from casescope.kernel.counting import counted
from casescope.kernel.errors import Busy, NotAllowed
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register
from casescope.register.records import Told
from casescope.report import Edition, Face, StudyFacts, places, put, rendered
from casescope.report.prose import long_date

if TYPE_CHECKING:
    from casescope.register.store import Register

_SILENT = Silent()


_PATIENCE = 15
"""Seconds that a report which is made waits for another command that is just writing."""


def report(
    home: Path,
    *,
    actor: Actor,
    today: date,
    edition: str = "",
    faces: Sequence[str] = (),
    small_counts: bool = False,
    progress: Progress = _SILENT,
) -> list[Path]:
    """Write the report into HOME/report; return the paths, the web page and report.json first.

    Both editions and all faces, unless an edition or faces are named. With `small_counts` the
    working edition shows them, where the data protection officer has allowed it; the public edition
    follows the study's own rules whatever is asked. The register knows what is told before anybody
    can read it: no report can be out that a later one is not audited against.
    """
    permit = open_for_reading(home, Action.REPORT, actor=actor, today=today, progress=progress)
    leave = _leave(permit) if small_counts else None
    progress.start("report")
    found, about = computed(permit)
    figures = released(permit, found)
    folder = permit.home / "report"
    editions = [Edition(edition)] if edition else list(Edition)
    study = study_facts(permit, about, leave)
    wanted = [one for one in Face if not faces or one in map(Face, faces)]
    made = rendered(
        figures, study, editions, [one for one in Face if one in {*wanted, Face.JSON}],
        to_staff=released(permit, found, leave=leave) if leave else None,
    )  # fmt: skip
    said = telling(permit, made)  # from report.json, made for this even where it is not written
    made = {one: {face: made[one][face] for face in wanted} for one in editions}
    # nobody can be restricted, nor leave withdrawn, between the record and the files
    with writing(permit, _PATIENCE) as (now, _):
        _check_unchanged(permit, now)
        if leave is not None:
            _leave(now)  # it may have been withdrawn while this was made
        commit(
            permit,
            detail={"files": [path.relative_to(folder).as_posix() for path in places(folder, made)],
                    "rules": permit.study.disclosure_rules,
                    "small_counts": leave is not None},
            change=lambda register: _tell(register, said),
        )  # fmt: skip
        paths = put(folder, made)
    progress.finish(f"{counted(len(figures.tables), 'table')}")
    return paths


def _check_unchanged(then: Permit, now: Permit) -> None:
    """Refuse a report of data, or of a study, that another process has changed since."""
    if made_from(then) != made_from(now):
        raise Busy(
            "Data, restrictions or the study changed while this was being made; nothing was kept.",
            "Run the command again.",
        )


def _tell(register: "Register", said: list[Told]) -> None:
    for one in said:
        register.tell(one)


def _leave(permit: Permit) -> Leave:
    """Return the leave for small counts, or refuse, which the ledger keeps."""
    leave = leave_in_force(open_register().entries(permit.study_id), permit.approval)
    try:
        return check_leave(leave)
    except NotAllowed as refusal:
        raise refused(permit, refusal) from None


def study_facts(permit: Permit, about: dict[str, str], leave: Leave | None = None) -> StudyFacts:
    """Return what the report says of the study itself, as at this moment."""
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
        look=look_of(permit.home, study.report),
        small_counts=f"{leave.on.isoformat()} by {leave.by}: {leave.reason}" if leave else "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

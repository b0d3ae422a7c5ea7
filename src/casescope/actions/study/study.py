"""Begin a study, approve, extend, end it, and see how it stands."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.ending.closing import end_study
from casescope.actions.gate.gate import Permit, commit, open_gate
from casescope.actions.study import _standing
from casescope.actions.study._beginning import open_new
from casescope.governance import approval as approvals
from casescope.governance.approval import Extension
from casescope.governance.roles import Actor
from casescope.governance.small_counts import BOUND_TO
from casescope.governance.stages import Action
from casescope.governance.study_file.writing import new_study_file
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed, StudyFileRefused
from casescope.kernel.notices import tell
from casescope.kernel.progress import Progress, Silent
from casescope.kernel.text_file import read_text
from casescope.register import open_register

if TYPE_CHECKING:
    from casescope.actions.ending.certificate import Issued

_SILENT = Silent()


def create(home: Path, *, from_file: Path | None = None, actor: Actor, today: date) -> Permit:
    """Begin a study in `home` with a commented study.toml; what `from_file` states is kept."""
    given = read_text(from_file, StudyFileRefused) if from_file is not None else ""
    text = new_study_file(today, actor, given)
    return open_new(home, text, given=from_file is not None, actor=actor, today=today)


def approve(
    home: Path,
    *,
    dpia: str,
    agreement: str,
    notice: str = "",
    basis: str = "",
    notice_published: date | None = None,
    objection_days: int | None = None,
    actor: Actor,
    today: date,
) -> approvals.Approval:
    """Answer for the study as study.toml states it now; what it says of roles then counts."""
    permit = open_gate(home, Action.APPROVE, actor=actor, today=today)
    approval = approvals.approve(
        permit.study, dpia=dpia, agreement=agreement, notice=notice, basis=basis,
        published=notice_published, objection_days=objection_days, by=actor.name, on=today,
    )  # fmt: skip
    stated: dict[str, Json] = {
        "dpia": approval.dpia,
        "agreement": approval.agreement,
        "notice": approval.notice,
        "notice_published": approval.notice_published,
        "objection_until": approval.objection_until,
        "lawful_basis": approval.lawful_basis,
        "governed_digest": approval.governed_digest,
    }
    commit(
        permit,
        detail=stated,
        change=lambda register: register.add_approval(permit.study_id, approval),
    )
    for open_yet in _standing.not_stated(permit):
        tell(open_yet)
    return approval


def approve_working(home: Path, *, reason: str, actor: Actor, today: date) -> None:
    """Let the working edition show small counts, to staff who hold the records, until withdrawn.

    A new approval of the study with other lines ends it.
    """
    permit = open_gate(home, Action.APPROVE_WORKING, actor=actor, today=today, reason=reason)
    bound = permit.approval.governed_digest if permit.approval else ""
    commit(permit, detail={BOUND_TO: bound, "rules": "working"})


def withdraw_working(home: Path, *, reason: str, actor: Actor, today: date) -> None:
    """Withdraw that leave, and remove the report that may show small counts."""
    before = open_gate(home, Action.WITHDRAW_WORKING, actor=actor, today=today, reason=reason)
    from casescope.actions.work.steps import writing  # loads DuckDB, as little else here
    from casescope.report import remove  # loads templates and typesetters, as little else

    with writing(before) as (permit, _):  # so that no report is put there just now
        # before the record, so that no crash can leave a report that shows them without leave
        left = remove(permit.home / "report")
        commit(permit, detail={"rules": "working"})
    for path in left:
        tell(f"{path} still shows small counts and cannot be removed. Close it where it is open; "
             "delete it.")  # fmt: skip


def extend(
    home: Path, *, until: date, reason: str, notice: str, actor: Actor, today: date
) -> Extension:
    """Give the study a later last day, told to people in a reissued notice."""
    permit = open_gate(home, Action.EXTEND, actor=actor, today=today, reason=reason)
    if permit.ends_on is None:  # the stages allow extending only after a load, which sets the end
        raise NotAllowed("A study that has not begun has no end to move.")
    approvals.check_extension(
        until, notice, last_day=permit.ends_on, today=today,
        notices=_standing.notices_used(permit.study_id),
    )  # fmt: skip
    extension = Extension(until, permit.reason, notice.strip(), actor.name, today)
    commit(
        permit,
        detail={"from": permit.ends_on, "until": until, "notice": extension.notice},
        change=lambda register: register.add_extension(permit.study_id, extension),
    )
    return extension


def close(
    home: Path, *, attested: str = "", actor: Actor, today: date, progress: Progress = _SILENT
) -> "Issued":
    """End the study, destroy its keys and certify it; done again after a crash, it finishes.

    `attested` is what the actor states besides, in the certificate.
    """
    permit = open_gate(home, Action.CLOSE, actor=actor, today=today)
    return end_study(permit, progress, attested=attested)


def withdraw(
    home: Path,
    *,
    reason: str,
    attested: str = "",
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> "Issued":
    """Give the study up, else as `close`."""
    permit = open_gate(home, Action.WITHDRAW, actor=actor, today=today, reason=reason)
    return end_study(permit, progress, attested=attested)


def show(home: Path, *, actor: Actor, today: date) -> dict[str, Json]:
    """Return how the study stands: stage, dates, approval, roles, layers, what can be done now."""
    permit = open_gate(home, Action.SHOW, actor=actor, today=today)
    return _standing.standing(permit, open_register().study(permit.study_id))


def check(home: Path, *, actor: Actor, today: date) -> dict[str, Json]:
    """Return every problem of the study: its file, keys, ledger and layers; changes nothing."""
    permit = open_gate(home, Action.CHECK, actor=actor, today=today)
    problems = _standing.problems(permit)
    return {
        "study": permit.study_id,
        "sound": not problems,
        "problems": [
            {"sentence": one.sentence, "remedy": one.remedy, "exit_code": one.exit_code}
            for one in problems
        ],
        "caveats": [*permit.caveats, *_standing.not_stated(permit)],
    }

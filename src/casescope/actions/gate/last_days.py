"""A study near its end says so at every command; past it, it is locked and its ledger says so."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from casescope.actions.gate.head import is_head_sound, keep_head
from casescope.governance import holds, last_days
from casescope.governance.roles import Actor
from casescope.governance.stages import ENDED, Action, is_clock_sound
from casescope.kernel.canonical import Json
from casescope.kernel.notices import tell
from casescope.register.records import StudyRecord

if TYPE_CHECKING:
    from casescope.register.store import Register

LOCK = "lock"
"""How the ledger calls what nobody did: the study's last day passed."""


def keep_last_day(
    register: "Register",
    record: StudyRecord,
    action: Action,
    *,
    last_day: date | None,
    actor: Actor,
    today: date,
) -> None:
    """Tell of a last day that is near, and put the lock of one that is past in the ledger, once.

    Of a study that has ended: tell of holds that outlast their day.
    """
    if record.stage in ENDED:
        if late := holds.overdue(register.holds(record.study_id), today):
            tell(late)
        return
    if last_day is None:
        return
    notice = last_days.notice(last_day, today)
    if notice and action is not Action.SHOW:  # which shows it itself
        tell(notice)
    if today > last_day and record.started is not None:
        _lock(register, record.study_id, {"last_day": last_day.isoformat()}, actor, today)


def _lock(
    register: "Register", study_id: str, detail: dict[str, Json], actor: Actor, today: date
) -> None:
    with register.transaction():
        if (
            register.has_act(study_id, LOCK, detail)
            or not is_clock_sound(register.newest_day(study_id), today)
            or not is_head_sound(register, study_id)  # adding to a broken ledger would hide that
        ):
            return
        register.append(
            study_id, on=today, at=datetime.now(UTC), actor=actor.name, action=LOCK, detail=detail
        )
    keep_head(register, study_id)

"""The one gate: who you are, where the study stands, who is restricted, and an entry in the ledger.

A step writes its layer first; `commit` then makes it exist, in one transaction with the change of
stage and the ledger entry.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from casescope.actions.gate.head import check_head, is_head_sound, keep_head
from casescope.actions.gate.last_days import keep_last_day
from casescope.actions.gate.place import find_study, read_file, study_id_in, write_manifest
from casescope.actions.gate.where import check_places
from casescope.governance import approval as approvals
from casescope.governance import restrictions as restricting
from casescope.governance.approval import Approval
from casescope.governance.link_decisions import LinkDecision
from casescope.governance.restrictions import Restriction
from casescope.governance.roles import Actor, Roles, check_role
from casescope.governance.stages import (
    RULES,
    Action,
    FileNeed,
    Stage,
    check_clock,
    check_reason,
    check_stage,
    check_within,
    end_of,
    is_of_ending,
    stage_after,
)
from casescope.governance.study_file.study import Study
from casescope.kernel.canonical import Json
from casescope.kernel.errors import (
    BelowFloor,
    Busy,
    LeakFound,
    LeaseRefused,
    LedgerBroken,
    NotAllowed,
    PlaceRefused,
    SignatureRefused,
    StudyFileRefused,
    UserError,
)
from casescope.register import open_register
from casescope.register.records import LayerRow, StudyRecord

if TYPE_CHECKING:
    from casescope.register.store import Register
    from casescope.vault.layers import LayerRecord

_log = logging.getLogger(__name__)

RECORDED = (
    NotAllowed, SignatureRefused, BelowFloor, LeakFound, LeaseRefused, LedgerBroken, PlaceRefused
)  # fmt: skip
"""Refusals of something that somebody wanted done, not of how it was typed or of a disk."""

_UNQUOTED: dict[type[UserError], str] = {
    StudyFileRefused: "study.toml was refused",
    PlaceRefused: "a place where data would lie was refused",
}
"""Refusals that may quote the file, or a folder called after somebody: the ledger says less."""

_Refusal = TypeVar("_Refusal", bound=UserError)

Change: TypeAlias = Callable[["Register"], None]
"""Further rows to write in the transaction of a commit."""


@dataclass(frozen=True)
class Permit:
    """Leave to do one action to one study, and what that action may need to know.

    `study` is the study as it binds (approved lines, reference date and parameters of the file),
    `layers` those in force by name, `restrictions` and `decisions` on links those in force,
    `caveats` what a reader must be told, `ends_on` the last day (None before the first load).
    """

    study_id: str
    home: Path
    study: Study
    stage: Stage
    actor: Actor
    today: date
    layers: Mapping[str, "LayerRecord"]
    restrictions: tuple[Restriction, ...]
    action: Action
    reason: str = ""
    approval: Approval | None = None
    ends_on: date | None = None
    caveats: tuple[str, ...] = ()
    decisions: tuple[LinkDecision, ...] = ()


def open_gate(home: Path, action: Action, *, actor: Actor, today: date, reason: str = "") -> Permit:
    """Return leave to do `action`, or refuse; the refusal of a known study is in its ledger."""
    home = home.resolve()
    register = open_register()
    study_id = find_study(home)
    record = register.study(study_id)
    _log.debug("gate: %s on study %s, which is %s", action.name, study_id, record.stage.value)
    if RULES[action].recorded:
        check_head(register, study_id)
    keep_last_day(register, record, action, last_day=last_day_of(record), actor=actor, today=today)
    try:
        _check(register, record, home, action, actor=actor, today=today, reason=reason)
        permit = _permit(record, home, action, actor=actor, today=today, reason=reason)
        if RULES[action].until_end:  # what works on data; a study in the wrong place can be ended
            check_places(home, permit.study)
        return permit
    except (NotAllowed, StudyFileRefused, PlaceRefused) as refusal:
        _record_refusal(register, study_id, action, refusal, actor=actor, today=today)
        raise


def refused(permit: Permit, refusal: "_Refusal") -> "_Refusal":
    """Put the refusal of something that the gate let through in the ledger; return it to raise."""
    _record_refusal(open_register(), permit.study_id, permit.action, refusal,
                    actor=permit.actor, today=permit.today)  # fmt: skip
    return refusal


def open_all(action: Action) -> tuple[str, ...]:
    """Return the ids of every study, for an action that anyone may do at any stage."""
    if RULES[action].roles or not all(stage in RULES[action].moves for stage in Stage):
        raise NotAllowed(f"To {action.value} takes one study at a time.", "Name its folder.")
    return open_register().study_ids()


def commit(
    permit: Permit,
    *,
    detail: Mapping[str, Json],
    layers: Sequence["LayerRecord"] = (),
    drop: Sequence[str] = (),
    change: Change | None = None,
) -> None:
    """Record what was done: layers, stage, further rows and the ledger entry, all or none.

    Then the manifest and the kept ledger head are written; a crash before that is mended by the
    next commit. `detail` goes to the ledger: ids of things and counts, no personal data.
    """
    register = open_register()
    with register.transaction():
        check_head(register, permit.study_id)
        record = register.study(permit.study_id)
        after = _check_still(permit, record)
        for name in drop:
            register.drop(permit.study_id, name)
        for layer in layers:
            register.publish(permit.study_id, LayerRow(**vars(layer)))
        if change is not None:
            change(register)
        _change_stage(register, permit, record.stage, after)
        _append(register, permit, {
            "did": detail,
            "reason": permit.reason,
            "layers": {layer.name: layer.sha256 for layer in layers},
            "dropped": list(drop),
            "stage": "" if after is record.stage else after.value,
        })  # fmt: skip
    keep_head(register, permit.study_id)
    _write_manifest(register, permit)


@contextmanager
def refusals_recorded(permit: Permit) -> Iterator[None]:
    """Put what refuses the work of a permit in the ledger too, as the gate does with its own."""
    try:
        yield
    except RECORDED as refusal:
        refused(permit, refusal)
        raise


def ends_on(record: StudyRecord) -> date | None:
    """Return the last day of a study that has begun, None before the first load."""
    if record.started is None:
        return None
    stated = record.approval.study.end_date if record.approval else None
    extended = record.extensions[-1].until if record.extensions else None
    return end_of(record.started, stated, extended)


def last_day_of(record: StudyRecord) -> date | None:
    """Return the last day; before any load, the one that the approved study states."""
    stated = record.approval.study.end_date if record.approval else None
    return ends_on(record) or stated


def study_in_force(record: StudyRecord, now: Study | None) -> Study:
    """Return the study as it binds; `now` is the file, if it can be read."""
    if record.approval is None:
        return now or record.declared
    extension = record.extensions[-1] if record.extensions else None
    return approvals.in_force(record.approval, _still_newer(record, extension), now)


def _still_newer(
    record: StudyRecord, extension: approvals.Extension | None
) -> approvals.Extension | None:
    """Return the extension unless a later approval states its own notice."""
    newer = extension and record.approval and extension.on >= record.approval.on
    return extension if newer else None


def readable(home: Path) -> Study | None:
    """Return what study.toml states, None where it cannot be read."""
    try:
        return read_file(home)
    except StudyFileRefused:
        return None


def _check(
    register: "Register",
    record: StudyRecord,
    home: Path,
    action: Action,
    *,
    actor: Actor,
    today: date,
    reason: str,
) -> None:
    rule = RULES[action]
    if rule.recorded and not is_of_ending(action, record.stage):
        check_clock(register.newest_day(record.study_id), today)
    _check_place(register, record, home)
    check_role(actor, _roles(record, home), rule.roles, action.value)
    check_stage(action, record.stage, keys_left=record.keys_destroyed_on is None)
    last_day = last_day_of(record)
    if last_day is not None:
        check_within(action, last_day, today, begun=record.started is not None)
    check_reason(action, reason)


def _check_place(register: "Register", record: StudyRecord, home: Path) -> None:
    """Follow a folder that was moved; refuse a copy, whose layers nobody would keep track of."""
    if record.home == home:
        return
    if study_id_in(record.home) == record.study_id and not home.samefile(record.home):
        raise NotAllowed(
            f"This folder is a copy of the study in {record.home}.",
            "Work in that folder; delete the copy.",
        )
    register.move(record.study_id, home)


def _roles(record: StudyRecord, home: Path) -> Roles:
    """Return the roles in force: as approved; while nothing is approved, as the file says."""
    if record.approval is not None:
        return record.approval.study.roles
    return (readable(home) or record.declared).roles


def _study(record: StudyRecord, home: Path, action: Action) -> Study:
    need = RULES[action].file
    now = readable(home) if need is FileNeed.NOTHING else read_file(home)
    if need is FileNeed.READABLE and now is not None:
        return now
    if need is FileNeed.AS_APPROVED and record.approval is not None and now is not None:
        approvals.check_unchanged(record.approval, now)
    return study_in_force(record, now)


def _permit(
    record: StudyRecord, home: Path, action: Action, *, actor: Actor, today: date, reason: str
) -> Permit:
    study = _study(record, home, action)
    return Permit(
        study_id=record.study_id,
        home=home,
        study=study,
        stage=record.stage,
        actor=actor,
        today=today,
        layers=_layers(record),
        restrictions=restricting.in_force(record.restrictions),
        action=action,
        reason=reason.strip(),
        approval=record.approval,
        ends_on=ends_on(record),
        caveats=approvals.caveats(record.approval, study.reference_date, today),
        decisions=record.decisions,
    )


def _layers(record: StudyRecord) -> dict[str, "LayerRecord"]:
    if not record.layers:
        return {}
    from casescope.vault.layers import LayerRecord  # loads DuckDB, which most commands don't need

    return {
        name: LayerRecord(**{**vars(row), "tables": dict(row.tables)})
        for name, row in record.layers.items()
    }


def _check_still(permit: Permit, record: StudyRecord) -> Stage:
    """Return the stage after, or refuse what another process made void while this one worked."""
    after = stage_after(permit.action, record.stage, keys_left=record.keys_destroyed_on is None)
    now = restricting.in_force(record.restrictions)
    if RULES[permit.action].until_end and now != permit.restrictions:
        raise Busy(
            "A restriction was recorded or lifted while this was being done; nothing was kept.",
            "Run the command again.",
        )
    return after


def _change_stage(register: "Register", permit: Permit, before: Stage, after: Stage) -> None:
    if after is not before:
        register.change_stage(
            permit.study_id, before, after,
            by=permit.actor.name, on=permit.today, reason=permit.reason,
        )  # fmt: skip


def _append(register: "Register", permit: Permit, detail: Mapping[str, Json]) -> None:
    register.append(
        permit.study_id,
        on=permit.today,
        at=datetime.now(UTC),
        actor=permit.actor.name,
        action=permit.action.name.lower(),
        detail={name: value for name, value in detail.items() if value},
    )


def _record_refusal(
    register: "Register",
    study_id: str,
    action: Action,
    refusal: UserError,
    *,
    actor: Actor,
    today: date,
) -> None:
    """Put a refusal in the ledger, unless the ledger is broken: adding to it would hide that."""
    because = _UNQUOTED.get(type(refusal), refusal.sentence)
    with register.transaction():
        if not is_head_sound(register, study_id):
            return
        register.append(
            study_id,
            on=today,
            at=datetime.now(UTC),
            actor=actor.name,
            action=action.name.lower(),
            detail={"refused": because},
        )
    keep_head(register, study_id)


def _write_manifest(register: "Register", permit: Permit) -> None:
    record = register.study(permit.study_id)
    rows: list[Mapping[str, Json]] = [vars(row) for row in record.layers.values()]
    write_manifest(permit.home, permit.study_id, rows, register.head(permit.study_id))

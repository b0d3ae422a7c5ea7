"""How a study stands, and what is wrong with it, as plain values."""

from datetime import date

from casescope.actions.gate.gate import Permit, readable, study_in_force
from casescope.actions.gate.place import read_file
from casescope.actions.gate.verdict import verdict_on
from casescope.actions.gate.where import NOT_STATED, refused_places
from casescope.governance.approval import Approval, check_unchanged
from casescope.governance.last_days import notice
from casescope.governance.small_counts import leave_in_force
from casescope.governance.stages import ENDED, RULES, Action, is_possible, is_within
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LedgerBroken, UserError, VaultRefused
from casescope.register import open_register
from casescope.register.records import StudyRecord
from casescope.vault.keys import KeyRing


def notices_used(study_id: str) -> frozenset[str]:
    """Return every notice reference that the study was approved or extended with."""
    record = open_register().study(study_id)
    approved = {record.approval.notice} if record.approval else set()
    return frozenset(approved | {extension.notice for extension in record.extensions})


def standing(permit: Permit, record: StudyRecord) -> dict[str, Json]:
    """Return the study's state as JSON values; holds no personal data of women or children."""
    study = study_in_force(record, readable(permit.home))
    return {
        "study": record.study_id,
        "home": str(permit.home),
        "stage": record.stage.value,
        "created_on": record.created_on,
        "created_by": record.created_by,
        "started_on": record.started,
        "ends_on": permit.ends_on,
        "days_left": (permit.ends_on - permit.today).days if permit.ends_on else None,
        "possible_now": [*possible_now(permit, record)],
        "approval": _approval(record.approval),
        "extensions": [dict(vars(one)) for one in record.extensions],
        "small_counts": _small_counts(record),
        "keys": _keys(record),
        "layers": {
            name: {"wing": row.wing, "rows": dict(row.tables), "made_at": row.made_at}
            for name, row in record.layers.items()
        },
        "restrictions_in_force": len(permit.restrictions),
        "caveats": [] if permit.stage in ENDED else [*permit.caveats, *_last_days(permit)],
        "problems": [one.sentence for one in _file_problems(permit)],
        "in_force": {table: dict(lines) for table, lines in study.as_tables().items()},
    }


def possible_now(permit: Permit, record: StudyRecord) -> tuple[str, ...]:
    """Return the actions that stage and end date allow today, whoever asks."""
    keys_left = record.keys_destroyed_on is None
    last_day = permit.ends_on or date.max
    return tuple(
        action.name.lower()
        for action in RULES
        if action is not Action.CREATE
        and is_possible(action, record.stage, keys_left=keys_left)
        and is_within(action, last_day, permit.today, begun=record.started is not None)
    )


def problems(permit: Permit) -> list[UserError]:
    """Return everything that would stop the study, worst first."""
    verdict = verdict_on(permit.study_id)
    found: list[UserError] = [
        LedgerBroken(fault, "Tell the data protection officer.") for fault in verdict.faults
    ]
    return [
        *found,
        *_file_problems(permit),
        *refused_places(permit.home, permit.study),
        *_key_problems(permit),
        *_layer_problems(permit),
    ]


def not_stated(permit: Permit) -> list[str]:
    """Return what study.toml leaves open and a certificate will have to."""
    return [] if permit.study.storage.is_stated else [NOT_STATED]


def _last_days(permit: Permit) -> list[str]:
    if permit.ends_on is None or permit.stage in ENDED:
        return []
    told = notice(permit.ends_on, permit.today)
    return [told] if told else []


def _file_problems(permit: Permit) -> list[UserError]:
    if permit.stage in ENDED:
        return []
    try:
        now = read_file(permit.home)
        if permit.approval is not None:
            check_unchanged(permit.approval, now)
    except UserError as refusal:
        return [refusal]
    return []


def _key_problems(permit: Permit) -> list[UserError]:
    keys = KeyRing.default()
    if keys.has(permit.study_id):
        return []
    return [
        VaultRefused(
            f"The keys of this study are not in {keys.root}.",
            "Set CASESCOPE_KEYS to the folder that holds them; without them the data is gone.",
        )
    ]


def _layer_problems(permit: Permit) -> list[UserError]:
    if not permit.layers:
        return []
    from casescope.vault.layers import check_whole  # loads DuckDB; no layer, no need

    found: list[UserError] = []
    for layer in permit.layers.values():
        try:
            check_whole(permit.home / "vault" / layer.file, layer)
        except VaultRefused as refusal:
            found.append(refusal)
    return found


def _small_counts(record: StudyRecord) -> Json:
    """Return the leave to show small counts in the working edition, if one is in force."""
    leave = leave_in_force(open_register().entries(record.study_id), record.approval)
    return dict(vars(leave)) if leave else None


def _keys(record: StudyRecord) -> str:
    if record.keys_destroyed_on is not None:
        return f"destroyed on {record.keys_destroyed_on.isoformat()}"
    if record.stage in ENDED:
        return "still to be destroyed: repeat the command that ended the study"
    return "present" if KeyRing.default().has(record.study_id) else "missing"


def _approval(approval: Approval | None) -> Json:
    if approval is None:
        return None
    return {name: value for name, value in vars(approval).items() if name != "study"}

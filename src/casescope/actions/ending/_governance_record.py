"""The record of how a study was governed, which outlives it: staff and decisions, no study data."""

from collections.abc import Mapping

from casescope.actions.ending._evidence import detail_of
from casescope.actions.gate.gate import Permit
from casescope.exchange.form.message import as_file
from casescope.governance.record.ledger import Entry
from casescope.governance.stages import Action
from casescope.kernel.canonical import Json
from casescope.register import open_register
from casescope.register.records import RequestRow

_TOLD_WHOLE = frozenset(
    one.name.lower()
    for one in (
        Action.CREATE, Action.APPROVE, Action.EXTEND, Action.APPROVE_WORKING,
        Action.WITHDRAW_WORKING, Action.ASK_RELEASE, Action.TAKE_ANSWER, Action.PUBLISH,
        Action.VIEW_RELEASE, Action.DOWNLOAD_RELEASE, Action.WITHDRAW_RELEASE, Action.ADD_CARD,
        Action.SUSPEND_CARD, Action.GRANT_LEASE, Action.RECEIVE, Action.HOLD,
        Action.PROLONG_HOLD, Action.END_HOLD, Action.CLOSE, Action.WITHDRAW, Action.CERTIFY,
    )
)  # fmt: skip
"""Entries told with all they hold; of those that work on data, counts of rows are left out."""


def governance_record(permit: Permit) -> bytes:
    """Return the record as a file."""
    register = open_register()
    record, entries = register.study(permit.study_id), register.entries(permit.study_id)
    approval = record.approval
    told: dict[str, Json] = {
        "what": "The governance record of a study that has ended: who did what, when and why.",
        "study": permit.study_id,
        "stage": record.stage.value,
        "created": {"by": record.created_by, "on": record.created_on},
        "study_file": _tables(permit),
        "approval": None if approval is None else {
            name: value for name, value in vars(approval).items() if name != "study"
        },
        "extensions": [dict(vars(one)) for one in record.extensions],
        "restrictions": {
            "recorded": len(record.restrictions),
            "in_force_at_the_end": len(permit.restrictions),
        },
        "holds": [_hold(dict(vars(one))) for one in register.holds(permit.study_id)],
        "releases": [_release(one) for one in register.requests(permit.study_id)],
        "ledger": [_entry(one) for one in entries],
    }  # fmt: skip
    return as_file(_plain(told))


def _tables(permit: Permit) -> dict[str, Json]:
    return {name: dict(lines) for name, lines in permit.study.as_tables().items()}


def _hold(told: dict[str, Json]) -> dict[str, Json]:
    """Return a hold without anything of whom it is about."""
    left_out = ("subjects", "ground", "rows", "sha256")
    kept = {name: value for name, value in told.items() if name not in left_out}
    return {**kept, "ground": getattr(told["ground"], "value", "")}


def _release(one: RequestRow) -> dict[str, Json]:
    answers: list[Json] = [
        {"reviewer": answer.reviewer, "fingerprint": answer.fingerprint,
         "taken_on": answer.taken_on, "taken_by": answer.taken_by}
        for answer in one.answers
    ]  # fmt: skip
    names = ("release", "digest", "author", "on", "ended_on", "ended_as", "released_on",
             "released_by", "withdrawn_on", "withdrawn_by", "withdrawn_reason")  # fmt: skip
    return {**{name: getattr(one, name) for name in names}, "files": dict(one.files),
            "answers": answers}  # fmt: skip


def _entry(one: Entry) -> dict[str, Json]:
    told: dict[str, Json] = {
        "number": one.number, "on": one.on, "at": one.at, "actor": one.actor,
        "action": one.action, "hash": one.hash,
    }  # fmt: skip
    detail = detail_of(one)
    if one.action in _TOLD_WHOLE or "refused" in detail:
        return {**told, "detail": _without_copies(detail)}
    return {**told, "detail": {"reason": detail.get("reason", "")}}


def _without_copies(detail: Mapping[str, Json]) -> dict[str, Json]:
    """Return a detail without where copies lay: that stands in the certificate."""
    done = detail.get("did")
    if not isinstance(done, Mapping):
        return dict(detail)
    return {**detail, "did": {name: value for name, value in done.items() if name != "copies"}}


def _plain(told: Mapping[str, Json]) -> dict[str, Json]:
    import json

    from casescope.kernel.canonical import canonical_bytes

    plain: dict[str, Json] = json.loads(canonical_bytes(told))
    return plain

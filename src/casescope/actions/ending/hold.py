"""Hold a person's rows beyond the study's end, read what is held, and end a hold."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from casescope.actions.ending._holds import forget_hold
from casescope.actions.ending.certificate import renew_certificate
from casescope.actions.gate.gate import Permit, commit, open_gate
from casescope.actions.work.copies import file_copy
from casescope.actions.work.handed_out import new_file
from casescope.actions.work.person import check_words, id_from, known_records
from casescope.actions.work.steps import vault_of, writing
from casescope.governance.holds import (
    Ground,
    Hold,
    check_new,
    check_prolonged,
    check_readable,
    next_id,
)
from casescope.governance.roles import Actor
from casescope.governance.stages import ENDED, Action
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.register import open_register


def hold(
    home: Path, person: str, *, ground: Ground, until: date, reason: str, actor: Actor, today: date
) -> Hold:
    """Record that this person's rows outlive the study until a day.

    `person` is the case-system id of any of her records, her subject id, or a child's 903 id.
    """
    named = id_from(person)
    permit = open_gate(home, Action.HOLD, actor=actor, today=today, reason=reason)
    subjects = known_records(permit, vault_of(permit), named) if "people" in permit.layers else []
    if not subjects:
        raise NotFound(
            "No record in the extract as it was last run is of this person, so there is nothing "
            "to hold.",
            "Check the id; after loading, run the steps first: casescope run HOME.",
        )
    register = open_register()
    held, ids = register.holds(permit.study_id), tuple(one.value for one in subjects)
    check_new(ids, until, today, held)
    check_words(permit, vault_of(permit), ids, permit.reason, typed=named.value)
    new = Hold(
        next_id(held), ids, ground, until, permit.reason, by=permit.actor.name, on=permit.today
    )
    commit(
        permit,
        detail={"hold": new.hold_id, "ground": ground.value, "until": until},
        change=lambda register: register.add_hold(permit.study_id, new),
    )
    return new


def holds(home: Path, *, actor: Actor, today: date) -> list[dict[str, Json]]:
    """Return every hold of the study as JSON values, without anybody's id."""
    permit = open_gate(home, Action.SHOW, actor=actor, today=today)
    return [_as_json(one, permit) for one in open_register().holds(permit.study_id)]


def read_hold(
    home: Path, hold_id: str, file: Path, *, reason: str, actor: Actor, today: date
) -> dict[str, int]:
    """Write what a hold keeps of an ended study into a new JSON file; return rows by table."""
    permit = open_gate(home, Action.READ_HOLD, actor=actor, today=today, reason=reason)
    one = open_register().hold(permit.study_id, hold_id)
    check_readable(one, today)
    from casescope.identified.holding.reading import rows_held

    tables = rows_held(vault_of(permit), one.hold_id, one.sha256)
    content = json.dumps(tables, ensure_ascii=False, indent=1, default=str).encode() + b"\n"
    with new_file(permit, file) as stream:
        commit(permit, detail={"hold": hold_id, "copies": [file_copy("hold", file, content)]})
        stream.write(content)
    return {name: len(rows) for name, rows in tables.items()}


def end(home: Path, hold_id: str, *, reason: str, actor: Actor, today: date) -> Hold:
    """End a hold; what it kept is destroyed, and the study's certificate says so."""
    before = open_gate(home, Action.END_HOLD, actor=actor, today=today, reason=reason)
    with writing(before) as (permit, vault):  # so that no ending keeps its rows just now
        one = open_register().hold(permit.study_id, hold_id)
        if not one.is_open:
            raise NotAllowed(f"Hold {hold_id} was ended already, on {one.ended_on}.")
        check_words(permit, vault, one.subjects, permit.reason)
        forget_hold(vault, one)
        commit(
            permit,
            detail={"hold": hold_id, "ground": one.ground.value},
            change=lambda register: register.end_hold(
                permit.study_id, hold_id, on=today, by=actor.name, reason=permit.reason
            ),
        )
    if permit.stage in ENDED:
        renew_certificate(permit)
    return one


def prolong(
    home: Path, hold_id: str, *, until: date, reason: str, actor: Actor, today: date
) -> None:
    """Let a hold last until a later day, because what it is for is still open."""
    permit = open_gate(home, Action.PROLONG_HOLD, actor=actor, today=today, reason=reason)
    one = open_register().hold(permit.study_id, hold_id)
    check_prolonged(one, until, today, has_ended=permit.stage in ENDED)
    check_words(permit, vault_of(permit), one.subjects, permit.reason)
    commit(
        permit,
        detail={"hold": hold_id, "ground": one.ground.value, "from": one.until, "until": until},
        change=lambda register: register.prolong_hold(permit.study_id, hold_id, until=until),
    )
    if permit.stage in ENDED:
        renew_certificate(permit)


def _as_json(one: Hold, permit: Permit) -> dict[str, Json]:
    past = one.is_open and one.until < permit.today
    state = "ended" if not one.is_open else "past its day" if past else "in force"
    told: Mapping[str, Json] = {
        name: value for name, value in vars(one).items() if name not in ("subjects", "sha256")
    }
    return {**told, "ground": one.ground.value, "state": state}

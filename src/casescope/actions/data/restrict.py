"""Restriction: from the moment it is recorded, she is in no step, count, list or report."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.gate.gate import Permit, commit, open_gate
from casescope.actions.work.person import check_words, id_from, known_records
from casescope.actions.work.steps import vault_of, writing
from casescope.governance.restrictions import GROUNDS, Restriction, check_lifting, ground_from
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.ids import PersonId, SubjectId
from casescope.identified.people.identities import add_person
from casescope.identified.people.lookup import registered_as
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.kernel.notices import tell
from casescope.report import remove as remove_report
from casescope.vault.layers import LayerRecord, Vault, drafting

if TYPE_CHECKING:
    from casescope.register.store import Register


def restrict(home: Path, person: str, *, ground: str, actor: Actor, today: date) -> int:
    """Record a restriction for a person, in every record now known to be hers.

    `person` is the case-system id of any of her records, or her subject id. Returns how many
    known records it binds: 0 for a person whom no extract names yet, who is registered, so that
    the restriction bites as soon as one does.
    """
    named = id_from(person)
    before = open_gate(home, Action.RESTRICT, actor=actor, today=today)
    ground = ground_from(ground)
    with writing(before) as (permit, vault):
        subjects = known_records(permit, vault, named)
        known, layers = len(subjects), list[LayerRecord]()
        if not subjects:
            layers, subjects = _registered(permit, vault, named)
        held = {one.subject_id for one in permit.restrictions}
        new = [
            Restriction(subject.value, ground, on=today, by=actor.name)
            for subject in subjects
            if subject.value not in held
        ]
        if not new:
            raise NotAllowed("This person is already restricted.")
        if ground not in GROUNDS:
            check_words(permit, vault, [one.value for one in subjects], ground, typed=named.value)
        # before the record, so that no crash can leave a report that counts her; one that is open
        # in another program must not keep her from being restricted
        left = remove_report(permit.home / "report")
        commit(
            permit,
            detail={"records": len(new)},
            layers=layers,
            change=lambda register: _record(register, permit, new),
        )
    for path in left:
        tell(
            f"{path} still counts her and cannot be removed. Close it where it is open; delete it."
        )
    return min(known, len(new))


def lift(
    home: Path, person: str, *, reason: str, told: date | None, actor: Actor, today: date
) -> int:
    """Lift every restriction in force for the person, who was told before; return how many."""
    permit = open_gate(home, Action.LIFT, actor=actor, today=today, reason=reason)
    named, vault = id_from(person), vault_of(permit)
    subjects = {one.value for one in known_records(permit, vault, named)}
    held = [one for one in permit.restrictions if one.subject_id in subjects]
    if not held or told is None:
        _check_held(held, told, today)
        return 0
    for one in held:
        check_lifting(one, told_on=told, today=today)
    check_words(permit, vault, subjects, permit.reason, typed=named.value)
    commit(
        permit,
        detail={"records": len(held), "told": told},
        change=lambda register: _unrecord(register, permit, held, told),
    )
    return len(held)


def _record(register: "Register", permit: Permit, new: list[Restriction]) -> None:
    for one in new:
        register.restrict(permit.study_id, one)


def _unrecord(register: "Register", permit: Permit, held: list[Restriction], told: date) -> None:
    for one in held:
        register.lift(
            permit.study_id,
            one.subject_id,
            on=permit.today,
            by=permit.actor.name,
            reason=permit.reason,
            told_on=told,
        )


def _check_held(held: list[Restriction], told: date | None, today: date) -> None:
    if not held:
        raise NotFound("No restriction is in force for this person.", "Check the id.")
    check_lifting(held[0], told_on=told, today=today)


def _registered(
    permit: Permit, vault: Vault, person: PersonId
) -> tuple[list[LayerRecord], list[SubjectId]]:
    """Add a person to the id map; its step key stays, for nothing it was made from changed."""
    before = permit.layers.get("identities")
    with drafting(
        vault,
        name="identities",
        wing="identified",
        step_key=before.step_key if before else "",
        inputs={"previous": before} if before else {},
    ) as draft:
        add_person(draft.connection, person)
        subjects = registered_as(draft.connection, person, within="identity")
    return [draft.published()], subjects

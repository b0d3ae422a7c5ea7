"""Partners' cards: added by the fingerprint that was heard on the telephone, suspended, resumed."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.gate.gate import Permit, commit, open_gate, refusals_recorded
from casescope.actions.sharing.partners import partner_called, read_given
from casescope.exchange.messages.card import Card, read_card
from casescope.governance.record.signing import same_fingerprint
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed, SignatureRefused
from casescope.register import open_register
from casescope.register.exchange_records import PartnerRow

if TYPE_CHECKING:
    from casescope.register.store import Register


def add(home: Path, file: Path, *, fingerprint: str, actor: Actor, today: date) -> dict[str, Json]:
    """Add a partner's card; `fingerprint` is what its owner read out over the telephone."""
    permit = open_gate(home, Action.ADD_CARD, actor=actor, today=today)
    with refusals_recorded(permit):
        raw = read_given(file)
        card = read_card(raw, file.name)
        _check_heard(card, fingerprint, file.name)
        known = [row for row in open_register().partners(permit.study_id)
                 if row.fingerprint == card.fingerprint]  # fmt: skip
        row = known[0] if known else _row(permit, raw, card)
        _check_name(permit, row)
        commit(
            permit,
            detail={"partner": card.fingerprint, "known": bool(known)},
            change=None if known else lambda register: register.add_partner(permit.study_id, row),
        )
    return _told(row) | {"named_in_study": card.name == permit.study.partner,
                         "study_names": permit.study.partner}  # fmt: skip


def suspend(home: Path, name: str, *, reason: str, actor: Actor, today: date) -> dict[str, Json]:
    """Suspend a partner: nothing is sent to it and no lease given, until it is resumed."""
    permit = open_gate(home, Action.SUSPEND_CARD, actor=actor, today=today, reason=reason)
    with refusals_recorded(permit):
        row = partner_called(permit, name)
        commit(
            permit,
            detail={"partner": row.fingerprint, "suspended": True},
            change=lambda register: _suspend(register, permit, row),
        )
    return _told(partner_called(permit, row.fingerprint))


def resume(home: Path, name: str, *, reason: str, actor: Actor, today: date) -> dict[str, Json]:
    """End a partner's suspension."""
    permit = open_gate(home, Action.SUSPEND_CARD, actor=actor, today=today, reason=reason)
    with refusals_recorded(permit):
        row = partner_called(permit, name)
        _check_name(permit, row)
        commit(
            permit,
            detail={"partner": row.fingerprint, "resumed": True},
            change=lambda register: _resume(register, permit, row),
        )
    return _told(partner_called(permit, row.fingerprint))


def cards(home: Path, *, actor: Actor, today: date) -> list[dict[str, Json]]:
    """Return every partner whose card was added."""
    permit = open_gate(home, Action.EXCHANGE, actor=actor, today=today)
    return [_told(row) for row in open_register().partners(permit.study_id)]


def _check_heard(card: Card, typed: str, called: str) -> None:
    """Refuse a card of another key than the one that was read out; never says which it has."""
    if not same_fingerprint(typed, card.fingerprint):
        raise SignatureRefused(
            f"What was typed is not the fingerprint of {called}.",
            "Ask the partner, on a number you knew before, to read it out again; if it differs "
            "again, the card is not theirs.",
        )


def _check_name(permit: Permit, row: PartnerRow) -> None:
    """Refuse a second card of a name while the first counts: nobody could tell them apart."""
    others = [
        one
        for one in open_register().partners(permit.study_id)
        if one.name == row.name and one.suspended_on is None
    ]
    if any(one.fingerprint != row.fingerprint for one in others):
        raise NotAllowed(
            f"Another card of {row.name} counts in this study.",
            "Suspend that one first: casescope card suspend HOME FINGERPRINT --reason TEXT.",
        )


def _row(permit: Permit, raw: bytes, card: Card) -> PartnerRow:
    document: dict[str, Json] = json.loads(raw)
    return PartnerRow(card.fingerprint, card.name, document, permit.today, permit.actor.name)


def _suspend(register: "Register", permit: Permit, row: PartnerRow) -> None:
    register.suspend(permit.study_id, row.fingerprint, on=permit.today, by=permit.actor.name,
                     reason=permit.reason)  # fmt: skip


def _resume(register: "Register", permit: Permit, row: PartnerRow) -> None:
    register.resume(permit.study_id, row.fingerprint, on=permit.today, by=permit.actor.name,
                    reason=permit.reason)  # fmt: skip


def _told(row: PartnerRow) -> dict[str, Json]:
    return {
        "name": row.name,
        "fingerprint": row.fingerprint,
        "contact": _contact(row),
        "added_on": row.added_on,
        "added_by": row.added_by,
        "suspended_on": row.suspended_on,
        "suspended_reason": row.suspended_reason,
    }


def _contact(row: PartnerRow) -> str:
    statement = row.card.get("statement")
    return str(statement.get("contact", "")) if isinstance(statement, dict) else ""

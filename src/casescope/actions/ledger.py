"""Verify and show the ledger: who did what, when, and whether that can still be relied on."""

from datetime import date
from pathlib import Path

from casescope.actions._gate import open_all, open_gate
from casescope.actions._verdict import Verdict, verdict_on
from casescope.governance.ledger import Entry
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.register import open_register


def verify(home: Path, *, actor: Actor, today: date) -> Verdict:
    """Return whether one study's ledger still proves what was done."""
    permit = open_gate(home, Action.VERIFY_LEDGER, actor=actor, today=today)
    return verdict_on(permit.study_id)


def verify_all() -> tuple[Verdict, ...]:
    """Return the verdict on the ledger of every study in the register."""
    return tuple(verdict_on(study_id) for study_id in open_all(Action.VERIFY_LEDGER))


def show(home: Path, *, actor: Actor, today: date) -> tuple[Entry, ...]:
    """Return one study's ledger, oldest entry first."""
    permit = open_gate(home, Action.VERIFY_LEDGER, actor=actor, today=today)
    return open_register().entries(permit.study_id)

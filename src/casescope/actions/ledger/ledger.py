"""Verify, show and export the ledger: who did what, when, and whether that can be relied on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.gate.gate import open_all, open_gate
from casescope.actions.gate.head import keep_head
from casescope.actions.gate.verdict import Verdict, verdict_on
from casescope.actions.ledger.ledger_file import read_given
from casescope.governance.record.ledger import Entry
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel import durable
from casescope.kernel.errors import LedgerBroken, VaultRefused
from casescope.register import open_register

if TYPE_CHECKING:
    from casescope.governance.record.export import Seen
    from casescope.register.store import Register
OUTBOX = "outbox"
"""Where in the study folder lies what is for others."""

NAME = "ledger-{entries}.json"


@dataclass(frozen=True)
class Exported:
    """Where a ledger export lies, how many entries it tells of, and whose signature it has."""

    path: Path
    entries: int
    fingerprint: str


def verify(home: Path, *, actor: Actor, today: date, against: Path | None = None) -> Verdict:
    """Return whether one study's ledger still proves what was done.

    `against`: a file with an earlier checkpoint or export of it.
    """
    permit = open_gate(home, Action.VERIFY_LEDGER, actor=actor, today=today)
    earlier = (read_given(against), against.name) if against else None
    return verdict_on(permit.study_id, earlier)


def verify_all() -> tuple[Verdict, ...]:
    """Return the verdict on the ledger of every study in the register."""
    return tuple(verdict_on(study_id) for study_id in open_all(Action.VERIFY_LEDGER))


def show(home: Path, *, actor: Actor, today: date) -> tuple[Entry, ...]:
    """Return one study's ledger, oldest entry first."""
    permit = open_gate(home, Action.VERIFY_LEDGER, actor=actor, today=today)
    return open_register().entries(permit.study_id)


def export(
    home: Path, out: Path | None = None, *, details: bool = True, actor: Actor, today: date
) -> Exported:
    """Write one study's ledger as a signed file, at any stage; refuse to sign a broken one."""
    from casescope.actions.gate.study_key import study_key
    from casescope.governance.record.checkpoint import study_origin
    from casescope.governance.record.export import export_of

    permit = open_gate(home, Action.VERIFY_LEDGER, actor=actor, today=today)
    _check_sound(verdict_on(permit.study_id).faults)
    register, study_id = open_register(), permit.study_id
    entries = register.entries(study_id)
    key = study_key(register, study_id)
    keep_head(register, study_id)  # signed now, if the key was made just now
    content = export_of(
        entries, origin=study_origin(study_id), study=study_id, private=key.signing, on=today,
        seen=_seen(register, study_id), details=details,
    )  # fmt: skip
    path = out or permit.home / OUTBOX / NAME.format(entries=len(entries))
    _write(path, content)
    return Exported(path, len(entries), key.fingerprint)


def _seen(register: "Register", study_id: str) -> list["Seen"]:
    """Return the newest checkpoint of this ledger that each partner countersigned."""
    from casescope.actions.sharing.partners import card_of
    from casescope.governance.record.checkpoint import partner_origin
    from casescope.governance.record.export import Seen

    newest = {}
    for one in sorted(register.messages(study_id), key=lambda one: one.countersigned_size or 0):
        if one.countersigned_note:
            newest[one.partner] = one.countersigned_note
    return [
        Seen(partner_origin(row.fingerprint), card_of(row).key, newest[row.fingerprint])
        for row in register.partners(study_id)
        if row.fingerprint in newest
    ]


def _write(path: Path, content: bytes) -> None:
    try:
        durable.write(path, content)
    except OSError as error:
        raise VaultRefused(
            f"{path} cannot be written.", "Name a file in a folder of yours with --out."
        ) from error


def _check_sound(faults: Sequence[str]) -> None:
    """Refuse to put the study's signature under a ledger that proves nothing any more."""
    if faults:
        raise LedgerBroken(
            f"The ledger no longer proves what was done: {faults[0]}",
            "Run casescope ledger verify HOME and tell the data protection officer.",
        )

"""What closing a study would do, and the certificate once it is done."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from casescope.actions.ending.certificate import Issued, newest_version, renew_certificate
from casescope.actions.ending.closing import exchange_keys
from casescope.actions.gate.gate import Permit, open_gate
from casescope.actions.gate.where import archive_root
from casescope.actions.work.copies import WHAT, State, known_copies, look_for
from casescope.exchange.messages.receipt import RECEIPT
from casescope.governance.holds import in_force
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register
from casescope.vault.keys import KeyRing

_SILENT = Silent()
_WAITS = 24
"""Hours in which a session that asked may still be waiting for its lease."""


def plan(home: Path, *, actor: Actor, today: date, progress: Progress = _SILENT) -> dict[str, Json]:
    """Return what ending the study today would destroy, keep and leave; changes nothing."""
    permit = open_gate(home, Action.SHOW, actor=actor, today=today)
    register = open_register()
    holds = register.holds(permit.study_id)
    kept = {one.hold_id for one in in_force(holds, today)}
    progress.start("looking for copies")
    copies = copies_known(permit)
    progress.finish(f"{len(copies)} known")
    return {
        "study": permit.study_id,
        "layers": {name: dict(one.tables) for name, one in permit.layers.items()},
        "exchange_keys": len(exchange_keys(KeyRing.default(), permit.study_id)),
        "holds": [
            {"hold": one.hold_id, "ground": one.ground.words, "until": one.until, "by": one.by,
             "keeps": one.hold_id in kept}
            for one in holds if one.is_open
        ],
        "copies": copies,
        "without_receipt": without_receipt(permit),
        "may_still_run": _may_still_run(permit),
        "open_releases": [one.release for one in register.requests(permit.study_id) if one.is_open],
        "archive": str(archive_root() / permit.study_id),
    }  # fmt: skip


def certificate(home: Path, *, attested: str = "", actor: Actor, today: date) -> Issued:
    """Return the newest certificate of an ended study, made anew where something has changed.

    `attested` is what the actor states besides, in a new version.
    """
    permit = open_gate(home, Action.CERTIFY, actor=actor, today=today)
    made = renew_certificate(permit, attested=attested)
    if made is None:
        raise NotAllowed(
            "The study’s keys are not known to be destroyed, so nothing can be certified.",
            "Repeat the command that ended it: casescope study close HOME.",
        )
    return made if made.is_new else newest_version(permit.study_id)


def copies_known(permit: Permit) -> list[Json]:
    """Return the council's own copies that the ledger knows of, looked for where they were."""
    found: list[Json] = []
    for one in map(look_for, known_copies(open_register().entries(permit.study_id))):
        found.append({
            "what": WHAT.get(one.copy.what, one.copy.what), "path": str(one.copy.path),
            "files": one.copy.files, "left": one.left, "state": one.state.value,
            "is_gone": one.state is State.GONE,
        })  # fmt: skip
    return found


def _may_still_run(permit: Permit) -> list[Json]:
    """Return the leases that a session may still hold: none can be called back."""
    register = open_register()
    names = {one.fingerprint: one.name for one in register.partners(permit.study_id)}
    waits = set(without_receipt(permit))
    return [
        {"partner": names[one.partner], "hours": one.hours, "granted_on": one.granted_on}
        for one in register.leases(permit.study_id)
        if names[one.partner] in waits
        and one.granted_on + timedelta(hours=one.hours + _WAITS) >= permit.today
    ]


def without_receipt(permit: Permit) -> Sequence[str]:
    """Return the partners who got something and whose receipt has not come."""
    register = open_register()
    sent = {one.partner for one in register.packages(permit.study_id)}
    receipts = {one.partner for one in register.messages(permit.study_id) if one.kind == RECEIPT}
    return [one.name for one in register.partners(permit.study_id)
            if one.fingerprint in sent - receipts]  # fmt: skip

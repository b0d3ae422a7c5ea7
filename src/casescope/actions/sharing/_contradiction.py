"""Messages that deny what their sender showed before: kept as they were signed, as proof of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from casescope.actions.gate.gate import Permit, commit
from casescope.governance.stages import ENDED
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LedgerBroken, LedgerUnshown
from casescope.register.exchange_records import CONTRADICTS, MessageRow

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from casescope.register.store import Register

_SUSPENDED = "a message of theirs denies what their ledger, or ours, had shown before"


@contextmanager
def contradictions_kept(
    permit: Permit, partner: str, *, kind: str, digest: str, document: Mapping[str, Json]
) -> Iterator[None]:
    """Keep the message that the block looks at if it denies the past; the refusal goes on.

    One that only fails to show the past is not kept: the sender's next may show it.
    """
    try:
        yield
    except LedgerUnshown:
        raise
    except LedgerBroken as broken:
        _keep(permit, partner, kind, digest, document, broken)
        raise


def _keep(
    permit: Permit,
    partner: str,
    kind: str,
    digest: str,
    document: Mapping[str, Json],
    broken: LedgerBroken,
) -> None:
    from casescope.register import open_register

    if any(one.digest == digest for one in open_register().messages(permit.study_id, partner)):
        return
    row = MessageRow(
        partner, incoming=True, kind=CONTRADICTS, digest=digest, on=permit.today,
        by=permit.actor.name, document=document,
    )  # fmt: skip
    commit(
        permit,
        detail={"kind": kind, "partner": partner, "message": digest,
                "contradicts": broken.sentence, "suspended": True},
        change=lambda register: _record(register, permit, row),
    )  # fmt: skip
    if permit.stage in ENDED:
        from casescope.actions.ending.certificate import renew_certificate  # loads the typesetter

        renew_certificate(permit)


def _record(register: "Register", permit: Permit, row: MessageRow) -> None:
    """Keep the message, and suspend its sender: no lease before somebody has looked into it."""
    register.keep_message(permit.study_id, row)
    (partner,) = [one for one in register.partners(permit.study_id)
                  if one.fingerprint == row.partner]  # fmt: skip
    if partner.suspended_on is None and permit.stage not in ENDED:
        register.suspend(permit.study_id, row.partner, on=permit.today, by=permit.actor.name,
                         reason=_SUSPENDED)  # fmt: skip

"""Messages that deny what their sender showed before: kept as they were signed, as proof of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from casescope.actions._gate import Permit, commit
from casescope.governance.stages import ENDED
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LedgerBroken, LedgerUnshown
from casescope.register.exchange_records import CONTRADICTS, MessageRow


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
                "contradicts": broken.sentence},
        change=lambda register: register.keep_message(permit.study_id, row),
    )  # fmt: skip
    if permit.stage in ENDED:
        from casescope.actions._certificate import renew_certificate  # loads the typesetter

        renew_certificate(permit)

"""A partner's answer to a new version: it was taken in, and what became of the old one."""

from dataclasses import dataclass
from datetime import datetime

from casescope.exchange.form.message import check_sender, without_ledger
from casescope.exchange.form.shape import Fingerprint, RandomId, Sha256, shaped
from casescope.exchange.messages.receipt import Destroyed
from casescope.governance.record.signing import Signed

ACKNOWLEDGEMENT = "acknowledgement"


@dataclass(frozen=True)
class Acknowledgement:
    """What a partner says of a version it took in.

    `manifest` is the SHA-256 of the new package's manifest, `replaces` the id of the old package
    (empty where there was none), `destroyed` what of the old one was destroyed, how and when.
    """

    acknowledgement: RandomId
    study: str
    partner: Fingerprint
    package: RandomId
    version: int
    manifest: Sha256
    replaces: RandomId | None
    taken_in_at: datetime
    destroyed: tuple[Destroyed, ...]
    casescope: str


def acknowledgement_of(signed: Signed, called: str) -> Acknowledgement:
    """Return what a signed message acknowledges."""
    said = shaped(Acknowledgement, without_ledger(signed), called)
    check_sender(signed, said.partner, called)
    return said

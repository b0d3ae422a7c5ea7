"""A partner's receipt: what it held, used and destroyed, what it looked for, what it cannot know.

It is a statement by the partner, not a proof: the council's half of every key makes what may be
left of the files useless, and nothing but people's word covers what was taken out of them.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from casescope.exchange.form.message import check_sender, without_ledger
from casescope.exchange.form.shape import Fingerprint, Lines, RandomId, Sha256, shaped
from casescope.governance.record.signing import Signed
from casescope.kernel.errors import SignatureRefused

RECEIPT = "receipt"

OVERWRITTEN = "overwritten and removed"
"""How a workspace destroys."""

CANNOT_KNOW = (
    "Whether a backup, a snapshot or a synchronised folder holds a copy of the package, of the "
    "partner’s keys or of the workspace. Without the council’s keys such a copy opens nothing.",
    "Whether anybody kept results, screenshots, photographs or notes outside the workspace.",
    "Whether the disk kept blocks that were overwritten (wear levelling, snapshots).",
    "Whether memory was copied while a session ran: a swap file, a hibernated or suspended "
    "machine, a crash dump.",
    "Whether the software that made this statement was altered.",
)
"""What no receipt can say, in words for whoever reads it."""


@dataclass(frozen=True)
class Held:
    """A package that the partner had: its id and version, and the hashes it is known by."""

    package: RandomId
    version: int
    manifest: Sha256
    data: Sha256
    share: Sha256


@dataclass(frozen=True)
class Destroyed:
    """One thing that was destroyed: what it was, in what way, and when."""

    what: str
    how: str
    at: datetime


@dataclass(frozen=True)
class Used:
    """One session: its lease and package, and from when to when (empty: it never ended tidily)."""

    lease: RandomId
    package: RandomId
    opened_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Stray:
    """A copy that was found outside the workspace: where, by what, and what became of it."""

    path: str
    by: Annotated[str, re.compile("hash|canary")]
    outcome: str


@dataclass(frozen=True)
class Search:
    """Where copies were looked for: folders, how many files, how many could not be read."""

    folders: tuple[str, ...]
    files: int
    unread: int
    canaries: int
    found: tuple[Stray, ...]
    at: datetime


@dataclass(frozen=True)
class Receipt:
    """All that a partner states at the end.

    `confirmed` says whether somebody typed in the authority's fingerprint as read over the
    telephone, and when. `ledger_sha256` is the hash of the partner's ledger export, which is in
    `ledger_export` or, where that is empty, beside the receipt.
    """

    receipt: RandomId
    study: str
    partner: Fingerprint
    authority: Fingerprint
    packages: tuple[Held, ...]
    destroyed: tuple[Destroyed, ...]
    sessions: tuple[Used, ...]
    searched: tuple[Search, ...]
    confirmed: datetime | None
    cannot_know: tuple[str, ...]
    ledger_export: Lines
    ledger_sha256: Sha256
    finished_at: datetime
    casescope: str


def receipt_of(signed: Signed, called: str) -> Receipt:
    """Return the receipt that a signed message is; refuses a ledger that its hash denies."""
    receipt = shaped(Receipt, without_ledger(signed), called)
    check_sender(signed, receipt.partner, called)
    if receipt.ledger_export and sha256(receipt.ledger_export) != receipt.ledger_sha256:
        raise SignatureRefused(
            f"{called} holds another ledger than it names.", "Ask the partner for a new receipt."
        )
    return receipt


def sha256(text: str) -> str:
    """Return the SHA-256 of text as UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()

"""The certificate of ending: what it holds, signed by the study's key, to be checked for ever.

All that its proofs need is inside: keys, checkpoints, proofs, the partners' signed receipts. So a
reader needs no casescope of the council's, no network and no trust in what the words say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from casescope.exchange.form.shape import Fingerprint, Lines, RandomId, Sha256

CERTIFICATE = "certificate of ending"
PDF, RECORD = "certificate.pdf", "governance-record.json"
"""The files beside a certificate that it vouches for by their hashes."""


@dataclass(frozen=True)
class Ending:
    """How the study ended, when, who ended it, and which entry of the ledger says so."""

    how: Annotated[str, re.compile("closed|withdrawn")]
    on: date
    at: datetime
    by: str
    entry: int


@dataclass(frozen=True)
class Countersigned:
    """A checkpoint of the council's ledger with a partner's signature beneath."""

    partner: Fingerprint
    note: Lines


@dataclass(frozen=True)
class OwnLedger:
    """The council's ledger: its checkpoint, the hash of every entry, and the last entries whole.

    `ending` holds the entry that ended the study and all after it, one JSON line each; `faults`
    what the council itself found wrong with its ledger.
    """

    note: Lines
    hashes: tuple[Sha256, ...]
    ending: Lines
    countersigned: tuple[Countersigned, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """A package that was sent to a partner."""

    package: RandomId
    version: int
    sent_on: date
    acknowledged_on: date | None


@dataclass(frozen=True)
class Granted:
    """A lease that was granted to a partner."""

    lease: RandomId
    granted_at: datetime


@dataclass(frozen=True)
class KeptNote:
    """A checkpoint of a partner's ledger, as the council kept it, with the proofs that came."""

    size: int
    root: str
    note: Lines
    proofs: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Partner:
    """A partner: its signed card, what it got, its ledger as far as it showed it, its receipt.

    `receipt` is the receipt's whole file, empty while none has come; `contradicts` the files of
    messages that denied what the partner had shown before.
    """

    name: str
    card: Lines
    sent: tuple[Sent, ...]
    leases: tuple[Granted, ...]
    kept: tuple[KeptNote, ...]
    receipt: Lines
    contradicts: tuple[Lines, ...]


@dataclass(frozen=True)
class Attestation:
    """What a person at the council states, in their own words."""

    by: str
    on: date
    text: str


@dataclass(frozen=True)
class CopySeen:
    """A copy outside the vault that the ledger knows of, and what was found where it was.

    `left` is how many of its files are there as they were.
    """

    what: str
    path: str
    made_on: date
    made_by: str
    files: int
    bytes: int
    sha256: Sha256
    state: str
    left: int


@dataclass(frozen=True)
class HeldRows:
    """A hold: on which ground, by whom, until when, and whether it keeps anything now."""

    hold: str
    ground: str
    by: str
    on: date
    until: date
    state: Annotated[str, re.compile("kept|ended|past its day")]
    keeps: bool
    ended_on: date | None


@dataclass(frozen=True)
class Shown:
    """How often personal data was shown on a screen, where nobody can tell who copied it."""

    cohort_lists: int
    exact_findings: int
    pairs: int


@dataclass(frozen=True)
class Certificate:
    """All that is known of a study's ending when this version was made.

    `replaces` is the digest of the version before, empty for the first; `destroyed` what casescope
    destroyed at the council; `first` the three sentences of the first page; `consistent` whether
    nothing contradicts anything; `files` the hashes of what lies beside, by name.
    """

    version: int
    replaces: str
    study: str
    name: str
    authority: str
    ending: Ending
    destroyed: tuple[str, ...]
    ledger: OwnLedger
    partners: tuple[Partner, ...]
    attested: tuple[Attestation, ...]
    copies: tuple[CopySeen, ...]
    holds: tuple[HeldRows, ...]
    shown: Shown
    remains: tuple[str, ...]
    consistent: bool
    first: tuple[str, ...]
    files: Mapping[str, Sha256]
    made_at: datetime
    made_by: str
    casescope: str

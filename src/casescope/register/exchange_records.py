"""What the register hands out about the exchange: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casescope.kernel.canonical import Json

CONTRADICTS = "contradiction"
"""The kind of a message that denies what its sender showed before."""


@dataclass(frozen=True)
class PartnerRow:
    """One partner; `suspended_on` and why, while it is suspended."""

    fingerprint: str
    name: str
    card: Mapping[str, Json]
    added_on: date
    added_by: str
    suspended_on: date | None = None
    suspended_reason: str = ""


@dataclass(frozen=True)
class PackageRow:
    """One package that was sent; `partner` is the fingerprint of its card."""

    partner: str
    package: str
    version: int
    replaces: str
    document: Mapping[str, Json]
    file: str
    sha256: str
    size: int
    made_from: str
    sent_on: date
    sent_by: str
    superseded_on: date | None = None
    acknowledged_on: date | None = None


@dataclass(frozen=True)
class LeaseRow:
    """One lease that was granted; `request` is the digest of what asked for it."""

    partner: str
    package: str
    lease: str
    request: str
    session: str
    document: str
    file: str
    mode: str
    granted_on: date
    granted_at: str
    granted_by: str
    hours: int
    last_day: date


@dataclass(frozen=True)
class MessageRow:
    """One message to a partner or from it, with what it proved of either ledger."""

    partner: str
    incoming: bool
    kind: str
    digest: str
    on: date
    by: str
    about: str = ""
    document: Mapping[str, Json] = field(default_factory=dict)
    sent_size: int | None = None
    kept: Mapping[str, Json] | None = None
    countersigned_size: int | None = None
    countersigned_note: str = ""

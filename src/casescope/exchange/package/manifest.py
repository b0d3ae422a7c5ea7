"""What a package says of itself, in the clear and signed, so that it can be read before any key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from casescope.exchange.form.shape import (
    FileName,
    Fingerprint,
    PublicKey,
    RandomId,
    Recipient,
    Sha256,
    as_json,
    shaped,
)
from casescope.exchange.messages.lease import Terms
from casescope.governance.record.growth import Growth, growth_from
from casescope.governance.record.signing import fingerprint
from casescope.kernel.canonical import Json
from casescope.kernel.errors import SignatureRefused

SHARED_DATASET = "shared dataset"
FINDINGS = "partner findings"
FORMAT = 1

MOST_CANARIES = 64

UNDERTAKING = (
    "Whoever opens this package undertakes not to try to find out who anybody in it is. To "
    "re-identify de-identified personal data knowingly or recklessly, without the consent of the "
    "controller responsible for de-identifying it, is an offence (Data Protection Act 2018, "
    "section 171)."
)


@dataclass(frozen=True)
class ColumnTold:
    """A column and what it means."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class TableTold:
    """A table in the package: rows, columns, meanings."""

    name: str
    meaning: str
    rows: int
    columns: tuple[ColumnTold, ...]


@dataclass(frozen=True)
class Disclosure:
    """What sharing these rows gives away: smallest class, least answers, farthest spread, uniques.

    `left_out` is how many women at most are left out, in whole tens: a manifest is in the clear,
    and an exact number could be one woman. `rules` is the rule pack of the partner's own results,
    `linkage` who is taken for one woman, `recoding` the step of each quasi-identifier.
    """

    k: int
    l: int  # noqa: E741 — the name of the measure
    t: float
    uniques: int
    women: int
    left_out: int
    rules: str
    linkage: str
    recoding: Mapping[str, str]


def at_most(women: int) -> int:
    """Return the next ten that so many women do not exceed; none stays none."""
    return -(-women // 10) * 10


@dataclass(frozen=True)
class Bytes:
    """The hash and length by which a file is known."""

    sha256: Sha256
    bytes: int


UNSEALED = Bytes("0" * 64, 0)
"""Stands for a hash that is not known before sealing."""


@dataclass(frozen=True)
class Manifest:
    """All that a package says of itself.

    `partner` is the fingerprint of the partner's card, `signed_by` the key that signs (the
    authority's for a shared dataset, the partner's for its findings), `reply_to` the recipient
    to whom the partner's findings are sealed. `files` are those inside data.age; `data` and
    `share` the sealed files (no share in findings). `canaries` are SHA-256 of tokens that occur in
    rows, by which stray copies are told. `ledger` is the sender's `Growth` as JSON.
    """

    package: RandomId
    kind: Annotated[str, re.compile("shared dataset|partner findings")]
    study: str
    version: int
    replaces: RandomId | None
    name: str
    authority: str
    partner: Fingerprint
    purpose: str
    lawful_basis: str
    agreement: str
    made_on: date
    ends_on: date
    tables: tuple[TableTold, ...]
    disclosure: Disclosure | None
    authority_key: PublicKey
    reply_to: Recipient
    lease: Terms | None
    canaries: tuple[Sha256, ...]
    ledger: Mapping[str, object]
    casescope: str
    undertaking: str = UNDERTAKING
    format: int = FORMAT
    signed_by: PublicKey = ""
    files: Mapping[FileName, Bytes] = field(default_factory=dict)
    data: Bytes = UNSEALED
    share: Bytes | None = None

    @property
    def growth(self) -> Growth:
        """Return the sender's ledger; the receiver checks it."""
        return growth_from(self.ledger, "The ledger in the manifest")

    def as_json(self) -> dict[str, Json]:
        """Return JSON values that `manifest_from` takes back."""
        return as_json(self)


def manifest_from(raw: object, called: str) -> Manifest:
    """Return the manifest that parsed JSON makes, or refuse one that cannot be."""
    manifest = shaped(Manifest, raw, called)
    if not _agrees(manifest):
        raise SignatureRefused(f"{called} contradicts itself.", "Ask the sender for a new package.")
    return manifest


def _agrees(told: Manifest) -> bool:
    """Say whether the parts that a kind of package must have go together."""
    if told.format != FORMAT or len(told.canaries) > MOST_CANARIES or not told.files:
        return False
    if told.kind == FINDINGS:
        return (
            fingerprint(told.signed_by) == told.partner
            and (told.share, told.lease) == (None, None)
        )  # fmt: skip
    return told.signed_by == told.authority_key and None not in (
        told.share, told.lease, told.disclosure,
    )  # fmt: skip

"""A council and a partner with fixed keys, and one file of each kind that they exchange."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.age import age
from casescope.exchange.form.message import message, read_message
from casescope.exchange.form.shape import as_json
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT, Acknowledgement
from casescope.exchange.messages.card import make_card, read_card
from casescope.exchange.messages.lease import (
    LEASE,
    REQUEST,
    LeaseKeys,
    Standing,
    Terms,
    new_lease,
    new_request,
)
from casescope.exchange.messages.receipt import (
    CANNOT_KNOW,
    RECEIPT,
    Destroyed,
    Held,
    Receipt,
    Search,
    Stray,
    Used,
    sha256,
)
from casescope.exchange.package import package
from casescope.exchange.package.manifest import (
    FINDINGS,
    SHARED_DATASET,
    ColumnTold,
    Disclosure,
    Manifest,
    TableTold,
)
from casescope.governance.record.growth import Growth, grown
from casescope.governance.record.merkle import leaf_hash
from casescope.governance.record.signing import encoded, fingerprint

NOW = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
LAST_DAY = date(2027, 2, 1)
STUDY = "study-6f2c"
COUNCIL = Ed25519PrivateKey.from_private_bytes(b"c" * 32)
PARTNER = Ed25519PrivateKey.from_private_bytes(b"p" * 32)
COUNCIL_KEY = encoded(COUNCIL.public_key().public_bytes_raw())
PARTNER_KEY = encoded(PARTNER.public_key().public_bytes_raw())
PARTNER_NAME = fingerprint(PARTNER_KEY)
OURS, THEIRS, REPLIES, SESSION = (age.new_identity() for _ in range(4))
"""The authority identity of a package, the partner's, that for replies, a session's."""

TERMS = Terms("session", 24)
FILES = {"shared_about.parquet": b"about" * 40, "shared_woman.parquet": bytes(range(256)) * 3}


def growth(private: Ed25519PrivateKey = COUNCIL) -> Growth:
    council = private is COUNCIL
    origin = f"casescope.study/{STUDY}" if council else f"casescope.partner/{PARTNER_NAME}"
    return grown([leaf_hash(b"one"), leaf_hash(b"two")], origin=origin, private=private, sent=[1])


def manifest(**changed: object) -> Manifest:
    """A manifest as the council has it before sealing."""
    woman = TableTold("shared_woman", "one woman", 9, (ColumnTold("age", "VARCHAR", "her age"),))
    made = Manifest(
        package="0123456789abcdef" * 2, kind=SHARED_DATASET, study=STUDY, version=1, replaces=None,
        name="Repeat removals", authority="Pretendshire", partner=PARTNER_NAME,
        purpose="Scoping", lawful_basis="UK GDPR 6(1)(e)", agreement="DSA-1",
        made_on=date(2026, 11, 30), ends_on=LAST_DAY, tables=(woman,),
        disclosure=Disclosure(3, 1, 0.25, 0, 9, 1, "opensafely", "strict", {"age": "ten years"}),
        authority_key=COUNCIL_KEY, reply_to=REPLIES.recipient, lease=TERMS,
        canaries=("ab" * 32,), ledger=growth().as_dict(), casescope="0.1.0",
    )  # fmt: skip
    return replace(made, **changed)


def findings(**changed: object) -> Manifest:
    """A manifest of what the partner sends back."""
    back = {"kind": FINDINGS, "disclosure": None, "lease": None, "canaries": (),
            "ledger": growth(PARTNER).as_dict()}  # fmt: skip
    return manifest(**{**back, **changed})


def shared(path: Path, told: Manifest | None = None, files: dict[str, bytes] = FILES) -> Path:
    """A package of the council's on disk."""
    package.write(
        path, told or manifest(), files, private=COUNCIL, partner_recipient=THEIRS.recipient,
        authority_recipient=OURS.recipient,
    )  # fmt: skip
    return path


CARD_FILE = make_card("Pause", "data@example.org", THEIRS.recipient, PARTNER, date(2026, 11, 1))
CARD = read_card(CARD_FILE, "A card")
WISH = new_request(
    study=STUDY, package=manifest().package, version=1, partner=PARTNER_NAME,
    session=SESSION.recipient, terms=TERMS, now=NOW, casescope="0.1.0",
)  # fmt: skip
REQUEST_FILE = message(REQUEST, as_json(WISH), growth=growth(PARTNER), private=PARTNER)
ASKED = read_message(REQUEST_FILE, REQUEST, "A request", key=PARTNER_KEY).digest
GRANTED = new_lease(WISH, ASKED, LeaseKeys(OURS.secret, b"w" * 32), last_day=LAST_DAY, now=NOW,
                    casescope="0.1.0")  # fmt: skip
LEASE_FILE = message(LEASE, as_json(GRANTED), growth=growth(), private=COUNCIL)
GONE = Destroyed("package 01234567", "keys destroyed, file overwritten and removed", NOW)
TAKEN = Acknowledgement("ac" * 16, STUDY, PARTNER_NAME, "fe" * 16, 2, "ab" * 32,
                        manifest().package, NOW, (GONE,), "0.1.0")  # fmt: skip
ACKNOWLEDGEMENT_FILE = message(
    ACKNOWLEDGEMENT, as_json(TAKEN), growth=growth(PARTNER), private=PARTNER
)
EXPORT = '{"entry": 1}\n{"entry": 2}\n'
DONE = Receipt(
    receipt="ce" * 16, study=STUDY, partner=PARTNER_NAME, authority=fingerprint(COUNCIL_KEY),
    packages=(Held(manifest().package, 1, "ab" * 32, "cd" * 32, "ef" * 32),), destroyed=(GONE,),
    sessions=(Used(GRANTED.lease, manifest().package, NOW, NOW),
              Used("ad" * 16, manifest().package, NOW, None)),
    searched=(Search(("D:\\Pause\\inbox",), 12, 1, 1,
                     (Stray("D:\\Pause\\inbox\\copy.csv", "canary", "removed"),), NOW),),
    confirmed=NOW, cannot_know=CANNOT_KNOW, ledger_export=EXPORT, ledger_sha256=sha256(EXPORT),
    finished_at=NOW, casescope="0.1.0",
)  # fmt: skip
RECEIPT_FILE = message(RECEIPT, as_json(DONE), growth=growth(PARTNER), private=PARTNER)

MESSAGES = {
    "partner card": CARD_FILE,
    REQUEST: REQUEST_FILE,
    LEASE: LEASE_FILE,
    ACKNOWLEDGEMENT: ACKNOWLEDGEMENT_FILE,
    RECEIPT: RECEIPT_FILE,
}
"""One file of each signed kind."""


def standing(**changed: object) -> Standing:
    """How things are when the request above comes."""
    usual = Standing(
        is_running=True, last_day=LAST_DAY, suspended=False, study=STUDY,
        package=manifest().package, partner=PARTNER_NAME, terms=TERMS,
    )  # fmt: skip
    return replace(usual, **changed)

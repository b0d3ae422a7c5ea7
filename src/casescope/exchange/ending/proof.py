"""What a certificate's own evidence shows, worked out again by whoever reads it.

Nothing here trusts the words of the certificate: signatures, hashes and proofs are checked anew.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casescope.exchange.ending.certificate import Certificate, Countersigned, Partner
from casescope.exchange.ending.receipt_proof import late, left_open, shown, told_apart
from casescope.exchange.form.message import growth_of, kind_of, read_message
from casescope.exchange.messages.card import Card, read_card
from casescope.exchange.messages.receipt import RECEIPT, Receipt, receipt_of
from casescope.governance.record.checkpoint import (
    Checkpoint,
    is_cosigned,
    partner_origin,
    read_note,
    study_origin,
)
from casescope.governance.record.export import verify_export
from casescope.governance.record.growth import Growth, Kept, acknowledged, check_growth
from casescope.governance.record.ledger import Entry, entry_from, leaf_of
from casescope.governance.record.merkle import root
from casescope.governance.record.signing import encoded
from casescope.kernel.errors import LedgerBroken, LedgerUnshown, SignatureRefused

SHARES = {"grant_lease": "grants a lease", "send": "sends a package"}
"""What the ledger calls what must not be after the end, and how a sentence says it."""


@dataclass(frozen=True)
class PartnerProof:
    """What a partner's part shows: how far its ledger is known, and its receipt if one is sound.

    `whole`: every entry of its ledger is there to be read, not its hash alone.
    """

    name: str
    entries: int
    receipt: Receipt | None
    shown: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True)
class Proof:
    """What the evidence shows, what contradicts it, and what is still to come."""

    shown: tuple[str, ...]
    faults: tuple[str, ...]
    open: tuple[str, ...]
    partners: tuple[PartnerProof, ...]

    @property
    def is_consistent(self) -> bool:
        """Say whether nothing contradicts anything."""
        return not self.faults


def proof_of(certificate: Certificate, key: str) -> Proof:
    """Return what the certificate's evidence shows; `key` (base64) signed the certificate."""
    cards = [card for one in certificate.partners if (card := _card(one)) is not None]
    shown, faults = _council(certificate, key, {card.fingerprint: card for card in cards})
    partners = tuple(_partner(one, certificate, key) for one in certificate.partners)
    faults = [*certificate.ledger.faults, *faults]
    return Proof(
        shown=(*shown, *(line for one in partners for line in one.shown)),
        faults=(*faults, *(line for one in partners for line in one.faults)),
        open=tuple(line for one in partners for line in one.open),
        partners=partners,
    )


def _card(partner: Partner) -> Card | None:
    try:
        return read_card(partner.card.encode(), partner.name)
    except SignatureRefused:
        return None  # told as a fault of this partner's


def _council(
    certificate: Certificate, key: str, cards: Mapping[str, Card]
) -> tuple[list[str], list[str]]:
    """Return what is shown of the council's ledger, and what is wrong with it."""
    ledger, origin = certificate.ledger, study_origin(certificate.study)
    leaves = [leaf_of(one) for one in ledger.hashes]
    try:
        stood = read_note(ledger.note, key, "The council’s checkpoint")
    except SignatureRefused as refusal:
        return [], [refusal.sentence]
    if stood != Checkpoint(origin, len(leaves), root(leaves)):
        return [], ["The council’s ledger is not the one that its signed checkpoint tells of."]
    last, faults = _last_entries(certificate)
    shown = [
        f"The council’s ledger of {len(leaves):,} entries is the one under its signed checkpoint; "
        "no entry can be changed, left out or put in without that showing."
    ]
    seen = [_countersigned(one, leaves, key, origin, cards) for one in ledger.countersigned]
    faults += [one.fault for one in seen if one.fault]
    most = {one.who: one for one in sorted(seen, key=lambda one: one.size) if not one.fault}
    shown += [
        f"It begins with the {one.size:,} entries that {one.who} countersigned: none of those was "
        "rewritten since."
        for one in most.values()
    ]
    if not faults:
        shown.append(_no_lease(certificate, last))
    return shown, faults


def _last_entries(certificate: Certificate) -> tuple[list[Entry], list[str]]:
    """Return the entry that ended the study and all after it, and what is wrong with them."""
    ledger, ending = certificate.ledger, certificate.ending
    last, hashes = _entries(ledger.ending)
    numbers = list(range(ending.entry, len(ledger.hashes) + 1))
    if (
        not last
        or [one.number for one in last] != numbers
        or (hashes != list(ledger.hashes[ending.entry - 1 :]))
    ):
        return [], ["The entries after the ending are not those of the council’s ledger."]
    faults = []
    if not _ends(last[0], ending.how) or _time(last[0]) != ending.at:
        faults.append("The council’s ledger does not tell of the ending as the certificate does.")
    faults += [
        f"The council’s ledger {SHARES[one.action]} after the study had ended, in entry "
        f"{one.number}."
        for one in last if one.action in SHARES and not _is_refused(one)
    ]  # fmt: skip
    return last, faults


def _ends(entry: Entry, how: str) -> bool:
    detail = entry.detail if isinstance(entry.detail, dict) else {}
    return bool(detail.get("stage") == how)


def _is_refused(entry: Entry) -> bool:
    return isinstance(entry.detail, dict) and "refused" in entry.detail


def _no_lease(certificate: Certificate, last: Sequence[Entry]) -> str:
    after = len(last) - 1
    rest = (
        "it is the last one"
        if not after
        else (f"none of the {after} after it sends a package or grants a lease")
    )
    return f"Entry {certificate.ending.entry} ended the study, and {rest}."


@dataclass(frozen=True)
class _Witnessed:
    """A checkpoint of the council's that a partner countersigned, and what is wrong with it."""

    who: str
    size: int = 0
    fault: str = ""


def _countersigned(
    one: Countersigned, leaves: Sequence[bytes], key: str, origin: str, cards: Mapping[str, Card]
) -> _Witnessed:
    """Return whether the council's ledger begins with what a partner countersigned."""
    card = cards.get(one.partner)
    who = card.name if card else "A partner"
    try:
        seen = read_note(one.note, key, "A countersigned checkpoint")
    except SignatureRefused:
        seen = None
    name = partner_origin(one.partner)
    if seen is None or card is None or not is_cosigned(one.note, card.key, name):
        fault = f"{who} countersigned a checkpoint that is not the council’s."
        return _Witnessed(who, fault=fault)
    begins = seen.size <= len(leaves) and root(leaves[: seen.size]) == seen.root
    if seen.origin != origin or not begins:
        fault = (
            f"The council’s ledger does not begin with the {seen.size:,} entries that {who} "
            "countersigned."
        )
        return _Witnessed(who, seen.size, fault)
    return _Witnessed(who, seen.size)


def _partner(partner: Partner, certificate: Certificate, key: str) -> PartnerProof:
    """Return what a partner's part shows."""
    size = max((one.size for one in partner.kept), default=0)
    try:
        card = read_card(partner.card.encode(), f"The card of {partner.name}")
        kept = _kept(partner, card.key, partner_origin(card.fingerprint))
        if denied := _denied(partner, certificate, key, card, kept):
            return PartnerProof(partner.name, size, None, faults=denied)
        if partner.receipt:
            return _with_receipt(partner, certificate, card.key, kept)
    except (SignatureRefused, LedgerBroken) as refusal:
        return PartnerProof(partner.name, size, None, faults=(refusal.sentence,))
    return _without_receipt(partner, size)


def _kept(partner: Partner, key: str, origin: str) -> list[Kept]:
    """Return the checkpoints kept of a partner's ledger, each one grown from those before."""
    found: list[Kept] = []
    for one in partner.kept:
        growth = Growth(one.note, {size: list(proof) for size, proof in one.proofs.items()})
        found.append(check_growth(growth, found, key=key, origin=origin, called=_called(partner)))
    return found


def _denied(
    partner: Partner, certificate: Certificate, key: str, card: Card, kept: Sequence[Kept]
) -> tuple[str, ...]:
    """Return what each message that the partner signed denies of what either ledger showed before.

    One that denies nothing proves nothing against anybody.
    """
    called, theirs = f"A message that {partner.name} signed", partner_origin(card.fingerprint)
    ours = study_origin(certificate.study)
    leaves = [leaf_of(one) for one in certificate.ledger.hashes]
    found = []
    for raw in map(str.encode, partner.contradicts):
        growth = growth_of(read_message(raw, kind_of(raw, called), called, key=card.key))
        try:
            check_growth(growth, kept, key=card.key, origin=theirs, called=called)
            acknowledged(
                growth, leaves, origin=ours, key=key, by=theirs, by_key=card.key, called=called
            )
        except LedgerUnshown:
            continue
        except LedgerBroken as broken:
            found.append(broken.sentence)
    return tuple(found)


def _called(partner: Partner) -> str:
    return f"What {partner.name} showed of its ledger"


def _without_receipt(partner: Partner, size: int) -> PartnerProof:
    if not partner.sent:
        return PartnerProof(partner.name, size, None, (f"Nothing was sent to {partner.name}.",))
    known = f"only its first {size:,} entries were seen" if size else "nothing of it was seen"
    return PartnerProof(
        partner.name, size, None,
        open=(f"No receipt of {partner.name} has come: of its ledger {known}.",),
    )  # fmt: skip


def _with_receipt(
    partner: Partner, certificate: Certificate, key: str, kept: Sequence[Kept]
) -> PartnerProof:
    signed = read_message(partner.receipt.encode(), RECEIPT, _receipt_of(partner), key=key)
    receipt = receipt_of(signed, _receipt_of(partner))
    origin = partner_origin(signed.fingerprint)
    now = check_growth(growth_of(signed), kept, key=key, origin=origin, called=_receipt_of(partner))
    checked = PartnerProof(partner.name, now.size, receipt)
    entries, broken = _exported(partner, receipt, now, key)
    whole = len(entries) == now.size
    faults = [
        *_of_this_study(partner, receipt, certificate, signed.fingerprint),
        *broken,
        *(told_apart(partner.name, receipt, entries) if whole else ()),
        *late(partner, receipt, certificate),
    ]
    if faults:
        return replace(checked, faults=tuple(faults))
    return replace(checked, shown=shown(partner, receipt, now, len(kept), whole=whole),
                   open=left_open(partner, receipt, certificate, whole=whole),
                   whole=whole)  # fmt: skip


def _receipt_of(partner: Partner) -> str:
    return f"The receipt of {partner.name}"


def _of_this_study(
    partner: Partner, receipt: Receipt, certificate: Certificate, fingerprint: str
) -> list[str]:
    if receipt.study == certificate.study and receipt.partner == fingerprint:
        return []
    return [f"{_receipt_of(partner)} is of another study or another partner."]


def _exported(
    partner: Partner, receipt: Receipt, now: Kept, key: str
) -> tuple[Sequence[Entry], list[str]]:
    """Return the entries of the ledger in a receipt, and why it is not the one that was shown."""
    if not receipt.ledger_export:
        return (), []
    called = f"The ledger in the receipt of {partner.name}"
    verdict = verify_export(receipt.ledger_export.encode(), called, key=key)
    if verdict.faults:
        return (), [f"{called} is broken. {verdict.faults[0]}"]
    stood = verdict.export.checkpoint
    if (stood.size, encoded(stood.root)) != (now.size, now.root):
        return (), [f"{called} is not the one that it signed for."]
    return verdict.export.entries, []


def _entries(lines: str) -> tuple[list[Entry], list[str]]:
    """Return the entries of an exported ledger and the hash of each; nothing where it is none."""
    try:  # a line ends at \n alone: words in it may hold what Python takes for an end of line
        found = [entry_from(json.loads(line)) for line in lines.removesuffix("\n").split("\n")]
        return found, [one.computed_hash() for one in found]
    except (ValueError, TypeError, RecursionError):
        return [], []


def _time(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.at)

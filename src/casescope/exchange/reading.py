"""What a file of the exchange is, what it proves and what not, in words; offline, with no key.

Nothing here says whose a key is: that stands in its fingerprint, compared over the telephone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from casescope.exchange.form.message import growth_of, kind_of, signed_by_anyone
from casescope.exchange.form.parcel import header
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT, acknowledgement_of
from casescope.exchange.messages.card import CARD, read_card
from casescope.exchange.messages.lease import LEASE, REQUEST, lease_of, request_of
from casescope.exchange.messages.receipt import RECEIPT, Receipt, receipt_of
from casescope.exchange.package import package
from casescope.exchange.package.manifest import FINDINGS, Manifest
from casescope.governance.record.checkpoint import origin_of, read_note
from casescope.governance.record.growth import Growth
from casescope.governance.record.signing import LARGEST_BYTES, Signed, fingerprint
from casescope.kernel.counting import counted
from casescope.kernel.errors import NotFound, SignatureRefused

WHOSE = "Whose key signed it: compare the fingerprint over the telephone."
CLOCK = "The time in it, which is the sender’s own clock’s."
TRUE = "That what its sender states is true: a signature says who said it, and that it was said."


@dataclass(frozen=True)
class Reading:
    """What a file is, holds, proves and doesn’t; fingerprints by whose they are said to be."""

    kind: str
    what: str
    facts: tuple[tuple[str, str], ...]
    proves: tuple[str, ...]
    does_not_prove: tuple[str, ...]
    fingerprints: Mapping[str, str]
    faults: tuple[str, ...] = ()


def reading(path: Path) -> Reading:
    """Return what a card, package or message proves; refuses one that was changed."""
    try:
        with path.open("rb") as source:
            begun = source.read(100)
            if begun == header(package.MANIFEST, 0)[:100]:
                return _package(package.read(path))
            raw = begun + source.read(LARGEST_BYTES)
    except OSError as error:
        raise NotFound(f"{path} cannot be read.", "Give the path of a file.") from error
    reader = READERS.get(kind_of(raw, path.name))
    if reader is None:
        raise SignatureRefused(
            f"{path.name} is no file of the exchange.", "Give a card, a package or a message."
        )
    return reader(raw, path.name)


def _package(held: package.Package) -> Reading:
    told, findings = held.manifest, held.manifest.kind == FINDINGS
    sealed = (
        "its data are sealed to the council’s key alone"
        if findings
        else "its data open only with the partner’s key and the authority’s together"
    )
    holder = "the council" if findings else "whoever has both keys"
    return Reading(
        "package",
        f"A package of {told.kind}, version {told.version}, for “{told.name}”.",
        (*_manifest_facts(told), ("manifest", held.digest),
         *_ledger_facts(told.growth, told.signed_by)),
        ("Manifest, share and data are as they were signed; not a byte was changed.",
         "The signer undertook what the manifest says of purpose, end and tables."),
        (WHOSE,
         f"That {sealed}: so its signer made it, if its software was not altered.",
         f"That the rows are what the manifest says of them: {holder} can look.",
         "That it is the newest version: the council’s ledger and its leases say that.",
         "That nobody opened a copy of it."),
        {"signed by": held.fingerprint, "the authority": fingerprint(told.authority_key),
         "the partner": told.partner},
    )  # fmt: skip


def _manifest_facts(told: Manifest) -> tuple[tuple[str, str], ...]:
    rows = ", ".join(f"{one.name} ({counted(one.rows, 'row')})" for one in told.tables)
    risk = told.disclosure
    return (
        ("package", told.package),
        ("replaces", told.replaces or "nothing"),
        ("study", told.study),
        ("authority", told.authority),
        ("purpose", told.purpose),
        ("lawful basis", told.lawful_basis),
        ("agreement", told.agreement),
        ("made on", told.made_on.isoformat()),
        ("ends on", told.ends_on.isoformat()),
        ("tables", rows or "none"),
        ("smallest group", f"{risk.k} of {risk.women:,} women" if risk else "not told"),
        (
            "lease",
            f"{told.lease.mode}, {counted(told.lease.hours, 'hour')}" if told.lease else "none",
        ),
        ("undertaking", told.undertaking),
    )


def _card(raw: bytes, called: str) -> Reading:
    card = read_card(raw, called)
    return Reading(
        CARD,
        f"The card of “{card.name}”.",
        (("contact", card.contact), ("seals to", card.recipient), ("made on", _day(card.on))),
        ("Whoever made the card holds the key that signs, and nobody changed the card since.",),
        ("That the card is the partner’s: compare the fingerprint over the telephone.",
         "That its keys are still the partner’s alone."),
        {"the partner": card.fingerprint},
    )  # fmt: skip


def _request(raw: bytes, called: str) -> Reading:
    signed = signed_by_anyone(raw, REQUEST, called)
    asked = request_of(signed, called)
    return _message(
        signed, "A running session of the partner asks for a lease.",
        (("package", asked.package), ("version", str(asked.version)),
         ("asks for", f"{counted(asked.hours, 'hour')}, mode {asked.mode}"),
         ("asked at", _time(asked.asked_at)), ("digest", signed.digest)),
        ("That a session still waits for the answer.", CLOCK),
    )  # fmt: skip


def _lease(raw: bytes, called: str) -> Reading:
    signed = signed_by_anyone(raw, LEASE, called)
    lease = lease_of(signed, called)
    return _message(
        signed, "The authority lets one session open a package for a time.",
        (("package", lease.package), ("answers", lease.answers),
         ("holds", f"{counted(lease.hours, 'hour')} from opening, mode {lease.mode}"),
         ("last day", _day(lease.last_day)), ("granted at", _time(lease.granted_at)),
         ("the partner", lease.partner)),
        ("That it was opened, or that it ended when it should.",
         "More than its sealed part opens, which only the session that asked can."),
    )  # fmt: skip


def _acknowledgement(raw: bytes, called: str) -> Reading:
    signed = signed_by_anyone(raw, ACKNOWLEDGEMENT, called)
    said = acknowledgement_of(signed, called)
    return _message(
        signed, f"The partner states that it took in version {said.version}.",
        (("package", said.package), ("replaces", said.replaces or "nothing"),
         ("taken in at", _time(said.taken_in_at)),
         *(("destroyed", f"{one.what}: {one.how}, {_time(one.at)}") for one in said.destroyed)),
        (TRUE, "That no copy of the old version is left."),
    )  # fmt: skip


def _receipt(raw: bytes, called: str) -> Reading:
    signed = signed_by_anyone(raw, RECEIPT, called)
    receipt = receipt_of(signed, called)
    return _message(
        signed, "The partner states what it held, used and destroyed.",
        _receipt_facts(receipt), (TRUE, *receipt.cannot_know),
    )  # fmt: skip


def _receipt_facts(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    confirmed = receipt.confirmed
    return (
        *(("held", f"{one.package}, version {one.version}") for one in receipt.packages),
        *(("destroyed", f"{one.what}: {one.how}, {_time(one.at)}") for one in receipt.destroyed),
        *(("used", f"lease {one.lease}: {_time(one.opened_at)} to "
                   f"{_time(one.ended_at) if one.ended_at else 'no tidy end'}")
          for one in receipt.sessions),
        *(("looked in", f"{', '.join(one.folders)}: {counted(one.files, 'file')}, {one.unread:,} "
                        f"unread")
          for one in receipt.searched),
        *(("found", f"{stray.path} (by {stray.by}): {stray.outcome}")
          for one in receipt.searched for stray in one.found),
        ("authority’s fingerprint",
         f"confirmed {_time(confirmed)}" if confirmed else "not confirmed by telephone"),
        ("ledger of the partner", receipt.ledger_sha256),
        ("finished at", _time(receipt.finished_at)),
    )  # fmt: skip


def _message(
    signed: Signed, what: str, facts: tuple[tuple[str, str], ...], not_proved: tuple[str, ...]
) -> Reading:
    growth = growth_of(signed)
    return Reading(
        signed.kind, what,
        (*facts, ("study", str(signed.statement.get("study", ""))),
         *_ledger_facts(growth, signed.key)),
        ("It is as it was signed; not a byte was changed.",
         "Its sender’s ledger stood as told when it was signed, and the sender cannot deny that."),
        (WHOSE, *not_proved),
        {"signed by": signed.fingerprint},
    )  # fmt: skip


def _ledger_facts(growth: Growth, key: str) -> tuple[tuple[str, str], ...]:
    """Return where the sender's ledger stood; refuses a checkpoint that the sender did not sign."""
    called = "The ledger of its sender"
    stood = read_note(growth.checkpoint, key, called)
    facts = [("ledger", f"{stood.origin}, {counted(stood.size, 'entry', 'entries')}")]
    if growth.countersigned:
        facts.append(("countersigns", origin_of(growth.countersigned, called)))
    return tuple(facts)


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _day(day: date) -> str:
    return day.isoformat()


READERS: dict[str, Callable[[bytes, str], Reading]] = {
    CARD: _card,
    REQUEST: _request,
    LEASE: _lease,
    ACKNOWLEDGEMENT: _acknowledgement,
    RECEIPT: _receipt,
}
"""What reads each kind of signed file."""

"""A council and a partner with real ledgers, and the certificate of the council's study."""

from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.age.age import new_identity
from casescope.exchange.ending.certificate import (
    Certificate,
    Countersigned,
    Ending,
    Granted,
    KeptNote,
    OwnLedger,
    Partner,
    Sent,
    Shown,
)
from casescope.exchange.ending.certificate_file import signed_certificate
from casescope.exchange.ending.proof import proof_of
from casescope.exchange.form.message import message
from casescope.exchange.form.shape import as_json
from casescope.exchange.messages.card import make_card, read_card
from casescope.exchange.messages.receipt import (
    CANNOT_KNOW,
    RECEIPT,
    Destroyed,
    Held,
    Receipt,
    Search,
    Used,
    sha256,
)
from casescope.governance.record.checkpoint import Checkpoint, cosigned, signed_note
from casescope.governance.record.export import export_of
from casescope.governance.record.growth import grown
from casescope.governance.record.ledger import Act, Entry, entries_after, leaves_of
from casescope.governance.record.merkle import root
from casescope.governance.record.signing import encoded, fingerprint
from casescope.kernel.canonical import canonical_bytes

STUDY = "6aae0772-36d4-42f3-b168-c75dc96efcfb"
BEGUN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PACKAGE, LEASE = "1" * 32, "2" * 32
HASH = "a" * 64


def at(minutes: int) -> datetime:
    return BEGUN + timedelta(minutes=minutes)


def ledger(study: str, *acts: tuple[int, str, Any]) -> list[Entry]:
    """Entries of so many minutes after the beginning, with an action and a detail."""
    made = [Act(at(minute).date(), at(minute), "dee", action, detail)
            for minute, action, detail in acts]  # fmt: skip
    return entries_after(None, study, made)


def lines(entries: list[Entry]) -> str:
    return "".join(canonical_bytes(asdict(one)).decode() + "\n" for one in entries)


CLOSED = (100, "close", {"did": {"keys": "to be destroyed"}, "stage": "closed"})
BEFORE = ((0, "create", {}), (10, "send", {"did": {"package": PACKAGE}}),
          (20, "grant_lease", {"did": {"lease": LEASE}}))  # fmt: skip


@dataclass
class TheCouncil:
    acts: tuple = (*BEFORE, CLOSED)
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @cached_property
    def entries(self) -> list[Entry]:
        return ledger(STUDY, *self.acts)

    @property
    def key(self) -> str:
        return encoded(self.private.public_key().public_bytes_raw())

    @property
    def origin(self) -> str:
        return f"casescope.study/{STUDY}"

    def note(self, size: int | None = None) -> str:
        leaves = leaves_of(self.entries)[:size]
        return signed_note(Checkpoint(self.origin, len(leaves), root(leaves)), self.private)

    def certificate(self, *partners: Partner, **other: Any) -> Certificate:
        """The certificate as the council makes it; `other` in the place of its own."""
        end = next(n for n, one in enumerate(self.entries) if one.action == "close")
        made = Certificate(
            version=1, replaces="", study=STUDY, name="Scoping", authority="Ashmarsh",
            ending=Ending("closed", date(2026, 11, 2), at(100), "dir", end + 1),
            destroyed=("the keys of the study’s data, which is in 9 encrypted layers",),
            ledger=OwnLedger(self.note(), tuple(one.hash for one in self.entries),
                             lines(self.entries[end:]), (), ()),
            partners=partners, attested=(), copies=(), holds=(), shown=Shown(0, 0, 0),
            remains=("The governance record.",), consistent=True, first=(), files={},
            made_at=at(101), made_by="dir", casescope="0.1.0",
        )  # fmt: skip
        made = replace(made, **other)
        return replace(made, consistent=proof_of(made, self.key).is_consistent)

    def signed(self, certificate: Certificate) -> bytes:
        return signed_certificate(certificate, self.private)


USED = ((15, "hold", {}), (21, "open", {"lease": LEASE, "package": PACKAGE}),
        (40, "end", {"opened": 2}), (110, "destroy", {}),
        (111, "receipt", {}))  # fmt: skip


@dataclass
class ThePartner:
    name: str = "Pause"
    acts: tuple = USED
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @cached_property
    def entries(self) -> list[Entry]:
        return ledger("workspace", *self.acts)

    @cached_property
    def card_file(self) -> bytes:
        recipient = new_identity().recipient
        return make_card(self.name, "office@example.org", recipient, self.private, BEGUN.date())

    @property
    def fingerprint(self) -> str:
        return read_card(self.card_file, "card").fingerprint

    @property
    def origin(self) -> str:
        return f"casescope.partner/{self.fingerprint}"

    def growth(self, size: int, sent: tuple[int, ...] = (), entries: list[Entry] | None = None):
        leaves = leaves_of(self.entries if entries is None else entries)[:size]
        return grown(leaves, origin=self.origin, private=self.private, sent=sent)

    def kept(self, size: int, sent: tuple[int, ...] = ()) -> KeptNote:
        shown = self.growth(size, sent)
        stood = root(leaves_of(self.entries)[:size])
        proofs = {old: tuple(proof) for old, proof in shown.proofs.items()}
        return KeptNote(size, encoded(stood), shown.checkpoint, proofs)

    def export(self, entries: list[Entry]) -> str:
        made = export_of(entries, origin=self.origin, study="workspace", private=self.private,
                         on=BEGUN.date())  # fmt: skip
        return made.decode()

    def receipt(self, council: TheCouncil, sent: tuple[int, ...] = (2,), **other: Any) -> str:
        """The file of a receipt; `other` in the place of what it would say."""
        export = other.pop("export", None) or self.export(self.entries)
        growth = other.pop("growth", None) or self.growth(len(self.entries), sent)
        said = Receipt(
            receipt="3" * 32, study=STUDY, partner=self.fingerprint,
            authority=fingerprint(council.key),
            packages=(Held(PACKAGE, 1, HASH, HASH, HASH),),
            destroyed=(Destroyed("the age identity of the card", "overwritten and removed",
                                 at(110)),),
            sessions=(Used(LEASE, PACKAGE, at(21), at(40)),),
            searched=(Search(("/srv/pause",), 120, 0, 64, (), at(109)),),
            confirmed=at(15), cannot_know=CANNOT_KNOW, ledger_export=export,
            ledger_sha256=sha256(export), finished_at=at(111), casescope="0.1.0",
        )  # fmt: skip
        told = as_json(replace(said, **other))
        return message(RECEIPT, told, growth=growth, private=self.private).decode()

    def part(self, receipt: str = "", **other: Any) -> Partner:
        made = Partner(
            name=self.name, card=self.card_file.decode(),
            sent=(Sent(PACKAGE, 1, BEGUN.date(), BEGUN.date()),),
            leases=(Granted(LEASE, at(20)),), kept=(self.kept(2),), receipt=receipt,
            contradicts=(),
        )  # fmt: skip
        return replace(made, **other)

    def countersigned(self, council: TheCouncil, size: int) -> Countersigned:
        note = cosigned(council.note(size), self.private, self.origin, at(30))
        return Countersigned(self.fingerprint, note)


def changed(entry: Entry) -> Entry:
    """An entry that tells another past, with a hash that is right."""
    other = replace(entry, detail={"did": {"rewritten": True}})
    return replace(other, hash=other.computed_hash())

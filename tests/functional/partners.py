"""A partner as the council meets it: a card, keys and a ledger of its own, and files it signs.

Made from the formats alone, so that the council's side is tested without the partner's.
"""

import io
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.actions import card as cards
from casescope.exchange import package
from casescope.exchange.acknowledgement import ACKNOWLEDGEMENT, Acknowledgement
from casescope.exchange.age import Identity, new_identity
from casescope.exchange.card import Card, make_card, read_card
from casescope.exchange.lease import (
    LEASE,
    REQUEST,
    Lease,
    LeaseKeys,
    lease_keys,
    lease_of,
    new_request,
)
from casescope.exchange.manifest import Manifest
from casescope.exchange.message import growth_of, message, read_message
from casescope.exchange.shape import as_json, moment
from casescope.governance.growth import Growth, Kept, check_growth, countersign, grown
from casescope.governance.merkle import leaf_hash
from casescope.governance.signing import Signed, parsed, read_signed
from tests.functional.place import ME, TODAY, Place

NOW = datetime.now(UTC).astimezone()
"""The machine's time, as its day is: see `place.TODAY`."""


@dataclass
class Partner:
    """A partner, with all that its workspace would keep."""

    name: str
    folder: Path
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    identity: Identity = field(default_factory=new_identity)
    leaves: list[bytes] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    authority_key: str = ""

    @property
    def card_file(self) -> Path:
        path = self.folder / f"{self.name.split()[0].lower()}.card.json"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            raw = make_card(
                self.name, "office@example.org", self.identity.recipient, self.private, TODAY
            )
            path.write_bytes(raw)
        return path

    @property
    def card(self) -> Card:
        return read_card(self.card_file.read_bytes(), "card")

    @property
    def fingerprint(self) -> str:
        return self.card.fingerprint

    @property
    def origin(self) -> str:
        return f"casescope.partner/{self.fingerprint}"

    def added_to(self, place: Place) -> "Partner":
        cards.add(
            place.home, self.card_file, fingerprint=self.fingerprint, actor=ME, today=TODAY
        )  # fmt: skip
        return self

    def take_in(self, path: Path) -> package.Package:
        """Read a package as the partner does, and keep what it proves of the council's ledger."""
        held = package.read(path)
        self.authority_key = held.manifest.authority_key
        self._keep(held.manifest.growth, held.manifest.study, "package")
        return held

    def _keep(self, growth: Growth, study: str, called: str) -> None:
        origin = f"casescope.study/{study}"
        self.kept.append(
            check_growth(growth, self.kept, key=self.authority_key, origin=origin, called=called)
        )

    def growth(self) -> Growth:
        """Do something, and show the ledger that this went into."""
        self.leaves.append(leaf_hash(secrets.token_bytes(8)))
        newest = max(self.kept, key=lambda kept: kept.size, default=None)
        shown = grown(
            self.leaves, origin=self.origin, private=self.private, sent=self.sent,
            countersigned=countersign(newest, name=self.origin, private=self.private, at=NOW)
            if newest else "",
        )  # fmt: skip
        self.sent.append(len(self.leaves))
        return shown

    def signed(self, kind: str, statement: Any, name: str, growth: Growth | None = None) -> Path:
        raw = message(
            kind, as_json(statement), growth=growth or self.growth(), private=self.private
        )
        path = self.folder / name
        path.write_bytes(raw)
        return path

    def asks(
        self, manifest: Manifest, session: Identity | None = None, *, now: datetime = NOW,
        growth: Growth | None = None, **other: Any,
    ) -> tuple[Path, Identity]:  # fmt: skip
        """Write a request for a lease, as a running session does."""
        session = session or new_identity()
        asked = {
            "study": manifest.study, "package": manifest.package, "version": manifest.version,
            "partner": self.fingerprint, "session": session.recipient, "terms": manifest.lease,
            "now": now, "casescope": "0.1.0",
        }  # fmt: skip
        request = new_request(**{**asked, **other})
        name = f"{request.request[:12]}.lease-request.json"
        return self.signed(REQUEST, request, name, growth), session

    def reads_lease(self, path: Path, session: Identity) -> tuple[Lease, LeaseKeys]:
        signed = read_message(path.read_bytes(), LEASE, path.name, key=self.authority_key)
        lease = lease_of(signed, path.name)
        self._keep(growth_of(signed), lease.study, "lease")
        return lease, lease_keys(lease, session.secret)

    def opens(self, held: package.Package, keys: LeaseKeys) -> dict[str, pa.Table]:
        files = package.opened_data(held, self.identity.secret, keys.authority_identity)
        return {name: pq.read_table(io.BytesIO(raw)) for name, raw in files.items()}

    def acknowledges(self, held: package.Package) -> Path:
        manifest = held.manifest
        said = Acknowledgement(
            secrets.token_hex(16), manifest.study, self.fingerprint, manifest.package,
            manifest.version, held.digest, manifest.replaces, moment(NOW), (), "0.1.0",
        )  # fmt: skip
        return self.signed(ACKNOWLEDGEMENT, said, f"{said.acknowledgement[:12]}.ack.json")


def signed_in(path: Path, kind: str) -> Signed:
    return read_signed(parsed(path.read_bytes(), path.name), kind, path.name)


LATER = timedelta(minutes=5)

"""A partner as the council meets it: a card, keys and a ledger of its own, and files it signs.

Made from the formats alone, so that the council's side is tested without the partner's.
"""

import io
import secrets
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.actions.gate.gate import Permit
from casescope.actions.sharing import _packing
from casescope.actions.sharing import card as cards
from casescope.actions.sharing._panel import Panel
from casescope.actions.sharing.lease import grant
from casescope.actions.sharing.receive import receive
from casescope.actions.sharing.send import send
from casescope.exchange.age.age import Identity, new_identity
from casescope.exchange.form.message import growth_of, message, read_message
from casescope.exchange.form.shape import as_json, moment
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT, Acknowledgement
from casescope.exchange.messages.card import Card, make_card, read_card
from casescope.exchange.messages.lease import (
    LEASE,
    REQUEST,
    Lease,
    LeaseKeys,
    lease_keys,
    lease_of,
    new_request,
)
from casescope.exchange.package import package
from casescope.exchange.package.manifest import FINDINGS, Manifest
from casescope.governance.record.growth import Growth, Kept, check_growth, countersign, grown
from casescope.governance.record.merkle import leaf_hash
from casescope.register import open_register
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
        """Carry a package away and read it; keep what it proves of the council's ledger."""
        held = package.read(Path(shutil.copy(path, self.folder)))
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

    def finds(self, manifest: Manifest, files: dict[str, bytes], name: str) -> Path:
        """Write a package of what was found, as the partner sends it back."""
        told = replace(
            manifest, package=package.new_id(), kind=FINDINGS, version=1, replaces=None,
            tables=(), disclosure=None, lease=None, share=None, canaries=(), files={},
            signed_by=self.card.key, ledger=self.growth().as_dict(),
        )  # fmt: skip
        path = self.folder / name
        package.write(path, told, files, private=self.private)
        return path

    def copied(self, folder: Path) -> "Partner":
        """Return the partner as it is now, to go on from here in another folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.iterdir():
            shutil.copy(path, folder)
        return replace(
            self, folder=folder, leaves=[*self.leaves], sent=[*self.sent], kept=[*self.kept]
        )


@dataclass
class Exchange:
    """A study, a partner, and the package that it was sent, as it lies with the partner."""

    place: Place
    pause: Partner
    file: Path

    @property
    def held(self) -> package.Package:
        return package.read(self.file)

    @property
    def manifest(self) -> Manifest:
        return self.held.manifest

    def copied(self, root: Path) -> "Exchange":
        pause = self.pause.copied(root / "pause")
        return Exchange(self.place.copied(root), pause, pause.folder / self.file.name)

    @property
    def outbox(self) -> list[str]:
        return sorted(path.name for path in (self.place.home / "outbox").iterdir())

    @property
    def halves(self) -> Path:
        """The folder of the council's halves."""
        return self.place.keys / self.place.study_id / "exchange"

    def sends(self, to: str = "Pause", *, today: date = TODAY) -> package.Package:
        told = send(self.place.home, to=to, actor=ME, today=today, now=NOW)
        return package.read(Path(told["path"]))

    def grants(
        self, request: Path, *, now: datetime = NOW, today: date = TODAY, **other: Any
    ) -> Path:
        told = grant(self.place.home, request, actor=ME, today=today, now=now, **other)
        return Path(told["path"])

    def receives(self, file: Path, **other: Any) -> dict[str, Any]:
        return receive(self.place.home, file, actor=ME, today=TODAY, **other)

    def refusals(self) -> list[str]:
        """Return what the ledger says was refused, oldest first."""
        entries = open_register().entries(self.place.study_id)
        return [one.detail["refused"] for one in entries if "refused" in one.detail]


def first_sent(place: Place) -> Exchange:
    """Add a partner to a study that is loaded and run, and send it the first package."""
    pause = Partner("Pause", place.root / "pause").added_to(place)
    told = send(place.home, to="Pause", actor=ME, today=TODAY, now=NOW)
    return Exchange(place, pause, pause.take_in(Path(told["path"])).path)


def panel_once(patch: pytest.MonkeyPatch) -> None:
    """Work the risk panel out once for each dataset: it is tested by itself, and costs most."""
    made: dict[tuple[str, int], Panel] = {}

    def panel(connection: Any, permit: Permit, progress: Any) -> Panel:
        key = (permit.layers["dataset"].step_key, permit.study.risk_floor)
        if key not in made:
            made[key] = Panel(connection, permit, progress)
        return made[key]

    patch.setattr(_packing, "Panel", panel)

"""A council made of the formats alone: it sends packages and answers requests, and nothing else.

What it makes is what the formats make; nothing of the partner's side is used.
"""

import hashlib
import io
import json
import random
import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.dataset.sharing.quasi import QUASI
from casescope.dataset.sharing.recode import Recoded
from casescope.dataset.sharing.schema import SHARED_TABLES
from casescope.exchange.age import age
from casescope.exchange.form.message import growth_of, message, read_message
from casescope.exchange.form.shape import as_json
from casescope.exchange.messages.card import read_card
from casescope.exchange.messages.lease import (
    LEASE,
    REQUEST,
    LeaseKeys,
    Terms,
    new_lease,
    request_of,
)
from casescope.exchange.package import package
from casescope.exchange.package.manifest import (
    SHARED_DATASET,
    UNDERTAKING,
    ColumnTold,
    Disclosure,
    Manifest,
    TableTold,
)
from casescope.governance.record.growth import (
    acknowledged,
    check_growth,
    countersign,
    grown,
    kept_from,
)
from casescope.governance.record.merkle import leaf_hash
from casescope.governance.record.signing import encoded, fingerprint
from tests.unit.risk.women import woman

DAY = date(2026, 11, 30)
LAST_DAY = date(2027, 2, 1)
STEPS = {one.name: len(one.steps) - 1 for one in QUASI} | {"age": 1, "children": 0}


def parquet(columns: dict[str, list[object]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def dataset(women: int = 40, seed: int = 1) -> tuple[dict[str, bytes], list[str]]:
    """The files of a shared dataset of some women, and their tokens."""
    dice = random.Random(seed)
    tokens = [f"{dice.getrandbits(128):032x}" for _ in range(women)]
    told = Recoded(STEPS, 3, "strict")
    people = [woman(token, age=dice.randrange(20, 44), children=dice.randrange(1, 4))
              for token in tokens]  # fmt: skip
    about, who, issue = SHARED_TABLES
    rows = [
        (one.woman, *(quasi.steps[STEPS[quasi.name]].tell(one) for quasi in QUASI),
         one.tier, one.in_her_care, one.pregnant, one.care_experienced, one.ending)
        for one in people
    ]  # fmt: skip
    facts = told.facts(people).items()
    issues = [(one.woman, "alcohol", "ever", "yes") for one in people[: women // 2]]
    return {
        f"{table.name}.parquet": parquet({
            column.name: [row[place] for row in given]
            for place, column in enumerate(table.columns)
        })
        for table, given in ((about, list(facts)), (who, rows), (issue, issues))
    }, tokens  # fmt: skip


class Council:
    """One study at a council, with the packages that it sent to one partner."""

    def __init__(self, folder: Path, card: Path, *, study: str = "study-6f2c") -> None:
        self.folder, self.study = folder, study
        folder.mkdir(parents=True, exist_ok=True)
        self.private = Ed25519PrivateKey.generate()
        self.key = encoded(self.private.public_key().public_bytes_raw())
        self.card = read_card(card.read_bytes(), "the card")
        self.reply = age.new_identity()
        self.workspace_secret = hashlib.sha256(study.encode()).digest()
        self.identities: dict[str, age.Identity] = {}
        self.leaves = [leaf_hash(b"a study was begun")]
        self.kept, self.sent, self.seen = [], [], 0
        self.versions = 0
        self.newest = ""
        self.terms = Terms("session", 24)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)

    @property
    def origin(self) -> str:
        return f"casescope.study/{self.study}"

    @property
    def partner(self) -> str:
        return f"casescope.partner/{self.card.fingerprint}"

    def growth(self):
        """Something happened at the council; what a message shows of its ledger now."""
        self.leaves.append(leaf_hash(secrets.token_bytes(16)))
        newest = max(self.kept, key=lambda one: one.size, default=None)
        note = "" if newest is None else countersign(
            newest, name=self.origin, private=self.private, at=self.now
        )  # fmt: skip
        shown = grown(self.leaves, origin=self.origin, private=self.private, sent=self.sent,
                      countersigned=note)  # fmt: skip
        self.sent.append(len(self.leaves))
        self.remember()
        return shown

    now = datetime.fromisoformat("2026-11-30T12:00:00+00:00")

    def send(self, name: str = "", *, women: int = 40, seed: int = 1, **changed) -> Path:
        """A new version of the package."""
        files, self.tokens = dataset(women, seed)
        self.files = files
        self.versions += 1
        identity = age.new_identity()
        told = Manifest(
            package=package.new_id(), kind=SHARED_DATASET, study=self.study,
            version=self.versions, replaces=self.newest or None, name="Repeat removals",
            authority="Pretendshire", partner=self.card.fingerprint, purpose="Scoping",
            lawful_basis="Children Act 2004, section 10", agreement="DSA-1", made_on=DAY,
            ends_on=LAST_DAY,
            tables=tuple(
                TableTold(table.name, table.meaning, women,
                          tuple(ColumnTold(one.name, one.type, one.meaning)
                                for one in table.columns))
                for table in SHARED_TABLES
            ),
            disclosure=Disclosure(3, 1, 0.25, 0, women, 0, "opensafely", "strict", {"age": "10"}),
            authority_key=self.key, signed_by=self.key, reply_to=self.reply.recipient,
            lease=self.terms,
            canaries=tuple(sorted(hashlib.sha256(one.encode()).hexdigest()
                                  for one in self.tokens[:20])),
            undertaking=UNDERTAKING, ledger=self.growth().as_dict(), casescope="0.1.0", files={},
        )  # fmt: skip
        told = replace(told, **changed)
        path = self.folder / (name or f"version-{self.versions}.casepkg")
        package.write(path, told, files, private=self.private,
                      partner_recipient=self.card.recipient,
                      authority_recipient=identity.recipient)  # fmt: skip
        self.identities[told.package] = identity
        self.newest = told.package
        return path

    def takes(self, raw: bytes, kind: str):
        """Check a partner's message as a council does, and keep its checkpoint."""
        signed = read_message(raw, kind, "a message", key=self.card.key)
        growth = growth_of(signed)
        kept = check_growth(growth, self.kept, key=self.card.key, origin=self.partner,
                            called="a message")  # fmt: skip
        self.kept.append(kept)
        self.seen = acknowledged(
            growth, self.leaves, origin=self.origin, key=self.key, by=self.partner,
            by_key=self.card.key, called="a message",
        )  # fmt: skip
        self.sent = [size for size in self.sent if size >= self.seen]
        self.remember()
        return signed

    def remember(self) -> None:
        """Keep on disk what binds it, for tests in which a process of it is killed."""
        told = {"leaves": [one.hex() for one in self.leaves], "sent": self.sent, "seen": self.seen,
                "kept": [one.as_dict() for one in self.kept]}  # fmt: skip
        (self.folder / "memory.json").write_text(json.dumps(told))

    def recall(self) -> None:
        told = json.loads((self.folder / "memory.json").read_text())
        self.leaves = [bytes.fromhex(one) for one in told["leaves"]]
        self.sent, self.seen = told["sent"], told["seen"]
        self.kept = [kept_from(one) for one in told["kept"]]

    def grants(self, request: Path, to: Path | None = None, *, raw: bytes = b"", **changed) -> Path:
        """Answer a request; the lease is put into a folder."""
        signed = self.takes(raw or request.read_bytes(), REQUEST)
        asked = request_of(signed, "the request")
        keys = LeaseKeys(self.identities[asked.package].secret, self.workspace_secret)
        lease = replace(
            new_lease(asked, signed.digest, keys, last_day=LAST_DAY, now=self.now,
                      casescope="0.1.0"),
            **changed,
        )  # fmt: skip
        path = (to or self.folder) / f"{lease.lease[:12]}.lease.json"
        path.write_bytes(message(LEASE, as_json(lease), growth=self.growth(), private=self.private))
        return path


class Day:
    """Clocks that a test turns."""

    def __init__(self) -> None:
        self.at, self.ran = Council.now, 1000.0
        self.naps = []

    def clocks(self):
        from casescope.exchange.workspace.clocks import Clocks

        return Clocks(lambda: self.at, lambda: self.ran, self.sleep)

    def passes(self, **much: float) -> None:
        self.at += timedelta(**much)
        self.ran += timedelta(**much).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.passes(seconds=seconds)
        for nap in list(self.naps):
            nap()

"""A partner's workspace and a council that know each other's files alone."""

from pathlib import Path

import pytest

from casescope.actions.partner import partner
from casescope.exchange.workspace.leasing import How
from casescope.governance.roles import Actor
from tests.unit.workspace.council import Council, Day

ACTOR = Actor("p.partner", "a test")


WORDS = "four words nobody guesses"


class Ear:
    """Hears what the person is told; answers for the council as soon as somebody asks."""

    def __init__(self, council=None, inbox: Path | None = None) -> None:
        self.council, self.inbox = council, inbox
        self.requests, self.refusals, self.acknowledgements = [], [], []

    def took_in(self, _, acknowledgement):
        self.acknowledgements.append(acknowledgement)

    def asked(self, asked, _):
        self.requests.append(asked.path)
        if self.council:
            self.council.grants(asked.path, self.inbox)

    def answered(self, lease):
        assert lease.hours

    def waits(self, _, refusal):
        if refusal:
            self.refusals.append(refusal)


class Partner:
    """One partner: a workspace, keys apart from it, a day that it is."""

    def __init__(self, root: Path) -> None:
        self.root = root / "workspace"
        self.day = Day()
        self.begun = partner.init(
            self.root, name="Pause Pretendshire", contact="data@example.org", actor=ACTOR,
            clocks=self.day.clocks(),
        )  # fmt: skip

    @property
    def inbox(self):
        return self.root / "inbox"

    @property
    def outbox(self):
        return self.root / "outbox"

    @property
    def keys(self):
        return self.begun.place.keys

    def how(self, council=None, *, ear=None, passphrase=WORDS, wait=5.0, **more):
        self.ear = ear or Ear(council, self.inbox)
        return How(self.ear, lambda _: passphrase, wait=wait, **more)

    def open(self, package, council=None, *, authority="", **how):
        return partner.open_package(
            self.root, package, how=self.how(council, **how), actor=ACTOR,
            clocks=self.day.clocks(), authority=authority,
        )  # fmt: skip

    def analyse(self, council=None, **how):
        return partner.analyse(
            self.root, how=self.how(council, **how), actor=ACTOR, clocks=self.day.clocks()
        )

    def finish(self, *folders, remain=""):
        return partner.finish(
            self.root, folders, actor=ACTOR, clocks=self.day.clocks(), remain=remain
        )

    def show(self):
        return partner.show(self.root, actor=ACTOR, clocks=self.day.clocks())


@pytest.fixture
def keys_root(tmp_path, monkeypatch):
    monkeypatch.setenv("CASESCOPE_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


@pytest.fixture
def side(tmp_path, keys_root):
    return Partner(tmp_path / "partner")


@pytest.fixture
def council(tmp_path, side):
    return Council(tmp_path / "council", side.begun.card)

"""Council and partner as they are, two sets of keys, and nothing between them but files."""

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casescope.actions.partner import partner
from casescope.actions.partner import session as partner_session
from casescope.actions.sharing import card as cards
from casescope.actions.sharing.exchange import exchange
from casescope.actions.sharing.lease import grant
from casescope.actions.sharing.receive import receive
from casescope.actions.sharing.send import send
from casescope.exchange.package import package
from casescope.exchange.workspace.clocks import machine_clocks
from casescope.exchange.workspace.leasing import How
from casescope.kernel.errors import LeaseRefused
from tests.functional.place import ME, TODAY, Place

WORDS = "four words nobody guesses"
NOTE = "Enough for one team."
CLOCKS = machine_clocks()


def now() -> datetime:
    """Return the moment itself, as the partner's clocks do: a request must not be of the future."""
    return datetime.now(UTC).astimezone()


class Between:
    """Carries files from one side to the other; each works with its own keys alone."""

    def __init__(self, place: Place, root: Path) -> None:
        self.place, self.root, self.refusals = place, root, []
        with self.at_the_partner():
            self.begun = partner.init(
                self.workspace, name="Pause", contact="data@example.org", actor=ME,
                clocks=CLOCKS,
            )  # fmt: skip

    @property
    def workspace(self) -> Path:
        return self.root / "workspace"

    @contextmanager
    def at_the_partner(self):
        """Let the environment lead to the partner's own keys, and to no register."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CASESCOPE_KEYS", str(self.root / "keys"))
            patch.setenv("CASESCOPE_STATE", str(self.root / "no state"))
            yield

    @contextmanager
    def at_the_council(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CASESCOPE_KEYS", str(self.place.keys))
            patch.setenv("CASESCOPE_STATE", str(self.place.state))
            yield

    # what a person at the partner is told, and does

    def took_in(self, _, acknowledgement):
        self.acknowledgement = acknowledgement

    def asked(self, asked, _):
        """Take the request over to the council, and what it answers back into the inbox."""
        with self.at_the_council():
            told = self.council(grant, asked.path, now=now())
        shutil.copy(told["path"], self.workspace / "inbox")

    def answered(self, lease):
        self.lease = lease

    def waits(self, _, refusal):
        if refusal:
            self.refusals.append(refusal)

    # the two sides

    def council(self, action, *given, **told):
        return action(self.place.home, *given, actor=ME, today=TODAY, **told)

    def sends(self) -> Path:
        """Send a package, and carry it over."""
        told = self.council(send, to="Pause", now=now())
        return Path(shutil.copy(told["path"], self.root))

    def opens(self, file: Path, *, authority: str = ""):
        return partner.open_package(
            self.workspace, file, authority=authority, actor=ME, clocks=CLOCKS,
            how=self.how,
        )  # fmt: skip

    def opens_again(self):
        return partner.analyse(self.workspace, how=self.how, actor=ME, clocks=CLOCKS)

    @property
    def how(self) -> How:
        return How(self, lambda _: WORDS, wait=5.0)


@pytest.fixture
def between(study, panels, tmp_path) -> Between:
    side = Between(study, tmp_path / "partner")
    side.council(cards.add, side.begun.card, fingerprint=side.begun.fingerprint)
    return side


def test_from_card_to_receipt(between):
    first = between.sends()
    told, us = package.read(first).manifest, package.read(first).fingerprint
    with between.at_the_partner(), between.opens(first, authority=us) as session:
        rows = {one["name"]: one["rows"] for one in partner_session.tables(session)}
        assert rows == {one.name: one.rows for one in told.tables}
        partner_session.query(session, "SELECT tier, count(*) FROM shared_woman GROUP BY tier")
        partner_session.note(session, NOTE)
        findings = partner_session.send(session)
    assert not between.refusals
    between.council(receive, between.acknowledgement)
    got = between.council(receive, findings)
    assert all((Path(got["folder"]) / name).stat().st_size for name in got["files"])

    second = between.sends()
    with between.at_the_partner():
        with pytest.raises(LeaseRefused, match="newer version"), between.opens_again():
            pytest.fail("a lease for what was replaced")
        with between.opens(second) as session:
            assert [one["text"] for one in partner_session.notes(session)] == [NOTE]
    between.council(receive, between.acknowledgement)
    for carried in (first, second):
        carried.unlink()
    with between.at_the_partner():
        ended = partner.finish(between.workspace, [between.root], actor=ME, clocks=CLOCKS)
    assert between.council(receive, ended.receipt)["strays"] == 0

    stands = between.council(exchange)["partners"][0]
    assert [one["acknowledged_on"] for one in stands["packages"]] == [TODAY, TODAY]
    assert [len(one["leases"]) for one in stands["packages"]] == [1, 1]
    kinds = [one["kind"] for one in stands["received"] if one["kind"] != "lease request"]
    assert kinds == ["acknowledgement", "partner findings", "acknowledgement", "receipt"]
    assert stands["ledger"]["of_ours_seen"] > 0

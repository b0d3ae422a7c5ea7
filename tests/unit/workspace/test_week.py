"""Leases that last through restarts: the passphrase, the hours, and what a new process may do."""

from dataclasses import replace

import pytest

from casescope.actions.partner.session import note
from casescope.exchange.messages.lease import Terms
from casescope.exchange.workspace import keys, week
from casescope.kernel.errors import LeaseRefused, NotAllowed, VaultRefused
from tests.unit.workspace.conftest import WORDS, Ear


@pytest.fixture(autouse=True)
def quick_scrypt(monkeypatch):
    """A sealing by passphrase takes a second; it is pyrage's own, so once is enough (see below)."""
    from casescope.exchange.age import age

    boxes = {}

    def sealed(plain, passphrase):
        name = f"box {len(boxes)}".encode()
        boxes[name] = (plain, passphrase)
        return name

    def opened(box, passphrase, called):
        if boxes.get(box, (b"", None))[1] != passphrase:
            raise VaultRefused(f"{called} cannot be opened.")
        return boxes[box][0]

    monkeypatch.setattr(age, "sealed_by_passphrase", sealed)
    monkeypatch.setattr(age, "opened_by_passphrase", opened)


@pytest.fixture
def weekly(council):
    council.terms = Terms("week", 168)
    return council


def open_once(side, council):
    with side.open(council.send(), council) as session:
        session.check()


def test_a_lease_survives_the_session_and_asks_nobody_again(side, weekly):
    open_once(side, weekly)
    side.day.passes(days=6)
    with side.analyse(ear=Ear()) as session:
        assert session.check()
    assert side.ear.requests == []


def test_its_hours_count_from_the_first_opening_whatever_was_off(side, weekly):
    open_once(side, weekly)
    side.day.passes(days=7, minutes=1)
    with side.analyse(weekly):
        assert len(side.ear.requests) == 1, "a new lease was asked for"


def test_its_hours_end_within_a_session(side, weekly):
    open_once(side, weekly)
    side.day.passes(days=6, hours=23)
    with side.analyse(ear=Ear()) as session:
        side.day.passes(hours=2)
        with pytest.raises(LeaseRefused, match="168 hours are spent"):
            session.check()


def test_another_passphrase_opens_nothing(side, weekly):
    open_once(side, weekly)
    with pytest.raises(VaultRefused), side.analyse(passphrase="four other words than those"):
        raise AssertionError("it opened")


def test_a_lost_passphrase_costs_a_new_lease_and_nothing_else(side, weekly):
    with side.open(weekly.send(), weekly) as session:
        note(session, "before")
    with side.analyse(weekly, passphrase="another one, kept better", afresh=True) as session:
        assert len(session.log.lines) == 1
    assert len(side.ear.requests) == 1
    with side.analyse(ear=Ear(), passphrase="another one, kept better") as session:
        session.check()


def test_a_clock_set_back_between_two_sessions(side, weekly):
    open_once(side, weekly)
    side.day.passes(days=7, minutes=1)
    side.show()
    side.day.passes(days=-6)
    with pytest.raises(LeaseRefused, match="clock stands before"), side.analyse(ear=Ear()):
        raise AssertionError("it opened")


def test_a_request_may_be_answered_when_nothing_waits(side, weekly):
    with pytest.raises(LeaseRefused), side.open(weekly.send(), ear=Ear(), wait=0):
        raise AssertionError("it opened")
    (request,) = side.outbox.glob("*.lease-request.json")
    weekly.grants(request, side.inbox)
    with side.analyse(ear=Ear()) as session:
        session.check()
    assert len(list(side.outbox.glob("*.lease-request.json"))) == 1


def test_a_correction_makes_the_kept_lease_worthless(side, weekly):
    open_once(side, weekly)
    with side.open(weekly.send(seed=2), weekly) as session:
        session.check()
    assert len(side.ear.requests) == 1


@pytest.mark.parametrize("words", ["short", "aaaaaaaaaaaaaaaaaaaa", "   abcdefgh    "])
def test_a_passphrase_that_is_soon_guessed(side, weekly, words):
    with (
        pytest.raises(NotAllowed, match="too short"),
        side.open(weekly.send(), weekly, passphrase=words),
    ):
        raise AssertionError("it opened")
    assert not (side.keys / keys.WEEK).exists()


def test_finishing_destroys_the_kept_secret(side, weekly):
    open_once(side, weekly)
    assert (side.keys / keys.WEEK).exists()
    for path in (side.root.parent.parent / "council").glob("*.casepkg"):
        path.unlink()
    side.finish()
    assert not (side.keys / keys.WEEK).exists()


def test_nothing_kept_is_readable(side, weekly, monkeypatch):
    """The real thing, once: age by passphrase, which holds neither secret nor lease in plain."""
    monkeypatch.undo()
    monkeypatch.setenv("CASESCOPE_KEYS", str(side.keys.parent.parent))
    kept = week.Kept("AGE-SECRET-KEY-1PRETEND", '{"lease": 1}')
    from casescope.exchange.workspace.workspace import Workspace

    workspace = replace(_bare(side), version="x")
    assert isinstance(workspace, Workspace)
    week.keep(workspace, kept, WORDS)
    raw = (side.keys / keys.WEEK).read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert b"PRETEND" not in raw
    assert b"lease" not in raw


def _bare(side):
    from casescope.exchange.workspace.book import open_book
    from casescope.exchange.workspace.keys import signing
    from casescope.exchange.workspace.workspace import Workspace

    place = side.begun.place
    return Workspace(place, open_book(place, "p"), signing(place), side.day.clocks(), "")

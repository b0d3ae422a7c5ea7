"""Whoever swaps, replays, keeps or puts back files comes to nothing."""

import json
import os
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casescope.actions.partner import partner
from casescope.exchange.workspace import keys as workspace_keys
from casescope.kernel.errors import (
    Busy,
    LeaseRefused,
    LedgerBroken,
    NotAllowed,
    NotFound,
    SignatureRefused,
    UserError,
    VaultRefused,
)
from tests.unit.workspace.conftest import ACTOR, Ear, Partner
from tests.unit.workspace.council import LAST_DAY, Council


def opened_once(side, council, package=None):
    with side.open(package or council.send(), council) as session:
        session.check()


def refused(side, council, package, error, match):
    with pytest.raises(error, match=match), side.open(package, council):
        raise AssertionError("it opened")


# packages


def test_a_changed_package_is_refused_and_nothing_is_held(side, council):
    package = council.send()
    raw = bytearray(package.read_bytes())
    for at in (600, len(raw) // 2, len(raw) - 1100):
        raw[at] ^= 1
        package.write_bytes(raw)
        with pytest.raises(UserError), side.open(package, council):
            raise AssertionError("it opened")
        raw[at] ^= 1
    assert side.show()["package"] is None
    assert list((side.root / "packages").iterdir()) == []


def test_another_partners_package(side, council, tmp_path):
    other = Partner(tmp_path / "other")
    theirs = Council(tmp_path / "council2", other.begun.card)
    refused(side, council, theirs.send(), SignatureRefused, "another partner’s card")


def test_a_package_sealed_to_another_key_in_our_name(side, council, tmp_path):
    """The manifest names our card, but what is sealed is not sealed to it."""
    other = Partner(tmp_path / "other")
    council.card = replace(council.card, recipient=Council(tmp_path / "c", other.begun.card)
                           .card.recipient)  # fmt: skip
    refused(side, council, council.send(), VaultRefused, "not sealed to this key")


def test_another_study_has_no_place_in_the_workspace(side, council, tmp_path):
    opened_once(side, council)
    other = Council(tmp_path / "council2", side.begun.card, study="study-other")
    other.private, other.key = council.private, council.key
    other.versions = 5
    refused(side, other, other.send(), NotAllowed, "another study’s package")


def test_a_package_of_somebody_who_says_to_be_the_council(side, council, tmp_path):
    opened_once(side, council)
    forger = Council(tmp_path / "forger", side.begun.card)
    forger.versions = 5
    refused(side, forger, forger.send(), SignatureRefused, "another key than the sender")


def test_a_fingerprint_that_was_read_out_and_is_another(side, council):
    package = council.send()
    with (
        pytest.raises(SignatureRefused, match="whose numbers you gave"),
        side.open(package, council, authority="0000-" * 7 + "0000"),
    ):
        raise AssertionError("it opened")
    assert side.show()["package"] is None
    opened_once(side, council, package)
    assert side.show()["confirmed_at"] is None
    told = council.fingerprint.upper().replace("-", " ")
    with side.open(package, council, authority=told):
        assert side.ear.requests
    assert side.show()["confirmed_at"] is not None


def test_the_old_version_is_destroyed_and_never_taken_again(side, council):
    first = council.send()
    opened_once(side, council, first)
    opened_once(side, council, council.send(seed=2))
    assert [one.stem for one in (side.root / "packages").iterdir()] == [council.newest]
    refused(side, council, first, SignatureRefused, "version 2 was taken in already")


def test_a_forked_ledger_in_a_new_version_is_found(side, council):
    opened_once(side, council)
    council.leaves[0] = council.leaves[-1]
    package = council.send(seed=2)
    refused(side, council, package, LedgerBroken, "does not begin with")
    assert side.show()["package"]["version"] == 1


def test_a_cut_off_ledger_in_a_new_version_is_found(side, council):
    opened_once(side, council)
    del council.leaves[1:]
    council.sent = []
    refused(side, council, council.send(seed=2), LedgerBroken, "another ledger of 2 entries")


# leases


def test_a_lease_changed_on_the_way_opens_nothing(side, council):
    class Meddler(Ear):
        def asked(self, asked, _):
            path = self.council.grants(asked.path, self.inbox)
            path.write_bytes(path.read_bytes().replace(b'"hours": 24', b'"hours": 25'))

    ear = Meddler(council, side.inbox)
    with pytest.raises(LeaseRefused, match="No answer"), side.open(council.send(), ear=ear):
        raise AssertionError("it opened")
    assert "changed after it was signed" in str(ear.refusals[0])


def test_a_lease_for_longer_than_was_asked(side, council):
    class Generous(Ear):
        def asked(self, asked, _):
            self.council.grants(asked.path, self.inbox, hours=24 * 365)

    ear = Generous(council, side.inbox)
    with pytest.raises(LeaseRefused, match="No answer"), side.open(council.send(), ear=ear):
        raise AssertionError("it opened")


def test_a_kept_lease_opens_nothing_in_a_new_session(side, council, tmp_path):
    opened_once(side, council)
    (kept,) = side.inbox.glob("*.lease.json")
    kept.rename(tmp_path / "kept.json")

    class Replayer(Ear):
        def asked(self, *_):
            shutil.copy(tmp_path / "kept.json", self.inbox / "again.lease.json")

    ear = Replayer(None, side.inbox)
    with pytest.raises(LeaseRefused, match="No answer"), side.analyse(ear=ear):
        raise AssertionError("it opened")
    assert "answers another request" in str(ear.refusals[0])


def test_another_sessions_lease_is_not_ours(side, council):
    """Two requests in a row: the answer to the first comes while the second waits."""
    with pytest.raises(LeaseRefused), side.open(council.send(), ear=Ear(), wait=0):
        raise AssertionError("it opened")
    (first,) = side.outbox.glob("*.lease-request.json")

    class Late(Ear):
        def asked(self, *_):
            self.council.grants(first, self.inbox)

    ear = Late(council, side.inbox)
    with pytest.raises(LeaseRefused), side.analyse(ear=ear):
        raise AssertionError("it opened")
    assert len(ear.refusals) == 1


def test_half_a_lease_and_other_files_in_the_inbox_are_waited_out(side, council):
    class Slow(Ear):
        def asked(self, asked, _):
            path = self.council.grants(asked.path)
            self.whole = path.read_bytes()
            (self.inbox / "other.json").write_text("{}")
            (self.inbox / "x.lease.json").write_bytes(self.whole[:500])
            side.day.naps.append(self.comes)

        def comes(self):
            (self.inbox / "x.lease.json").write_bytes(self.whole)

    with side.open(council.send(), ear=Slow(council, side.inbox)) as session:
        session.check()
    assert side.ear.refusals == []


# clocks


def test_a_clock_set_back_after_the_lease_ended(side, council):
    with side.open(council.send(), council) as session:
        side.day.passes(hours=25)
        with pytest.raises(LeaseRefused, match="spent"):
            session.check()
        side.day.at -= timedelta(hours=25)
        with pytest.raises(LeaseRefused):
            session.check()
    with pytest.raises(LeaseRefused, match="clock stands before"), side.analyse(council):
        raise AssertionError("it opened")


def test_a_clock_set_back_within_a_session_gives_no_time(side, council):
    with side.open(council.send(), council) as session:
        for _ in range(24):
            side.day.passes(hours=1)
            side.day.at -= timedelta(hours=1)
            if session.left().total_seconds() == 0:
                break
            session.check()
        with pytest.raises(LeaseRefused, match="spent"):
            session.check()


def test_a_sleeping_machine_counts_though_its_steady_clock_stood_still(side, council):
    with side.open(council.send(), council) as session:
        side.day.at += timedelta(hours=25)
        with pytest.raises(LeaseRefused, match="spent"):
            session.check()


def test_the_last_day_and_the_day_after(side, council):
    opened_once(side, council)
    side.day.at = side.day.at.replace(year=2027, month=2, day=1, hour=20)
    with side.analyse(council) as session:
        session.check()
        side.day.passes(hours=5)
        with pytest.raises(LeaseRefused, match="last day is over"):
            session.check()
    assert side.day.at.date() > LAST_DAY
    with pytest.raises(LeaseRefused, match="2027-02-01, is over"), side.analyse(council):
        raise AssertionError("it opened")
    refused(side, council, council.send(seed=2), LeaseRefused, "is over")
    side.day.at = side.day.at.replace(month=1, day=1)
    with pytest.raises(LeaseRefused, match="clock stands before"), side.analyse(council):
        raise AssertionError("it opened")


def test_a_package_that_comes_after_its_last_day(side, council):
    package = council.send(ends_on=date(2026, 11, 29))
    refused(side, council, package, LeaseRefused, "last day was 2026-11-29")


# the workspace


def test_one_session_at_a_time(side, council):
    package = council.send()
    with side.open(package, council), pytest.raises(Busy), side.analyse(council):
        raise AssertionError("it opened")


@pytest.mark.parametrize("cut", [1, 3])
def test_a_ledger_whose_end_was_cut_off(side, council, cut):
    opened_once(side, council)
    path = side.root / "ledger.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-cut]))
    with pytest.raises(LedgerBroken, match="ends before it"):
        side.show()


def test_a_ledger_in_which_something_was_changed(side, council):
    opened_once(side, council)
    path = side.root / "ledger.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Pause", "Peace"), encoding="utf-8")
    with pytest.raises(LedgerBroken, match="no longer has its hash"):
        side.show()


def test_a_last_line_by_halves_was_never_written(side, council):
    opened_once(side, council)
    before = side.show()["ledger"]["entries"]
    with (side.root / "ledger.jsonl").open("ab") as file:
        file.write(b'{"study": "half a li')
    assert side.show()["ledger"]["entries"] == before


def test_a_ledger_put_back_is_found_by_the_council(side, council, tmp_path):
    """Workspace and keys both put back: our own side can't tell, the council can."""
    opened_once(side, council)
    shutil.copytree(side.root, tmp_path / "backup")
    shutil.copytree(side.keys, tmp_path / "backup-keys")
    opened_once_more = side.analyse(council)
    with opened_once_more:
        pass
    shutil.rmtree(side.root)
    shutil.rmtree(side.keys)
    shutil.copytree(tmp_path / "backup", side.root)
    shutil.copytree(tmp_path / "backup-keys", side.keys)
    with pytest.raises(LedgerBroken), side.analyse(council):
        raise AssertionError("it opened")


def test_keys_inside_the_workspace_are_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("CASESCOPE_KEYS", str(tmp_path / "partner" / "workspace" / "keys"))
    with pytest.raises(VaultRefused, match="inside the workspace"):
        Partner(tmp_path / "partner")
    assert not (tmp_path / "partner").exists()


def test_a_folder_that_holds_something_is_not_begun_in(tmp_path, keys_root):
    (tmp_path / "partner" / "workspace").mkdir(parents=True)
    (tmp_path / "partner" / "workspace" / "mine.txt").write_text("mine")
    with pytest.raises(NotAllowed, match="not empty"):
        Partner(tmp_path / "partner")


def test_without_its_keys_a_workspace_opens_nothing(side, council, tmp_path):
    opened_once(side, council)
    side.keys.rename(tmp_path / "away")
    with pytest.raises(VaultRefused, match="keys of this workspace are not in"):
        side.show()
    assert not side.keys.exists()


def test_notes_need_both_sides(side, council):
    """Sealed lines don't open with another workspace secret, or another council's."""
    from casescope.actions.partner.session import note, notes

    with side.open(council.send(), council) as session:
        note(session, "what I thought")
        assert [one["text"] for one in notes(session)] == ["what I thought"]
    council.workspace_secret = bytes(32)
    with pytest.raises(VaultRefused, match="does not open"), side.analyse(council):
        raise AssertionError("it opened")


def test_sealed_notes_put_back_are_told(side, council):
    from casescope.actions.partner.session import note

    with side.open(council.send(), council) as session:
        note(session, "first")
        log = side.root / "sealed" / "log.sealed"
        before = log.read_bytes()
        note(session, "second")
    log.write_bytes(before)
    with pytest.raises(VaultRefused, match="older copy was put back"), side.analyse(council):
        raise AssertionError("it opened")


def test_what_was_told_cannot_be_put_back(side, council):
    from casescope.actions.partner.session import query

    told = side.root / "sealed" / "told.sealed"
    with side.open(council.send(), council) as session:
        query(session, "SELECT age, count(*) FROM shared_woman GROUP BY age;")
        before = told.read_bytes()
        query(session, "SELECT children, count(*) FROM shared_woman GROUP BY children;")
    told.write_bytes(before)
    with pytest.raises(VaultRefused, match="older record"), side.analyse(council):
        raise AssertionError("it opened")
    told.unlink()
    with pytest.raises(VaultRefused, match="missing"), side.analyse(council):
        raise AssertionError("it opened")


def test_a_damaged_marker_is_no_workspace(side):
    marker = side.root / "workspace.json"
    marker.write_text(json.dumps({"workspace": "../../somewhere"}))
    with pytest.raises(NotFound):
        side.show()


@pytest.mark.skipif(os.name != "posix", reason="other systems keep rights in lists")
def test_keys_can_be_read_by_their_user_alone(side):
    for name in (workspace_keys.IDENTITY, workspace_keys.SECRET, workspace_keys.SIGNING):
        assert (side.keys / name).stat().st_mode & 0o077 == 0


def test_init_makes_a_card_that_is_its_own(side):
    assert side.begun.card.name == "pause-pretendshire.card.json"
    assert side.show()["fingerprint"] == side.begun.fingerprint
    with pytest.raises(NotAllowed):
        partner.init(side.root, name="x", contact="y", actor=ACTOR, clocks=side.day.clocks())

"""Publishing cut off, files swapped in the archive, views, downloads and withdrawals."""

import hashlib
import json
import shutil

import pytest

from casescope.actions.report import _archive, releases
from casescope.actions.report import answer as reviewers_side
from casescope.actions.report import release as release_actions
from casescope.actions.study import study as studies
from casescope.governance.record.ledger import verify as verify_ledger
from casescope.governance.record.signing import sign
from casescope.kernel.errors import Busy, SignatureRefused, VaultRefused
from casescope.register import open_register
from tests.integration.people import BOB, DEE, DIR, EVE, TODAY, days_later
from tests.integration.releasing import Cut, Released, cut, refused, standing, state, view, withdraw

# cut off


@pytest.mark.parametrize("point", ["commit", "settle"])
def test_cut_off_in_publishing_it_is_released_whole_or_not(made, monkeypatch, point):
    made.both_accept(made.ask())
    with monkeypatch.context() as patch:
        where = release_actions if point == "commit" else release_actions.archive
        patch.setattr(where, point, cut)
        with pytest.raises(Cut):
            made.publish()
    assert not (made.archive / "R1").exists()
    assert state(made) == ("accepted" if point == "commit" else "released")
    folder = made.publish(today=days_later(1))
    day = TODAY if point == "settle" else days_later(1)
    released = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert released["released_on"] == day.isoformat()
    assert sorted(path.name for path in made.archive.iterdir()) == ["R1"]
    assert all(reviewers_side.verify(folder / place) for place in made.row().files)
    refused(made, "published already", lambda: made.publish(today=days_later(1)))
    public = [one for one in open_register().told(made.study_id) if one.audience == "public"]
    assert len(public) == 1


def test_cut_off_after_any_record_the_ledger_is_sound_and_work_goes_on(made, monkeypatch):
    """Between the register's transaction and the ledger head that is kept with the keys."""

    def cut_after_the_record(doing) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("casescope.actions.gate.gate.keep_head", cut)
            with pytest.raises(Cut):
                doing()
        assert verify_ledger(made.ledger()) == []

    cut_after_the_record(made.ask)
    request = made.ask()  # in the place of the one whose file was never written
    first = made.answer(request, "rae")
    cut_after_the_record(lambda: made.take(first))
    refused(made, "has answered already", lambda: made.take(first))
    cut_after_the_record(lambda: made.take(made.answer(request, "sam")))
    assert state(made) == "accepted"
    cut_after_the_record(made.publish)
    assert made.publish() == made.archive / "R2"
    cut_after_the_record(lambda: withdraw(made, release="R2"))
    withdraw(made, release="R2")
    assert reviewers_side.verify(made.archive / "R2" / "report.json").withdrawn


def test_published_twice_at_once_it_is_released_once(made, monkeypatch):
    """The second is between its gate and its commit when the first is done; a day lies between."""
    made.both_accept(made.ask())
    really = release_actions.commit

    def slow(permit, **how):
        monkeypatch.setattr(release_actions, "commit", really)
        made.publish()
        return really(permit, **{**how, "detail": {}})

    monkeypatch.setattr(release_actions, "commit", slow)
    with pytest.raises(Busy, match="published meanwhile"):
        made.publish(today=days_later(1))
    released = json.loads((made.archive / "R1" / "report.json").read_text(encoding="utf-8"))
    assert released["released_on"] == TODAY.isoformat()
    view(made)


@pytest.fixture
def half_out(made, monkeypatch) -> Released:
    """R1 recorded as released, its folder written and without its name."""
    made.both_accept(made.ask())
    with monkeypatch.context() as patch:
        patch.setattr(release_actions.archive, "settle", cut)
        with pytest.raises(Cut):
            made.publish()
    return made


def test_what_was_recorded_gets_its_name_from_whatever_comes_next(half_out):
    view(half_out)
    assert reviewers_side.verify(half_out.archive / "R1" / "report.json").says
    assert sorted(path.name for path in half_out.archive.iterdir()) == ["R1"]


def test_what_was_recorded_is_finished_after_the_figures_changed(half_out):
    """It needs no data: what was written is what was recorded."""
    half_out.scale = 0.9
    assert half_out.publish(today=days_later(1)) == half_out.archive / "R1"


def test_what_was_recorded_and_lost_is_made_again_to_the_byte(half_out):
    recorded = dict(half_out.row().files)
    shutil.rmtree(half_out.archive)
    folder = half_out.publish(today=days_later(1))
    assert {
        place: hashlib.sha256((folder / place).read_bytes()).hexdigest() for place in recorded
    } == recorded
    shutil.rmtree(half_out.archive)
    half_out.scale = 0.9
    late = days_later(1)
    refused(half_out, "not what was answered on", lambda: half_out.publish(today=late))


def test_an_earlier_release_that_was_lost_does_not_stop_a_later_one(out):
    shutil.rmtree(out.archive)
    out.both_accept(out.ask())
    assert out.publish() == out.archive / "R2"
    with pytest.raises(VaultRefused, match=r"of R1 is not in the archive"):
        view(out)


def test_what_was_written_and_not_recorded_goes_with_the_next_request(made, monkeypatch):
    made.both_accept(made.ask())
    with monkeypatch.context() as patch:
        patch.setattr(release_actions, "commit", cut)
        with pytest.raises(Cut):
            made.publish()
    assert [path.name for path in made.archive.iterdir()] == [".R1.part"]
    made.ask(today=days_later(1))
    assert list(made.archive.iterdir()) == []


def test_cut_off_after_the_record_of_asking_it_is_asked_anew(made, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(release_actions, "write_bytes", cut)
        with pytest.raises(Cut):
            made.ask()
    assert state(made) == "asked"
    made.both_accept(made.ask())
    assert made.publish().name == "R2"


def test_cut_off_in_withdrawing_it_is_marked_by_whatever_comes_next(out, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(releases.archive, "mark_withdrawn", cut)
        with pytest.raises(Cut):
            withdraw(out)
    assert state(out) == "withdrawn"
    assert not reviewers_side.verify(out.archive / "R1" / "report.json").withdrawn
    withdraw(out)
    assert reviewers_side.verify(out.archive / "R1" / "report.json").withdrawn
    refused(out, "withdrawn already", lambda: withdraw(out))


# what is out


def test_every_view_and_download_is_in_the_ledger(out, tmp_path):
    before = len(out.ledger())
    seen = releases.view(out.home, "R1", actor=EVE, today=TODAY)
    assert seen["folder"] == str(out.archive / "R1")
    paths = releases.download(out.home, "R1", to=tmp_path / "copy", actor=EVE, today=TODAY)
    entries = out.ledger()[before:]
    assert [(one.actor, one.action, one.detail["did"]["release"]) for one in entries] == [
        ("eve", "view_release", "R1"), ("eve", "download_release", "R1"),
    ]  # fmt: skip
    assert {path.name for path in paths} == {
        path.name for path in (out.archive / "R1").rglob("*") if path.is_file()
    }
    assert reviewers_side.verify(tmp_path / "copy" / "report.json").says
    refused(out, "is not empty", lambda: releases.download(
        out.home, "R1", to=tmp_path / "copy", actor=EVE, today=TODAY))  # fmt: skip


def swap_file(folder):
    (folder / "report.json").write_bytes(b"{}")


def swap_two_files(folder):
    one, other = sorted((folder / "tables").glob("*.csv"))[:2]
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def swap_two_records(folder):
    one, other = sorted((folder / "tables").glob("*.csv.release.json"))[:2]
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


@pytest.mark.parametrize("swap", [swap_file, swap_two_files, swap_two_records])
def test_files_swapped_in_the_archive_are_seen(out, tmp_path, swap):
    folder = out.archive / "R1"
    swap(folder)
    for doing in (
        lambda: releases.view(out.home, "R1", actor=EVE, today=TODAY),
        lambda: releases.download(out.home, "R1", to=tmp_path / "c", actor=EVE, today=TODAY),
    ):
        refused(out, "not the", doing, kind=SignatureRefused)
    assert not (tmp_path / "c").exists()
    changed = folder / "report.json" if swap is swap_file else None
    for place in [changed] if changed else sorted((folder / "tables").glob("*.csv"))[:2]:
        with pytest.raises(SignatureRefused, match=r"not the one that was released|are not those"):
            reviewers_side.verify(place)


def test_a_record_signed_by_another_key_is_seen_in_the_archive(out):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = out.archive / "R1" / "report.json.release.json"
    told = json.loads(path.read_text(encoding="utf-8"))["statement"]
    forged = sign("release record", told, Ed25519PrivateKey.generate()).as_dict()
    path.write_text(json.dumps(forged), encoding="utf-8")
    refused(out, "not the record that was signed", lambda: view(out), kind=SignatureRefused)
    with pytest.raises(SignatureRefused, match="another key than the request"):
        reviewers_side.verify(path)


def test_a_record_whose_approvals_were_taken_out_or_doubled(out):
    from casescope.actions.gate.release_key import release_key

    path = out.archive / "R1" / "report.json.release.json"
    told = json.loads(path.read_text(encoding="utf-8"))["statement"]
    approvals = told["approvals"]
    one = {"answers": approvals["answers"][:1], "openings": approvals["openings"][:1]}
    twice = {name: both * 2 for name, both in one.items()}
    for changed in (one, twice, {"answers": [], "openings": []}, {"openings": [{}, {}]}):
        record = {**told, "approvals": {**approvals, **changed}}
        key = release_key(out.study_id)
        path.write_text(_archive.as_text(record, key), encoding="utf-8")
        with pytest.raises(SignatureRefused):
            reviewers_side.verify(path)


def test_withdrawing_marks_it_and_what_is_out_stays_known(out, tmp_path):
    files = {path: path.read_bytes() for path in (out.archive / "R1").rglob("*.csv")}
    known = open_register().told(out.study_id)
    releases.withdraw(out.home, "R1", reason="a table was wrong", actor=DEE, today=days_later(5))
    assert state(out) == "withdrawn"
    assert standing(out)[-1]["withdrawn_reason"] == "a table was wrong"
    note = (out.archive / "R1" / "WITHDRAWN.txt").read_text(encoding="utf-8")
    assert note == "R1 was withdrawn on 2026-11-07. Do not use it.\n"
    for path, content in files.items():
        assert path.read_bytes() == content
        reading = reviewers_side.verify(path)
        assert reading.withdrawn
        assert reading.says[0] == "WITHDRAWN on 2026-11-07: do not use it."
    assert open_register().told(out.study_id) == known
    paths = releases.download(out.home, "R1", to=tmp_path / "c", actor=EVE, today=days_later(5))
    assert tmp_path / "c" / "WITHDRAWN.txt" in paths
    entry = next(one for one in out.ledger() if one.action == "withdraw_release")
    assert (entry.actor, entry.detail["reason"]) == ("dee", "a table was wrong")


@pytest.mark.parametrize("ending", [studies.close, studies.withdraw])
def test_the_archive_outlives_the_study(out, ending, tmp_path):
    more = {"reason": "r"} if ending is studies.withdraw else {}
    ending(out.home, actor=DIR, today=TODAY, **more)
    shutil.rmtree(out.home / "vault", ignore_errors=True)
    releases.view(out.home, "R1", actor=EVE, today=TODAY)
    assert reviewers_side.verify(out.archive / "R1" / "report.json").says
    releases.withdraw(out.home, "R1", reason="a table was wrong", actor=DIR, today=TODAY)
    assert reviewers_side.verify(out.archive / "R1" / "report.json").withdrawn
    assert len(open_register().told(out.study_id)) == 2


def test_what_is_not_out_is_not_viewed_or_withdrawn(made):
    made.ask()
    refused(made, "is not released", lambda: releases.view(
        made.home, "R1", actor=EVE, today=TODAY))  # fmt: skip
    refused(made, "was never released", lambda: releases.withdraw(
        made.home, "R1", reason="r", actor=BOB, today=TODAY))  # fmt: skip


def test_an_archive_inside_the_study_is_refused(made, monkeypatch):
    made.both_accept(made.ask())
    monkeypatch.setenv("CASESCOPE_ARCHIVE", str(made.home / "archive"))
    with pytest.raises(VaultRefused, match="inside the study folder"):
        made.publish()

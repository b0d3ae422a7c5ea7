"""Release by two others: the way it goes, and everything that must not get through."""

import hashlib
import io
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from casescope.actions import _archive, releases
from casescope.actions import answer as reviewers_side
from casescope.actions import release as release_actions
from casescope.actions import study as studies
from casescope.governance.ledger import verify as verify_ledger
from casescope.governance.release import ANSWER
from casescope.governance.restrictions import Restriction
from casescope.governance.roles import Actor
from casescope.governance.signing import sign
from casescope.kernel.canonical import digest
from casescope.kernel.errors import NotAllowed, SignatureRefused, VaultRefused
from casescope.register import open_register
from tests.integration.people import ANN, BOB, DEE, DIR, EVE, TODAY, approve, days_later
from tests.integration.releasing import Released, begin

RAE, SAM = Actor("rae"), Actor("sam")


@pytest.fixture
def made(drafted, monkeypatch) -> Released:
    return begin(drafted, monkeypatch)


@pytest.fixture
def out(made) -> Released:
    """R1, accepted by rae and sam, and published."""
    made.both_accept(made.ask())
    made.publish()
    return made


def standing(made: Released):
    return releases.standing(made.home, actor=EVE, today=TODAY)


def state(made: Released) -> str:
    return standing(made)[-1]["state"]


def refused(made: Released, match: str, doing, *, kind=NotAllowed) -> None:
    """It is refused, and that is in the ledger in the same words."""
    with pytest.raises(kind, match=match) as caught:
        doing()
    assert made.ledger()[-1].detail == {"refused": caught.value.sentence}


# the way it goes


def test_asked_answered_twice_and_published(made):
    request = made.ask()
    assert state(made) == "asked"
    made.take(made.answer(request, "rae"))
    assert state(made) == "partly answered"
    told = made.take(made.answer(request, "sam", reason="Well  made."))
    assert told["state"] == "accepted"
    assert [(one["reviewer"], one["outcome"], one["reason"]) for one in told["answers"]] == [
        ("rae", "accept", ""), ("sam", "accept", "Well made."),
    ]  # fmt: skip
    folder = made.publish(today=days_later(3))
    assert folder == made.archive / "R1"
    assert state(made) == "released"
    assert verify_ledger(made.ledger()) == []


def test_the_archive_copy_is_marked_released_and_the_draft_stays_a_draft(out):
    released = json.loads((out.archive / "R1" / "report.json").read_text(encoding="utf-8"))
    draft = json.loads((out.public / "report.json").read_text(encoding="utf-8"))
    assert draft["edition"]["mark"] == "Draft: not yet released"
    assert released["edition"]["mark"] == "Public edition, released on 2 November 2026."
    assert (draft["audience"], released["audience"]) == ("working", "public")
    assert released["released_on"] == "2026-11-02"
    for name in ("tables", "curves", "facts", "rules", "provenance", "value"):
        assert released[name] == draft[name]


def test_each_file_has_a_record_that_anyone_can_check(out):
    folder = out.archive / "R1"
    files = [path for path in folder.rglob("*") if path.is_file()]
    plain = [path for path in files if not path.name.endswith(".release.json")]
    assert len(plain) > 4
    assert len(files) == 2 * len(plain)
    for path in plain:
        reading = reviewers_side.verify(path)
        assert reading.kind == "release record"
        assert set(reading.fingerprints) == {"the study", "rae", "sam"}
        record = json.loads((path.parent / f"{path.name}.release.json").read_text("utf-8"))
        told = record["statement"]
        assert told["file"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["rules"]["name"] == "opensafely"
    assert told["disclosure"]["audit"]["verdict"].startswith("Not audited")
    assert told["casescope"] == "0.1.0"
    entries = {entry.number: entry.hash for entry in out.ledger()}
    assert entries[told["ledger"]["number"]] == told["ledger"]["hash"]


def test_the_audit_is_shown_to_reviewers_and_stays_with_the_release(made):
    audit = {"verdict": "No cell can be recovered.", "cells": 12, "narrowest": 4.0}
    request = made.ask(record=audit)
    assert reviewers_side.look(request)["record"]["audit"] == audit
    made.both_accept(request)
    record = json.loads((made.publish() / "report.json.release.json").read_text("utf-8"))
    assert record["statement"]["disclosure"]["audit"] == audit


def test_a_reviewer_sees_the_files_and_what_is_shown_and_hidden(made):
    request, to = made.ask(), made.place.root / "looked-at"
    asked = reviewers_side.look(request, to=to)
    assert set(asked["files"]) == {p.relative_to(to).as_posix() for p in to.rglob("*.*")}
    assert (to / "report.json").read_bytes() == (made.public / "report.json").read_bytes()
    table = json.loads((to / "report.json").read_text("utf-8"))["tables"][0]
    cells = [cell for row in table["rows"] for cell in row["cells"] if cell["kind"] != "text"]
    hidden = len([cell for cell in cells if cell["hidden"]])
    assert asked["record"]["tables"][table["id"]] == {
        "shown": len(cells) - hidden, "hidden": hidden
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "comes_to"),
    [("return", "return", "returned"), ("accept", "return", "conflict"),
     ("return", "accept", "conflict")],
)  # fmt: skip
def test_a_return_or_a_conflict_goes_back_to_the_author_who_asks_anew(
    made, first, second, comes_to
):
    request = made.ask()
    made.take(made.answer(request, "rae", first))
    told = made.take(made.answer(request, "sam", second))
    assert told["state"] == comes_to
    assert "a table is wrong" in [one["reason"] for one in told["answers"]]
    refused(made, "not accepted by two others", made.publish)
    again = made.ask()
    assert again.name == "R2.request.zip"
    assert reviewers_side.look(again)["earlier"] == {"R1": comes_to}
    made.both_accept(again)
    assert made.publish() == made.archive / "R2"
    assert [row["state"] for row in standing(made)] == [comes_to, "released"]


# blind until both have answered


def test_nothing_shows_one_answer_before_the_other(made):
    """Accepted or returned, whatever can be read is the same but for what is random."""
    request, seen = made.ask(), {}
    for outcome in ("accept", "return"):
        file = made.answer(request, "rae", outcome, reason="" if outcome == "accept" else "x" * 900)
        text = file.read_text(encoding="utf-8")
        assert outcome not in text
        assert "xxx" not in text
        seen[outcome] = len(text)
    assert seen["accept"] == seen["return"], "the length tells nothing"
    told = made.take(file)
    assert (told["state"], told["answered"], told["answers"]) == ("partly answered", 1, [])
    row = made.row()
    assert row.answers[0].opening is None
    everything = json.dumps(
        [standing(made), row.document, row.answers[0].document, row.answers[0].sealed,
         [entry.detail for entry in made.ledger()]], default=str,
    )  # fmt: skip
    for word in ("accept", "return", "xxx"):
        assert f'"{word}"' not in everything
    assert "xxx" not in everything
    with pytest.raises(NotAllowed) as caught:
        made.take(made.answer(request, "rae", "accept"))
    assert not {"accept", "return", "returned"} & set(str(caught.value).split())
    with pytest.raises(NotAllowed, match="one of two answers is in; nothing is told"):
        made.publish()


def test_the_register_file_holds_no_word_of_one_answer(made):
    made.take(made.answer(made.ask(), "rae", "return", reason="Zanzibar is in table three"))
    for path in made.place.state.iterdir():
        assert b"Zanzibar" not in path.read_bytes()


# who may ask and answer


def test_reviewers_whom_the_author_approved_do_not_count(made):
    made.place.edit('approver = ["bob"]', 'approver = ["bob", "ann"]')
    approve(made.place)
    approve(made.place, actor=ANN)
    made.report()
    refused(made, "approved by the author", made.ask)


def test_an_analyst_cannot_appoint_herself(made):
    mine = reviewers_side.key(made.place.root / "mine.key", name="rae", actor=ANN)
    text = (made.home / "study.toml").read_text(encoding="utf-8")
    line = next(one for one in text.split('"') if one.startswith("rae "))
    made.place.edit(line, mine)
    refused(made, r"\[roles\] changed since approval", made.ask)
    made.place.edit(mine, line)
    forged = reviewers_side.answer
    with pytest.raises(NotAllowed, match="does not name rae with the key"):
        forged(made.ask(), "accept", key_file=made.place.root / "mine.key",
               out=made.place.root / "x.json", today=TODAY)  # fmt: skip


def test_two_others_must_be_there_to_ask(made):
    text = (made.home / "study.toml").read_text(encoding="utf-8")
    lines = [one for one in text.split('"') if one.startswith(("rae ", "sam ", "tom "))]
    made.place.edit(", ".join(f'"{line}"' for line in lines), f'"{lines[0]}"')
    approve(made.place)
    made.report()
    refused(made, "the approval names 1", made.ask)


def test_one_person_or_one_key_is_no_two_reviewers(made):
    text = (made.home / "study.toml").read_text(encoding="utf-8")
    rae, sam = (next(o for o in text.split('"') if o.startswith(n)) for n in ("rae ", "sam "))
    made.place.edit(sam, f"sam {rae.split(' ')[1]}")
    with pytest.raises(Exception, match="name or a key twice"):
        approve(made.place)


def test_roles_of_each_action(made):
    request = made.ask()
    file = made.answer(request, "rae")
    for doing in (
        lambda: made.ask(actor=BOB), lambda: made.publish(actor=RAE),
        lambda: made.take(file, actor=EVE),
        lambda: releases.withdraw(made.home, "R1", reason="r", actor=ANN, today=TODAY),
    ):  # fmt: skip
        refused(made, "does not hold", doing)
    made.take(file, actor=SAM)  # carried in by the other reviewer: the file is signed and sealed


def test_a_request_without_its_context(made):
    with pytest.raises(NotAllowed, match="needs its context"):
        release_actions.ask(made.home, context="  ", actor=ANN, today=TODAY)


# answers that do not count


def resigned(made: Released, file, name: str, **changed):
    """Change an answer and sign it with the key of `name`."""
    given = json.loads(file.read_text(encoding="utf-8"))
    _, private = reviewers_side._own_key(made.key_of(name))
    told = {**given["answer"]["statement"], **changed}
    given["answer"] = sign(ANSWER, told, private).as_dict()
    file.write_text(json.dumps(given), encoding="utf-8")
    return file


def test_an_answer_that_was_changed(made):
    file = made.answer(made.ask(), "rae")
    given = json.loads(file.read_text(encoding="utf-8"))
    given["answer"]["statement"]["reviewer"] = "sam"
    file.write_text(json.dumps(given), encoding="utf-8")
    refused(made, "changed after it was signed", lambda: made.take(file), kind=SignatureRefused)


def test_an_answer_forged_in_the_name_of_another(made):
    file = resigned(made, made.answer(made.ask(), "rae"), "rae", reviewer="sam")
    refused(made, "no approval binds to its reviewer", lambda: made.take(file))


def test_an_answer_by_a_key_that_no_approval_names(made):
    file = made.answer(made.ask(), "rae")
    made.key_of("rae").unlink()
    reviewers_side.key(made.key_of("rae"), actor=RAE)
    resigned(made, file, "rae")
    refused(made, "no approval binds to its reviewer", lambda: made.take(file))


def test_an_answer_by_the_author(made):
    mine = reviewers_side.key(made.place.root / "ann.key", actor=ANN)
    text = (made.home / "study.toml").read_text(encoding="utf-8")
    tom = next(one for one in text.split('"') if one.startswith("tom "))
    made.place.edit(tom, mine)
    approve(made.place)
    made.report()
    request = made.ask()
    with pytest.raises(NotAllowed, match="author of a report does not answer"):
        made.answer(request, "ann")
    file = resigned(made, made.answer(request, "rae"), "ann", reviewer="ann")
    refused(made, "author of a report does not answer", lambda: made.take(file))


def test_the_same_person_twice_and_the_same_file_twice(made):
    request = made.ask()
    file = made.answer(request, "rae")
    made.take(file)
    refused(made, "has answered already", lambda: made.take(file))
    again = made.answer(request, "rae", "return")
    refused(made, "has answered already", lambda: made.take(again))
    assert state(made) == "partly answered"


def test_a_third_answer(made):
    request = made.ask()
    made.both_accept(request)
    refused(made, "Both answers", lambda: made.take(made.answer(request, "tom", "return")))
    assert state(made) == "accepted"


def test_an_answer_to_another_request_or_study(made):
    first = made.answer(made.ask(), "rae")
    made.ask(today=days_later(1))
    assert [row["state"] for row in standing(made)] == ["replaced", "asked"]
    refused(made, "to another request than R2", lambda: made.take(first, today=days_later(1)))
    other = resigned(made, made.answer(made.home / "report/requests/R2.request.zip", "sam"), "sam",
                     study="another")  # fmt: skip
    refused(made, "to another request", lambda: made.take(other, today=days_later(1)))


def test_a_sealed_part_from_another_answer(made):
    request = made.ask()
    accept, back = (made.answer(request, "rae", one) for one in ("accept", "return"))
    given = [json.loads(file.read_text(encoding="utf-8")) for file in (accept, back)]
    given[0]["sealed"] = given[1]["sealed"]
    accept.write_text(json.dumps(given[0]), encoding="utf-8")
    refused(made, "does not hold the answer that was signed", lambda: made.take(accept),
            kind=SignatureRefused)  # fmt: skip


def test_no_answer_to_nothing(made):
    file = made.answer(made.ask(), "rae")
    open_register().end_request(made.study_id, "R1", on=TODAY, ended_as="replaced")
    refused(made, "No request for release is open", lambda: made.take(file))


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'{"answer": {}}', b"[" * 100_000,
                                 b'{"answer": {"kind": "release answer", "key": "a", '
                                 b'"signature": "a", "statement": {"a": NaN}}}'])  # fmt: skip
def test_what_is_no_answer_file(made, raw):
    made.ask()
    file = made.place.root / "given.json"
    file.write_bytes(raw)
    refused(made, "given.json", lambda: made.take(file), kind=SignatureRefused)


def test_a_reason_that_is_too_long_and_a_return_without_one(made):
    request = made.ask()
    with pytest.raises(NotAllowed, match="at most 1500"):
        made.answer(request, "rae", reason="x" * 1501)
    with pytest.raises(NotAllowed, match="needs a reason"):
        reviewers_side.answer(request, "return", key_file=made.key_of("rae"), today=TODAY)
    made.take(made.answer(request, "rae", "return", reason="€" * 1500))  # three bytes each


# what is asked for changes


def test_a_request_file_that_was_changed(made):
    request = made.ask()
    whole = request.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    signed = json.loads(held["request.json"])
    signed["statement"]["context"] = "for the newspapers"
    for changed, match in (
        ({**held, "files/report.json": b"{}"}, "holds report.json changed"),
        ({**held, "files/more.html": b"<p>"}, "other files than it names"),
        ({name: held[name] for name in held if name != "files/report.json"}, "other files"),
        ({**held, "request.json": json.dumps(signed).encode()}, "changed after it was signed"),
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in changed.items():
                archive.writestr(name, content)
        request.write_bytes(stream.getvalue())
        with pytest.raises(SignatureRefused, match=match):
            made.answer(request, "rae")
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        request.write_bytes(whole[:cut])
        with pytest.raises(SignatureRefused):
            reviewers_side.look(request)


def test_a_request_signed_anew_by_somebody_else_is_not_the_one_that_is_open(made):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from casescope.governance.request_file import packed, unpacked

    request = made.ask()
    held = unpacked(request.read_bytes(), "it")
    files = {**held.files, "report.json": b"{}"}
    told = {**vars(held.request), "files": {
        **held.request.files, "report.json": hashlib.sha256(b"{}").hexdigest()}}  # fmt: skip
    other = Ed25519PrivateKey.generate()
    request.write_bytes(packed(sign("release request", told, other), files))
    file = made.answer(request, "rae")
    refused(made, "to another request", lambda: made.take(file))


def test_a_report_edited_by_hand_is_not_asked_for(made):
    path = made.public / "tables" / "flow.csv"
    assert b"8140" in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(b"8140", b"8145"))
    refused(made, r"tables/flow.csv of the public edition is not what", made.ask)
    (made.public / "report.json").unlink()
    refused(made, "no public edition with its report.json", made.ask)


def restrict(made: Released) -> None:
    open_register().restrict(made.study_id, Restriction("s1", "objection", on=TODAY, by="ann"))


CHANGES = {
    "a layer": lambda made: made.load(step_key="k2"),
    "a restriction": restrict,
    "a parameter": lambda made: made.place.edit("lookback_years = 5", "lookback_years = 6"),
    "the reference date": lambda made: made.place.edit(
        "reference_date = 2026-11-02", "reference_date = 2026-10-31"
    ),
    "a stale step": lambda made: made.patch.setattr(
        "casescope.actions._requests.stale_steps", lambda permit: ["people"]
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_since_the_report_was_written_makes_it_stale(made, change):
    change(made)
    stage = open_register().study(made.study_id).stage.value
    match = "have changed since" if stage == "reporting" else "while the study is running"
    refused(made, match, made.ask)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_after_two_accepted_stops_the_release(made, change):
    made.both_accept(made.ask())
    change(made)
    with pytest.raises(NotAllowed, match=r"have changed since|while the study is running"):
        made.publish()
    assert not made.archive.exists()


def test_a_pack_that_changed_stops_both(made, monkeypatch):
    """The figures may be the same; the rules that were answered on are not."""
    from importlib import import_module

    from casescope.disclosure import pack

    door = import_module("casescope.disclosure.release")  # the package has a function of its name
    made.both_accept(made.ask())
    before = pack.load("opensafely")
    newer = replace(before, rules=replace(before.rules, version="99"))
    monkeypatch.setattr(door, "load", lambda name: newer)
    refused(made, "not what was answered on", made.publish)
    refused(made, "not what casescope makes of the study now", made.ask)


def test_figures_that_changed_stop_both(made):
    made.both_accept(made.ask())
    made.scale = 0.9
    refused(made, "not what was answered on", made.publish)
    refused(made, "not what casescope makes of the study now", made.ask)


def test_a_report_written_again_can_be_asked_for_and_the_accepted_one_published(made):
    made.both_accept(made.ask())
    made.report(today=days_later(1))
    folder = made.publish(today=days_later(1))
    released = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert released["provenance"]["today"] == TODAY.isoformat(), "as it was looked at"


@pytest.mark.parametrize("ending", [studies.close, studies.withdraw])
def test_a_study_that_ended_meanwhile(made, ending):
    request = made.ask()
    made.take(made.answer(request, "rae"))
    file = made.answer(request, "sam")
    more = {"reason": "r"} if ending is studies.withdraw else {}
    ending(made.home, actor=DIR, today=TODAY, **more)
    for doing in (made.ask, lambda: made.take(file), made.publish):
        refused(made, "while the study is", doing)


def test_a_study_past_its_last_day(made):
    made.both_accept(made.ask())
    late = date(2027, 2, 3)
    refused(made, "ended on 2 February 2027", lambda: made.publish(today=late))
    assert not made.archive.exists()


# the register and the keys cannot be talked into it


def test_an_answer_written_into_the_register_releases_nothing(made):
    """Whoever edits the register has no reviewer's key."""
    from casescope.register.models import ReleaseAnswer

    request = made.ask()
    made.take(made.answer(request, "rae"))
    made.take(made.answer(request, "sam", "return"))
    row = ReleaseAnswer.objects.get(reviewer="sam")
    row.opening["opening"]["outcome"] = "accept"
    row.save()
    with pytest.raises(SignatureRefused, match="does not hold the answer"):
        made.publish()
    rae = ReleaseAnswer.objects.get(reviewer="rae")
    row.document, row.opening = rae.document, rae.opening
    row.save()
    with pytest.raises(SignatureRefused, match="was changed"):
        made.publish()
    assert not made.archive.exists()


def test_two_answers_at_once_are_both_taken(made, monkeypatch):
    """The second is taken in while the first is between the gate and its commit."""
    request = made.ask()
    one, other = made.answer(request, "rae"), made.answer(request, "sam", "return")
    really = release_actions.commit

    def slow(permit, **how):
        monkeypatch.setattr(release_actions, "commit", really)
        made.take(other)
        return really(permit, **how)

    monkeypatch.setattr(release_actions, "commit", slow)
    told = made.take(one)
    assert told["state"] == "conflict"
    assert {one["reviewer"]: one["outcome"] for one in told["answers"]} == {
        "rae": "accept", "sam": "return",
    }  # fmt: skip


def test_three_answers_at_once_are_two(made, monkeypatch):
    request = made.ask()
    files = [made.answer(request, name) for name in ("rae", "sam", "tom")]
    really = release_actions.commit

    def slow(permit, **how):
        monkeypatch.setattr(release_actions, "commit", really)
        made.take(files[1])
        made.take(files[2])
        return really(permit, **how)

    monkeypatch.setattr(release_actions, "commit", slow)
    refused(made, "Both answers", lambda: made.take(files[0]))
    assert len(made.row().answers) == 2


def test_a_lost_release_key_is_told(made):
    file = made.answer(made.ask(), "rae")
    (made.place.keys / made.study_id / "release.key").unlink()
    with pytest.raises(VaultRefused, match="release key"):
        made.take(file)
    with pytest.raises(VaultRefused, match="release key"):
        made.ask()


# cut off


class Cut(BaseException):
    """Stands for the process being killed."""


def cut(*_, **__):
    raise Cut


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
            releases.withdraw(out.home, "R1", reason="wrong", actor=BOB, today=TODAY)
    assert state(out) == "withdrawn"
    assert not reviewers_side.verify(out.archive / "R1" / "report.json").withdrawn
    releases.withdraw(out.home, "R1", reason="wrong", actor=BOB, today=TODAY)
    assert reviewers_side.verify(out.archive / "R1" / "report.json").withdrawn
    refused(out, "withdrawn already",
            lambda: releases.withdraw(out.home, "R1", reason="w", actor=BOB, today=TODAY))  # fmt: skip


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
        with pytest.raises(SignatureRefused, match="not the one that was released|are not those"):
            reviewers_side.verify(place)


def test_a_record_signed_by_another_key_is_seen_in_the_archive(out):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = out.archive / "R1" / "report.json.release.json"
    told = json.loads(path.read_text(encoding="utf-8"))["statement"]
    forged = sign("release record", told, Ed25519PrivateKey.generate()).as_dict()
    path.write_text(json.dumps(forged), encoding="utf-8")
    refused(out, "not the record that was signed",
            lambda: releases.view(out.home, "R1", actor=EVE, today=TODAY), kind=SignatureRefused)  # fmt: skip
    with pytest.raises(SignatureRefused, match="another key than the request"):
        reviewers_side.verify(path)


def test_a_record_whose_approvals_were_taken_out_or_doubled(out):
    from casescope.actions._release_key import release_key

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


# what was told


def test_every_report_written_or_released_is_known_for_ever(out):
    told = open_register().told(out.study_id)
    assert [(one.edition, one.audience, one.on) for one in told] == [
        ("public", "working", TODAY), ("public", "public", TODAY),
    ]  # fmt: skip
    written = json.loads((out.public / "report.json").read_text(encoding="utf-8"))
    for one in told:
        figures = json.loads(one.figures)
        assert figures == {name: written[name] for name in ("rules", "facts", "tables", "curves")}
        assert digest(figures) == one.digest
        assert one.rules.startswith("opensafely ")
    assert told[0].digest == told[1].digest


def test_a_report_is_known_before_it_can_be_read(made, monkeypatch):
    before = len(open_register().told(made.study_id))
    monkeypatch.setattr("casescope.actions.report.put", cut)
    made.scale = 0.8
    with pytest.raises(Cut):
        made.report()
    told = open_register().told(made.study_id)
    assert len(told) == before + 1
    assert told[-1].digest != told[0].digest


def test_restricting_somebody_takes_requests_away_too(made):
    from casescope.report import remove

    request = made.ask()
    remove(made.home / "report")
    assert not request.exists()
    assert not request.parent.exists()


def test_the_gate_shows_no_answers_in_the_standing_of_the_study(made):
    made.take(made.answer(made.ask(), "rae", "return"))
    shown = studies.show(made.home, actor=EVE, today=TODAY)
    assert "a table is wrong" not in json.dumps(shown, default=str)

"""Release by two others: the way it goes, who may ask and answer, and what is told."""

import hashlib
import json

import pytest

from casescope.actions.data.restrict import restrict
from casescope.actions.report import answer as reviewers_side
from casescope.actions.report import release as release_actions
from casescope.actions.report import releases
from casescope.actions.report import report as reporting
from casescope.actions.report.report import report
from casescope.actions.study import study as studies
from casescope.governance.record.ledger import verify as verify_ledger
from casescope.kernel.canonical import digest
from casescope.kernel.errors import Busy, NotAllowed
from casescope.register import open_register
from tests.integration.people import ANN, BOB, DEE, EVE, TODAY, approve, days_later
from tests.integration.releasing import (
    RAE,
    SAM,
    Cut,
    cut,
    refused,
    standing,
    state,
)

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
    assert told["disclosure"]["audit"]["verdict"].startswith("Audited: no small group")
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
        file = made.answer(
            request, "rae", outcome, reason="" if outcome == "accept" else "Zanzibar " * 100
        )
        text = file.read_text(encoding="utf-8")
        assert outcome not in text
        assert "Zanzibar" not in text
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
    for word in ("accept", "return"):
        assert f'"{word}"' not in everything
    assert "Zanzibar" not in everything
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
    refused(made, "is the author’s own", made.ask)


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


def test_small_counts_for_staff_are_not_kept_in_the_register(made):
    """They stay with those who hold the records; the register outlives the study."""
    studies.approve_working(made.home, reason="checking", actor=DEE, today=TODAY)
    before = open_register().told(made.study_id)
    write = {"actor": ANN, "today": TODAY, "edition": "working", "faces": ("csv",)}
    report(made.home, small_counts=True, **write)
    assert open_register().told(made.study_id) == before
    report(made.home, **write)
    *earlier, newest = open_register().told(made.study_id)
    assert (tuple(earlier), newest.edition) == (before, "working")
    assert not (made.home / "report" / "report.json").exists(), "only what was asked is written"


def test_a_report_is_known_before_it_can_be_read(made, monkeypatch):
    before = len(open_register().told(made.study_id))
    monkeypatch.setattr("casescope.actions.report.report.put", cut)
    made.scale = 0.8
    with pytest.raises(Cut):
        made.report()
    told = open_register().told(made.study_id)
    assert len(told) == before + 1
    assert told[-1].digest != told[0].digest


def test_no_report_is_written_of_data_that_were_replaced_meanwhile(made, monkeypatch):
    """The ledger would tell of the new extract first, and then of this report."""
    whole, before = reporting.telling, open_register().told(made.study_id)

    def meanwhile(*words):
        made.load("k2")
        return whole(*words)

    monkeypatch.setattr(reporting, "telling", meanwhile)
    with pytest.raises(Busy, match="nothing was kept"):
        made.report()
    assert open_register().told(made.study_id) == before


def test_restricting_somebody_takes_requests_away_too(made, monkeypatch):
    """One that is being written is waited for, or it would be put there after."""
    from casescope.report import remove

    whole, busy = release_actions.write_bytes, []

    def writes(*words):
        with pytest.raises(Busy) as refusal:
            restrict(made.home, "1", ground="objection", actor=BOB, today=TODAY)
        busy.append(refusal)
        whole(*words)

    monkeypatch.setattr(release_actions, "write_bytes", writes)
    request = made.ask()
    assert len(busy) == 1
    remove(made.home / "report")
    assert not request.exists()
    assert not request.parent.exists()


def test_the_gate_shows_no_answers_in_the_standing_of_the_study(made):
    made.take(made.answer(made.ask(), "rae", "return"))
    shown = studies.show(made.home, actor=EVE, today=TODAY)
    assert "a table is wrong" not in json.dumps(shown, default=str)

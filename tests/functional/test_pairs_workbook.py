"""The review in a workbook: there and back, all or nothing, never twice, nobody's eyes but hers."""

import os
import stat
from pathlib import Path

import openpyxl
import pytest

from casescope.actions.checking.pairs import decide, withdraw
from casescope.actions.checking.pairs_standing import standing
from casescope.actions.checking.pairs_workbook import export, take_in
from casescope.actions.data.load import load
from casescope.actions.data.restrict import restrict
from casescope.governance.link_decisions import Verdict
from casescope.kernel.errors import InputRefused, NotAllowed
from tests.functional.pairs import BETWEEN, LINKS_DRAWN, TOLD, WHY, joined, waits

DIFFERENT = Verdict.DIFFERENT


@pytest.fixture
def place(linked):
    return linked


def filled(path: Path, decisions: dict[frozenset[str], str], why: str = "") -> Path:
    book = openpyxl.load_workbook(path)
    head, *rows = book["Pairs"].iter_rows()
    at = {cell.value: place for place, cell in enumerate(head)}
    for row in rows:
        pair = frozenset((row[at["Records A"]].value, row[at["Records B"]].value))
        row[at["Decision"]].value = decisions.get(pair)
        row[at["Why (name nobody)"]].value = why if pair in decisions else None
    done = path.with_name("filled.xlsx")
    book.save(done)
    return done


def test_a_workbook_there_and_back(place):
    path = place.root / "pairs.xlsx"
    said = export(place.home, path, **WHY, **TOLD)
    assert said["pairs"] == 3
    assert "plain text" in said["warnings"][0]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    answers = filled(path, {frozenset(BETWEEN): "same", frozenset(("m7", "m8")): "different"})
    counts = take_in(place.home, answers, **TOLD)
    assert (counts["imported"], counts["changed"], counts["not_answered"]) == (2, 0, 1)
    assert BETWEEN in joined(place)
    again = take_in(place.home, answers, **TOLD)
    assert (again["imported"], again["imported_before"]) == (0, 2)


def test_the_later_answer_wins_and_an_old_workbook_brings_nothing_back(place):
    path = place.root / "pairs.xlsx"
    export(place.home, path, **WHY, **TOLD)
    decide(place.home, *BETWEEN, DIFFERENT, **TOLD)
    first = take_in(place.home, filled(path, {frozenset(BETWEEN): "same"}), **TOLD)
    assert (first["imported"], first["changed"]) == (1, 1)
    withdraw(place.home, *BETWEEN, **WHY, **TOLD)
    assert take_in(place.home, filled(path, {frozenset(BETWEEN): "same"}), **TOLD)["imported"] == 0
    assert frozenset(BETWEEN) in waits(place)
    other = take_in(place.home, filled(path, {frozenset(BETWEEN): "different"}), **TOLD)
    assert other["imported"] == 1
    back = take_in(place.home, filled(path, {frozenset(BETWEEN): "same"}), **TOLD)
    assert (back["imported"], back["changed"]) == (1, 1)


def test_one_bad_row_and_nothing_is_imported(place):
    path = place.root / "pairs.xlsx"
    export(place.home, path, **WHY, **TOLD)
    for answers, why, match in (
        ({frozenset(BETWEEN): "same", frozenset(("m7", "m8")): "perhaps"}, "", "Decision"),
        ({frozenset(BETWEEN): "same"}, "Xanthe again", "Why"),
    ):
        with pytest.raises(InputRefused, match=f"column '{match}"):
            take_in(place.home, filled(path, answers, why), **TOLD)
    assert standing(place.home, **TOLD)["decisions"] == []


def test_answers_on_somebody_restricted_or_joined_since_are_left_out(place):
    path = place.root / "pairs.xlsx"
    export(place.home, path, **WHY, **TOLD)
    restrict(place.home, "m1", ground="objection", **TOLD)
    extract = place.root / "extract" / "linked_identifier.csv"
    extract.write_text(
        "link_person_id,link_identifier_type,link_identifier_value\nm7,legacy id,m8\n"
    )
    load(place.home, [place.root / "extract"], **TOLD)
    every = {frozenset(pair): "same" for pair in LINKS_DRAWN}
    counts = take_in(place.home, filled(path, every), **TOLD)
    assert (counts["imported"], counts["withheld"], counts["no_longer_two_women"]) == (1, 1, 1)


def test_a_workbook_is_never_written_over_or_among_encrypted_files(place):
    path = place.root / "pairs.xlsx"
    path.write_bytes(b"answers")
    with pytest.raises(NotAllowed, match="already there"):
        export(place.home, path, **WHY, **TOLD)
    assert path.read_bytes() == b"answers"
    for bad in (place.home / "vault" / "p.xlsx", place.root / "p.csv"):
        with pytest.raises(NotAllowed):
            export(place.home, bad, **WHY, **TOLD)
        assert not bad.exists()


def test_an_export_into_the_study_folder_is_warned_of(place):
    said = export(place.home, place.home / "p.xlsx", **WHY, **TOLD)
    assert any("closing the study does not delete it" in warning for warning in said["warnings"])


def test_an_export_that_could_not_be_recorded_leaves_no_file(place, monkeypatch):
    monkeypatch.setattr("casescope.actions.gate.gate._append", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(place.home, place.root / "p.xlsx", **WHY, **TOLD)
    assert not (place.root / "p.xlsx").exists()

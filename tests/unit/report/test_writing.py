"""A report's files are written whole or not at all, and can be taken away again."""

import json

import pytest

from casescope.report import Edition, Face, remove, write
from tests.unit.report.county import county, study_facts

QUICK = {"editions": (Edition.WORKING,), "faces": (Face.HTML, Face.JSON)}


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")
                  if path.is_file())  # fmt: skip


def test_write_replaces_both_files_whole(tmp_path, small):
    folder = tmp_path / "report"
    first = write(folder, small, study_facts(), **QUICK)
    assert [path.name for path in first] == ["report.html", "report.json"]
    before = [path.read_bytes() for path in first]
    again = write(folder, small, study_facts(), **QUICK)
    assert [path.read_bytes() for path in again] == before
    assert files_in(folder) == ["report.html", "report.json"]
    assert json.loads(before[1])["study"]["authority"] == "Anyshire County Council"


def test_a_fault_leaves_the_earlier_report_as_it_was(tmp_path, small):
    paths = write(tmp_path, small, study_facts(), **QUICK)
    before = [path.read_bytes() for path in paths]
    with pytest.raises(TypeError):
        write(tmp_path, county(), study_facts(), **QUICK)
    assert [path.read_bytes() for path in paths] == before
    assert len(list(tmp_path.iterdir())) == 2


def test_a_face_that_cannot_be_made_leaves_every_face_as_it_was(tmp_path, small, monkeypatch):
    write(tmp_path, small, study_facts(), **QUICK)
    before = (tmp_path / "report.html").read_bytes()
    monkeypatch.setattr("casescope.report.faces.pdf.STANDARD", "no such standard")
    with pytest.raises(Exception, match="standard"):
        write(tmp_path, small, study_facts(name="Another"), faces=(Face.HTML, Face.PDF))
    assert files_in(tmp_path) == ["report.html", "report.json"]
    assert (tmp_path / "report.html").read_bytes() == before


def test_a_disk_that_fails_midway_leaves_every_file_old_or_new_and_no_scraps(
    tmp_path, small, monkeypatch
):
    first = write(tmp_path, small, study_facts(), **QUICK)
    old = [path.read_bytes() for path in first]
    flushed = []

    def fails_at_the_second(descriptor):
        flushed.append(descriptor)
        if len(flushed) == 2:
            raise OSError("disk full")

    monkeypatch.setattr("casescope.report.writing.os.fsync", fails_at_the_second)
    with pytest.raises(OSError, match="disk full"):
        write(tmp_path, small, study_facts(name="Another"), **QUICK)
    assert files_in(tmp_path) == ["report.html", "report.json"]
    now = [path.read_bytes() for path in first]
    assert b"Another" in now[0]
    assert now[0].rstrip().endswith(b"</html>")
    assert now[1] == old[1]


def test_everything_is_written_where_it_is_said_and_taken_away_whole(tmp_path, nothing):
    paths = write(tmp_path / "report", nothing, study_facts())
    assert [path.relative_to(tmp_path / "report").as_posix() for path in paths] == [
        *(f"report.{kind}" for kind in ("html", "json", "pdf", "docx", "xlsx")), "tables",
        *(f"public/report.{kind}" for kind in ("html", "json", "pdf", "docx", "xlsx")),
        "public/tables",
    ]  # fmt: skip
    assert all(path.exists() for path in paths)
    assert len(list((tmp_path / "report" / "tables").glob("*.csv"))) > 10
    kept = tmp_path / "report" / "minutes.txt"
    kept.write_text("somebody else's", encoding="utf-8")
    remove(tmp_path / "report")
    assert files_in(tmp_path / "report") == ["minutes.txt"]


def test_tables_that_a_new_report_does_not_have_are_taken_away(tmp_path, nothing):
    old = tmp_path / "tables" / "gone.csv"
    old.parent.mkdir()
    old.write_text("a\n", encoding="utf-8")
    other = old.with_suffix(".txt")
    other.write_text("a\n", encoding="utf-8")
    write(tmp_path, nothing, study_facts(), editions=(Edition.WORKING,), faces=(Face.CSV,))
    assert not old.exists()
    assert other.exists()
    assert (tmp_path / "tables" / "data-dictionary.csv").is_file()

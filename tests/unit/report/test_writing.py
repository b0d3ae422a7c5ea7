"""A report's files are written whole or not at all, and can be taken away again."""

import json
from pathlib import Path

import pytest

from casescope.kernel import durable
from casescope.kernel.errors import VaultRefused
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
    whole, filled = durable._fill, []

    def fails_at_the_second(part, *how, **private):
        filled.append(part)
        whole(part, *how, **private)
        if len(filled) == 2:
            raise OSError("disk full")

    monkeypatch.setattr(durable, "_fill", fails_at_the_second)
    with pytest.raises(VaultRefused, match=r"report\.json cannot be written"):
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


def test_what_a_killed_report_left_half_written_goes_with_it(tmp_path, nothing, monkeypatch):
    """A file that is whole but for its name holds the same figures as the report."""
    folder = tmp_path / "report"
    write(folder, nothing, study_facts(), faces=(Face.HTML, Face.CSV))
    before = {*files_in(folder)}

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as machine:
        machine.setattr(Path, "replace", killed)
        machine.setattr(Path, "unlink", lambda *_, **__: None)
        for face in (Face.HTML, Face.CSV):
            for edition in Edition:
                with pytest.raises(KeyboardInterrupt):
                    write(folder, nothing, study_facts(), editions=(edition,), faces=(face,))
    assert len({*files_in(folder)} - before) == 4, "each was killed before it gave a file its name"
    write(folder, nothing, study_facts(), editions=(Edition.PUBLIC,), faces=(Face.HTML, Face.CSV))
    assert len({*files_in(folder)} - before) == 2, "the next report takes its own along"
    remove(folder)
    assert files_in(folder) == []


def held_open(monkeypatch, *names: str) -> None:
    """Let no file of these names be removed or written over, as Windows does while it is open."""
    unlink, replace = Path.unlink, Path.replace

    def is_held(path: Path) -> bool:
        return path.name in names

    def unlinked(self, missing_ok=False):
        if is_held(self):
            raise PermissionError(13, "in use", str(self))
        unlink(self, missing_ok=missing_ok)

    def replaced(self, target):
        if is_held(Path(target)):
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "unlink", unlinked)
    monkeypatch.setattr(Path, "replace", replaced)


def test_a_file_that_is_open_in_another_program_is_named(tmp_path, small, monkeypatch):
    write(tmp_path, small, study_facts(), **QUICK)
    held_open(monkeypatch, "report.json")
    with pytest.raises(VaultRefused) as refused:
        write(tmp_path, small, study_facts(name="Another"), **QUICK)
    assert str(tmp_path / "report.json") in refused.value.sentence
    assert "close it" in refused.value.remedy
    assert files_in(tmp_path) == ["report.html", "report.json"], "no scraps"


def test_what_cannot_be_removed_is_told_and_the_rest_goes(tmp_path, nothing, monkeypatch):
    write(tmp_path / "report", nothing, study_facts(), faces=(Face.HTML, Face.XLSX, Face.CSV))
    held_open(monkeypatch, "report.xlsx")
    left = remove(tmp_path / "report")
    assert [path.relative_to(tmp_path / "report").as_posix() for path in left] == [
        "report.xlsx", "public/report.xlsx",
    ]  # fmt: skip
    assert [path.name for path in (tmp_path / "report").rglob("*") if path.is_file()] == [
        "report.xlsx", "report.xlsx",
    ]  # fmt: skip


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

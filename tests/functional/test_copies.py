"""The council's own copies: known by path and hash to the ledger, and looked for."""

import shutil
from datetime import UTC, datetime

import pytest

from casescope.actions.checking.cohort import cohort
from casescope.actions.checking.pairs_workbook import export
from casescope.actions.data.load import load
from casescope.actions.work import copies
from casescope.actions.work.copies import State, known_copies, look_for
from casescope.governance.record.ledger import next_entry
from casescope.register import open_register
from casescope.vault.layers import file_sha256
from tests.functional.place import ME, TODAY

TOLD = {"actor": ME, "today": TODAY}


@pytest.fixture
def loaded(study, extract, tmp_path):
    """A study whose newest load is of a folder of its own, with a list and a workbook written."""
    folder = tmp_path / "given"
    shutil.copytree(extract, folder)
    load(study.home, [folder], **TOLD)
    cohort(study.home, reason="to check", file=tmp_path / "list.xlsx", **TOLD)
    export(study.home, tmp_path / "pairs.xlsx", reason="review", **TOLD)
    return study


def seen(study) -> dict[str, copies.Seen]:
    found = known_copies(open_register().entries(study.study_id))
    return {one.path.name: look_for(one) for one in found}


def test_what_was_loaded_and_written_is_known_and_looked_for(loaded, tmp_path):
    """By path and hash; the ledger names no file of a folder. Then, what became of each."""
    found = seen(loaded)
    assert {name: (one.copy.what, one.state) for name, one in found.items()
            if name != "county"} == {
        "given": ("extract", State.UNCHANGED),
        "list.xlsx": ("cohort list", State.UNCHANGED),
        "pairs.xlsx": ("pairs", State.UNCHANGED),
    }  # fmt: skip
    given = found["given"].copy
    files = sorted(path for path in (tmp_path / "given").rglob("*") if path.is_file())
    assert given.files == found["given"].left == len(files)
    assert given.bytes == sum(path.stat().st_size for path in files)
    assert (given.made_by, given.made_on) == (ME.name, TODAY.isoformat())
    ledger = str(open_register().entries(loaded.study_id))
    assert not [path.name for path in files if path.name in ledger]

    (tmp_path / "list.xlsx").unlink()
    with (tmp_path / "pairs.xlsx").open("ab") as file:
        file.write(b"x")
    files[0].unlink()
    files[1].write_bytes(b"changed")
    found = seen(loaded)
    assert found["list.xlsx"].state is State.GONE
    assert found["pairs.xlsx"].state is State.CHANGED
    assert (found["given"].state, found["given"].left) == (State.CHANGED, len(files) - 2)
    for path in files[1:]:
        path.unlink()
    assert seen(loaded)["given"].state is State.GONE
    shutil.rmtree(tmp_path / "given")
    assert seen(loaded)["given"].state is State.GONE


def test_a_long_list_of_files_is_known_by_one_hash(tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "LISTED", 3)
    files = [tmp_path / "given" / f"{number}.csv" for number in range(4)]
    files[0].parent.mkdir()
    for path in files:
        path.write_text(path.name)
    told = copies.folder_copies([tmp_path / "given"], {one: file_sha256(one) for one in files})
    entry = next_entry(None, study="s", on=TODAY, at=datetime.now(UTC), actor="ann", action="load",
                       detail={"did": told})  # fmt: skip
    (copy,) = known_copies([entry])
    assert (look_for(copy).state, copy.each, copy.files) == (State.UNCHANGED, (), 4)
    files[0].unlink()
    assert (look_for(copy).state, look_for(copy).left) == (State.CHANGED, 0)


def test_what_cannot_be_looked_at_is_not_said_to_be_gone(tmp_path, monkeypatch):
    def fails(_: object) -> str:
        raise PermissionError

    file = tmp_path / "list.xlsx"
    file.write_bytes(b"")
    monkeypatch.setattr(copies, "file_sha256", fails)
    copy = copies.Copy("cohort list", file, 1, 0, "a" * 64, False, TODAY.isoformat(), "ann")
    assert look_for(copy).state is State.UNREADABLE

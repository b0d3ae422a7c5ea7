"""Layers: published whole or not at all, swept when not in force, refused when not whole."""

import os
from threading import Event, Thread

import duckdb
import pytest

from casescope.kernel.errors import Busy, VaultRefused
from casescope.vault.keys import KeyRing
from casescope.vault.layers import Vault, check_whole, drafting, is_whole


@pytest.fixture
def vault(tmp_path):
    ring = KeyRing(tmp_path / "keys")
    ring.create("s1")
    return Vault(tmp_path / "home", "s1", ring)


def write(vault, name="extract", wing="identified", inputs=None, query="SELECT 1 AS n"):
    with (
        vault.writing(),
        drafting(vault, name=name, wing=wing, step_key="k", inputs=inputs or {}) as draft,
    ):
        draft.connection.execute(f"CREATE TABLE t AS {query}")
    return draft.published()


def drafting_extract(vault):
    vault.folder.mkdir(parents=True)
    return drafting(vault, name="extract", wing="identified", step_key="k", inputs={})


def test_a_writer_that_is_patient_waits_for_its_place(vault):
    placed, enough = Event(), Event()

    def write():
        with vault.writing():
            placed.set()
            enough.wait(30)

    other = Thread(target=write)
    other.start()
    assert placed.wait(30)
    with pytest.raises(Busy), vault.writing():
        pass
    enough.set()
    with vault.writing(patience=30):
        other.join()


def names(vault):
    return sorted(path.name for path in vault.folder.iterdir() if not path.name.startswith("."))


def test_a_layer_is_published_and_read(vault):
    layer = write(vault, query="SELECT unnest([1, 2, 3]) AS n")
    assert (layer.tables, layer.wing, layer.step_key) == ({"t": 3}, "identified", "k")
    assert names(vault) == [layer.file]
    with vault.reading([layer]) as connection:
        assert connection.execute("SELECT sum(n) FROM extract.t").fetchone() == (6,)


def test_one_layer_is_made_from_another_and_cannot_change_it(vault):
    first = write(vault)
    second = write(vault, name="people", inputs={"extract": first},
                   query="SELECT n + 1 AS n FROM extract.t")  # fmt: skip
    with vault.reading([second]) as connection:
        assert connection.execute("SELECT n FROM people.t").fetchone() == (2,)
    with pytest.raises(duckdb.Error):
        write(vault, inputs={"x": first}, query="SELECT 1; DROP TABLE x.t")
    assert is_whole(vault.folder / first.file, first)


def test_names_of_files_cannot_be_guessed(vault):
    assert write(vault).file != write(vault).file


def test_a_draft_that_fails_leaves_nothing(vault):
    with pytest.raises(duckdb.Error):
        write(vault, query="SELECT n FROM no_such_table")
    assert names(vault) == []


def test_a_draft_has_no_record_before_its_block_ends(vault):
    with drafting_extract(vault) as draft, pytest.raises(RuntimeError, match="its block ends"):
        draft.published()
    assert draft.published().name == "extract"


def test_what_is_not_in_force_is_swept(vault):
    kept, superseded = write(vault), write(vault)
    for name in ("x-1.part", "x-1.part.wal", "x-2.duckdb.wal"):
        (vault.folder / name).write_bytes(b"left by a process that was killed")
    (vault.folder / ".spill").mkdir()
    (vault.folder / ".spill" / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"spilt")
    (vault.folder / "manifest.json").write_text("{}")
    with vault.writing():
        vault.sweep([kept.file])
    assert names(vault) == [kept.file, "manifest.json"]
    assert superseded.file not in names(vault)
    assert not (vault.folder / ".spill").exists()


@pytest.mark.parametrize("how", ["one bit", "truncated", "longer", "emptied", "deleted", "folder"])
def test_what_is_not_whole_is_refused(vault, how):
    layer = write(vault)
    path = vault.folder / layer.file
    content = path.read_bytes()
    path.unlink()
    if how == "folder":
        path.mkdir()
    elif how != "deleted":
        path.write_bytes({
            "one bit": content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
            "truncated": content[:-1], "longer": content + b"\0", "emptied": b"",
        }[how])  # fmt: skip
    assert not is_whole(path, layer)
    with pytest.raises(VaultRefused, match="'extract' is damaged or missing"):
        check_whole(path, layer)
    with pytest.raises(VaultRefused), vault.reading([layer]):
        pass


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("extract", "Load the extract"), ("people", "casescope run"), ("identities", "copy of the")],
)
def test_what_to_do_depends_on_the_layer(vault, name, remedy):
    layer = write(vault, name=name)
    (vault.folder / layer.file).unlink()
    with pytest.raises(VaultRefused, match=remedy):
        check_whole(vault.folder / layer.file, layer)


def test_one_writer(vault):
    with (
        vault.writing(),
        pytest.raises(Busy, match="Another casescope process"),
        Vault(vault.home, "s1", vault.keys).writing(),
    ):
        pass
    with vault.writing():
        pass


def test_many_readers_while_one_writes(vault):
    layer = write(vault)
    with vault.reading([layer]) as one, vault.reading([layer]) as two, vault.writing():
        assert one.execute("SELECT n FROM extract.t").fetchone() == (1,)
        assert two.execute("SELECT n FROM extract.t").fetchone() == (1,)


def test_the_keys_of_one_wing_do_not_open_the_other(vault):
    layer = write(vault, wing="analysis", name="dataset")
    folder = vault.keys.folder("s1")
    (folder / "analysis.key").unlink()
    with pytest.raises(VaultRefused, match="analysis key"), vault.reading([layer]):
        pass
    (folder / "analysis.key").write_text((folder / "identified.key").read_text())
    with pytest.raises(VaultRefused, match="does not open"), vault.reading([layer]):
        pass


def test_a_disk_that_is_full(vault, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(VaultRefused, match="cannot be written"):
        write(vault)
    monkeypatch.undo()
    assert names(vault) == []


def test_a_vault_folder_that_cannot_be_made(vault):
    vault.home.write_text("a file where the folder should be")
    with pytest.raises(VaultRefused, match="cannot be written"):
        write(vault)


def test_nothing_is_written_beside_its_keys(tmp_path):
    ring = KeyRing(tmp_path / "home" / "keys")
    ring.create("s1")
    inside = Vault(tmp_path / "home", "s1", ring)
    with pytest.raises(VaultRefused, match="inside the study folder"):
        write(inside)
    assert names(inside) == []

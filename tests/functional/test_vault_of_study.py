"""Wrong keys, damaged layers, folders that cannot be written: one sentence each, nothing lost."""

import os
import secrets
import shutil
from pathlib import Path

import duckdb
import pytest

from casescope.actions.data.load import load
from casescope.actions.data.restrict import restrict
from casescope.actions.data.run import run
from casescope.kernel.errors import VaultRefused
from casescope.register import open_register
from casescope.vault.keys import KeyRing
from tests.functional.place import ME, TODAY, begin, outputs

MADE_AGAIN = ["people", "removals", "cohort", "quality", "dataset"]


def damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "deleted":
        path.unlink()
    elif how == "truncated":
        path.write_bytes(content[: len(content) // 2])
    elif how == "emptied":
        path.write_bytes(b"")
    else:
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


def path_of(study, name: str) -> Path:
    return study.home / "vault" / study.layers()[name]


HOW = ["one bit", "truncated", "deleted", "emptied"]


def test_a_damaged_extract_is_named_with_what_to_do(study, extract):
    before = outputs(study, with_report=False)
    damage(path_of(study, "extract"), "one bit")
    code, said = study.refuse("quality", study.home)
    assert code == 30
    assert "The layer 'extract' is damaged or missing.\n  Load the extract again." in said
    load(study.home, [extract], actor=ME, today=TODAY)
    assert outputs(study, with_report=False) == before


@pytest.mark.parametrize(("name", "how"), list(zip(MADE_AGAIN, [*HOW, "one bit"], strict=True)))
def test_any_other_damaged_layer_is_made_again(study, name, how):
    before = outputs(study, with_report=False)
    damage(path_of(study, name), how)
    said = run(study.home, actor=ME, today=TODAY)
    assert said == {step: "done" if step == name else "unchanged" for step in said}
    assert outputs(study, with_report=False) == before


def test_a_damaged_layer_does_not_stop_reading(study):
    before = outputs(study, with_report=False)
    damage(path_of(study, "dataset"), "one bit")
    damage(path_of(study, "cohort"), "deleted")
    assert outputs(study, with_report=False) == before


def test_a_damaged_id_map_is_never_made_again(study, extract, truth):
    """New ids would set everybody free who is restricted by an old one."""
    restrict(study.home, truth["women"][0]["person_ids"][0], ground="g", actor=ME, today=TODAY)
    path = path_of(study, "identities")
    content = path.read_bytes()
    damage(path, "deleted")
    code, said = study.refuse("findings", study.home)
    assert code == 30
    assert "'identities' is damaged or missing" in said
    assert "copy of the study folder" in said
    load(study.home, [extract], actor=ME, today=TODAY)
    with pytest.raises(VaultRefused, match="identities"):
        run(study.home, actor=ME, today=TODAY)
    path.write_bytes(content)
    found = outputs(study, with_report=False)
    assert next(line["women"] for line in found["cohort broad"]["flow"]
                if line["step"] == "withheld") == 1  # fmt: skip


def test_check_names_each_damaged_layer(study):
    for name in ("people", "dataset"):
        damage(path_of(study, name), "one bit")
    done = study.process("study", "check", study.home)
    assert done.returncode == 30
    assert "'people' is damaged" in done.stdout
    assert "'dataset' is damaged" in done.stdout


def test_a_wrong_key(study):
    for wing in ("identified", "analysis"):
        (study.keys / study.study_id / f"{wing}.key").write_text(secrets.token_hex(32))
    for words in (("quality", study.home), ("findings", study.home)):
        code, said = study.refuse(*words)
        assert code == 30
        assert "does not open the layer" in said
        assert "CASESCOPE_KEYS" in said


def test_no_keys(study):
    for key in study.keys.rglob("*.key"):
        key.unlink()
    code, said = study.refuse("findings", study.home)
    assert code == 30
    assert "key of this study is not in" in said


def test_a_damaged_key_writes_nothing(study, extract):
    path = study.keys / study.study_id / "identified.key"
    path.chmod(0o600)
    path.write_bytes(b"abc")
    before = study.layers()
    code, said = study.refuse("load", study.home, extract)
    assert code == 30
    assert "identified key of this study" in said
    assert "damaged" in said
    assert (study.layers(), study.files()) == (before, set(before.values()))


def test_keys_inside_the_study_folder_lock_nothing(empty, truth, extract, monkeypatch):
    monkeypatch.setenv("CASESCOPE_KEYS", str(empty.home / "keys"))
    begin(empty, truth)
    with pytest.raises(VaultRefused, match="inside the study folder"):
        load(empty.home, [extract], actor=ME, today=TODAY)


def test_each_wing_opens_with_its_own_key_alone(study):
    from casescope.vault.layers import LayerRecord, Vault

    rows = open_register().study(study.study_id).layers
    vault = Vault(study.home, study.study_id, KeyRing.default())
    folder = study.keys / study.study_id
    content = {wing: (folder / f"{wing}.key").read_text() for wing in ("identified", "analysis")}
    for wing, other in (("identified", "analysis"), ("analysis", "identified")):
        (folder / f"{wing}.key").write_text(content[other])
    for row in rows.values():
        layer = LayerRecord(**{**vars(row), "tables": dict(row.tables)})
        with pytest.raises(VaultRefused, match="does not open"), vault.reading([layer]):
            pass
    assert {row.wing for row in rows.values()} == {"identified", "analysis"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(study, extract):
    (study.home / "vault").chmod(0o500)
    try:
        code, said = study.refuse("load", study.home, extract)
    finally:
        (study.home / "vault").chmod(0o700)
    assert code == 30
    assert "cannot be written" in said


FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize("where", ["replace", "fsync", "duckdb", "mkdir"])
def test_a_folder_that_cannot_be_written_in_any_way(study, extract, monkeypatch, where):
    def fails(*_args, **_kwargs):
        raise duckdb.IOException("Could not write all bytes") if where == "duckdb" else FULL

    before = study.layers()
    if where == "replace":
        replace = Path.replace
        monkeypatch.setattr(
            Path, "replace",
            lambda path, to: fails() if path.suffix == ".part" else replace(path, to),
        )  # fmt: skip
    elif where == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    elif where == "mkdir":
        shutil.rmtree(study.home / "vault")
        (study.home / "vault").write_text("a file where the folder was")
    else:
        monkeypatch.setattr("casescope.actions.data.load.load_sheets", fails)
    with pytest.raises(VaultRefused, match="cannot be written"):
        load(study.home, [extract], actor=ME, today=TODAY)
    monkeypatch.undo()
    assert study.layers() == before
    if where != "mkdir":
        assert not [path for path in study.files() if path.endswith(".part")]


def test_the_manifest_says_what_is_there_and_names_nobody(study, truth):
    import json

    text = (study.home / "vault" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert {layer["name"]: layer["file"] for layer in manifest["layers"]} == study.layers()
    identifiers = {one for woman in truth["women"] for one in woman["person_ids"]}
    assert not any(f'"{one}"' in text for one in identifiers)


def test_nobody_else_may_read_keys_or_vault(study):
    if os.name == "nt":
        pytest.skip("rights are kept otherwise there")
    for path in [*study.keys.rglob("*.key"), study.home / "vault", study.keys / study.study_id]:
        assert path.stat().st_mode & 0o077 == 0, path

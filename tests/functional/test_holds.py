"""A hold keeps one woman's rows beyond the end, exactly hers, and nothing of anybody else."""

from datetime import timedelta
from typing import Any

import duckdb
import pytest

from casescope.actions.ending import hold as holding
from casescope.actions.study.study import close
from casescope.governance.holds import Ground
from casescope.identified.holding.keep import NOBODYS, condition_for, tables_of
from casescope.identified.holding.reading import rows_held
from casescope.kernel.errors import NotAllowed, NotFound, VaultRefused
from casescope.register import open_register
from casescope.vault.held import held_file
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault
from tests.functional.place import ME, TODAY

LATER = TODAY + timedelta(days=60)
HELD = {"ground": Ground.RIGHTS, "until": LATER, "reason": "access request", "actor": ME,
        "today": TODAY}  # fmt: skip


def layers_of(study) -> dict[str, LayerRecord]:
    return {
        name: LayerRecord(**{**vars(row), "tables": dict(row.tables)})
        for name, row in open_register().study(study.study_id).layers.items()
        if row.wing == "identified"
    }


def vault_of(study) -> Vault:
    return Vault(study.home, study.study_id, KeyRing.default())


def all_rows(study) -> dict[str, list[dict[str, Any]]]:
    """Every row of every layer of the council's wing."""
    found = {}
    with vault_of(study).reading(list(layers_of(study).values())) as connection:
        for table in tables_of(connection):
            rows = connection.execute(f'SELECT * FROM {table.layer}."{table.name}"')
            names = [column[0] for column in rows.description]
            found[f"{table.layer}.{table.name}"] = [
                dict(zip(names, row, strict=True)) for row in rows.fetchall()
            ]
    return found


def a_mother(truth) -> dict[str, Any]:
    return max(
        truth["women"], key=lambda woman: len(woman["by_count"]["broad"]["removed_children"])
    )


def values(row: dict[str, Any]) -> set[str]:
    return {str(value) for value in row.values() if value is not None}


def test_the_rows_of_the_extract_that_are_kept_are_exactly_hers(study, truth):
    """By brute force: every row of the extract that names her or a child of hers anywhere."""
    woman = a_mother(truth)
    before = all_rows(study)
    hers = set(woman["person_ids"]) | {
        row["moth_childs_person_id"] for row in before["extract.mother"]
        if row["moth_person_id"] in woman["person_ids"]
    }  # fmt: skip
    assert len(hers) > len(woman["person_ids"])
    nine_oh_three = {
        row["child_903"] for row in before["people.child_903"]
        if row["subject"] in {one["subject"] for one in before["people.record"]
                              if one["person_id"] in hers}
    }  # fmt: skip
    assessments = {row["cina_assessment_id"] for row in before["extract.assessment"]
                   if row["cina_person_id"] in hers}  # fmt: skip
    placements = {row["clae_cla_placement_id"] for row in before["extract.cla_episode"]
                  if row["clae_person_id"] in hers}  # fmt: skip
    everything = hers | nine_oh_three | assessments | placements
    wanted = {
        name: [row for row in rows if values(row) & everything]
        for name, rows in before.items() if name.startswith("extract.")
    }  # fmt: skip
    kept = closed_with_a_hold(study, woman["person_ids"][0])
    for name, rows in wanted.items():
        assert sorted(map(str, kept.get(name, []))) == sorted(map(str, rows)), name
    assert sum(map(len, wanted.values())) > 10
    assert {"extract.person", "extract.mother", "extract.episodes"} <= set(kept)


def closed_with_a_hold(study, person: str) -> dict[str, list[dict[str, Any]]]:
    one = holding.hold(study.home, person, **HELD)
    close(study.home, actor=ME, today=TODAY)
    row = open_register().hold(study.study_id, one.hold_id)
    return rows_held(vault_of(study), one.hold_id, row.sha256)


def test_nobody_else_is_in_the_derived_tables_that_are_kept(study, truth):
    woman = a_mother(truth)
    others = {one for other in truth["women"] if other is not woman for one in other["person_ids"]}
    kept = closed_with_a_hold(study, woman["person_ids"][0])
    numbers = {row["subject"] for row in kept["people.record"]}
    for name, rows in kept.items():
        for row in rows:
            ids = {row[c] for c in ("woman_id", "child_id", "subject", "one", "other")
                   if isinstance(row.get(c), int)}  # fmt: skip
            assert not ids or ids & numbers, name
            assert not values(row) & others, name
    assert {"cohort.standing", "cohort.issue", "removals.removal"} <= set(kept)


def test_every_table_of_every_layer_is_somebodys_or_nobodys(study):
    """A new table must be said to be one or the other, or a hold would lose it in silence."""
    with vault_of(study).reading(list(layers_of(study).values())) as connection:
        tables = tables_of(connection)
        unknown = {
            f"{one.layer}.{one.name}" for one in tables if not condition_for(one)
        }  # fmt: skip
    assert unknown == {name for name in NOBODYS if name.split(".")[0] in layers_of(study)}


def test_what_is_kept_opens_with_its_own_key_alone_and_all_else_is_gone(study, truth):
    woman = a_mother(truth)
    closed_with_a_hold(study, woman["person_ids"][0])
    assert not KeyRing.default().has(study.study_id)
    assert not list((study.home / "vault").glob("*.duckdb"))
    content = held_file(study.home, "H1").read_bytes()
    assert not [one for one in woman["person_ids"] if one.encode() in content]
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(held_file(study.home, "H1")))


def test_ending_a_hold_after_the_end_destroys_what_it_kept(study, truth):
    closed_with_a_hold(study, a_mother(truth)["person_ids"][0])
    copy = held_file(study.home, "H1").read_bytes()
    holding.end(study.home, "H1", reason="answered", actor=ME, today=TODAY)
    assert not held_file(study.home, "H1").exists()
    assert not KeyRing.default().hold_key(study.study_id, "H1").exists()
    held_file(study.home, "H1").write_bytes(copy)  # a backup of the file
    row = open_register().hold(study.study_id, "H1")
    with pytest.raises(VaultRefused, match="H1"):
        rows_held(vault_of(study), "H1", row.sha256)
    with pytest.raises(NotAllowed, match="ended already"):
        holding.end(study.home, "H1", reason="again", actor=ME, today=TODAY)


def test_a_child_is_held_alone(study, truth):
    child = a_mother(truth)["by_count"]["broad"]["removed_children"][0]
    kept = closed_with_a_hold(study, child)
    people = {row["pers_person_id"] for row in kept["extract.person"]}
    mothers = {row["moth_childs_person_id"] for row in kept["extract.mother"]}
    assert len({row["subject"] for row in kept["people.record"]}) == 1
    assert mothers <= people | {child}


def test_past_its_day_it_keeps_nothing(study, truth):
    holding.hold(study.home, a_mother(truth)["person_ids"][0], **{**HELD, "until": LATER})
    close(study.home, actor=ME, today=LATER + timedelta(days=1))
    assert not held_file(study.home, "H1").exists()
    (one,) = holding.holds(study.home, actor=ME, today=LATER + timedelta(days=1))
    assert (one["state"], one["rows"]) == ("past its day", None)


def test_what_is_no_hold(study, truth):
    person = a_mother(truth)["person_ids"][0]
    with pytest.raises(NotFound, match="nothing to hold"):
        holding.hold(study.home, "no such id", **HELD)
    with pytest.raises(NotAllowed, match="after today"):
        holding.hold(study.home, person, **{**HELD, "until": TODAY})
    with pytest.raises(NotAllowed, match="reason"):
        holding.hold(study.home, person, **{**HELD, "reason": " "})
    holding.hold(study.home, person, **HELD)
    with pytest.raises(NotAllowed, match="H1 keeps this person"):
        holding.hold(study.home, person, **HELD)
    holding.end(study.home, "H1", reason="withdrawn", actor=ME, today=TODAY)
    assert holding.hold(study.home, person, **HELD).hold_id == "H2"


def test_read_and_listed_on_the_command_line(study, truth, tmp_path):
    person = a_mother(truth)["person_ids"][0]
    said = study.say("hold", study.home, person, "--ground", "complaint", "--until", LATER,
                     "--reason", "complaint 7")  # fmt: skip
    assert said.startswith("H1: when the study ends")
    study.say("study", "close", study.home, "--yes")
    said = study.say("hold", study.home, "--read", "H1", "--to", tmp_path / "h.json",
                     "--reason", "to answer")  # fmt: skip
    assert person in (tmp_path / "h.json").read_text()
    assert person not in said
    listed = study.ask("hold", study.home)
    assert [(one["hold_id"], one["state"], one["ground"]) for one in listed] == [
        ("H1", "in force", "complaint")
    ]
    assert "subjects" not in listed[0]
    ledger = str(open_register().entries(study.study_id))
    assert person not in ledger

"""The command: words for a person, a record for a machine, an exit code for a script."""

import json

import pytest
from click.testing import CliRunner

from casescope.cli.main import root
from casescope.disclosure.audit.checker import faults
from casescope.kernel.errors import GivenAway, NotFound

NEEDS = "district,need,count\nSouth,CSE,c\nSouth,DV,55\nNorth,CSE,20\nNorth,DV,40\n"


@pytest.fixture
def tables(tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "needs.csv").write_text(NEEDS, encoding="utf-8")
    return folder


def run(*words):
    return CliRunner().invoke(root, ["audit", *map(str, words)])


def test_a_pass_ends_with_0(tables):
    found = run(tables)
    assert found.exit_code == 0
    assert "1 table, 4 figures, 1 hidden counts" in found.stdout
    assert "Nothing is given away." in found.stdout


def test_a_hole_is_told_with_both_tables_and_the_cell_and_refused(tables):
    (tables / "districts.csv").write_text("district,count\nSouth,58\nNorth,60\n", encoding="utf-8")
    found = run(tables)
    assert isinstance(found.exception, GivenAway)
    assert GivenAway.exit_code == 60
    said = " ".join(found.stdout.split())
    assert "needs.csv, row 2, district South, need CSE: can only be 3" in said
    assert "row 2, district South of districts.csv minus row 3, district South, need DV" in said
    assert "Audited again with it: nothing is given away." in said
    assert "nearest 5" in said


def test_the_fix_is_of_the_way_that_was_asked_for(tables):
    (tables / "districts.csv").write_text("district,count\nSouth,58\nNorth,60\n", encoding="utf-8")
    said = run(tables, "--fix", "hide").stdout
    assert "Hide too, with a mark that can stand for any count: needs.csv, row 3" in " ".join(
        said.split()
    )
    assert "nearest" not in said


def test_public_figures_that_give_it_away_alone_are_told_so(tables, tmp_path):
    known = tmp_path / "dfe.csv"
    known.write_text("district,need,count\nSouth,CSE,3\n", encoding="utf-8")
    said = run(tables, "--known", known).stdout
    assert "public figures alone give it away" in said
    assert "No fix was found" in said


def test_the_record_is_json_and_holds(tables):
    (tables / "districts.csv").write_text("district,count\nSouth,58\nNorth,60\n", encoding="utf-8")
    found = run(tables, "--json")
    assert isinstance(found.exception, GivenAway)
    record = json.loads(found.stdout)
    assert faults(record) == []
    assert set(record["sha256"]) == {"needs.csv", "districts.csv"}
    assert record["fixes"][0]["rounded_to"] == 5


def test_a_pack_that_is_not_there_is_refused(tables):
    assert isinstance(run(tables, "--rules", "hess").exception, NotFound)


def test_two_runs_print_the_same(tables):
    (tables / "districts.csv").write_text("district,count\nSouth,58\nNorth,60\n", encoding="utf-8")
    assert run(tables, "--json").stdout == run(tables, "--json").stdout

"""Real shapes: the sector's public sample of one year of SSDA903, in which nobody has a mother."""

import json

import pytest

from tests.functional.place import APPROVAL, REPOSITORY, Place, stated

SAMPLES = REPOSITORY.parent / "shared" / "samples" / "ssda903"
READ = {
    "ad1.csv": ("adoption", 29),
    "episodes.csv": ("episodes", 5050),
    "fake_903.xml [adoption]": ("adoption", 3),
    "fake_903.xml [episodes]": ("episodes", 459),
    "fake_903.xml [header]": ("header", 253),
    "fake_903.xml [placed_for_adoption]": ("placed_for_adoption", 3),
    "fake_903.xml [previous_permanence]": ("previous_permanence", 253),
    "fake_903.xml [uasc]": ("uasc", 12),
    "header.csv": ("header", 2675),
    "placed_for_adoption.csv": ("placed_for_adoption", 29),
    "placed_for_adoption_errors.csv": ("placed_for_adoption", 30),
    "previous_permanence.csv": ("previous_permanence", 2675),
    "uasc.csv": ("uasc", 132),
}
LEFT_OUT = {
    "DoLo.csv": "DoLo, which a study does not need",
    "LICENSE": "not a table",
    "missing.csv": "Missing, which a study does not need",
    "oc2.csv": "OC2, which a study does not need",
    "oc3.csv": "OC3, which a study does not need",
    "reviews.csv": "Reviews, which a study does not need",
    "sw_episodes.csv": "SWEpisodes, which a study does not need",
}

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sector's samples are not on this machine"
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("samples"))
    given = place.root / "given.toml"
    given.write_text(stated({"authority": "Anywhere", "reference_date": "2018-03-31"}))
    place.say("study", "new", place.home, "--from", given)
    place.say("study", "approve", place.home, *APPROVAL)
    return place, place.ask("load", place.home, SAMPLES)


def test_what_is_read_and_what_is_not_and_why(loaded):
    _, files = loaded
    by_name = {file["label"].removeprefix("ssda903/"): file for file in files}
    assert by_name.keys() == READ.keys() | LEFT_OUT.keys()
    for name, (table, rows) in READ.items():
        assert (by_name[name]["table"], by_name[name]["rows"]) == (table, rows)
    for name, reason in LEFT_OUT.items():
        assert by_name[name]["table"] is None
        assert reason in by_name[name]["note"]


def test_the_census_and_the_workbook_of_lists(tmp_path):
    """Three of the four censuses hold assessments; of Annex A a study needs no list."""
    other = Place(tmp_path)
    given = tmp_path / "given.toml"
    given.write_text(stated({"authority": "Anywhere", "reference_date": "2027-03-31"}))
    other.say("study", "new", other.home, "--from", given)
    other.say("study", "approve", other.home, *APPROVAL)
    files = other.ask("load", other.home, SAMPLES.parent / "cin", SAMPLES.parent / "annex-a")
    rows = {file["label"].partition("/")[2]: file["rows"] for file in files if file["table"]}
    assert rows == {
        "CIN_Census_2021.xml [assessment]": 1, "CIN_Census_2021.xml [assessment_factor]": 1,
        "CIN_Census_2021.xml [cp_plan]": 1,
        "CIN_Census_2024.xml [assessment]": 2, "CIN_Census_2024.xml [assessment_factor]": 1,
        "CIN_Census_2024.xml [cp_plan]": 1,
        "CIN_Census_2026.xml [assessment]": 2, "CIN_Census_2026.xml [assessment_factor]": 1,
        "CIN_Census_2026.xml [cp_plan]": 1, "CIN_Census_2026.xml [pre_proceedings]": 1,
    }  # fmt: skip
    notes = {file["label"]: file["note"] for file in files if not file["table"]}
    assert sum("[List " in label for label in notes) == 11
    assert "without a row" in notes["cin/fake_CIN_data.xml"]


def test_quality_says_that_no_mother_can_be_found(loaded):
    place, _ = loaded
    place.say("run", place.home)
    found = place.ask("quality", place.home)
    whole = next(row for row in found["linkage_coverage"] if row["breakdown"] == "all")
    assert whole["removed_children"] > 1000
    assert (whole["with_mother"], whole["share"]) == (0, 0)
    seen = {sign["sign"]: sign for sign in found["truncation_signs"] if sign["seen"]}
    assert "ssd_mother" in seen["no_relationship_table"]["ask_for"]
    assert "(0%)" in place.say("quality", place.home)


def test_nobody_is_in_the_cohort_and_nothing_fails(loaded):
    place, _ = loaded
    found = place.ask("cohort", place.home, "--all", "--reason", "trying samples")
    assert found["women"] == []
    assert {line["women"] for line in found["flow"]} == {0}
    exact = place.ask("findings", place.home, "--exact")
    assert exact["recurrence"]["index_women"] == 0
    assert exact["recurrence"]["estimate"] == [None] * 5
    assert place.ask("findings", place.home)["tables"]
    page, data = place.ask(
        "report", place.home, "--edition", "working", "--face", "html", "--face", "json"
    )
    text = json.dumps(json.loads((place.home / "report" / "report.json").read_text()))
    assert "NaN" not in text
    assert "Infinity" not in text
    assert page.endswith("report.html")
    assert data.endswith("report.json")

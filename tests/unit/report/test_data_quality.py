"""The section on data quality: how right the links are, and where two sources differ."""

import pytest

from casescope.dataset.signs import CONFLICTS
from casescope.report.document import Paragraph, Table
from casescope.report.sections import quality
from casescope.report.sections.limits import group_words
from casescope.report.words import label
from tests.unit.report.county import study_facts


def part(released, name):
    found = quality.section(released, study_facts()).sections
    return next(section for section in found if section.id == name)


def test_precision_and_recall_are_said_with_their_likely_ranges(released):
    words, table = part(released, "links-reviewed").blocks
    assert "made, 98% (likely range 95% to 99%) are right" in words.text
    assert "it linked 96% (likely range 90% to 98%)" in words.text
    assert isinstance(table, Table)
    assert table.folded


def test_a_group_of_which_few_were_judged_shows_no_estimate(released):
    (_, table) = part(released, "links-reviewed").blocks
    by_group = {row.cells[1]: row.cells[2:] for row in table.rows}
    assert set(by_group["Adopted"]) == {"–", "too few to show"}
    assert by_group["White"][2] == "98.6"


@pytest.mark.parametrize("which", ["nothing", "small"])
def test_where_too_few_were_reviewed_the_command_is_told_and_no_table(which, request):
    (only,) = part(request.getfixturevalue(which), "links-reviewed").blocks
    assert isinstance(only, Paragraph)
    assert "casescope pairs HOME next --sample 100" in only.text
    assert "%" not in only.text


def test_conflicts_stand_by_kind_in_words_and_the_returns_were_used(released):
    words, table = part(released, "doubts").blocks
    shown = {row.cells[0]: row.cells[1] for row in table.rows}
    assert shown[CONFLICTS[0].label] == "30"
    assert shown[CONFLICTS[1].label] == "7 or fewer"
    assert "the return was used" in words.text
    assert all(label("caveats", 0, one.id) == one.label for one in CONFLICTS)


def test_ages_are_said_to_be_ages():
    assert group_words("Age at first removal", "1–4") == "1–4 (age at first removal)"
    assert group_words("How care ended", "adopted") == "Adopted"

"""The section on sensitivity: ranges made of what is shown, and both linkages."""

from casescope.disclosure.release import release
from casescope.report.model import modelled
from casescope.report.reading import table_of
from casescope.report.sections import first_page, sensitivity
from tests.unit.report.county import county, study_facts


def test_the_title_and_the_sentences_give_the_range_over_all_rows():
    table = table_of(release(county()), "sensitivity")
    # 88 to 190 women, each rounded to the nearest 5
    assert sensitivity.title_of(table) == "Other choices give 90 to 190 women in T1"
    assert sensitivity.ranges(table)[0] == "T1: 125 here, 90 to 190 over all rows."


def test_where_an_end_is_hidden_no_range_is_said():
    table = table_of(release(county(scale=0.05)), "sensitivity")
    assert sensitivity.title_of(table) == "How far the figures move"
    assert not [words for words in sensitivity.ranges(table) if words.startswith("T1:")]


def test_the_first_page_puts_the_other_linkage_beside_the_leading_one():
    found, study = release(county()), study_facts()
    figures = first_page.key_figures(found, study, modelled(found, study))
    assert figures[0].value == "125"
    assert figures[0].range.endswith("; 135 with likely links too")


def test_both_tables_are_in_the_section():
    section = sensitivity.section(release(county()))
    assert section.blocks[-1].finding == "sensitivity"
    assert section.sections[0].blocks[-1].finding == "headline_by_linkage"

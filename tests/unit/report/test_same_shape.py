"""The pretend county has the shape of real findings, and every name has its words."""

import re
from importlib.resources import files

import pytest

from casescope.disclosure.release import release
from casescope.report import render_html
from casescope.report.words import DOUBTS, FLOW
from tests.unit.findings.builders import computed, dataset
from tests.unit.report.county import county, study_facts


@pytest.fixture(scope="module")
def real():
    return computed(dataset(about="name value\nobservation_start 2010-04-01"))


def shape(table):
    return table.dimensions, table.columns, table.parts, table.flow


def test_every_table_has_the_columns_that_findings_give_it(real):
    made, given = county(), {table.id: shape(table) for table in real.tables}
    assert {table.id: shape(table) for table in made.tables} == given


def test_every_curve_is_one_that_findings_give(real):
    assert {curve.id for curve in county().curves} == {curve.id for curve in real.curves}


def test_an_empty_dataset_makes_a_whole_report(real):
    text = render_html(release(real), study=study_facts(wide_inputs=False))
    assert "Who the women are" in text
    assert text.count("<section") > 20


@pytest.mark.parametrize(
    ("statement", "pattern", "words"),
    [
        ("flow", r"'(?:stock|out|tier)', '(\w+)'", FLOW),
        ("caveat", r"SELECT '(\w+)'", DOUBTS),
    ],
)
def test_every_name_that_the_dataset_gives_has_its_words(statement, pattern, words):
    sql = (files("casescope.identified") / "cohort" / f"{statement}.sql").read_text("utf-8")
    names = set(re.findall(pattern, sql))
    assert names
    assert names <= set(words)

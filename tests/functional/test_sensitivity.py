"""On a pretend county, rows of the sensitivity table are the whole study done again."""

import json
from dataclasses import replace
from datetime import date

import pytest

from casescope.dataset.schema import NOTHING_VARIED, RECURRENCE_STAYS
from casescope.disclosure import release
from casescope.findings import compute
from casescope.findings.finding import Count, Reading
from casescope.findings.sensitivity import FIVE_YEARS, WORDS
from casescope.findings.survival import value_at
from casescope.governance.study_file.parameters import Parameters
from casescope.synthetic import write_county
from tests.functional.county import loaded, step_by_step

OWN = Parameters(washout_years=1)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Do every step on one county with any parameters; return the study's findings."""
    folder = tmp_path_factory.mktemp("county")
    truth = json.loads(write_county(folder, mothers=400, seed=12).read_text(encoding="utf-8"))
    reference_date = date.fromisoformat(truth["reference_date"])
    with loaded(folder, reference_date=reference_date) as connection:

        def again(parameters, linkage="strict"):
            step_by_step(connection, reference_date, parameters)
            connection.execute("USE dataset")
            return compute(
                connection, linkage=linkage, parameters=parameters, reference_date=reference_date
            )

        yield again


@pytest.fixture(scope="module")
def own(done):
    return done(OWN)


@pytest.fixture(scope="module")
def own_released(own):
    return release(own)


def said(findings, *labels):
    """Return one row of the sensitivity table as plain numbers."""
    row = next(r for r in findings.table("sensitivity").rows if r.labels == labels)
    return [_plain(findings, cell) for cell in row.cells]


def _plain(findings, cell):
    if isinstance(cell, Count):
        return cell.n
    assert isinstance(cell, Reading)
    return value_at(findings.curve(cell.curve).points, cell.day)


def first(findings):
    """Return the study's own headlines from the tables that do not vary anything."""
    tiers = {row.labels[0]: row.cells[0].n for row in findings.table("tiers").rows}
    repeats = {row.labels[0]: row.cells[0].n for row in findings.table("removal_counts").rows}
    women = {row.labels[0]: row.cells[0].n for row in findings.table("repeat_and_multiple").rows}
    return [
        tiers["T1"], tiers["T1 at most"], tiers["T1"] + tiers["T2"], tiers["T3"],
        women["Women with a repeat removal"], repeats["Repeat removal events"],
        value_at(findings.curve("recurrence_broad").points, FIVE_YEARS),
    ]  # fmt: skip


def test_where_nothing_is_varied_it_is_the_study(own):
    assert said(own, "This study", "strict linkage, broad count") == first(own)


@pytest.mark.parametrize(
    ("name", "setting"),
    [("event_window_days", 0), ("event_window_days", 90), ("gap_days", 28), ("gap_days", 0),
     ("lookback_years", 10), ("washout_years", 5), ("max_age_at_removal", 16), ("age_max", 49)],
)  # fmt: skip
def test_a_row_is_the_study_done_again(own, done, name, setting):
    what, to = WORDS[name]
    again = done(replace(OWN, **{name: setting}))
    assert said(own, what, to.format(setting)) == first(again)


def test_a_row_released_is_the_study_done_again_and_released(own_released, done):
    again = release(done(replace(OWN, event_window_days=90)))
    row = next(r for r in own_released.table("sensitivity").rows
               if r.labels == ("Event window", "90 days"))  # fmt: skip
    tiers = again.table("tiers")
    assert row.cells[0].shown == tiers.cell("Broad", "T1", tiers.rows[0].labels[1]).shown
    assert row.cells[-1] == again.table("recurrence_at").cell("Broad", "5")


def test_the_range_holds_every_row(own):
    rows = own.table("sensitivity").rows
    least, most = rows[-2:]
    for column in range(6):
        numbers = [row.cells[column].n for row in rows[:-2]]
        assert (least.cells[column].n, most.cells[column].n) == (min(numbers), max(numbers))


def test_no_curve_of_a_variation_is_released(own_released):
    assert not [curve.id for curve in own_released.curves if curve.id.startswith("sensitivity")]
    assert [name for name in RECURRENCE_STAYS if name == NOTHING_VARIED] == []


def test_headlines_stand_under_both_linkages_the_leading_one_first(own, done):
    strict = own.table("headline_by_linkage")
    assert strict.columns == ("Strict linkage", "Lenient linkage")
    assert [row.cells[0].n for row in strict.rows[:6]] == first(own)[:6]
    lenient = done(OWN, linkage="lenient").table("headline_by_linkage")
    assert lenient.columns == ("Lenient linkage", "Strict linkage")
    assert [row.cells[1].n for row in lenient.rows[:6]] == first(own)[:6]


REMOVED = {"removals_by_year", "removals_by_age", "removals_by_route", "removal_counts",
           "repeat_and_multiple", "repeat_newborns", "interval"}  # fmt: skip
RATES = {"rate", "rate_by_age", "rate_by_time"}
LINKED = {"coverage", "trend", "impossible", "signs"}
AGAIN = {"recurrence_broad", "recurrence_strict", "recurrence_newborn_broad"}
"""Curves; the tables of recurrence read off them."""


def differing(one, other):
    """The tables and curves whose figures differ; a caption may name the parameter."""
    return {table.id for table in one.tables if table.rows != other.table(table.id).rows} | {
        curve.id for curve in one.curves if curve.points != other.curve(curve.id).points
    }


@pytest.mark.parametrize(
    ("changed", "moves", "stays"),
    [
        ({"washout_years": 3}, {"recurrence_broad", "recurrence_strict"},
         REMOVED | RATES | LINKED | {"tiers", "flow", "headline", "ages", "care_weeks",
                                     "care_paths", "issues_t1_ever", "issues_together"}),
        ({"lookback_years": 3}, {"tiers", "headline"}, REMOVED | RATES | LINKED | AGAIN),
    ],
    ids=["washout", "look-back"],
)  # fmt: skip
def test_one_parameter_changes_only_what_depends_on_it(done, own, changed, moves, stays):
    differ = differing(own, done(replace(OWN, **changed)))
    assert moves <= differ
    assert not differ & stays
    assert stays <= {table.id for table in own.tables} | {curve.id for curve in own.curves}

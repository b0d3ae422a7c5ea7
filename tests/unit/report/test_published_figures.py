"""Published figures for context: each has a source and a difference, and none is unverified."""

import re

import pytest

from casescope.dataset.frame import FRAME, GROUPED
from casescope.report.charts.kinds import Bar, Intervals
from casescope.report.published_figures import on_issues
from casescope.report.reading import table_of
from casescope.report.sections import what_they_live_with
from tests.unit.report.test_charts import both

KNOWN = {issue.label for issue in FRAME} | set(GROUPED)


@pytest.mark.parametrize("figure", on_issues(), ids=lambda one: f"{one.issue} {one.share}")
def test_a_figure_names_issue_source_women_and_difference(figure):
    assert figure.issue in KNOWN
    assert re.fullmatch(r"\d{1,3}%", figure.share)
    assert figure.seen in ("source", "second-hand")
    assert all((figure.who, figure.source, figure.differs))
    assert figure.said_by.endswith("(second-hand)") is (figure.seen == "second-hand")


def test_one_issue_has_figures_that_differ_because_their_definitions_do():
    abuse = {figure.share for figure in on_issues() if figure.issue == "Domestic abuse"}
    assert abuse == {"44%", "100%"}


def test_published_shares_stand_beside_the_local_ones_and_change_none(released):
    made = what_they_live_with.intervals(table_of(released, what_they_live_with.LEAD))
    bars = {bar.label: bar for bar in made.chart.rows}
    assert bars["Domestic abuse"].beside == (0.44, 1.0)
    assert bars["Learning disability or difficulty"].beside == ()
    assert "Domestic abuse, 44% and 100%" in made.alt
    told = {row.cells[0]: row.cells for row in made.table.rows}
    assert told["Domestic abuse"][3] == "44% and 100%"
    share = made.table.head.index("Share")
    assert told["Domestic abuse"][share] == bars["Domestic abuse"].shown
    assert made.table.notes


def test_the_chart_draws_a_diamond_for_each_of_them():
    row = Bar("A", 0.4, "40%", 0.3, 0.5, beside=(0.2, 0.9))
    _, wide, _ = both(Intervals((row,), percent=True, beside="other studies"))
    words = [e.text for e in wide.iter() if e.tag.endswith("text")]
    assert "◇ other studies" in words
    diamonds = [e for e in wide.iter() if "s-third" in (e.get("class") or "")
                and e.tag.endswith("use")]  # fmt: skip
    assert len(diamonds) == 2

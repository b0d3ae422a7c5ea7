"""Published figures for context: each has a source and a difference, and none is unverified."""

import re

import pytest

from casescope.dataset.frame import FRAME, GROUPED
from casescope.report.published_figures import on_issues

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

"""A setting that was varied is said as a person would say it."""

import pytest

from casescope.findings.sensitivity import said_of


@pytest.mark.parametrize(
    ("varied", "setting", "said"),
    [("gap_days", "1", "1 day"), ("gap_days", "0", "0 days"), ("lookback_years", "1", "1 year"),
     ("washout_years", "10", "10 years"), ("least_days", "1", "removals under 1 day"),
     ("age_max", "45", "45")],
)  # fmt: skip
def test_one_of_a_thing_has_no_s(varied, setting, said):
    assert said_of(varied, setting) == said

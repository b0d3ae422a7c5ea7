"""The local removal rate: its exact interval against printed limits, its tables by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from casescope.findings import exact_json
from casescope.findings.poisson import garwood
from tests.unit.findings.builders import computed, dataset, numbers

# The 95% limits of the mean of a Poisson variable (Garwood 1936), to the digits commonly printed.
GARWOOD = [
    (0, 0.0, 3.69), (1, 0.0253, 5.57), (2, 0.242, 7.22), (5, 1.62, 11.67), (10, 4.80, 18.39),
    (20, 12.22, 30.89), (50, 37.11, 65.92),
]  # fmt: skip


@pytest.mark.parametrize(("events", "lower", "upper"), GARWOOD)
def test_bounds_are_those_commonly_printed(events, lower, upper):
    bounds = garwood(events, 1.0)
    assert bounds.lower == pytest.approx(lower, abs=0.0051)
    assert bounds.upper == pytest.approx(upper, abs=0.0051)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 5000), st.floats(0.5, 1e5))
def test_bounds_are_quantiles_of_chi_squared(events, time):
    """The bounds' other form, from scipy: half the quantiles of chi-squared."""
    bounds = garwood(events, time)
    lower = chi2.ppf(0.025, 2 * events) / 2 / time if events else 0.0
    assert bounds.lower == pytest.approx(lower, rel=1e-9)
    assert bounds.upper == pytest.approx(chi2.ppf(0.975, 2 * events + 2) / 2 / time, rel=1e-9)
    assert 0 <= bounds.lower <= events / time <= bounds.upper


def test_no_time_has_no_interval():
    assert garwood(0, 0.0) is None


DRAWN = """
    woman age_band    since_event   days  children removals linkage
    w1    25–29       under~1~year  365   1        broad    strict
    w1    25–29       1~year        365   0        broad    strict
    w1    30–34       under~1~year  731   2        broad    strict
    w2    under~20    1~year        1461  1        broad    strict
    w1    25–29       1~year        1461  9        strict   strict
    w1    25–29       1~year        1461  3        broad    lenient
"""


def test_children_and_years_are_summed_over_women():
    found = computed(dataset(exposure=DRAWN))
    rate = exact_json(found)["rate"]
    assert (rate["children"], rate["woman_years"]) == (4, pytest.approx(8.0))
    assert rate["rate"] == pytest.approx(0.5)
    assert rate["lower"] == pytest.approx(1.0899 / 8, abs=1e-4)  # 4 events: 1.0899 to 10.2416
    assert rate["upper"] == pytest.approx(10.2416 / 8, abs=1e-4)
    assert exact_json(found)["rate_strict"]["children"] == 9


def test_by_age_and_by_time_since_her_latest_event():
    found = computed(dataset(exposure=DRAWN))
    by_age, by_time = numbers(found, "rate_by_age"), numbers(found, "rate_by_time")
    assert {label: row[:2] for label, row in by_age.items()} == {
        "Under 20": (1, 4), "20–24": (0, 0), "25–29": (1, 2), "30–34": (2, 2),
        "35 and over": (0, 0), "Total": (4, 8),
    }  # fmt: skip
    assert {label: row[:2] for label, row in by_time.items()} == {
        "Under 1 year": (3, 3), "1 year": (1, 5), "2 years": (0, 0), "3 to 4 years": (0, 0),
        "5 years or more": (0, 0), "Total": (4, 8),
    }  # fmt: skip


def test_the_leading_linkage_stands_first_and_both_are_shown():
    rows = computed(dataset(exposure=DRAWN)).table("rate").rows
    assert [(row.labels, row.cells[0].n, row.cells[1].n) for row in rows] == [
        (("Broad", "Strict"), 2, 4), (("Broad", "Lenient"), 1, 3),
        (("Strict", "Strict"), 1, 9), (("Strict", "Lenient"), 0, 0),
        (("Wide", "Strict"), 0, 0), (("Wide", "Lenient"), 0, 0),
    ]  # fmt: skip


def test_nobody_followed_has_no_rate():
    rate = exact_json(computed(dataset()))["rate"]
    assert rate == {"children": 0, "woman_years": 0, "rate": None, "lower": None, "upper": None}

"""Honesty: where the truth is known, 95% intervals hold it in 92 to 98 of a hundred studies."""

import pytest
from benchmarks.coverage import (
    ISSUES,
    RATES,
    STUDIES,
    WHAT,
    YEARS,
    covered,
    rates_covered,
    shares_covered,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shares():
    return covered(range(STUDIES), women=300)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("what", WHAT)
def test_intervals_cover_the_truth(shares, what, year):
    assert 0.92 <= shares[what, year] <= 0.98


@pytest.mark.parametrize("share", ISSUES)
def test_intervals_of_a_share_of_women_cover_it(share):
    assert 0.92 <= shares_covered(range(STUDIES), women=126, share=share) <= 0.98


@pytest.mark.parametrize("rate", RATES)
def test_intervals_of_a_removal_rate_cover_it(rate):
    assert 0.92 <= rates_covered(range(STUDIES), years=1000, rate=rate) <= 0.98

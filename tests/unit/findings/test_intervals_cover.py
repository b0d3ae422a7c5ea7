"""Honesty: where the truth is known, 95% intervals hold it in 92 to 98 of a hundred studies."""

import pytest
from benchmarks.coverage import STUDIES, WHAT, YEARS, covered


@pytest.fixture(scope="module")
def shares():
    return covered(range(STUDIES), women=300)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("what", WHAT)
def test_intervals_cover_the_truth(shares, what, year):
    assert 0.92 <= shares[what, year] <= 0.98

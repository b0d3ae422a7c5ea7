"""Money of two price years is never added; a deflator tells one in the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.findings.value.money import MixedPriceYears, Money, Prices

POUNDS, YEARS = st.floats(-1e9, 1e9), st.integers(2000, 2040)


@settings(max_examples=50)
@given(POUNDS, POUNDS, YEARS, YEARS)
def test_two_price_years_cannot_be_added(one, other, year, later):
    if year == later:
        assert (Money(one, year) + Money(other, year)).pounds == one + other
        return
    for sum_of in (lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a / b):
        with pytest.raises(MixedPriceYears):
            sum_of(Money(one, year), Money(other, later))


def test_a_deflator_tells_one_years_prices_in_anothers():
    prices = Prices(2025, {2016: 80.0, 2025: 100.0})
    assert prices.told(Money(640.0, 2016)) == Money(800.0, 2025)
    assert prices.told(Money(7.0, 2025)) == Money(7.0, 2025)


def test_without_a_deflator_no_price_is_told():
    with pytest.raises(MixedPriceYears):
        Prices(2025, {2016: 80.0}).told(Money(1.0, 2016))
    with pytest.raises(MixedPriceYears):
        Prices(2025).told(Money(1.0, 2024))


@pytest.mark.parametrize(
    ("levels", "years", "lacking"),
    [
        ({}, [2025], ()),
        ({}, [2016, 2025], (2016, 2025)),
        ({2016: 80.0}, [2016], (2025,)),
        ({2016: 80.0, 2025: 100.0}, [2016, 2025], ()),
    ],
)
def test_what_is_lacking_is_named(levels, years, lacking):
    assert Prices(2025, levels).lacking(years) == lacking

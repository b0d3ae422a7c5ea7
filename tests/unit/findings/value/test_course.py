"""What one removal costs, by hand; a residential place never enters an infant's cost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.findings.value.course import PERSPECTIVES, UnitCosts, needed, stream
from casescope.findings.value.money import Money, Prices
from casescope.governance.study_file.line import FaultError
from casescope.governance.study_file.prices import pathway

WEEKS = 365.25 / 7


def by_year(months):
    """Add up each twelve months."""
    return [sum(months[at : at + 12]) for at in range(0, len(months), 12)]


def test_weeks_fall_into_the_years_after_the_removal():
    one = pathway("under 1 | 100% | foster 60, placed for adoption 20 | adoption")
    costs = {"foster_week": 100.0, "placed_for_adoption_week": 50.0, "adoption": 5000.0,
             "proceedings": 2000.0, "court": 300.0}  # fmt: skip
    months = stream((one,), costs)
    years = by_year(months)
    assert months[0] == pytest.approx(100 * WEEKS / 12 + 2300)
    assert years[0] == pytest.approx(100 * WEEKS + 2300)
    assert years[1] == pytest.approx(100 * (60 - WEEKS) + 50 * 20 + 5000)
    assert set(years[2:]) == {0.0}


def test_an_allowance_runs_to_eighteen_and_no_further():
    one = pathway("10-15 | 100% | kinship 0 | guardianship")  # aged 13 in the middle: 5 years
    years = by_year(stream((one,), {"guardianship": 1000.0, "guardianship_week": 10.0}))
    assert years[0] == pytest.approx(1000 + 10 * WEEKS)
    assert sum(years) == pytest.approx(1000 + 10 * WEEKS * 5)
    assert years[5] == 0


def test_pathways_weigh_by_their_share():
    two = (
        pathway("under 1 | 75% | foster 10 | home"),
        pathway("1–4 | 25% | foster 30 | home"),
    )
    assert sum(stream(two, {"foster_week": 100.0})) == pytest.approx(750 + 750)


def test_an_infant_is_never_in_a_residential_place():
    with pytest.raises(FaultError, match="residential place for a child under 1"):
        pathway("under 1 | 100% | residential 10 | in care")


@settings(max_examples=25)
@given(st.floats(0, 1e5))
def test_what_a_residential_place_costs_does_not_move_an_infants_cost(weekly):
    infant = (pathway("under 1 | 100% | foster 60 | adoption"),)
    older = (pathway("10–15 | 100% | residential 60 | in care"),)
    costs = {"foster_week": 600.0, "residential_week": weekly}
    assert stream(infant, costs) == stream(infant, {"foster_week": 600.0})
    assert sum(stream(older, costs)) == pytest.approx(60 * weekly)


def test_perspectives_hold_each_other():
    prices = {"foster_week": 100.0, "agency_foster_week": 200.0, "court": 9.0}
    unit = UnitCosts({name: Money(n, 2025) for name, n in prices.items()}, ("agency_foster_week",))
    counted = {one: set(unit.of(one, Prices(2025))) for one in PERSPECTIVES}
    assert counted == {
        "cashable": {"agency_foster_week"},
        "authority": {"agency_foster_week", "foster_week"},
        "public": {"agency_foster_week", "foster_week", "court"},
    }


def test_the_costs_that_pathways_ask_for():
    asked = needed((pathway("under 1 | 100% | agency foster 60 | guardianship"),))
    assert asked == (
        "agency_foster_week", "court", "guardianship", "guardianship_week", "proceedings",
    )  # fmt: skip

"""What a study states becomes inputs, or the report is told what is missing."""

from dataclasses import replace

import pytest

from casescope.findings.value.spread import Fixed, Gamma
from casescope.findings.value.stated import Rate, read
from casescope.governance.study_file.value import CostLines, ValueLines

PATHWAYS = ("under 1 | 100% | own foster 52 | adoption",)
WHOLE = ValueLines(
    take_up=(0.65,), effect=(0.6, 0.4, 0.8), effect_after=(0.2,), deferred=(0.35,),
    pathways=PATHWAYS, practice_cost_year="2025-26",
)  # fmt: skip
COSTS = CostLines(own_foster_week="500 in 2025-26", court=None)
RATE = Rate(60, 300)


def test_without_assumptions_the_model_is_not_run():
    stated = read(ValueLines(), CostLines(), RATE)
    assert stated.inputs is None
    assert stated.missing == ("take_up", "effect", "effect_after", "deferred", "pathways")


@pytest.mark.parametrize("name", ["take_up", "effect", "effect_after", "deferred", "pathways"])
def test_each_missing_one_is_named(name):
    stated = read(replace(WHOLE, **{name: None}), COSTS, RATE)
    assert stated.inputs is None
    assert stated.missing == (name,)


def test_a_rate_that_cannot_be_shown_is_missing():
    assert read(WHOLE, COSTS, None).missing == ("rate",)


def test_everything_stated():
    stated = read(WHOLE, COSTS, RATE)
    assert stated.inputs is not None
    assert stated.inputs.rate == Gamma(60, 300)
    assert stated.inputs.deferred == Fixed(0.35)
    assert sum(stated.inputs.removal_cost["authority"][:12]) == pytest.approx(500 * 52)
    assert sum(stated.inputs.removal_cost["cashable"]) == 0
    assert stated.uncosted == ("adoption", "adoption_week", "court", "proceedings")


def test_a_published_rate_is_used_only_where_the_study_says_so():
    published = replace(WHOLE, rate_source="published", published_rate=0.2)
    assert read(published, COSTS, None).inputs.rate == Fixed(0.2)
    assert read(replace(WHOLE, published_rate=0.2), COSTS, RATE).inputs.rate == Gamma(60, 300)


def test_prices_of_different_years_are_not_mixed():
    other = replace(COSTS, own_foster_week="500 in 2016-17")
    stated = read(WHOLE, other, RATE)
    assert stated.inputs is None
    assert stated.undeflated == (2025,)  # the index that is shipped ends before
    told = read(replace(WHOLE, deflators=("2016-17 = 80", "2025-26 = 100")), other, RATE)
    assert sum(told.inputs.removal_cost["authority"][:12]) == pytest.approx(625 * 52)


def test_a_price_that_no_pathway_asks_for_needs_no_deflator():
    stated = read(WHOLE, replace(COSTS, residential_week="6123 in 2023-24"), RATE)
    assert stated.undeflated == ()

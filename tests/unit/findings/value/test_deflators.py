"""The price index that is shipped, held to what others quote of HM Treasury's."""

import pytest

from casescope.findings.value.deflators import shipped
from casescope.findings.value.stated import read
from casescope.governance.study_file.value import CostLines, ValueLines


def test_the_index_is_that_of_hm_treasury_as_nhs_digital_quotes_it():
    """Adult Social Care Activity and Finance Report 2018-19, appendix A: 2008-09 is 84.421 where

    2018-19 is 100 (September 2019). Later releases revise it a little.
    """
    levels = shipped().levels
    assert 100 * levels[2008] / levels[2018] == pytest.approx(84.421, rel=0.002)


def test_a_financial_year_is_three_quarters_its_first_calendar_year():
    assert shipped().levels[2022] == pytest.approx((3 * 90.5005 + 96.2507) / 4)
    assert 2024 not in shipped().levels  # 2025 is not known


def test_prices_rise_every_year_and_the_source_is_named_with_its_date():
    levels = [level for _, level in sorted(shipped().levels.items())]
    assert levels == sorted(levels)
    assert "HM Treasury" in shipped().said_by
    assert shipped().said_by.endswith("December 2025, second-hand")


def test_costs_of_several_years_are_told_in_one_without_an_index_of_the_study():
    lines = ValueLines(take_up=(0.65,), effect=(0.6,), effect_after=(0.2,), deferred=(0.35,),
                       rate_source="published", published_rate=0.2, base_year="2022-23",
                       pathways=("under 1 | 100% | foster 10 | home",))  # fmt: skip
    stated = read(lines, CostLines(court=None), None)
    times = shipped().levels[2022] / shipped().levels[2016]
    assert sum(stated.inputs.removal_cost["authority"][:12]) == pytest.approx(6460 * times)
    own = read(ValueLines(**{**vars(lines), "deflators": ("2016-17 = 50", "2018-19 = 60",
                                                          "2022-23 = 100")}),
               CostLines(court=None), None)  # fmt: skip
    assert sum(own.inputs.removal_cost["authority"][:12]) == pytest.approx(12_920)

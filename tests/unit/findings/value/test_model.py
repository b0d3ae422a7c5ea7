"""The model by hand; its closed form against its draws; break-even really breaks even."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.findings.value.chance import draw, flip_range, view
from casescope.findings.value.closed import break_even, expected
from casescope.findings.value.course import stream
from casescope.findings.value.inputs import HORIZONS, VARIED
from casescope.findings.value.results import results, with_effect
from casescope.findings.value.spread import Beta, Fixed, Gamma, Triangle
from casescope.governance.study_file.prices import pathway
from tests.unit.findings.value.drawn import PLAIN, betas, inputs

FEW = settings(max_examples=25, deadline=None)
VIEWS = st.tuples(st.sampled_from(("cashable", "authority", "public")), st.sampled_from(HORIZONS))


def test_by_hand():
    """20 women, half complete, 0.2 a year: 2 removals without it, 1 avoided, 0.2 of it later."""
    found = expected(PLAIN, "authority", 4)
    assert found.avoided == pytest.approx(1.0)
    assert found.deferred == pytest.approx(0.2)
    assert found.net_removals == pytest.approx(0.8)
    assert (found.cost, found.benefit) == (pytest.approx(100_000), pytest.approx(40_000))
    flips = break_even(PLAIN, "authority", 4)
    assert flips.rate == pytest.approx(0.5)
    assert (flips.effect, flips.take_up) == (None, None)  # both would have to be 125%


def test_the_later_effect_adds_its_years():
    after = replace(PLAIN, effect_after=Fixed(0.25), after_years=2)
    assert expected(after, "authority", 4).avoided == pytest.approx(1.0 + 20 * 0.5 * 0.2 * 0.25 * 2)


def test_what_lies_beyond_the_horizon_does_not_count():
    long = replace(PLAIN, months=60, effect_after=Fixed(0.5), after_years=2)
    found = expected(long, "authority", 4)
    assert found.cost == pytest.approx(400_000)
    assert found.avoided == pytest.approx(4.0)


def test_costs_after_are_discounted():
    """£1,000 in the second month after each removal, 10% a year, removals all in one month."""
    later = replace(PLAIN, months=1, discount=0.1, deferred=Fixed(0.0),
                    removal_cost={"authority": (0.0, 1000.0)})  # fmt: skip
    avoided = 20 * 0.5 * 0.2 * 0.5 / 12
    assert expected(later, "authority", 18).benefit == pytest.approx(
        avoided * 1000 * 1.1 ** -(1.5 / 12 + 0.5 / 12)
    )


def test_saved_weeks_are_worth_their_present_value():
    """104 weeks' care at £100 a week from each removal in one month, 3.5% a year: an annuity in
    continuous time, and half a month after the start. Costs falling later are worth less at once.
    """
    months = stream((pathway("under 1 | 100% | foster 104 | home"),), {"foster_week": 100.0})
    one = replace(PLAIN, months=1, women=12, rate=Fixed(1.0), take_up=Fixed(1.0),
                  effect=Fixed(1.0), deferred=Fixed(0.0), discount=0.035,
                  removal_cost={"authority": months})  # fmt: skip
    years = 104 * 7 / 365.25
    worth = 10_400 / years * (1 - 1.035**-years) / log(1.035)
    assert expected(one, "authority", 18).benefit == pytest.approx(
        worth * 1.035 ** -(0.5 / 12), rel=1e-4
    )


@FEW
@given(inputs(), VIEWS)
def test_the_draws_agree_with_the_closed_form(given_inputs, at):
    """Each mean of 20,000 draws lies within 5 of its own standard errors of the closed form."""
    made, means = draw(given_inputs, *at), expected(given_inputs, *at)
    pairs = [(made.avoided, means.avoided), (made.deferred, means.deferred),
             (made.cost, means.cost), (made.benefit, means.benefit),
             (made.benefit - made.cost, means.net)]  # fmt: skip
    for drawn, mean in pairs:
        error = drawn.std() / np.sqrt(len(drawn))
        assert abs(drawn.mean() - mean) <= 5 * error + 1e-6 * abs(mean) + 1e-9


@FEW
@given(inputs(), VIEWS)
def test_intervals_hold_the_estimates_and_nothing_is_negative(given_inputs, at):
    found = view(given_inputs, *at)
    for one in (found.avoided, found.deferred, found.net_removals, found.cost, found.benefit,
                found.net, found.ratio):  # fmt: skip
        assert one.lower <= one.mean <= one.upper
    for one in (found.avoided, found.deferred, found.net_removals, found.cost, found.benefit):
        assert one.lower >= 0
    assert 0 <= found.probability <= 1


@FEW
@given(inputs(), VIEWS)
def test_break_even_breaks_even(given_inputs, at):
    flips, cost = break_even(given_inputs, *at), expected(given_inputs, *at).cost
    if flips.rate is not None:
        assert expected(given_inputs.at(rate=flips.rate), *at).net == pytest.approx(
            0, abs=1e-6 * cost
        )
    if flips.take_up is not None:
        put_back = given_inputs.at(take_up=flips.take_up)
        assert expected(put_back, *at).net == pytest.approx(0, abs=1e-6 * cost)
    if flips.effect is not None:
        put_back = with_effect(given_inputs, flips.effect)
        assert expected(put_back, *at).net == pytest.approx(0, abs=1e-6 * cost)


def test_the_range_of_the_break_even_rate_by_hand():
    """Costs from £60,000 to £140,000, £100,000 likeliest, break even at cost / 200,000.

    The 2.5% and 97.5% points of that triangle are 60,000 + √(0.025 × 80,000 × 40,000) = 68,944 and
    as far below 140,000: 131,056.
    """
    unsure = replace(PLAIN, practice_cost=Triangle(60_000.0, 100_000.0, 140_000.0))
    low, high = flip_range(unsure, "authority", 4)
    assert (low, high) == (pytest.approx(0.3447, rel=0.01), pytest.approx(0.6553, rel=0.01))
    assert flip_range(PLAIN, "authority", 4) == pytest.approx((0.5, 0.5))
    assert flip_range(replace(PLAIN, effect=Fixed(0.0)), "authority", 4) is None


@FEW
@given(inputs(), VIEWS)
def test_the_range_of_the_break_even_rate_holds_it_and_asks_nothing_of_the_local_one(given, at):
    """The rate plays no part in it, and the expected break-even lies within the range."""
    ends = flip_range(given, *at)
    flip = break_even(given, *at).rate
    if ends is not None:  # without any draw that saves nothing
        assert flip is not None
        assert ends[0] <= flip <= ends[1]
        assert flip_range(given.at(rate=9.0), *at) == pytest.approx(ends)


@FEW
@given(inputs(), VIEWS)
def test_where_no_share_breaks_even_even_everybody_would_not_do(given_inputs, at):
    flips = break_even(given_inputs, *at)
    if flips.take_up is None:
        assert expected(given_inputs.at(take_up=1.0), *at).net <= 0


@pytest.mark.parametrize(
    ("name", "moves"),
    [
        ("practice_cost", {"cost"}),
        ("deferred", {"deferred", "benefit"}),
        ("rate", {"avoided", "deferred", "benefit"}),
        ("take_up", {"avoided", "deferred", "benefit"}),
        ("effect", {"avoided", "deferred", "benefit"}),
        ("effect_after", {"avoided", "benefit"}),
    ],
)
def test_one_input_changes_only_what_depends_on_it(name, moves):
    """To the last bit, draws included: each input has a generator of its own."""
    before = replace(PLAIN, effect_after=Fixed(0.2), after_years=2)
    after = replace(before, **{name: Fixed(getattr(before, name).mean * 1.5)})
    for one in (lambda i: expected(i, "authority", 4), lambda i: draw(i, "authority", 4)):
        old, new = one(before), one(after)
        parts = ("avoided", "deferred", "cost", "benefit")
        same = {part for part in parts if np.array_equal(getattr(old, part), getattr(new, part))}
        changed = set(parts) - same
        assert changed == moves


def test_the_same_inputs_give_the_same_results():
    assert results(PLAIN) == results(PLAIN)


def test_the_tornado_is_in_the_order_of_what_moves_most():
    uncertain = replace(PLAIN, rate=Gamma(10, 50), take_up=Beta(0.5, 0.4, 0.6))
    found = results(uncertain).moved
    assert {one.name for one in found} == set(VARIED)
    assert [one.swing for one in found] == sorted((one.swing for one in found), reverse=True)
    assert found[0].name == "rate"
    assert {one.name for one in found if one.swing == 0} == {
        "effect", "effect_after", "deferred", "practice_cost",
    }  # fmt: skip


def test_the_two_way_table_rises_with_rate_and_effect():
    found = {at: one.mean for at, one in results(PLAIN).two_way.items()}
    assert found[0.53, 0.8] == pytest.approx(20 * 0.5 * 0.53 * 0.8 * 0.8 * 50_000 - 100_000)
    assert found[0.10, 0.4] < found[0.10, 0.8] < found[0.53, 0.8]


def test_the_two_way_table_says_where_it_flips_along_either_side():
    """Each flip put back in leaves nothing: 100,000 = 10 x rate x effect x 0.8 x 50,000."""
    found = results(PLAIN)
    assert found.flips_at_effect[0.8] == pytest.approx(100_000 / (10 * 0.8 * 0.8 * 50_000))
    assert found.flips_at_rate[0.53] == pytest.approx(100_000 / (10 * 0.53 * 0.8 * 50_000))
    assert found.flips_at_rate[0.10] is None  # it would take an effect of 2.5


def test_a_rate_to_compare_with_comes_with_its_range_and_chance():
    for rate, one in results(PLAIN).at_rates.items():
        assert one.net.mean == pytest.approx(10 * rate * 0.5 * 0.8 * 50_000 - 100_000)
        assert one.net.lower < one.net.mean < one.net.upper
        assert 0 <= one.probability < 1


@FEW
@given(betas())
def test_a_beta_keeps_its_mean_and_roughly_its_range(beta):
    drawn = beta.draw(np.random.default_rng(1), 20_000)
    assert drawn.mean() == pytest.approx(beta.mean, abs=5 * drawn.std() / np.sqrt(20_000))
    inside = ((drawn >= beta.low) & (drawn <= beta.high)).mean()
    assert 0.90 <= inside <= 1


def test_distributions_have_the_means_of_the_textbook():
    assert Triangle(265, 294, 315).mean == pytest.approx(874 / 3)
    assert Gamma(60, 300).mean == pytest.approx(60.5 / 300)
    assert Triangle(1, 1, 1).draw(np.random.default_rng(1), 3).tolist() == [1, 1, 1]

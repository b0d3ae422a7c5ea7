"""The model by hand; its closed form against its draws; break-even really breaks even."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.findings.value.chance import FlipRanges, draw, flip_ranges, view
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


def test_the_ranges_of_the_break_even_by_hand():
    """Costs from £60,000 to £140,000, £100,000 likeliest.

    The 2.5% and 97.5% points of that triangle are 60,000 + √(0.025 × 80,000 × 40,000) = 68,944 and
    as far below 140,000: 131,056. They break even at a rate of cost / 200,000 (20 women, half of
    them, half avoided, 0.8 for good, £50,000 each), and at an effect, or a take-up, of cost /
    80,000 (20 women, half, 0.2 removals a year, 0.8, £50,000): there the end is above 1.
    """
    unsure = replace(PLAIN, practice_cost=Triangle(60_000.0, 100_000.0, 140_000.0))
    found = flip_ranges(unsure, "authority", 4)
    assert found.rate == pytest.approx((0.3447, 0.6553), rel=0.01)
    assert found.effect == pytest.approx((0.8618, 1.638), rel=0.01)
    assert found.take_up == pytest.approx((0.8618, 1.638), rel=0.01)


def test_what_is_certain_has_no_width_and_what_saves_nothing_no_range():
    sure = flip_ranges(PLAIN, "authority", 4)
    assert sure.rate == pytest.approx((0.5, 0.5))
    assert sure.effect == sure.take_up == pytest.approx((1.25, 1.25))
    assert flip_ranges(replace(PLAIN, effect=Fixed(0.0)), "authority", 4) == FlipRanges()


UNSURE = replace(
    PLAIN, rate=Gamma(60, 150), take_up=Beta(0.6, 0.45, 0.75), effect=Beta(0.5, 0.3, 0.7),
    effect_after=Beta(0.2, 0.1, 0.3), after_years=1, deferred=Beta(0.3, 0.2, 0.4),
    practice_cost=Triangle(60_000.0, 80_000.0, 90_000.0),
)  # fmt: skip


@pytest.mark.parametrize("name", ["rate", "effect", "take_up"])
def test_at_either_end_one_draw_in_forty_would_answer_otherwise(name):
    """By draws of the test's own: the value is put in, and the closed form says whether it pays."""
    rng = np.random.default_rng(7)
    drawn = {one: getattr(UNSURE, one).draw(rng, 2_000) for one in VARIED}
    own = {"effect", "effect_after"} if name == "effect" else {name}
    for end, share in zip(getattr(flip_ranges(UNSURE, "authority", 4), name), (0.025, 0.975),
                          strict=True):  # fmt: skip
        put = with_effect(UNSURE, end) if name == "effect" else UNSURE.at(**{name: end})
        pays = [
            expected(put.at(**{one: drawn[one][at] for one in VARIED if one not in own}),
                     "authority", 4).net >= 0
            for at in range(2_000)
        ]  # fmt: skip
        assert np.mean(pays) == pytest.approx(share, abs=0.015)


@FEW
@given(inputs(), VIEWS)
def test_each_range_holds_its_break_even_and_asks_nothing_of_its_own_input(given, at):
    """An input has no part in its own range, and the expected break-even lies within it."""
    ranges, flips = flip_ranges(given, *at), break_even(given, *at)
    others = {"rate": given.at(rate=9.0), "take_up": given.at(take_up=0.01),
              "effect": with_effect(given, given.effect.mean / 2)}  # fmt: skip
    for name, other in others.items():
        ends, flip = getattr(ranges, name), getattr(flips, name)
        if ends is None:  # some draw saves nothing
            continue
        assert 0 < ends[0] <= ends[1]
        assert flip is None or ends[0] <= flip <= ends[1]
        assert getattr(flip_ranges(other, *at), name) == pytest.approx(ends)


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
    at_effect, at_rate = found.flips_at_effect[0.8], found.flips_at_rate[0.53]
    assert at_effect.value == pytest.approx(100_000 / (10 * 0.8 * 0.8 * 50_000))
    assert at_rate.value == pytest.approx(100_000 / (10 * 0.53 * 0.8 * 50_000))
    assert found.flips_at_rate[0.10].value is None  # it would take an effect of 2.5
    assert found.flips_at_rate[0.10].ends == pytest.approx((2.5, 2.5))


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

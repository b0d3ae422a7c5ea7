"""Estimators against a published table, lifelines, a slow version by rows, and drawn examples."""

import random
from math import isnan

import pandas as pd
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.datasets import load_larynx, load_rossi, load_waltons
from lifelines.statistics import multivariate_logrank_test

from casescope.findings.survival import (
    Days,
    Estimate,
    Step,
    cumulative_incidence,
    log_rank,
    product_limit,
    product_limit_of,
    value_at,
)
from casescope.findings.survival.log_rank import chi_square_tail

EVENT, COMPETING = 1, 2

# Remission of 21 children on 6-mercaptopurine (Freireich 1963; the table in Kalbfleisch and
# Prentice): weeks, relapses, censored.
LEUKAEMIA = [
    Step(6, 3, 1), Step(7, 1, 0), Step(9, 0, 1), Step(10, 1, 1), Step(11, 0, 1), Step(13, 1, 0),
    Step(16, 1, 0), Step(17, 0, 1), Step(19, 0, 1), Step(20, 0, 1), Step(22, 1, 0), Step(23, 1, 0),
    Step(25, 0, 1), Step(32, 0, 2), Step(34, 0, 1), Step(35, 0, 1),
]  # fmt: skip
# Week: surviving, lower and upper bound on the log-log scale.
PUBLISHED = {
    6: (0.8571, 0.6197, 0.9516),
    7: (0.8067, 0.5631, 0.9228),
    10: (0.7529, 0.5032, 0.8894),
    13: (0.6902, 0.4316, 0.8491),
    16: (0.6275, 0.3675, 0.8049),
    22: (0.5378, 0.2678, 0.7468),
    23: (0.4482, 0.1881, 0.6801),
}


@pytest.mark.parametrize("week", PUBLISHED)
def test_the_published_table_is_reproduced(week):
    point = next(p for p in product_limit(LEUKAEMIA) if p.day == week)
    surviving = (1 - point.estimate, 1 - point.upper, 1 - point.lower)
    assert tuple(round(x, 4) for x in surviving) == PUBLISHED[week]


@pytest.mark.parametrize("seed", range(5))
def test_random_data_with_ties_agree_with_lifelines(seed):
    rng = random.Random(seed)
    days = [rng.randint(0, 40) for _ in range(200)]
    happened = [day > 0 and rng.random() < 0.4 for day in days]
    happened = [event and day < 40 for event, day in zip(happened, days, strict=True)]
    peer = KaplanMeierFitter().fit(pd.Series(days), pd.Series(happened))
    bounds = peer.confidence_interval_survival_function_
    steps = [
        Step(day, sum(e for e, d in zip(happened, days, strict=True) if d == day),
             sum(not e for e, d in zip(happened, days, strict=True) if d == day))
        for day in sorted(set(days))
    ]  # fmt: skip
    for point in product_limit(steps):
        assert point.at_risk == peer.event_table.at_risk[point.day]
        assert 1 - point.estimate == pytest.approx(peer.survival_function_.KM_estimate[point.day])
        if point.estimate > 0:
            assert 1 - point.upper == pytest.approx(bounds.iloc[:, 0][point.day])
            assert 1 - point.lower == pytest.approx(bounds.iloc[:, 1][point.day])


def test_nobody_had_an_event_before_the_first_step():
    assert value_at(product_limit(LEUKAEMIA), 5.9) == Estimate(0.0, 0.0, 0.0)


def test_a_day_between_steps_has_the_value_of_the_step_before():
    points = product_limit(LEUKAEMIA)
    found = value_at(points, 15.5)
    assert found is not None
    assert round(found.estimate, 4) == 0.3098


def test_nothing_is_said_beyond_the_last_day_anyone_was_followed():
    points = product_limit(LEUKAEMIA)
    assert value_at(points, 35) is not None
    assert value_at(points, 35.1) is None
    assert value_at((), 0) is None


def test_when_everybody_left_has_the_event_the_interval_says_nothing():
    last = product_limit([Step(1, 1, 0), Step(2, 1, 0)])[-1]
    assert (last.estimate, last.lower, last.upper) == (1.0, 0.0, 1.0)


def test_rounded_counts_in_which_more_leave_than_were_there_never_lower_the_curve():
    points = product_limit([Step(1, 2, 10), Step(2, 5, 0), Step(3, 0, 5)], women=8)
    assert [point.at_risk for point in points] == [8, -4, -9]
    assert [point.estimate for point in points] == [0.25, 0.25, 0.25]


def test_columns_in_any_order_are_the_same_curve_as_steps():
    shuffled = random.Random(1).sample(LEUKAEMIA, len(LEUKAEMIA))
    day, events, censored, *_ = zip(*shuffled, strict=True)
    found = product_limit_of(Days.counted(day, events, censored)).points()
    assert found == product_limit(LEUKAEMIA)


def test_nobody_followed_is_no_curve():
    assert product_limit([]) == product_limit_of(Days.counted([], [], [])).points() == ()


def by_day(rows):
    """Return rows of (entry, day, how it ended) as steps, counted one by one."""
    days = {day for _, day, _ in rows} | {entry for entry, _, _ in rows if entry}
    return [
        Step(
            day,
            sum(d == day and how == EVENT for _, d, how in rows),
            sum(d == day and how != EVENT for _, d, how in rows),
            sum(d == day and how == COMPETING for _, d, how in rows),
            sum(entry == day and entry > 0 for entry, _, _ in rows),
        )
        for day in sorted(days)
    ]


def drawn(seed, women, late=0.0):
    """Return random rows: events and censoring on even days, competing ends on days of their own.

    Peers count an entry on the day of an event differently, so entries lie on odd days.
    """
    rng = random.Random(seed)
    rows = []
    for _ in range(women):
        how = rng.choices((0, EVENT, COMPETING), (3, 4, 2))[0]
        day = 4 * rng.randint(1, 40) + (2 if how == COMPETING else 0)
        entry = 2 * rng.randint(0, day // 2 - 1) + 1 if rng.random() < late else 0
        rows.append((entry, day, how))
    return rows


def columns(rows):
    return (pd.Series(list(column)) for column in zip(*rows, strict=True))


@pytest.mark.parametrize(
    ("load", "days", "events"),
    [(load_rossi, "week", "arrest"), (load_waltons, "T", "E"), (load_larynx, "time", "death")],
)
def test_published_data_sets_agree_with_lifelines(load, days, events):
    data = load()
    peer = KaplanMeierFitter().fit(data[days], data[events])
    bounds = peer.confidence_interval_survival_function_
    found = product_limit(
        by_day([(0, d, e) for d, e in zip(data[days], data[events], strict=True)])
    )
    assert len(found) == data[days].nunique()
    for point in found:
        told = peer.survival_function_.KM_estimate[point.day]
        assert 1 - point.estimate == pytest.approx(told, abs=1e-9)
        if 0 < point.estimate < 1:
            assert 1 - point.upper == pytest.approx(bounds.iloc[:, 0][point.day], abs=1e-9)
            assert 1 - point.lower == pytest.approx(bounds.iloc[:, 1][point.day], abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_delayed_entry_agrees_with_lifelines(seed):
    rows = drawn(seed, 300, late=0.6)
    rows += [(0, 170, 0)] * 30  # somebody is always at risk; else lifelines takes another estimator
    entries, days, how = columns(rows)
    peer = KaplanMeierFitter().fit(days, how == EVENT, entry=entries)
    for point in product_limit(by_day(rows)):
        told = peer.survival_function_.KM_estimate[point.day]
        assert 1 - point.estimate == pytest.approx(told, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_aalen_johansen_and_its_bands_agree_with_lifelines(seed):
    rows = drawn(seed, 200)
    _, days, how = columns(rows)
    peer = AalenJohansenFitter().fit(days, how, event_of_interest=EVENT)
    bounds = peer.confidence_interval_
    compared = 0
    for point in cumulative_incidence(by_day(rows)):
        assert point.estimate == pytest.approx(peer.cumulative_density_.CIF_1[point.day], abs=1e-9)
        if point.estimate > 0:
            told = sorted(bounds.loc[point.day])
            if any(map(isnan, told)):
                continue  # lifelines has no band once nobody is left without either end
            assert (point.lower, point.upper) == pytest.approx(told, abs=1e-9)
            compared += 1
    assert compared > 50


def test_without_competing_ends_both_estimators_say_the_same():
    km, aj = product_limit(LEUKAEMIA), cumulative_incidence(LEUKAEMIA)
    assert [p.estimate for p in aj] == pytest.approx([p.estimate for p in km], abs=1e-12)


def test_competing_ends_by_hand():
    """Ten women: an event; two die; an event. 1/10, then 9/10 × 7/9 = 7/10 are free: + 7/10 × 1/7.

    One minus Kaplan–Meier, which takes the dead to be at risk still, comes to more: 1 - 9/10 × 6/7.
    """
    rows = [Step(1, 1, 0), Step(2, 0, 2, 2), Step(3, 1, 0), Step(9, 0, 6)]
    assert [p.estimate for p in cumulative_incidence(rows)] == pytest.approx([0.1, 0.1, 0.2, 0.2])
    assert product_limit(rows)[-1].estimate == pytest.approx(1 - 9 / 10 * 6 / 7)


def test_everybody_ends_in_one_way_or_the_other():
    rows = drawn(3, 100)
    ended = [(entry, day, how or EVENT) for entry, day, how in rows]
    other = [(entry, day, 3 - how) for entry, day, how in ended]
    event, competing = cumulative_incidence(by_day(ended)), cumulative_incidence(by_day(other))
    assert event[-1].estimate + competing[-1].estimate == pytest.approx(1)


def test_who_enters_on_the_day_of_an_event_is_at_risk_only_afterwards():
    """Two women from the start, one has the event on day 5, when a third enters: 1 of 2."""
    points = product_limit([Step(5, 1, 0, 0, 1), Step(9, 0, 2)])
    assert [(p.at_risk, p.estimate) for p in points] == [(2, 0.5), (2, 0.5)]


@pytest.mark.parametrize("seed", range(4))
def test_the_log_rank_test_of_several_groups_agrees_with_lifelines(seed):
    groups = [drawn(10 * seed + g, 40 + 30 * g) for g in range(2 + seed % 3)]
    _, days, how = columns([row for rows in groups for row in rows])
    names = [g for g, rows in enumerate(groups) for _ in rows]
    peer = multivariate_logrank_test(days, names, how == EVENT)
    found = log_rank([by_day(rows) for rows in groups])
    assert found is not None
    assert found.df == len(groups) - 1
    assert found.chi_square == pytest.approx(peer.test_statistic, abs=1e-9)
    assert found.p == pytest.approx(peer.p_value, rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_log_rank_test_with_delayed_entry_is_that_of_a_slow_version(seed):
    one, other = drawn(seed, 60, late=0.5), drawn(seed + 50, 80, late=0.5)
    apart = variance = 0.0
    for day in sorted({d for _, d, how in one + other if how == EVENT}):
        in_one = sum(entry < day <= d for entry, d, _ in one)
        all_of_them = in_one + sum(entry < day <= d for entry, d, _ in other)
        events = sum(d == day and how == EVENT for _, d, how in one + other)
        apart += sum(d == day and how == EVENT for _, d, how in one) - events * in_one / all_of_them
        if all_of_them > 1:
            variance += (in_one * (all_of_them - in_one) * events * (all_of_them - events)
                         / (all_of_them**2 * (all_of_them - 1)))  # fmt: skip
    found = log_rank([by_day(one), by_day(other)])
    assert found is not None
    assert found.chi_square == pytest.approx(apart**2 / variance, rel=1e-9)


def test_the_leukaemia_trial_differs_from_placebo():
    """Freireich 1963: 16.79 with one degree of freedom (Kalbfleisch and Prentice, section 1.6)."""
    weeks = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    placebo = by_day([(0, week, EVENT) for week in weeks])
    found = log_rank([LEUKAEMIA, placebo])
    assert found is not None
    assert round(found.chi_square, 2) == 16.79
    assert found.p < 0.0001


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [LEUKAEMIA],
        [LEUKAEMIA, []],
        [[Step(1, 0, 5)], [Step(1, 0, 5)]],
        [[Step(5, 2, 1)], [Step(1, 0, 3)]],  # the second was gone before the first event
    ],
)
def test_nothing_is_compared_where_only_one_group_could_have_had_events(groups):
    assert log_rank(groups) is None


@pytest.mark.parametrize(
    ("value", "df", "tail"),
    [
        (3.841, 1, 0.05), (6.635, 1, 0.01), (5.991, 2, 0.05), (7.815, 3, 0.05),
        (9.488, 4, 0.05), (11.070, 5, 0.05), (23.209, 10, 0.01), (0, 3, 1.0),
    ],
)  # fmt: skip
def test_the_tail_of_chi_square_is_that_of_printed_tables(value, df, tail):
    assert chi_square_tail(value, df) == pytest.approx(tail, rel=1e-3)

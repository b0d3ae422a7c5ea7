"""Kaplan–Meier against a published table and against lifelines on random data with ties."""

import random

import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

from casescope.findings.survival import Estimate, Step, product_limit, value_at

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

"""The recoding found loses least: every other one of the lattice was tried."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.dataset.risk import ladder, least_loss
from casescope.dataset.risk.search import cost, kept

AGES = (["16", "17", "25", "25"], ["under 20", "under 20", "over 20", "over 20"], ["*"] * 4)


def test_the_penalty_by_hand():
    steps = ladder("age", AGES).penalties
    # three values; "under 20" stands for two of them, itself and one of the two others
    assert [list(step) for step in steps] == [[0, 0, 0, 0], [0.5, 0.5, 0, 0], [1, 1, 1, 1]]


def test_a_step_may_not_tell_more_than_the_one_before():
    with pytest.raises(ValueError, match="step 1 tells more than step 0"):
        ladder("age", (["a", "a"], ["x", "y"]))


def test_who_is_left_out_costs_one_and_the_others_their_penalty():
    # at step 0 of age the two women of 25 are alike; the others are left out
    found = cost([ladder("age", AGES)], 2, {"age": 0})
    assert (found.left_out, found.loss) == (2, 0.5)
    assert list(kept([ladder("age", AGES)], 2, {"age": 0})) == [False, False, True, True]
    # told as under and over 20 nobody is left out, and two of four lose half
    assert least_loss([ladder("age", AGES)], 2).steps == {"age": 1}
    assert least_loss([ladder("age", AGES)], 2).loss == 0.25


def test_nothing_is_found_where_there_are_too_few_people():
    one = ladder("age", (["a", "b"], ["*", "*"]))
    assert least_loss([one], 3, most_left_out=0.5) is None
    assert least_loss([one], 3).left_out == 2
    assert least_loss([ladder("age", ([], []))], 3).left_out == 0


def test_a_group_may_not_be_left_out_more_than_others():
    # "b" is a group of one woman: to keep her too, age is withheld from everybody
    one = ladder("age", (["a"] * 9 + ["b"], ["*"] * 10))
    assert least_loss([one], 3, most_left_out=0.1).steps == {"age": 0}
    hers = np.array([False] * 9 + [True])
    assert least_loss([one], 3, most_left_out=0.1, groups=[hers]).steps == {"age": 1}


@st.composite
def tables(draw):
    """Draw 2 or 3 ladders over up to 14 people, each step merging values of the one before."""
    people = draw(st.integers(1, 14))
    found = []
    for name in ("a", "b", "c")[: draw(st.integers(2, 3))]:
        values = draw(st.lists(st.integers(0, 4), min_size=people, max_size=people))
        steps = [values]
        for _ in range(draw(st.integers(1, 3))):
            merged = draw(st.lists(st.integers(0, 4), min_size=5, max_size=5))
            steps.append([merged[value] for value in steps[-1]])
        found.append((name, [[str(value) for value in step] for step in steps]))
    return found


def plain_cost(table, weights, floor, steps):
    """Return (loss, left out) as the docstring says it, with loops."""
    told = [column[step] for (_, column), step in zip(table, steps, strict=True)]
    rows = list(zip(*told, strict=True))
    sizes, total, lost = Counter(rows), sum(weights), 0.0
    for person, row in enumerate(rows):
        if sizes[row] < floor:
            lost += 1
            continue
        for (_, column), step, weight in zip(table, steps, weights, strict=True):
            leaves = set(column[0])
            alike = {fine for fine, coarse in zip(column[0], column[step], strict=True)
                     if coarse == column[step][person]}  # fmt: skip
            penalty = (len(alike) - 1) / (len(leaves) - 1) if len(leaves) > 1 else 0
            lost += weight / total * penalty
    return lost / len(rows), sum(size for size in sizes.values() if size < floor)


@settings(max_examples=80, deadline=None)
@given(
    table=tables(), floor=st.integers(1, 4), most=st.sampled_from([0.0, 0.2, 1.0]),
    weights=st.lists(st.sampled_from([0.5, 1, 5]), min_size=3, max_size=3), banned=st.booleans(),
)  # fmt: skip
def test_no_other_recoding_loses_less(table, floor, most, weights, banned):
    weights = weights[: len(table)]
    people = len(table[0][1][0])
    names = [name for name, _ in table]

    def allowed(steps):
        return not (banned and steps.get("a", 1) == 0 and steps.get("b", 0) > 0)

    costs = {
        steps: plain_cost(table, weights, floor, steps)
        for steps in product(*(range(len(column)) for _, column in table))
        if allowed(dict(zip(names, steps, strict=True)))
    }
    may = [loss for loss, out in costs.values() if out <= most * people + 1e-9]

    found = least_loss(
        [ladder(name, column) for name, column in table], floor, most_left_out=most,
        weights=dict(zip(names, weights, strict=True)), allowed=allowed,
    )  # fmt: skip

    if found is None:
        assert may == []
    else:
        assert found.loss == pytest.approx(min(may))
        own = costs[tuple(found.steps[name] for name in names)]
        assert (found.loss, found.left_out) == (pytest.approx(own[0]), own[1])

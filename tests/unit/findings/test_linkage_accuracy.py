"""Precision and recall from a stratified sample: by hand, by published figures, by simulation."""

import random

import pytest

from casescope.findings.linkage_accuracy import Stratum, accuracy, corrected_wilson

NEAR = 1e-9


@pytest.mark.parametrize(
    ("n", "of", "lower", "upper"),
    [
        (81, 263, 0.2535, 0.3682),
        (15, 148, 0.0598, 0.1644),
        (0, 20, 0.0000, 0.2005),
        (1, 29, 0.0018, 0.1963),
    ],
)
def test_the_interval_of_one_stratum_is_newcombes(n, of, lower, upper):
    """Newcombe 1998, Statistics in Medicine 17:857, table I, method 4."""
    interval = corrected_wilson(n, of)
    assert interval.lower == pytest.approx(lower, abs=5e-5)
    assert interval.upper == pytest.approx(upper, abs=5e-5)


def test_shares_are_weighted_by_the_size_of_their_stratum():
    found = accuracy([
        Stratum(linked=False, pairs=100, judged=20, same=2),  # 10 of one woman
        Stratum(linked=True, pairs=100, judged=20, same=18),  # 90
        Stratum(linked=True, pairs=300, judged=20, same=20),  # 300
    ])  # fmt: skip
    assert found.precision.share == pytest.approx(390 / 400, abs=NEAR)
    assert found.recall.share == pytest.approx(390 / 400, abs=NEAR)
    assert (found.judged_linked, found.judged_not_linked) == (40, 20)
    assert (found.pairs_linked, found.pairs_not_linked) == (400, 100)


def test_one_stratum_has_its_own_interval_but_for_its_finite_size():
    found = accuracy([Stratum(linked=True, pairs=10**9, judged=148, same=15)])
    assert found.precision.interval == pytest.approx((0.0598, 0.1644), abs=5e-5)


def test_where_everything_was_judged_nothing_is_left_to_chance():
    found = accuracy([
        Stratum(linked=True, pairs=5, judged=5, same=4),
        Stratum(linked=False, pairs=4, judged=4, same=1),
    ])  # fmt: skip
    assert found.precision.interval == pytest.approx((0.8, 0.8))
    assert found.recall.share == pytest.approx(0.8)
    assert found.recall.interval == pytest.approx((0.8, 0.8))


def test_answers_that_are_all_alike_still_leave_doubt():
    found = accuracy([
        Stratum(linked=True, pairs=500, judged=20, same=20),
        Stratum(linked=False, pairs=500, judged=20, same=0),
    ])  # fmt: skip
    assert found.precision.share == found.recall.share == 1
    assert found.precision.interval.lower < 0.9
    assert found.recall.interval.lower < 0.9


def test_a_band_that_nobody_looked_at_makes_the_interval_wide():
    judged = Stratum(linked=True, pairs=100, judged=50, same=50)
    narrow = accuracy([judged]).precision
    wide = accuracy([judged, Stratum(linked=True, pairs=100, judged=0, same=0)]).precision
    assert narrow.interval.lower > 0.9
    assert wide.interval.lower < 0.55


@pytest.mark.parametrize(
    ("linked", "others", "precision", "recall"),
    [(10, 10, True, True), (9, 10, False, False), (10, 9, True, False), (0, 0, False, False)],
)
def test_too_few_judged_tell_nothing(linked, others, precision, recall):
    found = accuracy([
        Stratum(linked=True, pairs=100, judged=linked, same=linked),
        Stratum(linked=False, pairs=100, judged=others, same=0),
    ])  # fmt: skip
    assert (found.precision is not None) is precision
    assert (found.recall is not None) is recall


def test_nothing_scored_tells_nothing():
    found = accuracy([])
    assert found.precision is None
    assert found.recall is None


def test_no_pair_of_one_woman_has_no_recall():
    found = accuracy([
        Stratum(linked=True, pairs=20, judged=20, same=0),
        Stratum(linked=False, pairs=20, judged=20, same=0),
    ])  # fmt: skip
    assert found.precision.share == 0
    assert found.recall is None


SIZES = [800, 150, 60, 50, 100, 200, 900]
WORLDS = {
    "few missed": ([0.02, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0], SIZES),
    "none in the lowest": ([0.0, 0.05, 0.4, 0.7, 0.9, 0.97, 0.99], SIZES),
    "poor links": ([0.05, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9], [300] * 7),
}  # fmt: skip
LINKED_FROM = 4
TIMES = 400


@pytest.mark.parametrize("each", [10, 40])
@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_the_intervals_hold_the_truth_as_often_as_they_say(world, each):
    """Populations with a known truth, sampled again and again without the code under test."""
    shares, sizes = world
    pairs = [
        [index < round(share * size) for index in range(size)]
        for share, size in zip(shares, sizes, strict=True)
    ]
    found, missed = (sum(map(sum, part)) for part in (pairs[LINKED_FROM:], pairs[:LINKED_FROM]))
    precision, recall = found / sum(sizes[LINKED_FROM:]), found / (found + missed)
    dice = random.Random(each)
    held, middle = [0, 0], [0.0, 0.0]
    for _ in range(TIMES):
        drawn = [dice.sample(stratum, each) for stratum in pairs]
        told = accuracy([
            Stratum(place >= LINKED_FROM, len(stratum), each, sum(sample))
            for place, (stratum, sample) in enumerate(zip(pairs, drawn, strict=True))
        ])  # fmt: skip
        for place, (truth, said) in enumerate(((precision, told.precision), (recall, told.recall))):
            held[place] += said.interval.lower <= truth <= said.interval.upper
            middle[place] += said.share / TIMES
    assert min(held) >= 0.92 * TIMES  # 0.95, less three standard errors of 400 trials
    assert middle == pytest.approx([precision, recall], abs=0.01)

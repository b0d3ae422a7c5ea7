"""Pairs drawn at random in bands of probability."""

from collections import Counter
from itertools import combinations, pairwise

import pytest

from casescope.identified.review.sample import bands, contradicted, draw
from tests.unit.review.drawn import number, reviewed, subject
from tests.worlds import world

NAMES = [f"m{n}" for n in range(1, 13)]
WORLD = world(
    mother="moth_person_id | moth_childs_person_id\n"
    + "\n".join(f"{name} | c{name[1:]}" for name in NAMES),
    dob={name: f"1980-{n:02}-11" for n, name in enumerate(NAMES, start=1)},
)
PAIRS = list(combinations(NAMES, 2))
CHANCES = [0.06, 0.3, 0.6, 0.8, 0.96, 0.992, 0.9999]
LINKS = [(one, other, CHANCES[n % 7]) for n, (one, other) in enumerate(PAIRS)]
WITHIN = bands(review_low=0.5, link_threshold=0.95)


@pytest.fixture(scope="module")
def connection():
    with reviewed(WORLD, LINKS) as opened:
        # the lot hangs on random ids: steady ones here, so that no test hangs on luck
        opened.execute("UPDATE links.record SET record_subject_id = substr(md5(person_id), 1, 16)")
        yield opened


@pytest.mark.parametrize(
    ("low", "threshold"), [(0.5, 0.95), (0.05, 0.5), (0.95, 0.95), (0.2, 1.0), (0.5, 0.999)]
)
def test_the_bands_leave_no_probability_out_and_meet_at_the_two_limits(low, threshold):
    found = [band for band in bands(review_low=low, link_threshold=threshold) if not band.stopped]
    assert found[0].lower == 0
    assert found[-1].upper > 1
    assert all(one.upper == other.lower for one, other in pairwise(found))
    assert {low, threshold} <= {band.lower for band in found}
    assert all(band.linked == (band.lower >= threshold) for band in found)


def drawn(connection, count, *, seed=1, unseen=()):
    return draw(connection, WITHIN, count, seed=seed, out_of_sight=unseen)


def chances(connection, pairs) -> Counter:
    of = {frozenset((subject(connection, a), subject(connection, b))): p for a, b, p in LINKS}
    return Counter(of[frozenset(pair)] for pair in pairs)


def test_links_made_and_not_made_are_drawn_alike(connection):
    assert chances(connection, drawn(connection, 21)) == dict.fromkeys(CHANCES, 3)


def test_what_one_band_lacks_the_others_give(connection):
    sizes = Counter(p for _, _, p in LINKS)  # 66 pairs: 10 for three of the chances, 9 for four
    assert sorted(sizes.values()) == [9, 9, 9, 9, 10, 10, 10]
    assert chances(connection, drawn(connection, 65)).total() == 65
    assert chances(connection, drawn(connection, 1000)) == sizes


def test_the_same_seed_draws_the_same_and_more_draws_these_too(connection):
    few, many = drawn(connection, 20), drawn(connection, 40)
    assert few == drawn(connection, 20)
    assert set(few) < set(many)
    assert few != drawn(connection, 20, seed=2)


def test_every_pair_is_as_likely_as_every_other_of_its_band(connection):
    """Of 10 (or 9) pairs in a band 3 are drawn; over 300 seeds each is near 90 (or 100) times."""
    times = Counter(pair for seed in range(300) for pair in drawn(connection, 21, seed=seed))
    assert len(times) == len(LINKS)
    # the rarest and commonest of 66: within four standard deviations (√(300 x 0.3 x 0.7) = 7.9)
    assert min(times.values()) >= 58
    assert max(times.values()) <= 133


def test_nobody_out_of_sight_is_drawn(connection):
    found = drawn(connection, 1000, unseen={number(connection, "m1")})
    assert len(found) == 55
    assert not any(subject(connection, "m1") in pair for pair in found)


def test_links_that_a_certain_fact_stops_are_a_band_of_their_own():
    told = world(
        mother="moth_person_id | moth_childs_person_id\nm1 | c1\nm2 | c2\nm3 | c3",
        person="""
            pers_person_id | pers_dob   | pers_single_unique_id
            m1             | 1990-06-15 | 9434765919
            m2             | 1990-06-15 | 9434765870
            m3             | 1990-06-15 |
        """,
    )
    with reviewed(told, [("m1", "m2", 0.97), ("m1", "m3", 0.97), ("m2", "m3", 0.3)]) as connection:
        one, two = (number(connection, name) for name in ("m1", "m2"))
        assert contradicted(connection, 0.95) == {(one, two)}

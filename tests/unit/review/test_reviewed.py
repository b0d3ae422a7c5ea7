"""What answers on pairs drawn at random count for, and the groups that pairs are counted in."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest

from casescope.governance.study_file.parameters import Parameters
from casescope.identified.review.reviewed import REVIEWED, counts
from casescope.identified.review.sample import bands
from tests.engine import facts
from tests.unit.review.drawn import reviewed, subject
from tests.worlds import world

WITHIN = bands(review_low=Parameters().review_low, link_threshold=Parameters().link_threshold)
NAMES = [f"m{n}" for n in range(1, 13)]


def twelve(born):
    """Twelve women, each with a child; `born` says each one's birth date by her number from 0."""
    return world(
        mother="moth_person_id | moth_childs_person_id\n"
        + "\n".join(f"{name} | c{name[1:]}" for name in NAMES),
        dob={name: born(n) for n, name in enumerate(NAMES)},
    )


TWELVE = twelve(lambda n: f"1980-{n + 1:02}-11")


def counted(connection, drawn_world, *, drawn=(), said=()):
    """Do the step again with these pairs drawn and these answers given; return its counts."""

    def text(one, other, *verdict):
        return " ".join([subject(connection, one), subject(connection, other), *verdict])

    told = {
        "links_drawn": ["", *(text(*pair) for pair in drawn)],
        "link_decisions": ["", *(text(*each) for each in said if each[2] != "unsure")],
        "links_unsure": ["", *(text(*each) for each in said if each[2] == "unsure")],
    }
    connection.execute("DETACH reviewed; ATTACH ':memory:' AS reviewed")
    connection.execute("USE reviewed")
    REVIEWED.build(connection, {**facts(drawn_world), **told})
    return counts(connection)


def numbers(band):
    return band.pairs, band.judged, band.one_woman, band.unsure


def test_only_answers_on_pairs_drawn_count():
    links = [("m1", f"m{n}", 0.96) for n in range(2, 8)]
    with reviewed(TWELVE, links) as connection:
        found = counted(
            connection,
            TWELVE,
            drawn=[("m1", "m2"), ("m3", "m1"), ("m1", "m4"), ("m1", "m6"), ("m1", "m7")],
            said=[
                ("m1", "m2", "same"), ("m1", "m3", "different"), ("m4", "m1", "unsure"),
                ("m1", "m5", "same"), ("m1", "m6", "same"), ("m6", "m1", "unsure"),
            ],
        )  # fmt: skip
    (band,) = found["all", "all"]
    assert (band.probability, band.linked) == ("0.95 to 0.99", True)
    assert numbers(band) == (6, 2, 1, 1)


def test_where_everything_was_answered_nothing_needs_drawing():
    links = [("m1", "m2", 0.96), ("m1", "m3", 0.96), ("m1", "m4", 0.3)]
    with reviewed(TWELVE, links) as connection:
        found = counted(connection, TWELVE, said=[("m1", "m2", "same"), ("m1", "m3", "different")])
    low, linked = found["all", "all"]
    assert numbers(linked) == (2, 2, 1, 0)
    assert numbers(low) == (1, 0, 0, 0)


def test_nobody_withheld_is_counted():
    links = [("m1", "m2", 0.96), ("m2", "m3", 0.96), ("m3", "m4", 0.96)]
    with reviewed(TWELVE, links, withheld=["m2"]) as connection:
        found = counted(connection, TWELVE, drawn=[("m1", "m2")], said=[("m1", "m2", "same")])
    assert [numbers(band) for band in found["all", "all"]] == [(1, 0, 0, 0)]


def test_links_that_a_certain_fact_stops_are_not_links_made():
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
        found = counted(connection, told)["all", "all"]
    assert [(band.probability, band.linked, band.pairs) for band in found] == [
        ("0.2 to 0.5", False, 1), ("0.95 to 0.99", True, 1), ("0.95 to 1, contradicted", False, 1),
    ]  # fmt: skip


def test_a_pair_is_told_by_her_ethnicity_age_and_the_child_of_either_removed_last():
    told = world(
        reference_date="2025-01-01",
        mother="moth_person_id | moth_childs_person_id\nm1 | c1\nm2 | c2\nm2 | c3\nm3 | c4",
        person="""
            pers_person_id | pers_dob   | pers_ethnicity
            m1             | 2000-01-02 |
            m2             | 1980-01-01 | APKN
            m3             |            |
        """,
        episodes="""
            CHILD | DECOM      | DEC        | REC
            c1    | 2017-01-01 | 2018-01-01 | E4A
            c2    | 2018-01-01 |            |
            c3    | 2019-12-31 | 2020-06-01 | E11
        """,
    )
    with reviewed(told, [("m1", "m2", 0.6), ("m2", "m3", 0.96), ("m1", "m3", 0.6)]) as connection:
        found = counted(connection, told)
    pairs = {group: sum(band.pairs for band in bands) for group, bands in found.items()}
    assert pairs == {
        ("all", "all"): 3,
        ("ethnicity", "Asian"): 2, ("ethnicity", "Not recorded"): 1,
        ("age", "20 to 24"): 2, ("age", "35 to 45"): 1,
        ("latest_removal", "5 to 9 years ago"): 3,
        ("ended", "adopted"): 2, ("ended", "returned home"): 1,
    }  # fmt: skip


def test_nobody_with_a_removed_child_is_a_group_too():
    with reviewed(TWELVE, [("m1", "m2", 0.6)]) as connection:
        found = counted(connection, TWELVE)
    assert {key for key in found if key[0] in ("latest_removal", "ended")} == {
        ("latest_removal", "none"), ("ended", "no child removed"),
    }  # fmt: skip


def test_ages_stand_in_their_order():
    told = twelve(lambda n: f"{1970 + 3 * n}-01-11")
    with reviewed(told, [(one, other, 0.6) for one, other in combinations(NAMES, 2)]) as opened:
        found = counted(opened, told)
    assert [value for breakdown, value in found if breakdown == "age"] == [
        "20 to 24", "25 to 29", "30 to 34", "35 to 45", "46 and over",
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_counts_are_those_of_a_plain_count(seed):
    """Every pair, answer and draw at random, counted over again one by one."""
    dice = Random(seed)
    links = [(one, other, dice.choice([0.06, 0.3, 0.6, 0.8, 0.96, 0.9999]))
             for one, other in combinations(NAMES, 2)]  # fmt: skip
    drawn = {frozenset(link[:2]) for link in links if dice.random() < 0.5}
    answers = {frozenset(link[:2]): dice.choices(["same", "different", "unsure"],
                                                 k=dice.choice([0, 1, 1, 2]))
               for link in links}  # fmt: skip
    said = [(*pair, verdict) for pair, given in answers.items() for verdict in given]
    with reviewed(TWELVE, links) as connection:
        found = counted(connection, TWELVE, drawn=drawn, said=said)["all", "all"]
    expected = {}
    for band in WITHIN[:-1]:
        pairs = [frozenset((a, b)) for a, b, p in links if band.lower <= p < band.upper]
        agreed = {pair: next(iter(set(answers[pair]))) if len(set(answers[pair])) == 1 else None
                  for pair in pairs}  # fmt: skip
        told = Counter(agreed[pair] for pair in pairs if pair in drawn)
        if all(verdict in ("same", "different") for verdict in agreed.values()):
            told = Counter(agreed.values())
        if pairs:
            judged = told["same"] + told["different"]
            expected[band.name] = (len(pairs), judged, told["same"], told["unsure"])
    assert {band.probability: numbers(band) for band in found} == expected

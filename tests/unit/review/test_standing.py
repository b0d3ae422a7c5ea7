"""Which pairs wait, in what order, and on whom a decision bears when records change."""

from dataclasses import replace
from datetime import date

from casescope.governance.link_decisions import LinkDecision, Verdict
from casescope.identified.review.standing import (
    SAMPLED,
    Pair,
    asked,
    by_pair,
    drawn_now,
    key_of,
    waiting,
)
from tests.unit.review.drawn import number, reviewed, subject
from tests.worlds import world

WOMEN = "\n".join(f"m{n} | c{n}" for n in range(1, 7))
SIX = {
    "mother": f"moth_person_id | moth_childs_person_id\n{WOMEN}",
    "dob": {f"m{n}": f"19{80 + n}-0{n}-11" for n in range(1, 7)},
}
LOW = "the probability lies below the threshold"


def decision(one: str, other: str, verdict: Verdict = Verdict.SAME) -> LinkDecision:
    return LinkDecision(
        f"{one}{other}", (one,), (other,), verdict, date(2026, 11, 2), "", "ann", "t"
    )


def pair(one: int, other: int, probability: float | None, why: str = LOW) -> Pair:
    return Pair((one, other), probability, why)


def order(pairs, decided=None, unseen=(), **options) -> list[tuple[int, int]]:
    found = waiting(pairs, decided or {}, unseen, link_threshold=0.95, **options)
    return [each.key for each in found]


def test_links_that_something_stops_come_first_then_the_most_uncertain():
    pairs = [
        pair(1, 2, 0.94), pair(3, 4, 0.55), pair(5, 6, 0.97, "their NHS numbers differ"),
        pair(7, 8, 0.51), pair(9, 10, 0.999, SAMPLED), pair(11, 12, 0.02, SAMPLED),
    ]  # fmt: skip
    told = [(5, 6), (7, 8), (3, 4), (1, 2), (11, 12), (9, 10)]
    assert order(pairs) == order(pairs[::-1]) == told


def test_pairs_alike_keep_one_order():
    pairs = [pair(3, 4, 0.7), pair(1, 9, 0.7), pair(1, 2, 0.7)]
    assert order(pairs) == order(pairs[::-1]) == [(1, 2), (1, 9), (3, 4)]


def test_what_was_decided_or_is_out_of_sight_does_not_wait():
    pairs = [pair(1, 2, 0.6), pair(3, 4, 0.6), pair(5, 6, 0.6), pair(7, 8, 0.6)]
    decided = {(1, 2): [decision("a", "b")], (7, 8): [decision("a", "b", Verdict.UNSURE)]}
    assert order(pairs, decided, {4}) == [(5, 6)]
    assert order(pairs, decided, {4}, unsure_again=True) == [(5, 6), (7, 8)]


def test_two_decisions_that_quarrel_are_asked_again():
    quarrel = [decision("a", "b"), decision("c", "b", Verdict.DIFFERENT)]
    assert order([pair(1, 2, 0.6)], {(1, 2): quarrel}) == [(1, 2)]


def test_pairs_of_the_people_step_and_those_drawn_are_asked_once_each():
    with reviewed(world(**SIX), [("m1", "m2", 0.8), ("m3", "m4", 0.99)]) as connection:
        ids = {name: subject(connection, name) for name in SIX["dob"]}
        drawn = [(ids["m2"], ids["m1"]), (ids["m3"], ids["m4"]), (ids["m5"], "gone")]
        found = asked(connection, drawn)
        first, second = (
            key_of(number(connection, a), number(connection, b))
            for a, b in (("m1", "m2"), ("m3", "m4"))
        )
        assert found == {first: Pair(first, 0.8, LOW), second: Pair(second, 0.99, SAMPLED)}
        assert drawn_now(connection, drawn) == {first: 0, second: 1}


def test_a_decision_bears_on_whoever_has_its_records_now():
    joined = "\nm7 | c6\n"
    drawn = SIX | {
        "mother": SIX["mother"] + joined,
        "dob": SIX["dob"] | {"m7": "1970-01-02"},
        "linked_identifier": """
            link_person_id | link_identifier_type | link_identifier_value
            m7             | legacy               | m6
        """,
    }
    with reviewed(world(**drawn)) as connection:
        assert number(connection, "m7") == number(connection, "m6")
        on_seven = decision(subject(connection, "m7"), subject(connection, "m1"))
        within = decision(subject(connection, "m7"), subject(connection, "m6"))
        gone = replace(decision("gone", subject(connection, "m1")), other=("also gone",))
        found = by_pair(connection, [on_seven, within, gone])
        assert found == {key_of(number(connection, "m6"), number(connection, "m1")): [on_seven]}

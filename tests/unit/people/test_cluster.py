"""Persons joined into women: certain facts and decisions stand above any probability."""

from collections import Counter

import pytest

from casescope.identified.people.cluster import (
    ONE_LINK,
    TWICE,
    Decisions,
    joined,
    pair_of,
)


def nothing(_one, _other):
    """Nothing certain forbids anything."""
    return ""


def never(_one, _other):
    """Nobody is anybody's mother."""
    return False


def women(links, *, same=(), different=(), against=(), daughters=()):
    """Return the clusters of more than one person, and the links refused with their reasons."""
    apart, born_of = {pair_of(*pair) for pair in against}, {pair_of(*pair) for pair in daughters}
    found = joined(
        links,
        Decisions(frozenset(same), frozenset(different)),
        lambda one, other: "a fact" if pair_of(one, other) in apart | born_of else "",
        lambda one, other: pair_of(one, other) in born_of,
    )
    return sorted(
        {tuple(group) for group in found.members.values() if len(group) > 1}
    ), found.refused


def test_links_join_and_a_woman_goes_by_the_person_registered_first():
    found = joined({(2, 9): 0.97, (5, 9): 0.96}, Decisions(), nothing, never)
    assert found.named() == [(2, 2), (5, 2), (9, 2)]


def test_the_weakest_link_gives_way_to_a_certain_fact():
    groups, refused = women({(1, 2): 0.99, (2, 3): 0.96}, against=[(1, 3)])
    assert groups == [(1, 2)]
    assert refused == {(2, 3): "a fact"}


def test_equal_links_give_way_in_the_order_of_their_numbers():
    links = {(2, 3): 0.97, (1, 2): 0.97}
    assert women(links, against=[(1, 3)]) == women(dict(reversed(links.items())), against=[(1, 3)])
    assert women(links, against=[(1, 3)])[0] == [(1, 2)]


def test_different_holds_apart_however_indirect_the_way():
    groups, refused = women({(1, 2): 0.999, (2, 3): 0.99}, different=[(1, 3)])
    assert groups == [(1, 2)]
    assert list(refused) == [(2, 3)]


def test_same_joins_without_any_link_and_against_facts():
    """A reviewer looked: a mistyped NHS number does not stand above her."""
    assert women({}, same=[(4, 7)], against=[(4, 7)])[0] == [(4, 7)]


def test_nobody_is_her_own_mother_whatever_is_decided():
    assert women({}, same=[(4, 7)], daughters=[(4, 7)])[0] == []


def test_different_wins_over_a_chain_of_same():
    groups, _ = women({}, same=[(1, 2), (2, 3)], different=[(1, 3)])
    assert groups == [(1, 2)]


TWO_PAIRS = {(1, 2): 0.97, (3, 4): 0.97}


@pytest.mark.parametrize(("bridge", "apart"), [(0.985, True), (0.99, False)])
def test_one_link_between_two_groups_must_be_nearly_certain(bridge, apart):
    groups, refused = women({**TWO_PAIRS, (2, 3): bridge})
    assert groups == ([(1, 2), (3, 4)] if apart else [(1, 2, 3, 4)])
    assert refused == ({(2, 3): ONE_LINK} if apart else {})


def test_two_links_between_two_groups_are_no_bridge():
    assert women({**TWO_PAIRS, (2, 3): 0.96, (1, 4): 0.96})[0] == [(1, 2, 3, 4)]


def test_a_reviewers_bridge_stands():
    assert women(TWO_PAIRS, same=[(2, 3)])[0] == [(1, 2, 3, 4)]


def test_two_birth_dates_that_each_stand_in_several_records_are_two_womens():
    """A slip is made once; two records of one day on either side are no slip."""
    births = {1: Counter({"1988-11-29": 2}), 2: Counter({"1998-11-29": 1}),
              3: Counter({"1998-11-29": 1})}  # fmt: skip
    links = {(2, 3): 0.9999, (1, 2): 0.99}
    found = joined(links, Decisions(), nothing, never, bare={(1, 2)}, births=births)
    assert found.named() == [(2, 2), (3, 2)]
    assert found.refused == {(1, 2): TWICE}


@pytest.mark.parametrize(
    ("births", "bare"),
    [
        ({1: {"1988-11-29": 1}}, {(1, 2)}),  # once, as a slip is made
        ({1: {"1988-11-29": 2, "1998-11-29": 1}}, {(1, 2)}),  # the other's day stands here too
        ({1: {"1988-11-29": 2}}, set()),  # more than names and dates speaks for the link
    ],
)
def test_but_one_slip_or_a_day_in_common_or_more_to_go_by_is_no_objection(births, bare):
    others = {2: Counter({"1998-11-29": 1}), 3: Counter({"1998-11-29": 1})}
    known = {person: Counter(dates) for person, dates in births.items()} | others
    links = {(2, 3): 0.9999, (1, 2): 0.999}
    found = joined(links, Decisions(), nothing, never, bare=bare, births=known)
    assert found.named() == [(1, 1), (2, 1), (3, 1)]

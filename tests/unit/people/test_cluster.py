"""Persons joined into women: certain facts and decisions stand above any probability."""

import pytest

from casescope.identified.people.cluster import (
    ONE_LINK,
    Decisions,
    either_of_two,
    joined,
    pair_of,
)


def nothing(_one, _other):
    """Nothing certain forbids anything."""
    return ""


def never(_one, _other):
    """Nobody is anybody's mother."""
    return False


def one_and_three(one, other):
    """Only 1 and 3 are certainly two."""
    return "a fact" if {one, other} == {1, 3} else ""


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


def test_a_record_that_may_be_either_of_two_women_is_joined_to_neither():
    links = {(1, 2): 0.97, (2, 3): 0.96}
    doubtful = either_of_two(links, Decisions(), one_and_three)
    assert doubtful == {(1, 2), (2, 3)}


def test_a_far_better_link_is_followed():
    """Odds of 9999 against 19: more than thirty times better."""
    links = {(1, 2): 0.9999, (2, 3): 0.95}
    doubtful = either_of_two(links, Decisions(), one_and_three)
    assert doubtful == {(2, 3)}

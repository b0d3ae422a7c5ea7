"""Records that may be of either of two women."""

from casescope.identified.people.rivals import clearly_of_another, either_of_two


def one_and_three(one, other):
    """Only 1 and 3 are two women."""
    return {one, other} == {1, 3}


def test_a_record_that_may_be_either_of_two_women_is_joined_to_neither():
    links = {(1, 2): 0.97, (2, 3): 0.96}
    assert either_of_two(links, one_and_three) == {(1, 2), (2, 3)}


def test_a_far_better_link_is_followed():
    """Odds of 9999 against 19: more than thirty times better."""
    links = {(1, 2): 0.9999, (2, 3): 0.95}
    assert either_of_two(links, one_and_three) == {(2, 3)}


def test_two_links_of_a_record_are_no_rivals_where_they_may_lead_to_one_woman():
    links = {(1, 2): 0.97, (2, 4): 0.96}
    assert either_of_two(links, one_and_three) == set()


def test_a_record_clearly_of_one_woman_is_not_her_namesakes():
    links = {(1, 2): 0.9999, (2, 3): 0.95}
    assert clearly_of_another(links, {(1, 3)}) == {(2, 3)}
    assert clearly_of_another(links, {(1, 4)}) == set()


def test_nor_is_it_kept_from_either_where_both_are_about_as_probable():
    links = {(1, 2): 0.97, (2, 3): 0.96}
    assert clearly_of_another(links, {(1, 3)}) == set()

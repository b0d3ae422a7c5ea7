"""Rates: recurrence, as (days of follow-up, ending, age at index) of every index woman."""

from datetime import date

import pytest

from casescope.governance.study_file.parameters import Parameters
from tests.worlds import world

FROM_THE_START = Parameters(observation_start=date(2010, 4, 1))
ONE = "CHILD | DECOM \n c1 | 2021-01-01"
TO_THE_END = 1461
"""Days from 2021-01-01 to the reference date of 2025-01-01."""


def observed(**drawn):
    return world(parameters=FROM_THE_START, **drawn)


def test_time_from_the_first_event_to_the_next_with_a_new_child(recurrence_of):
    """ "time from a woman's first observed removal event (index) to her next event with a new
    child"; the re-entry between them is none.
    """
    spells = recurrence_of(
        observed(
            dob={"m1": "1998-06-15"},
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-03-01 | E4A
        c1    | 2021-06-01 |            |
        c2    | 2022-01-01 |            |
        c3    | 2023-01-01 |            |
    """,
        )
    )
    assert spells == [(365, "event", 22)]


def test_censored_at_the_extracts_end(recurrence_of):
    """ "Censored at the extract's end" """
    assert recurrence_of(observed(episodes=ONE)) == [(TO_THE_END, "end_of_extract", 30)]


@pytest.mark.parametrize(
    ("died", "spells"),
    [
        ("2022-01-01", [(365, "died", 30)]),
        ("2021-01-01", []),
        ("2020-12-31", []),
        ("2025-01-02", [(TO_THE_END, "end_of_extract", 30)]),
    ],
)
def test_her_death_is_a_competing_end(recurrence_of, died, spells):
    """ "competing ends (her death ...)"; ADR 9, 28: dead on or before the index, no index woman."""
    assert recurrence_of(observed(
        person=f"pers_person_id | pers_dob | pers_death_date \n m1 | 1990-06-15 | {died}",
        episodes=ONE,
    )) == spells  # fmt: skip


@pytest.mark.parametrize(
    ("born", "spells"),
    [
        ("1972-01-01", [(365, "age_limit", 49)]),
        ("1971-01-01", []),
        ("1971-01-02", [(1, "age_limit", 49)]),
        ("", [(TO_THE_END, "end_of_extract", None)]),
    ],
)
def test_follow_up_ends_at_her_50th_birthday(recurrence_of, born, spells):
    """ "follow-up ends at her (`age_max`+5)th birthday" """
    assert recurrence_of(observed(dob={"m1": born}, episodes=ONE)) == spells


def test_the_age_limit_follows_the_parameter(recurrence_of):
    """ "reaching `age_max`+5": at most 30 gives the 35th birthday."""
    drawn = world(
        parameters=Parameters(observation_start=date(2010, 4, 1), age_max=30),
        dob={"m1": "1987-01-01"},
        episodes=ONE,
    )
    assert recurrence_of(drawn) == [(365, "age_limit", 34)]


@pytest.mark.parametrize(
    ("since", "spells"),
    [
        ("2022-01-01", [(365, "left", 30)]),
        ("2021-01-01", [(0, "left", 30)]),
        ("2020-12-31", [(TO_THE_END, "end_of_extract", 30)]),
        ("2020-01-01", [(TO_THE_END, "end_of_extract", 30)]),
        ("", [(TO_THE_END, "end_of_extract", 30)]),
    ],
)
def test_censored_when_she_is_known_to_have_left(recurrence_of, since, spells):
    """ "or when she is known to have left"; ADR 9, 28: "Leaving before the index is
    ignored: the removal shows that she had come back; leaving on that day is leaving."
    """
    assert recurrence_of(observed(
        place="place_postcode | place_in_authority \n OT2 | 0",
        address=f"""
            addr_person_id | addr_address_postcode | addr_address_start_date
            m1             | OT2 1AA               | {since}
        """,
        episodes=ONE,
    )) == spells  # fmt: skip


@pytest.mark.parametrize(
    ("homes", "spells"),
    [
        ("OT2 1AA 2022-01-01, OT2 2BB 2023-01-01", [(365, "left", 30)]),
        ("OT2 1AA 2022-01-01, EX1 1AA 2022-06-01, OT2 2BB 2023-01-01", [(730, "left", 30)]),
        ("OT2 1AA 2022-01-01, ZZ1 1AA 2022-06-01, OT2 2BB 2023-01-01", [(365, "left", 30)]),
        ("OT2 1AA 2019-01-01, OT2 2BB 2023-01-01", [(730, "left", 30)]),
        ("OT2 1AA 2022-01-01, EX1 1AA 2023-01-01", [(TO_THE_END, "end_of_extract", 30)]),
    ],
)
def test_whoever_moves_on_outside_had_left_before(recurrence_of, homes, spells):
    """ "when she is known to have left": the first move outside; back inside in between is back,
    an address that the lookup lacks (ZZ1) tells neither.
    """
    rows = "\n".join(f"m1 | {home[:7]} | {home[8:]}" for home in homes.split(", "))
    assert recurrence_of(observed(
        place="place_postcode | place_in_authority \n OT2 | 0 \n EX1 | 1",
        address=f"addr_person_id|addr_address_postcode|addr_address_start_date\n{rows}",
        episodes=ONE,
    )) == spells  # fmt: skip


def test_on_a_tie_the_event_wins(recurrence_of):
    """ADR 9, 28: "on a tie the event wins"."""
    spells = recurrence_of(
        observed(
            person="pers_person_id | pers_dob | pers_death_date \n m1 | 1990-06-15 | 2022-01-01",
            episodes="CHILD | DECOM \n c1 | 2021-01-01 \n c2 | 2022-01-01",
        )
    )
    assert spells == [(365, "event", 30)]


@pytest.mark.parametrize(("decom", "index_women"), [("2012-04-01", 1), ("2012-03-31", 0)])
def test_the_index_lies_two_years_after_observation_began(recurrence_of, decom, index_women):
    """ "an index event counts only if it falls at least that long after `observation_start`" """
    drawn = observed(dob={"c1": "2012-01-01"}, episodes=f"CHILD | DECOM \n c1 | {decom}")
    assert len(recurrence_of(drawn)) == index_women


def test_a_woman_first_seen_in_the_washout_is_no_index_woman_later(recurrence_of):
    """The index is "a woman's first observed removal event", not the first after the washout."""
    spells = recurrence_of(
        observed(
            dob={"c1": "2011-01-01"},
            episodes="""
        CHILD | DECOM
        c1    | 2011-05-01
        c2    | 2021-01-01
    """,
        )
    )
    assert spells == []


@pytest.mark.parametrize(
    ("dec", "decom", "index_women"),
    [
        ("2015-04-01", "2017-04-01", 1),
        ("2015-04-01", "2017-03-31", 0),
        ("2015-03-31", "2016-04-01", 1),
        ("2015-03-31", "2016-03-31", 0),
    ],
)
def test_observation_starts_on_the_1_april_on_or_before_the_earliest_end(
    recurrence_of, dec, decom, index_women
):
    """ "else the 1 April on or before the earliest `DEC`"; ADR 9, 30: "before any row is set
    aside": here the row of a child that no record knows.
    """
    drawn = world(
        dob={"c1": "2016-01-01"},
        mother="moth_person_id | moth_childs_person_id \n m1 | c1",
        episodes=f"""
            CHILD    | DECOM      | DEC   | REC
            stranger | 2001-01-01 | {dec} | E4A
            c1      | {decom}    |       |
        """,
    )
    assert len(recurrence_of(drawn)) == index_women


@pytest.mark.parametrize(("decom", "index_women"), [("2018-04-01", 1), ("2018-03-31", 0)])
def test_without_any_end_observation_starts_by_the_earliest_start(
    recurrence_of, decom, index_women
):
    """ADR 9, 30: "with no ended episode at all, the 1 April on or before the earliest `DECOM`"."""
    drawn = world(
        dob={"c1": "2018-01-01"},
        mother="moth_person_id | moth_childs_person_id \n m1 | c1",
        episodes=f"""
            CHILD    | DECOM
            stranger | 2016-06-01
            c1      | {decom}
        """,
    )
    assert len(recurrence_of(drawn)) == index_women


def test_each_count_has_its_own_index(recurrence_of):
    """ADR 9, 28: "a woman's first event of the count"."""
    drawn = observed(
        episodes="""
        CHILD | DECOM      | LS
        c1    | 2021-01-01 | V2
        c2    | 2022-01-01 | C1
        c3    | 2023-01-01 | C1
    """
    )
    assert recurrence_of(drawn, "broad") == [(365, "event", 30)]
    assert recurrence_of(drawn, "strict") == [(365, "event", 31)]


def test_restricted_women_are_no_index_women(recurrence_of):
    """ "Restricted people leave before removals are made" """
    assert recurrence_of(observed(restricted="m1", episodes=ONE)) == []


NEXT_CHILDREN = """
    CHILD | DECOM      | DEC        | REC
    c1    | 2021-01-01 | 2021-03-01 | E4A
    c2    | 2022-01-01 |            |
    c3    | 2023-01-28 |            |
"""


@pytest.mark.parametrize(
    ("born", "spells"),
    [
        ("2023-01-01", [(757, "event", 30)]),
        ("2022-12-31", [(TO_THE_END, "end_of_extract", 30)]),
        ("2023-01-28", [(757, "event", 30)]),
    ],
)
def test_time_to_the_next_newborn_passes_over_older_children(newborn_recurrence_of, born, spells):
    """ "time to next removal, and to next *newborn* removal": the event of c2, aged one, does not
    end it; the one of c3 does when she is 27 days old, and not when she is 28.
    """
    dob = {"c1": "2018-01-01", "c2": "2021-01-01", "c3": born, "m1": "1990-06-15"}
    assert newborn_recurrence_of(observed(dob=dob, episodes=NEXT_CHILDREN)) == spells


def test_a_child_taken_again_is_no_next_newborn(newborn_recurrence_of):
    """A child of the first event is no new child, however young at the second."""
    drawn = observed(
        dob={"c1": "2021-01-01"},
        episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-01-05 | E4A
        c1    | 2021-01-20 |            |
    """,
    )
    assert newborn_recurrence_of(drawn) == [(TO_THE_END, "end_of_extract", 30)]


def test_a_sibling_taken_with_a_newborn_makes_no_difference(newborn_recurrence_of):
    """One new child under 28 days is enough."""
    drawn = observed(
        dob={"c1": "2018-01-01", "c2": "2016-01-01", "c3": "2021-12-20"},
        episodes="CHILD | DECOM \n c1 | 2021-01-01 \n c2 | 2022-01-01 \n c3 | 2022-01-01",
    )
    assert newborn_recurrence_of(drawn) == [(365, "event", 30)]


@pytest.mark.parametrize(
    ("died", "spells"),
    [
        ("2022-06-01", [(516, "died", 30)]),
        ("2022-01-01", [(365, "died", 30)]),
        ("2021-12-31", [(364, "died", 30)]),
    ],
)
def test_what_ends_follow_up_ends_it_to_a_next_newborn_too(newborn_recurrence_of, died, spells):
    """After the event of an older child she is still followed."""
    drawn = observed(
        person=f"pers_person_id | pers_dob | pers_death_date \n m1 | 1990-06-15 | {died}",
        episodes="CHILD | DECOM \n c1 | 2021-01-01 \n c2 | 2022-01-01",
    )
    assert newborn_recurrence_of(drawn) == spells

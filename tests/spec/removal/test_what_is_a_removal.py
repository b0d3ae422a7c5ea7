"""Removal: what is one, and when.

"removal (of a child): one for each period of care in which the child is separated from the mother,
dated at the first episode of the period whose legal status counts and whose placement is neither
with parents (P1) nor a mother-and-baby unit or family centre (R3)."
"""

import pytest

from casescope.governance.study_file.parameters import Parameters
from tests.worlds import world


def test_one_period_is_one_removal_and_a_later_period_another(cohort_of):
    """ "one for each period of care" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-06-01 | E4A
        c1    | 2022-01-01 |            |
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1 court", "2022-01-01 c1 court"]


@pytest.mark.parametrize("place", ["P1", "R3", "p1 "])
def test_the_removal_is_dated_at_the_first_episode_apart_from_the_mother(cohort_of, place):
    """ "whose placement is neither with parents (`P1`) nor ... (`R3`)" """
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | PLACE   | DEC        | REC
        c1    | 2021-01-01 | {place} | 2021-04-01 | X1
        c1    | 2021-04-01 | U4      |            |
    """
        )
    )
    assert answer.events() == ["2021-04-01 c1 court"]


def test_a_period_with_no_such_episode_holds_no_removal_yet(cohort_of):
    """ "A period with no such episode holds no removal yet." """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | PLACE | DEC        | REC
        c1    | 2021-01-01 | P1    | 2021-04-01 | X1
        c1    | 2021-04-01 | R3    |            |
        c2    | 2022-01-01 | U4    |            |
    """
        )
    )
    assert answer.removed() == ["c2"]


def test_a_later_spell_with_parents_does_not_make_a_second_removal(cohort_of):
    """ "A later spell with parents inside one period doesn't make a second removal." """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | PLACE | DEC        | REC
        c1    | 2021-01-01 | U4    | 2021-04-01 | X1
        c1    | 2021-04-01 | P1    | 2021-09-01 | X1
        c1    | 2021-09-01 | U4    |            |
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1 court"]


@pytest.mark.parametrize("place", ["", "ZZ"])
def test_an_unknown_placement_is_apart_from_the_mother(cohort_of, place):
    """ADR 9, 6: "An unknown or blank placement is neither `P1` nor `R3`, so the episode counts"."""
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | PLACE
        c1    | 2021-01-01 | {place}
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1 court"]


@pytest.mark.parametrize("status", ["V3", "V4", "J1", "J2", "J3"])
def test_short_breaks_remand_and_youth_orders_never_count(cohort_of, status):
    """ "Legal statuses that never count: short breaks (V3, V4), remand, PACE and youth orders" """
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | LS
        c1    | 2021-01-01 | {status}
        c2    | 2022-01-01 | C2
    """
        )
    )
    assert answer.removed() == ["c2"]


def test_the_removal_waits_for_a_status_that_counts(cohort_of):
    """ "dated at the first episode of the period whose legal status counts" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS | DEC        | REC
        c1    | 2021-01-01 | V4 | 2022-03-01 | X1
        c1    | 2022-03-01 | C1 |            |
    """
        )
    )
    assert answer.events() == ["2022-03-01 c1 court"]


def test_status_and_placement_must_hold_in_the_same_episode(cohort_of):
    """ "first episode ... whose legal status counts and whose placement is neither ..." """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS | PLACE | DEC        | REC
        c1    | 2021-01-01 | V4 | U4    | 2021-02-01 | X1
        c1    | 2021-02-01 | C1 | P1    | 2021-03-01 | X1
        c1    | 2021-03-01 | C1 | U4    |            |
    """
        )
    )
    assert answer.events() == ["2021-03-01 c1 court"]


@pytest.mark.parametrize("status", ["C1", "C2", "D1", "E1", "L1", "L2", "L3", "V2", "c2"])
def test_every_other_status_counts(cohort_of, status):
    """Route lists the statuses that count: C1, C2, D1, E1, L3; L1, L2; V2. Any case."""
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | LS
        c1    | 2021-01-01 | {status}
    """
        )
    )
    assert answer.removed() == ["c1"]


def test_unaccompanied_asylum_seekers_never_count_in_any_year(cohort_of):
    """ "Unaccompanied asylum seekers never count."; ADR 9, 8: in the table of any year."""
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2022-01-01
        """,
            uasc="""
            _file | CHILD | DUC
            2019  | c1    | 2020-01-01
        """,
        )
    )
    assert answer.removed() == ["c2"]


@pytest.mark.parametrize(("born", "removed"), [("2003-05-02", ["c1"]), ("2003-05-01", [])])
def test_from_the_18th_birthday_on_nothing_counts(cohort_of, born, removed):
    """ "Children aged `max_age_at_removal` (default 18) or more at that date never count" """
    answer = cohort_of(
        world(
            dob={"c1": born},
            episodes="""
        CHILD | DECOM
        c1    | 2021-05-01
    """,
        )
    )
    assert answer.removed() == removed


@pytest.mark.parametrize(("most", "removed"), [(3, []), (4, ["c1"])])
def test_the_age_limit_is_a_parameter(cohort_of, most, removed):
    """ "aged `max_age_at_removal` or more": a child of exactly three, then."""
    answer = cohort_of(
        world(
            dob={"c1": "2018-05-01"},
            parameters=Parameters(max_age_at_removal=most),
            episodes="""
            CHILD | DECOM
            c1    | 2021-05-01
        """,
        )
    )
    assert answer.removed() == removed


def test_a_child_without_a_date_of_birth_counts(cohort_of):
    """ADR 9, 7: "not known to be 18, so counts"."""
    answer = cohort_of(
        world(
            dob={"c1": ""},
            episodes="""
        CHILD | DECOM
        c1    | 2021-05-01
    """,
        )
    )
    assert answer.removed() == ["c1"]


@pytest.mark.parametrize(
    ("case_system", "relationship", "header", "removed"),
    [
        ("2010-01-01", "2000-01-01", "2000-01-01", ["c1"]),
        ("2000-01-01", "2010-01-01", "2010-01-01", []),
        ("", "2010-01-01", "2000-01-01", ["c1"]),
        ("", "2000-01-01", "2010-01-01", []),
        ("", "", "2000-01-01", []),
    ],
)
def test_whose_word_on_the_childs_birth_is_taken(
    cohort_of, case_system, relationship, header, removed
):
    """ADR 9, 9: "the case system's, else the relationship table's, else the 903 header's"."""
    answer = cohort_of(
        world(
            dob={"c1": case_system},
            mother=f"""
            moth_person_id | moth_childs_person_id | moth_childs_dob
            m1             | c1                    | {relationship}
        """,
            header=f"""
            CHILD | DOB
            c1    | {header}
        """,
            episodes="""
            CHILD | DECOM
            c1    | 2021-05-01
        """,
        )
    )
    assert answer.removed() == removed


def test_a_removed_child_is_counted_once_however_often_they_go_back(cohort_of):
    """ "removed child: a child with at least one removal. Counted once" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-06-01 | E4A
        c1    | 2022-01-01 | 2022-06-01 | E4A
        c1    | 2023-01-01 |            |
    """
        )
    )
    assert answer.removed() == ["c1"]
    assert len(answer.events()) == 3

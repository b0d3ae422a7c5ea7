"""Removal: events, repeats, re-entries and multiple removals."""

import pytest

from casescope.governance.study_file.parameters import Parameters
from tests.worlds import world

PROC = "proc_id | proc_child_person_id | proc_application_date"


@pytest.mark.parametrize(
    ("second", "events"),
    [
        ("2021-01-01", ["2021-01-01 c1,c2 court"]),
        ("2021-01-15", ["2021-01-01 c1,c2 court"]),
        ("2021-01-16", ["2021-01-01 c1 court", "2021-01-16 c2 court"]),
    ],
)
def test_removals_within_14_days_of_the_first_are_one_event(cohort_of, second, events):
    """ "dated within `event_window_days` (default 14, that day included) of the first of them are
    one event"; "Siblings taken on one day are one event."
    """
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM
        c1    | 2021-01-01
        c2    | {second}
    """
        )
    )
    assert answer.events() == events


def test_the_window_hangs_on_the_first_removal_and_does_not_chain(cohort_of):
    """ "(the window hangs on the first removal and does not chain)" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM
        c1    | 2021-01-01
        c2    | 2021-01-11
        c3    | 2021-01-21
        c4    | 2021-02-04
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1,c2 court", "2021-01-21 c3,c4 court"]


@pytest.mark.parametrize(("window", "events"), [(0, 2), (9, 2), (10, 1)])
def test_the_event_window_is_a_parameter(cohort_of, window, events):
    """ "Sensitivity: 0, 7, 14, 28, 90 days" """
    answer = cohort_of(
        world(
            parameters=Parameters(event_window_days=window),
            episodes="""
        CHILD | DECOM
        c1    | 2021-01-01
        c2    | 2021-01-11
    """,
        )
    )
    assert len(answer.events()) == events


def test_events_of_different_women_are_different(cohort_of):
    """ "removal event (of a woman)" """
    answer = cohort_of(
        world(
            mother="""
            moth_person_id | moth_childs_person_id
            m1             | c1
            m2             | c2
        """,
            episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2021-01-01
        """,
            proceedings=f"""{PROC}
            p1 | c1 | 2021-01-05
            p1 | c2 | 2021-01-05
        """,
        )
    )
    assert answer.events("m1") == ["2021-01-01 c1 court"]
    assert answer.events("m2") == ["2021-01-01 c2 court"]


def test_events_that_share_proceedings_become_one_on_the_earliest_date(cohort_of):
    """ "then events that share a `proc_id` become one"; "the event takes the earliest date" """
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2021-06-01
        """,
            proceedings=f"""{PROC}
            p1 | c1 | 2021-03-01
            p1 | c2 | 2021-03-01
        """,
        )
    )
    assert answer.events() == ["2021-01-01 c1,c2 court"]


def test_merging_is_transitive(cohort_of):
    """ "merging is transitive": the first and third share nothing but the second."""
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2021-06-01
            c3    | 2021-12-01
            c4    | 2022-06-01
        """,
            proceedings=f"""{PROC}
            p1 | c1 | 2021-01-01
            p1 | c2 | 2021-06-01
            p2 | c2 | 2021-06-01
            p2 | c3 | 2021-12-01
            p3 | c4 | 2022-06-01
        """,
        )
    )
    assert answer.events() == ["2021-01-01 c1,c2,c3 court", "2022-06-01 c4 court"]


def test_merging_may_reach_over_an_event_that_stays_apart(cohort_of):
    """ "events that share a `proc_id` become one": the one between them shares none."""
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2021-04-01
            c3    | 2021-08-01
        """,
            proceedings=f"""{PROC}
            p1 | c1 | 2021-01-01
            p1 | c3 | 2021-08-01
        """,
        )
    )
    assert answer.events() == ["2021-01-01 c1,c3 court", "2021-04-01 c2 court"]


@pytest.mark.parametrize(
    ("applied", "events"),
    [
        ("2022-01-01", 1),  # 365 days after c1's removal of 2021-01-01
        ("2022-01-02", 2),  # 366 days after it
        ("2020-01-02", 1),  # 365 days before it (2020 was a leap year)
        ("2020-01-01", 2),  # 366 days before it
    ],
)
def test_a_proceedings_row_matches_at_most_365_days_away(cohort_of, applied, events):
    """ "nearest its application date (at most 365 days away ...)" """
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2021-06-01
        """,
            proceedings=f"""{PROC}
            p1 | c1 | {applied}
            p1 | c2 | 2021-06-01
        """,
        )
    )
    assert len(answer.events()) == events


@pytest.mark.parametrize(
    ("applied", "events"),
    [
        ("2021-03-01", ["2021-01-01 c1,c2 court", "2021-05-01 c1 court"]),  # nearer January
        ("2021-03-02", ["2021-01-01 c1,c2 court", "2021-05-01 c1 court"]),  # 60 days from both
        ("2021-03-03", ["2021-01-01 c1 court", "2021-05-01 c1,c2 court"]),  # nearer May
    ],
)
def test_proceedings_belong_to_the_nearest_removal_and_on_a_tie_to_the_earlier(
    cohort_of, applied, events
):
    """ "that child's removal nearest its application date (... ties to the earlier)" """
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM      | DEC        | REC
            c1    | 2021-01-01 | 2021-02-01 | E4A
            c1    | 2021-05-01 |            |
            c2    | 2021-09-01 |            |
        """,
            proceedings=f"""{PROC}
            p1 | c1 | {applied}
            p1 | c2 | 2021-09-01
        """,
        )
    )
    assert answer.events() == events


def test_proceedings_are_matched_before_any_filter(cohort_of):
    """ "matched over all removals before any filter": the row belongs to the voluntary removal,
    so it does not join the compulsory ones of the strict count.
    """
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM      | LS | DEC        | REC
            c1    | 2021-01-01 | V2 | 2021-02-01 | E4A
            c1    | 2021-06-01 | C1 |            |
            c2    | 2021-09-01 | C1 |            |
        """,
            proceedings=f"""{PROC}
            p1 | c1 | 2021-01-10
            p1 | c2 | 2021-09-01
        """,
        ),
        removals="strict",
    )
    assert answer.events() == ["2021-06-01 c1 court", "2021-09-01 c2 court"]


def test_wide_removals_take_part_in_matching_in_every_count(cohort_of):
    """ADR 9, 12: "matched over all removals of every count (wide included)"."""
    drawn = world(
        episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2021-03-01
        """,
        proceedings="""
            proc_id|proc_child_person_id|proc_application_date|proc_order|proc_order_date|proc_authority
            p0 | c1 | 2019-06-01 | care order | 2019-12-01 | Elsewhere
            p1 | c1 | 2020-01-10 |            |            |
            p1 | c2 | 2021-03-01 |            |            |
        """,
    )
    assert cohort_of(drawn).events() == ["2021-01-01 c1 court", "2021-03-01 c2 court"]
    assert cohort_of(drawn, removals="wide").events() == [
        "2019-12-01 c1,c2 court",
        "2021-01-01 c1 court",
    ]


def test_proceedings_dated_after_the_reference_date_are_ignored(cohort_of):
    """ADR 9, 12: "A proceedings row dated after the reference date is ignored"."""
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM
            c1    | 2024-10-01
            c2    | 2024-12-01
        """,
            proceedings=f"""{PROC}
            p1 | c1 | 2025-01-02
            p1 | c2 | 2024-12-01
        """,
        )
    )
    assert len(answer.events()) == 2


def test_a_child_taken_again_is_a_re_entry_never_a_repeat_by_itself(cohort_of):
    """ "A child returned home and taken again is a re-entry, counted apart" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-06-01 | E4A
        c1    | 2022-01-01 |            |
    """
        )
    )
    assert len(answer.events()) == 2
    assert answer.repeats() == 0


def test_a_repeat_removal_holds_a_child_who_was_in_no_earlier_event(cohort_of):
    """ "a later removal event that holds at least one child who was in no earlier event" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-06-01 | E4A
        c1    | 2022-01-01 |            |
        c2    | 2022-01-01 | 2022-06-01 | E4A
        c2    | 2023-01-01 |            |
        c3    | 2024-01-01 |            |
    """
        )
    )
    assert len(answer.events()) == 4
    assert answer.repeats() == 2


def test_two_children_removed_is_not_two_events(cohort_of):
    """ "multiple removal: two or more children in one event and no later event" with a new one."""
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM
        c1    | 2021-01-01
        c2    | 2021-01-01
    """
        )
    )
    assert answer.removed() == ["c1", "c2"]
    assert len(answer.events()) == 1
    assert answer.repeats() == 0

"""Removal: from SSDA903, from the case system, or from both."""

import pytest

from casescope.governance.study_file.parameters import Parameters
from tests.worlds import world

SSD = """clae_person_id|clae_cla_id|clae_cla_episode_start_date|clae_cla_episode_ceased_date|\
clae_cla_episode_ceased_reason"""
LAW = "lega_person_id | lega_legal_status | lega_legal_status_start_date"
RETURNS = "CHILD | DECOM | DEC | REC"
COVERED = """
    c9 | 2014-01-01 | 2015-04-02 | E8
    c9 | 2023-03-31 | 2023-03-31 | E8"""
"""Another child's episodes, from which returns of 2015-04-01 to 2023-03-31 are known."""


def both(returns="", told="", law="C2", **tables):
    """A world of returns that cover 2015-04-01 to 2023-03-31 and of a case system."""
    mothers = "moth_person_id | moth_childs_person_id\nm1 | c1\nm1 | c2\nm9 | c9"
    return world(
        mother=mothers,
        episodes=f"{RETURNS}\n{COVERED}\n{returns}",
        cla_episode=f"{SSD}\n{told}",
        legal_status=f"{LAW}\nc1 | {law} | 2010-01-01\nc2 | {law} | 2010-01-01",
        **tables,
    )


def test_inside_the_time_of_the_returns_the_returns_stand(cohort_of):
    """ADR 9, 8b: "Inside that time the returns stand": no removal by the case system alone."""
    answer = cohort_of(
        both(
            "c1 | 2018-01-01 | 2018-06-01 | E4A",
            """c1 | 1 | 2018-01-01 | 2018-06-01 | E4A
               c1 | 2 | 2020-01-01 | 2020-06-01 | E4A""",
        )
    )
    assert answer.events() == ["2018-01-01 c1 court"]


@pytest.mark.parametrize("start", ["2017-12-28", "2018-01-04", "2018-03-01"])
def test_dates_that_differ_make_no_second_removal(cohort_of, start):
    """ADR 9, 8b: "two systems that differ by days never make a second removal"."""
    answer = cohort_of(
        both("c1 | 2018-01-01 | 2018-06-01 | E4A", f"c1 | 1 | {start} | 2018-06-03 | E4A")
    )
    assert answer.events() == ["2018-01-01 c1 court"]


def test_before_the_first_return_the_case_system_fills(cohort_of):
    """ADR 9, 8b: "before": a removal that ended before any return began."""
    answer = cohort_of(
        both(
            "c1 | 2018-01-01 | |",
            """c1 | 1 | 2012-01-01 | 2012-06-01 | E4A
               c1 | 2 | 2018-01-01 |            | """,
        )
    )
    assert answer.events() == ["2012-01-01 c1 court", "2018-01-01 c1 court"]


def test_care_that_began_before_the_first_return_begins_when_the_case_system_says(cohort_of):
    """One period of care: its first episode only the case system has."""
    answer = cohort_of(
        both(
            "c1 | 2014-08-01 | 2016-01-01 | E4A",
            """c1 | 1 | 2014-02-01 | 2014-08-03 | X1
               c1 | 1 | 2014-08-03 | 2016-01-01 | E4A""",
        )
    )
    assert answer.events() == ["2014-02-01 c1 court"]


@pytest.mark.parametrize("start", ["2014-02-01", "2014-02-05", "2014-02-08"])
def test_a_start_that_both_tell_is_the_returns(cohort_of, start):
    """ADR 9, 8b: starts at most 7 days apart are the same start."""
    answer = cohort_of(
        both("c1 | 2014-02-08 | 2016-01-01 | E4A", f"c1 | 1 | {start} | 2014-08-01 | X1")
    )
    assert answer.events() == ["2014-02-08 c1 court"]


SHORT = """c1 | 1 | 2014-01-01 | 2014-03-20 | X1
           c1 | 1 | 2014-03-20 | 2014-03-24 | X1
           c1 | 1 | 2014-03-24 | 2016-01-01 | E4A"""


@pytest.mark.parametrize("start", ["2014-03-24", "2014-03-27"])
def test_a_few_days_elsewhere_before_the_first_return_part_no_period(cohort_of, start):
    """ADR 9, 8b: "however short they were": left out, the few days would make two removals of one.
    Of the first days of care under police protection they would lose the route.
    """
    answer = cohort_of(both(f"c1 | {start} | 2016-01-01 | E4A", SHORT))
    assert answer.events() == ["2014-01-01 c1 court"]


@pytest.mark.parametrize(
    ("ended", "again", "events"),
    [
        ("2014-03-24 | X1", "2014-03-24", ["2014-03-21 c1 emergency"]),
        ("2014-03-22 | X1", "2014-03-22", ["2014-03-21 c1 emergency"]),
        ("2014-03-22 | E4B", "2014-03-24", ["2014-03-21 c1 emergency", "2014-03-24 c1 voluntary"]),
    ],
)
def test_the_first_days_of_care_are_the_case_systems_to_tell(cohort_of, ended, again, events):
    """ADR 9, 8b: the return of that year is not there; "goes on to it where another of the
    case system began that day"; where the child was at home in between, it does not.
    """
    told = f"c1 | 1 | 2014-03-21 | {ended} \n c1 | 1 | {again} | 2016-01-01 | E4A"
    drawn = both("", told, law="L1")
    rows = [
        {"CHILD": "c1", "DECOM": "2014-03-24", "DEC": "2016-01-01", "REC": "E4A",
         "LS": "V2", "RNE": "S", "PLACE": "U4", "_file": "episodes"},
        *drawn.tables["episodes"],
    ]  # fmt: skip
    changed = drawn.but(
        tables={**drawn.tables, "episodes": rows},
        parameters=Parameters(event_window_days=0),
    )
    assert cohort_of(changed).events() == events


def test_after_the_latest_return_the_case_system_goes_on(cohort_of):
    """ADR 9, 8b: care still open in the returns ends as the case system ends it, and a removal
    after that is a second one.
    """
    answer = cohort_of(
        both(
            "c1 | 2022-01-01 | |",
            """c1 | 1 | 2022-01-03 | 2023-09-01 | E4A
               c1 | 2 | 2024-02-01 |            | """,
        )
    )
    assert answer.events() == ["2022-01-01 c1 court", "2024-02-01 c1 court"]


def test_a_return_home_after_the_latest_return_is_known(cohort_of):
    """The child was in care at the latest return's end and is not any more."""
    answer = cohort_of(both("c1 | 2022-01-01 | |", "c1 | 1 | 2022-01-01 | 2024-09-01 | E4A"))
    assert answer.events() == ["2022-01-01 c1 court"]
    assert answer.in_her_care() == "unknown"


def test_a_new_removal_after_the_latest_return_counts(cohort_of):
    """ADR 9, 8b: "after": episodes that begin after the returns' reach."""
    answer = cohort_of(
        both(
            "c1 | 2018-01-01 | 2018-06-01 | E4A",
            """c1 | 1 | 2018-01-01 | 2018-06-01 | E4A
               c1 | 2 | 2023-05-01 | | """,
        )
    )
    assert answer.events() == ["2018-01-01 c1 court", "2023-05-01 c1 court"]


def test_care_that_no_return_has_but_that_goes_on_after_them_counts(cohort_of):
    """Recorded late: it began before the latest return's end, and the child is still in care."""
    answer = cohort_of(
        both(
            "c1 | 2018-01-01 | 2018-06-01 | E4A",
            """c1 | 1 | 2018-01-01 | 2018-06-01 | E4A
               c1 | 2 | 2023-03-20 | | """,
        )
    )
    assert answer.events() == ["2018-01-01 c1 court", "2023-03-20 c1 court"]


def test_a_child_whom_no_return_knows_is_told_by_the_case_system(cohort_of):
    """ADR 9, 8a: all episodes, inside the returns' time too."""
    answer = cohort_of(both("", "c2 | 1 | 2018-01-01 | 2018-06-01 | E4A"))
    assert answer.events() == ["2018-01-01 c2 court"]


def test_a_placement_without_an_id_is_the_childs_of_that_day(cohort_of):
    """ADR 9, 8a: "the child's placement on that day": with parents is no removal."""
    answer = cohort_of(
        both(
            "",
            "c1 | 1 | 2018-01-01 | 2018-06-01 | X1\nc1 | 1 | 2018-06-01 | | ",
            placement="""
            clap_cla_placement_id|clap_person_id|clap_cla_placement_start_date\
|clap_cla_placement_end_date|clap_cla_placement_type
            1 | c1 | 2018-01-01 | 2018-06-01 | P1
            2 | c1 | 2018-06-01 |            | U4""",
        )
    )
    assert answer.events() == ["2018-06-01 c1 court"]


ONE_ROW = "c1 | 1 | 2018-01-01 | 2018-06-01 | E4A"


@pytest.mark.parametrize(
    ("order", "route", "strict"),
    [
        ("2018-01-10", "court", True),
        ("2018-02-10", "voluntary", True),
        ("2018-06-01", "voluntary", False),
    ],
)
def test_an_order_made_within_one_row_of_the_case_system_counts(cohort_of, order, route, strict):
    """ADR 9, 8a: "the row is cut at each change": a V2 "followed within `route_window_days` …
    takes the first such status's route"; "compulsory: … at any time in the period".
    """
    drawn = world(
        mother="moth_person_id | moth_childs_person_id\nm1 | c1",
        cla_episode=f"{SSD}\n{ONE_ROW}",
        legal_status=f"{LAW}\nc1 | V2 | 2018-01-01\nc1 | C1 | {order}",
    )
    assert cohort_of(drawn).events() == [f"2018-01-01 c1 {route}"]
    assert len(cohort_of(drawn, removals="strict").removed()) == strict


def test_a_move_from_home_within_one_row_of_the_case_system_is_a_removal(cohort_of):
    """ADR 9, 8a: "a move out of the mother's home"; a care order at home (P1) is none."""
    drawn = world(
        mother="moth_person_id | moth_childs_person_id\nm1 | c1",
        cla_episode=f"{SSD.strip()}|clae_cla_placement_id\n{ONE_ROW} | 1",
        legal_status=f"{LAW}\nc1 | C2 | 2018-01-01",
        placement="""
            clap_cla_placement_id|clap_person_id|clap_cla_placement_start_date\
|clap_cla_placement_end_date|clap_cla_placement_type
            1 | c1 | 2018-01-01 | 2018-05-01 | P1
            2 | c1 | 2018-05-01 |            | U1""",
    )
    assert cohort_of(drawn).events() == ["2018-05-01 c1 court"]


@pytest.mark.parametrize(
    ("statuses", "event"),
    [
        ("c1 | L1 | 2021-03-05 | 2021-03-05", "2021-03-05 c1 emergency"),
        ("c1 | L1 | 2021-03-05 | 2021-03-05 \n c1 | V2 | 2021-03-05 |", "2021-03-05 c1 voluntary"),
        ("c1 | V4 | 2021-01-01 | \n c1 | L1 | 2021-03-05 | 2021-03-05", "2021-03-05 c1 emergency"),
        ("c1 | V2 | 2021-03-05 | \n c1 | C1 | 2021-03-05 |", "2021-03-05 c1 court"),
        ("c1 | L1 | 2021-03-04 | 2021-03-05", None),
    ],
)
def test_a_status_that_ended_on_the_day_it_began_was_in_force_that_day(cohort_of, statuses, event):
    """ "dated at the first episode of the period whose legal status counts": taken under police
    protection, home by evening. A return has such an episode; so has the case system.
    """
    answer = cohort_of(
        world(
            cla_episode=f"{SSD} \n c1 | 1 | 2021-03-05 | 2021-03-05 | E4A",
            legal_status=f"{LAW} | lega_legal_status_end_date \n {statuses}",
        )
    )
    assert answer.events() == ([event] if event else [])

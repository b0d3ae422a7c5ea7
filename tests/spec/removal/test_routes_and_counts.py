"""Removal: route, compulsion and the broad and strict counts."""

import pytest

from casescope.governance.study_file.parameters import Parameters
from tests.worlds import world

ROUTES = [
    *[(status, "court") for status in ("C1", "C2", "D1", "E1", "L3")],
    *[(status, "emergency") for status in ("L1", "L2")],
    ("V2", "voluntary"),
]


@pytest.mark.parametrize(("status", "route"), ROUTES)
def test_the_route_is_the_legal_status_at_the_removal(cohort_of, status, route):
    """ "`court` (C1, C2, D1, E1, L3), `emergency` (L1, L2) or `voluntary` (V2), by the legal
    status at the removal date"
    """
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | LS
        c1    | 2021-01-01 | {status}
    """
        )
    )
    assert answer.events() == [f"2021-01-01 c1 {route}"]


@pytest.mark.parametrize(
    ("day", "status", "route"),
    [
        ("2021-01-15", "C1", "court"),
        ("2021-01-16", "C1", "voluntary"),
        ("2021-01-15", "L2", "emergency"),
        ("2021-01-15", "E1", "court"),
        ("2021-01-15", "V4", "voluntary"),
        ("2021-01-15", "", "voluntary"),
    ],
)
def test_an_order_within_14_days_of_a_voluntary_start_gives_the_route(
    cohort_of, day, status, route
):
    """ "a V2 followed within `route_window_days` (default 14, that day included) in the same period
    by a court or emergency status takes the first such status's route"
    """
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | LS       | DEC   | REC
        c1    | 2021-01-01 | V2       | {day} | X1
        c1    | {day}      | {status} |       |
    """
        )
    )
    assert answer.events() == [f"2021-01-01 c1 {route}"]


def test_the_first_such_status_gives_the_route(cohort_of):
    """ "takes the first such status's route": police protection first, then an interim order."""
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS | DEC        | REC
        c1    | 2021-01-01 | V2 | 2021-01-05 | X1
        c1    | 2021-01-05 | L1 | 2021-01-08 | X1
        c1    | 2021-01-08 | C1 |            |
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1 emergency"]


def test_an_order_in_the_window_gives_the_route_whatever_the_placement(cohort_of):
    """ADR 9, 10: "an episode of the same period that starts after the removal date and at most
    14 days later, whatever its placement"
    """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS | PLACE | DEC        | REC
        c1    | 2021-01-01 | V2 | U4    | 2021-01-10 | X1
        c1    | 2021-01-10 | C1 | P1    |            |
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1 court"]


def test_an_order_in_another_period_gives_no_route(cohort_of):
    """ "in the same period" """
    answer = cohort_of(
        world(
            parameters=Parameters(event_window_days=0),
            episodes="""
        CHILD | DECOM      | LS | DEC        | REC
        c1    | 2021-01-01 | V2 | 2021-01-03 | E4A
        c1    | 2021-01-10 | C1 |            |
    """,
        )
    )
    assert answer.events() == ["2021-01-01 c1 voluntary", "2021-01-10 c1 court"]


@pytest.mark.parametrize(("window", "route"), [(29, "voluntary"), (30, "court")])
def test_the_route_window_is_a_parameter(cohort_of, window, route):
    """ "within `route_window_days`" """
    answer = cohort_of(
        world(
            parameters=Parameters(route_window_days=window),
            episodes="""
        CHILD | DECOM      | LS | DEC        | REC
        c1    | 2021-01-01 | V2 | 2021-01-31 | X1
        c1    | 2021-01-31 | C1 |            |
    """,
        )
    )
    assert answer.events() == [f"2021-01-01 c1 {route}"]


def test_an_emergency_start_stays_one_though_an_order_follows(cohort_of):
    """Only "a V2 followed within ..." takes another route."""
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS | DEC        | REC
        c1    | 2021-01-01 | L1 | 2021-01-03 | X1
        c1    | 2021-01-03 | C1 |            |
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1 emergency"]


def test_an_events_route_is_the_strongest_of_its_removals(cohort_of):
    """ "an event's route is the strongest of its removals' (court, emergency, voluntary)" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS
        c1    | 2021-01-01 | V2
        c2    | 2021-01-02 | L2
        c3    | 2022-01-01 | L1
        c4    | 2022-01-01 | C1
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1,c2 emergency", "2022-01-01 c3,c4 court"]


def test_broad_counts_all_and_strict_compulsory_ones_only(cohort_of):
    """ "Broad count: all removals. Strict count: compulsory ones only" """
    drawn = world(
        episodes="""
        CHILD | DECOM      | LS
        c1    | 2021-01-01 | V2
        c2    | 2022-01-01 | L1
        c3    | 2023-01-01 | C1
    """
    )
    assert cohort_of(drawn).removed() == ["c1", "c2", "c3"]
    assert cohort_of(drawn, removals="strict").removed() == ["c2", "c3"]


def test_an_order_at_any_later_time_in_the_period_makes_the_removal_compulsory(cohort_of):
    """ "a court or emergency status applies at any time in the period from the removal date on":
    far outside the route window, and though the child is with parents by then.
    """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS | PLACE | DEC        | REC
        c1    | 2021-01-01 | V2 | U4    | 2023-01-01 | X1
        c1    | 2023-01-01 | C2 | P1    |            |
    """
        ),
        removals="strict",
    )
    assert answer.events() == ["2021-01-01 c1 voluntary"]


def test_an_order_in_a_later_period_does_not_reach_back(cohort_of):
    """ "in the period" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS | DEC        | REC
        c1    | 2021-01-01 | V2 | 2021-06-01 | E4A
        c1    | 2022-01-01 | C2 |            |
    """
        ),
        removals="strict",
    )
    assert answer.events() == ["2022-01-01 c1 court"]


@pytest.mark.parametrize(
    ("dec", "events"),
    [
        ("2021-03-01", []),
        ("2021-03-02", ["2021-03-01 c1 voluntary"]),
        ("", ["2021-03-01 c1 voluntary"]),
    ],
)
def test_an_order_that_began_before_must_last_beyond_the_removal(cohort_of, dec, events):
    """ADR 9, 11: "or started before it and ends after it (or is open)"."""
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | LS | PLACE | DEC   | REC
        c1    | 2021-01-01 | C1 | P1    | {dec} | X1
        c1    | 2021-03-01 | V2 | U4    |       |
    """
        ),
        removals="strict",
    )
    assert answer.events() == events


def test_strict_filters_before_events_are_made(cohort_of):
    """ "filtered before events are made": without the voluntary first removal the two compulsory
    ones stand 14 days apart, so they are one event; with it the window ended before the second.
    """
    drawn = world(
        episodes="""
        CHILD | DECOM      | LS
        c1    | 2021-01-01 | V2
        c2    | 2021-01-08 | C1
        c3    | 2021-01-22 | C1
    """
    )
    assert cohort_of(drawn).events() == ["2021-01-01 c1,c2 court", "2021-01-22 c3 court"]
    assert cohort_of(drawn, removals="strict").events() == ["2021-01-08 c2,c3 court"]


def test_lookback_and_tiers_then_use_strict_removals(cohort_of):
    """ "look-back and tiers then use strict removals" """
    drawn = world(
        episodes="""
        CHILD | DECOM      | LS
        c1    | 2018-01-01 | C1
        c2    | 2021-01-01 | V2
    """
    )
    assert cohort_of(drawn).tier() == "T1"
    assert cohort_of(drawn, removals="strict").left_by() == ["outside_lookback"]

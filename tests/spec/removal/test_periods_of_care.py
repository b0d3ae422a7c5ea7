"""Removal: periods of care.

"Period of care: a child's episodes joined while the next starts on the day the last ended
(REC=X1), or up to gap_days later (default 1), whatever the reason ceased."
"""

import pytest

from casescope.governance.study_file.parameters import Parameters
from tests.worlds import world

ONE = ["2021-01-01 c1 court"]


def test_next_episode_on_the_day_the_last_ended_is_the_same_period(cohort_of):
    """ "joined while the next starts on the day the last ended (`REC=X1`)" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-06-01 | X1
        c1    | 2021-06-01 |            |
    """
        )
    )
    assert answer.events() == ONE


@pytest.mark.parametrize(
    ("next_start", "events"),
    [
        ("2021-06-02", ONE),
        ("2021-06-03", [*ONE, "2021-06-03 c1 court"]),
    ],
)
def test_a_gap_of_one_day_joins_and_of_two_does_not(cohort_of, next_start, events):
    """ "or up to `gap_days` later (default 1)" """
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM        | DEC        | REC
        c1    | 2021-01-01   | 2021-06-01 | E4A
        c1    | {next_start} |            |
    """
        )
    )
    assert answer.events() == events


def test_the_reason_ceased_does_not_matter(cohort_of):
    """ "whatever the reason ceased" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-06-01 | E4A
        c1    | 2021-06-01 |            |
    """
        )
    )
    assert answer.events() == ONE


@pytest.mark.parametrize(("gap_days", "events"), [(29, 2), (30, 1)])
def test_the_gap_is_a_parameter(cohort_of, gap_days, events):
    """ "up to `gap_days` later" """
    answer = cohort_of(
        world(
            parameters=Parameters(gap_days=gap_days),
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-06-01 | E4A
        c1    | 2021-07-01 |            |
    """,
        )
    )
    assert len(answer.events()) == events


def test_overlapping_episodes_join_and_the_period_ends_at_the_latest_end(cohort_of):
    """ "overlapping episodes join, the period ending at the latest end" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-12-31 | E4A
        c1    | 2021-02-01 | 2021-03-01 | X1
        c1    | 2022-01-01 |            |
    """
        )
    )
    assert answer.events() == ONE


def test_the_same_episode_in_two_returns_is_taken_from_the_one_that_reaches_latest(cohort_of):
    """ "the same episode (child, `DECOM`) in two yearly returns is one episode, taken from the
    return that reaches latest": the year-end row was open; the next year's says when it ended.
    """
    answer = cohort_of(
        world(
            episodes="""
        _file | CHILD | DECOM      | DEC        | REC
        2022  | c1    | 2021-01-01 |            |
        2023  | c1    | 2021-01-01 | 2022-06-01 | E4A
        2023  | c1    | 2023-01-01 |            |
    """
        )
    )
    assert answer.events() == [*ONE, "2023-01-01 c1 court"]


def test_what_a_later_return_corrects_no_longer_counts(cohort_of):
    """ "taken from the return that reaches latest": a status corrected from C2 to V4."""
    answer = cohort_of(
        world(
            episodes="""
        _file | CHILD | DECOM      | LS | DEC        | REC
        2022  | c1    | 2021-01-01 | C2 |            |
        2023  | c1    | 2021-01-01 | V4 | 2022-06-01 | E8
        2023  | c2    | 2022-09-01 | C2 |            |
    """
        )
    )
    assert answer.events() == ["2022-09-01 c2 court"]


def test_how_far_a_return_reaches_ignores_dates_after_the_reference_date(cohort_of):
    """ADR 9, 1: "the latest `DECOM` or `DEC` in it that is not after the reference date"."""
    answer = cohort_of(
        world(
            episodes="""
        _file | CHILD | DECOM      | LS | DEC        | REC
        a     | c1    | 2021-01-01 | V4 | 2022-06-01 | E8
        a     | c2    | 2030-01-01 | C2 |            |
        b     | c1    | 2021-01-01 | C2 | 2022-06-02 | E8
    """
        )
    )
    assert answer.events() == ONE


def test_within_one_return_the_row_that_ends_latest_is_used_and_no_end_is_latest(cohort_of):
    """ADR 9, 1: "the one that ends latest (no end counts as latest), then the first by `LS`"."""
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | LS | DEC        | REC
        c1    | 2021-01-01 | C2 | 2021-02-01 | E4A
        c1    | 2021-01-01 | V2 |            |
        c1    | 2021-06-01 | C2 |            |
        c2    | 2021-03-01 | V2 |            |
        c2    | 2021-03-01 | L2 |            |
    """
        )
    )
    assert answer.events() == ["2021-01-01 c1 voluntary", "2021-03-01 c2 emergency"]


def test_an_episode_that_starts_after_the_reference_date_is_ignored(cohort_of):
    """ "Extract end = the reference date: facts dated later are ignored" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM
        c1    | 2025-01-01
        c2    | 2025-01-02
    """
        )
    )
    assert answer.events() == ["2025-01-01 c1 court"]


@pytest.mark.parametrize(("dec", "answer"), [("2025-01-01", "unknown"), ("2025-01-02", "no")])
def test_an_episode_ending_later_is_open(cohort_of, dec, answer):
    """ "and an episode ending later is open"; ADR 9, 2: `DEC` on the reference date is an end."""
    said = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | DEC   | REC
        c1    | 2021-01-01 | {dec} | E4A
    """
        )
    )
    assert said.in_her_care() == answer


@pytest.mark.parametrize("status", ["", "Q9"])
def test_an_unknown_legal_status_makes_no_removal_but_holds_the_period_together(cohort_of, status):
    """ "An unknown legal status is a problem row and doesn't count"; ADR 9, 4: it still joins its
    neighbours into one period.
    """
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | LS       | DEC        | REC
        c1    | 2021-01-01 | C1       | 2021-03-01 | X1
        c1    | 2021-03-01 | {status} | 2021-09-01 | X1
        c1    | 2021-09-01 | C2       |            |
        c2    | 2022-01-01 | {status} |            |
    """
        )
    )
    assert answer.events() == ONE


@pytest.mark.parametrize(("decom", "dec"), [("31/02/2021", ""), ("2021-03-05", "soon"), ("", "")])
def test_an_episode_with_an_unreadable_date_is_not_used(cohort_of, decom, dec):
    """ADR 9, 3: no readable `DECOM`, or an unreadable `DEC`, is a problem row and not used."""
    answer = cohort_of(
        world(
            episodes=f"""
        CHILD | DECOM      | DEC   | REC
        c1    | 2021-01-01 |       |
        c2    | {decom}    | {dec} |
    """
        )
    )
    assert answer.events() == ONE


def test_an_episode_that_ends_before_it_starts_is_used_as_it_stands(cohort_of):
    """ADR 9, 5: "the period's end is the latest end", here 1 March, so 3 May is a new period."""
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-05-01 | 2021-03-01 | X1
        c1    | 2021-05-03 |            |
    """,
            parameters=Parameters(event_window_days=0),
        )
    )
    assert answer.events() == ["2021-05-01 c1 court", "2021-05-03 c1 court"]


def test_dates_may_be_written_the_british_way(cohort_of):
    """Extract: `dd/mm/yyyy` and ISO dates stand side by side in real files."""
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 01/02/2021 | 2021-03-01 | X1
        c1    | 2021-03-02 |            |
    """
        )
    )
    assert answer.events() == ["2021-02-01 c1 court"]


def test_looked_after_episodes_of_the_safeguarding_dataset_count_alike(cohort_of):
    """ "one row of SSDA903 episodes (or its SSD twin)": status by date, placement by its id."""
    answer = cohort_of(
        world(
            cla_episode="""
            clae_person_id | clae_cla_id | clae_cla_episode_start_date | clae_cla_placement_id
            c1             | 7           | 2021-01-01                  | p1
            c1             | 7           | 2021-05-01                  | p2
        """,
            placement="""
            clap_cla_placement_id | clap_cla_placement_start_date | clap_cla_placement_type
            p1                    | 2021-01-01                    | P1
            p2                    | 2021-05-01                    | U4
        """,
            legal_status="""
            lega_person_id | lega_legal_status | lega_legal_status_start_date
            c1             | C1                | 2021-01-01
        """,
        )
    )
    assert answer.events() == ["2021-05-01 c1 court"]

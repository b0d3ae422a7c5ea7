"""What became of each removed child: time in each kind of placement, how care ended, permanence.

The sentences are those of ADR 21. `days` are counted by kind of placement from the child's first
removal of the count; kinds without days are left out.
"""

import pytest

from tests.worlds import world

BABY = """
    CHILD | DECOM      | PLACE | DEC        | REC
    c1    | 2023-01-01 | U6    | 2023-03-01 | X1
    c1    | 2023-03-01 | A6    | 2024-03-01 | E12
"""


def test_a_placement_lasts_until_the_next_begins(course_of):
    """ "a placement lasts until the next in the same period of care begins, the last one until
    the period ends"
    """
    course = course_of(world(episodes=BABY))["c1"]
    assert course["days"] == {"foster": 31 + 28, "adoption": 366}  # to 1 March of a leap year
    assert course["longest"] == "adoption"


def test_the_order_that_ends_care_is_the_outcome_and_its_day_is_permanence(course_of):
    """ "permanence is the first end of care by adoption, special guardianship or child
    arrangements on or after the first removal"
    """
    course = course_of(world(episodes=BABY))["c1"]
    assert (course["ending"], course["permanence"]) == ("adopted", "adopted")
    assert course["permanence_days"] == 59 + 366


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("U1", "relatives"), ("U3", "relatives"), ("U4", "foster"), ("U6", "foster"),
        ("A3", "adoption"), ("K2", "residential"), ("K3", "residential"), ("S1", "residential"),
        ("R5", "other"), ("T0", "other"), ("Z1", "other"), ("", "other"),
    ],
)  # fmt: skip
def test_kinds_of_placement(course_of, place, kind):
    """ "a placement code that is none of these, or blank, is other" """
    drawn = f"""
        CHILD | DECOM      | PLACE   | DEC        | REC
        c1    | 2024-01-01 | {place} | 2024-01-31 | E8
    """
    assert course_of(world(episodes=drawn))["c1"]["days"] == {kind: 30}


@pytest.mark.parametrize(
    ("reason", "ending"),
    [
        ("E11", "adopted"), ("E12", "adopted"), ("E43", "special guardianship"),
        ("E45", "special guardianship"), ("E48", "special guardianship"),
        ("E41", "child arrangements"), ("E4A", "returned to parents"),
        ("E4B", "returned to parents"), ("E17", "adult life"), ("E5", "adult life"),
        ("E2", "other"), ("E3", "other"), ("E13", "other"), ("E8", "other"),
    ],
)  # fmt: skip
def test_how_care_ended(course_of, reason, ending):
    """ "how care ended is told by the reason of the latest end" """
    drawn = f"""
        CHILD | DECOM      | DEC        | REC
        c1    | 2024-01-01 | 2024-01-31 | {reason}
    """
    assert course_of(world(episodes=drawn))["c1"]["ending"] == ending


def test_days_with_the_mother_count_after_the_removal_and_not_before(course_of):
    """ "days are counted from the first removal of the count" """
    drawn = """
        CHILD | DECOM      | PLACE | DEC        | REC
        c1    | 2024-01-01 | R3    | 2024-02-01 | X1
        c1    | 2024-02-01 | U6    | 2024-02-11 | X1
        c1    | 2024-02-11 | P1    | 2024-02-16 | E4A
    """
    assert course_of(world(episodes=drawn))["c1"]["days"] == {"foster": 10, "with_parent": 5}


def test_a_child_still_in_care_is_told_up_to_the_reference_date(course_of):
    """ "to the reference date" """
    drawn = """
        CHILD | DECOM      | PLACE | DEC | REC
        c1    | 2024-12-22 | U6    |     |
    """
    assert course_of(world(episodes=drawn))["c1"] == {
        "days": {"foster": 10},
        "longest": "foster",
        "ending": "still in care",
        "permanence": "none",
        "permanence_days": 10,
    }


@pytest.mark.parametrize("status", ["V3", "V4", "J1"])
def test_short_breaks_and_remand_are_no_days_in_care(course_of, status):
    """ "days under a legal status that never counts are left out" """
    drawn = f"""
        CHILD | DECOM      | PLACE | LS       | DEC        | REC
        c1    | 2024-01-01 | U6    | C2       | 2024-01-11 | X1
        c1    | 2024-01-11 | U6    | {status} | 2024-05-01 | E8
    """
    assert course_of(world(episodes=drawn))["c1"]["days"] == {"foster": 10}


def test_a_day_counts_once_where_episodes_overlap(course_of):
    """ "a placement lasts until the next in the same period of care begins" """
    drawn = """
        CHILD | DECOM      | PLACE | DEC        | REC
        c1    | 2024-01-01 | U6    | 2024-03-01 | X1
        c1    | 2024-01-11 | K2    | 2024-01-21 | E4A
    """
    # ten days fostered; then the home, until the period ends on 1 March: 21 + 29 days
    assert course_of(world(episodes=drawn))["c1"]["days"] == {"foster": 10, "residential": 50}


def test_time_at_home_between_two_removals_is_no_care_but_passes(course_of):
    """ "permanence is the first end of care ... on or after the first removal" """
    drawn = """
        CHILD | DECOM      | PLACE | DEC        | REC
        c1    | 2024-01-01 | U6    | 2024-01-11 | E4A
        c1    | 2024-03-01 | U3    | 2024-03-31 | E47
    """
    course = course_of(world(episodes=drawn))["c1"]
    assert course["days"] == {"foster": 10, "relatives": 30}
    assert course["permanence_days"] == 31 + 29 + 30


def test_the_strict_count_begins_with_the_first_compulsory_removal(course_of):
    """ "days are counted from the first removal of the count" """
    drawn = """
        CHILD | DECOM      | LS | PLACE | DEC        | REC
        c1    | 2023-01-01 | V2 | U6    | 2023-01-31 | E4A
        c1    | 2024-01-01 | C1 | U6    | 2024-01-11 | E4A
    """
    assert course_of(world(episodes=drawn))["c1"]["days"] == {"foster": 40}
    assert course_of(world(episodes=drawn), "strict")["c1"]["days"] == {"foster": 10}


def test_a_child_placed_by_an_order_without_care_has_an_outcome_and_no_days(course_of):
    """ "for a child never in care here, by the order that took the place of care" """
    drawn = """
        perm_person_id | perm_permanence_order_type | perm_permanence_order_date
        c1             | Special Guardianship Order | 2022-05-01
    """
    assert course_of(world(permanence=drawn), "wide")["c1"] == {
        "days": {},
        "longest": "none",
        "ending": "special guardianship",
        "permanence": "special guardianship",
        "permanence_days": 0,
    }

"""Removal: the wide count.

"Wide count: broad, plus children placed elsewhere by an order without any period of care (special
guardianship, child arrangements, care order placed with father or kin ...) and removals by another
authority where recorded (proc_authority)."
"""

import pytest

from tests.worlds import AUTHORITY, world

BROAD_C2 = "CHILD | DECOM \n c2 | 2021-01-01"


def proceedings(**cells):
    row = {"proc_id": "p1", "proc_child_person_id": "c1", "proc_application_date": "2022-01-01",
           "proc_order_date": "2022-07-01", **cells}  # fmt: skip
    return " | ".join(row) + "\n" + " | ".join(row.values())


@pytest.mark.parametrize(
    ("order", "placed_with", "counts"),
    [
        ("special guardianship order", "kin", True),
        ("special guardianship order", "", True),
        ("child arrangements order", "father", True),
        ("residence order", "kin", True),
        ("child arrangements order", "mother", False),
        ("care order", "father", True),
        ("care order", "kin", True),
        ("interim care order", "kin", True),
        ("care order", "foster", False),
        ("care order", "mother", False),
        ("care order", "", False),
        ("supervision order", "kin", False),
    ],
)
def test_an_order_that_places_a_child_elsewhere_counts_without_care(
    cohort_of, order, placed_with, counts
):
    """ "special guardianship, child arrangements, care order placed with father or kin" """
    drawn = world(
        episodes=BROAD_C2, proceedings=proceedings(proc_order=order, proc_placed_with=placed_with)
    )
    added = ["2022-07-01 c1 court"] if counts else []
    assert cohort_of(drawn, removals="wide").events() == ["2021-01-01 c2 court", *added]
    assert cohort_of(drawn).events() == ["2021-01-01 c2 court"]


@pytest.mark.parametrize("order", ["SGO", "CAO"])
def test_orders_in_the_legal_status_table_count(cohort_of, order):
    """ "`ssd_legal_status`": ADR 9, 14, the start of the order."""
    answer = cohort_of(
        world(
            legal_status=f"""
        lega_person_id | lega_legal_status | lega_legal_status_start_date
        c1             | {order}           | 2022-03-01
    """
        ),
        removals="wide",
    )
    assert answer.events() == ["2022-03-01 c1 court"]


def test_orders_in_the_permanence_table_count(cohort_of):
    """ "`ssd_permanence`": ADR 9, 14, the date of the order."""
    answer = cohort_of(
        world(
            permanence="""
        perm_person_id | perm_permanence_order_type | perm_permanence_order_date
        c1             | SGO                        | 2022-04-01
    """
        ),
        removals="wide",
    )
    assert answer.events() == ["2022-04-01 c1 court"]


def test_a_child_counts_once_on_the_earliest_of_its_orders(cohort_of):
    """ADR 9, 14: "counts once, on the earliest of"."""
    answer = cohort_of(
        world(
            proceedings=proceedings(proc_order="special guardianship order"),
            permanence="""
            perm_person_id | perm_permanence_order_type | perm_permanence_order_date
            c1             | SGO                        | 2022-06-20
        """,
        ),
        removals="wide",
    )
    assert answer.events() == ["2022-06-20 c1 court"]


def test_an_order_adds_nothing_for_a_child_with_a_period_of_care(cohort_of):
    """ "without any period of care", even one that holds no removal."""
    answer = cohort_of(
        world(
            episodes="""
            CHILD | DECOM      | PLACE | DEC        | REC
            c1    | 2021-01-01 | P1    | 2021-06-01 | E4A
            c2    | 2021-01-01 | U4    |            |
        """,
            proceedings=proceedings(
                proc_order="special guardianship order", proc_placed_with="kin"
            ),
        ),
        removals="wide",
    )
    assert answer.removed() == ["c2"]


@pytest.mark.parametrize(("date", "removed"), [("2025-01-01", ["c1"]), ("2025-01-02", [])])
def test_an_order_after_the_reference_date_is_no_order_yet(cohort_of, date, removed):
    """ADR 9, 12: "a `proc_order_date` after it is no order yet"."""
    answer = cohort_of(
        world(
            proceedings=proceedings(proc_order="special guardianship order", proc_order_date=date)
        ),
        removals="wide",
    )
    assert answer.removed() == removed


def test_the_age_limit_applies_to_orders(cohort_of):
    """ADR 9, 14: "The age limit applies."; the order is made on the 18th birthday."""
    answer = cohort_of(
        world(
            dob={"c1": "2004-07-01"},
            proceedings=proceedings(proc_order="special guardianship order"),
        ),
        removals="wide",
    )
    assert answer.removed() == []


@pytest.mark.parametrize(
    ("authority", "order", "placed_with", "counts"),
    [
        ("Elsewhere", "care order", "foster", True),
        ("Elsewhere", "placement order", "adopters", True),
        ("Elsewhere", "supervision order", "kin", False),
        ("Elsewhere", "care order", "mother", False),
        ("Elsewhere", "", "", False),
        (AUTHORITY, "care order", "foster", False),
        (AUTHORITY.upper(), "care order", "foster", False),
        (f"{AUTHORITY} CC", "care order", "foster", False),
        (f"The County Council of {AUTHORITY}", "care order", "foster", False),
        (f"{AUTHORITY}-on-Sea Borough Council", "care order", "foster", True),
        (f"North {AUTHORITY}", "care order", "foster", True),
        ("City of London Corporation", "care order", "foster", True),
        ("", "care order", "foster", False),
    ],
)
def test_a_removal_by_another_authority_counts(cohort_of, authority, order, placed_with, counts):
    """ADR 9, 15: `proc_authority` filled and not this authority (whatever kind of council it is
    called), "with any order other than a supervision order and not placed with mother".
    """
    answer = cohort_of(
        world(
            proceedings=proceedings(
                proc_authority=authority, proc_order=order, proc_placed_with=placed_with
            )
        ),
        removals="wide",
    )
    assert answer.events() == (["2022-07-01 c1 court"] if counts else [])


def test_another_authoritys_removal_without_an_order_date_is_dated_by_the_application(cohort_of):
    """ADR 9, 15: "dated `proc_order_date`, else `proc_application_date`"."""
    answer = cohort_of(
        world(
            proceedings=proceedings(
                proc_authority="Elsewhere", proc_order="care order", proc_order_date=""
            )
        ),
        removals="wide",
    )
    assert answer.events() == ["2022-01-01 c1 court"]


@pytest.mark.parametrize(
    ("decom", "events"),
    [
        ("2021-07-01", ["2021-07-01 c1 court"]),
        ("2023-07-01", ["2023-07-01 c1 court"]),
        ("2021-06-30", ["2021-06-30 c1 court", "2022-07-01 c1 court"]),
        ("2023-07-02", ["2022-07-01 c1 court", "2023-07-02 c1 court"]),
    ],
)
def test_a_removal_here_within_365_days_is_the_same_thing(cohort_of, decom, events):
    """ADR 9, 15: "left out where the child has a removal here within 365 days of it"."""
    answer = cohort_of(
        world(
            episodes=f"CHILD | DECOM \n c1 | {decom}",
            proceedings=proceedings(proc_authority="Elsewhere", proc_order="care order"),
        ),
        removals="wide",
    )
    assert answer.events() == events


def test_a_child_with_no_period_here_counts_once_in_all(cohort_of):
    """ADR 9, 15: "A child with no period of care here counts once in all.\""""
    answer = cohort_of(
        world(
            proceedings="""
        proc_id|proc_child_person_id|proc_application_date|proc_order|proc_order_date|proc_authority
        p1     | c1                 | 2020-01-01          | care order | 2020-06-01  | Elsewhere
        p2     | c1                 | 2023-01-01          | SGO        | 2023-06-01  |
    """
        ),
        removals="wide",
    )
    assert answer.events() == ["2020-06-01 c1 court"]


def test_unaccompanied_asylum_seekers_do_not_count_here_either(cohort_of):
    """ "Unaccompanied asylum seekers never count." """
    answer = cohort_of(
        world(
            proceedings=proceedings(proc_order="special guardianship order"),
            uasc="CHILD | DUC \n c1 |",
        ),
        removals="wide",
    )
    assert answer.removed() == []


def test_the_strict_count_takes_nothing_from_the_wide(cohort_of):
    """ "Strict count: compulsory ones only" of the broad; orders without care stay out."""
    answer = cohort_of(
        world(episodes=BROAD_C2, proceedings=proceedings(proc_order="special guardianship order")),
        removals="strict",
    )
    assert answer.removed() == ["c2"]

"""Removal: where yearly returns and case system differ, by kind; the engine alone lists these."""

import pytest

from casescope.dataset.signs import CONFLICTS
from tests.spec.removal.test_two_sources import both

engine = pytest.importorskip("tests.engine")


def kinds(drawn):
    with engine.studied(drawn, until="removals") as connection:
        rows = connection.execute(
            "SELECT kind, CAST(started_on AS VARCHAR) FROM removals.conflict ORDER BY ALL"
        ).fetchall()
    return [f"{kind} {day}" for kind, day in rows if day != "2014-01-01" and day != "2023-03-31"]


@pytest.mark.parametrize(
    ("returned", "told", "found"),
    [
        # the same in both, and starts a week apart
        ("2018-01-01 | 2018-06-01 | E4A", "2018-01-01 | 2018-06-01 | E4A", []),
        ("2018-01-01 | 2018-06-01 | E4A", "2018-01-08 | 2018-06-01 | E4A", []),
        ("2018-01-01 | 2018-06-01 | E4A", "2018-01-09 | 2018-06-01 | E4A",
         ["start_differs 2018-01-01"]),
        # periods that do not touch
        ("2018-01-01 | 2018-06-01 | E4A", "2020-01-01 | 2020-06-01 | E4A",
         ["only_in_case_system 2020-01-01", "only_in_returns 2018-01-01"]),
        # before and after the returns: filled, no conflict
        ("2018-01-01 | | ", "2023-05-01 | | ", ["only_in_returns 2018-01-01"]),
        ("2014-08-01 | 2016-01-01 | E4A", "2014-02-01 | 2014-08-01 | X1", []),
    ],
)  # fmt: skip
def test_conflicts_are_counted_by_kind(returned, told, found):
    """ADR 9, 8c: "a period in one only, starts more than 7 days apart, another legal status"."""
    ends = "c2 | 9 | 2015-05-01 | 2015-06-01 | E4A"  # the case system tells of all that time
    drawn = both(f"c1 | {returned}\nc2 | 2015-05-01 | 2015-06-01 | E4A",
                 f"c1 | 1 | {told}\n{ends}")  # fmt: skip
    assert kinds(drawn) == found


def test_each_kind_is_counted_by_itself_and_none_is_counted_as_nought():
    """ADR 9, 8c: "the conflict is counted by kind"."""
    ends = "c2 | 9 | 2015-05-01 | 2015-06-01 | E4A"
    drawn = both(
        "c1 | 2018-01-01 | 2018-06-01 | E4A\nc1 | 2019-01-01 | 2019-06-01 | E4A\n"
        "c2 | 2015-05-01 | 2015-06-01 | E4A",
        f"c1 | 1 | 2018-01-09 | 2018-06-01 | E4A\nc1 | 2 | 2020-01-01 | 2020-06-01 | E4A\n{ends}",
    )
    with engine.studied(drawn, until="cohort") as connection:
        counts = dict(connection.execute("SELECT name, records FROM cohort.caveat").fetchall())
    assert {conflict.id: counts[conflict.id] for conflict in CONFLICTS} == {
        "start_differs": 1, "only_in_returns": 1, "only_in_case_system": 1,
        "taken_from_case_system": 0, "legal_status_differs": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "found"),
    [
        # no return knows c2, though they cover that time
        ("c2 | 2 | 2020-01-01 | 2020-06-01 | E4A", ["taken_from_case_system 2020-01-01"]),
        # recorded late: it goes on past the returns
        ("c1 | 2 | 2023-03-01 |            |    ", ["taken_from_case_system 2023-03-01"]),
        ("c1 | 2 | 2020-01-01 | 2020-06-01 | E4A", ["only_in_case_system 2020-01-01"]),
    ],
)
def test_care_in_the_case_system_alone_is_told_apart_by_whether_it_was_used(told, found):
    """ADR 9, 8a and 8b: used for "a child whom no 903 return knows", and "recorded late"."""
    ends = "c9 | 9 | 2023-03-31 | 2023-03-31 | E8"  # the case system tells of all that time
    drawn = both("c1 | 2018-01-01 | 2018-06-01 | E4A",
                 f"c1 | 1 | 2018-01-01 | 2018-06-01 | E4A\n{told}\n{ends}")  # fmt: skip
    assert kinds(drawn) == found


def test_another_legal_status_is_a_conflict_and_the_returns_stand():
    drawn = both("c1 | 2018-01-01 | 2018-06-01 | E4A", "c1 | 1 | 2018-01-03 | 2018-06-01 | E4A",
                 law="V2")  # fmt: skip
    assert kinds(drawn) == ["legal_status_differs 2018-01-01"]

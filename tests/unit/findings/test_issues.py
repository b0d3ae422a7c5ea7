"""Issues in three states, and coverage and caveats."""

import pytest

from casescope.dataset.frame import FRAME
from casescope.findings.finding import Sum
from tests.unit.findings.builders import computed, dataset, numbers

STANDING = """
woman tier no_tier
ann   T1   -
bea   T1   -
cat   T1   -
dee   T2   -
eve   T3   -
fay   T4   -
gil   -    outside_age
"""
ISSUES = """
woman issue   timing            state
ann   alcohol at_latest_removal yes
bea   alcohol at_latest_removal no
dee   alcohol at_latest_removal yes
fay   alcohol at_latest_removal yes
gil   alcohol at_latest_removal yes
ann   alcohol current           no
ann   drugs   ever              yes
"""


def county():
    return computed(dataset(standing=STANDING, issue=ISSUES))


def row(table, label="Alcohol"):
    return next(row.cells for row in county().table(table).rows if row.labels == (label,))


@pytest.mark.parametrize(
    ("table", "yes", "no", "not_recorded"),
    [
        ("issues_t1_at_latest_removal",    1, 1, 1),
        ("issues_t1_current",              0, 1, 2),
        ("issues_t1_ever",                 0, 0, 3),
        ("issues_t1_t3_at_latest_removal", 2, 1, 2),
        ("issues_t1_t3_current",           0, 1, 4),
    ],
)  # fmt: skip
def test_missing_is_not_no(table, yes, no, not_recorded):
    assert [cell.n for cell in row(table)[:3]] == [yes, no, not_recorded]


def test_shares_over_all_women_and_over_women_recorded():
    over_all, over_recorded = row("issues_t1_t3_at_latest_removal")[3:]
    assert (over_all.n, over_all.of) == (2, 5)
    assert (over_recorded.n, over_recorded.of) == (2, 3)
    assert 0 < over_all.lower < 2 / 5 < over_all.upper < 1


def test_nobody_recorded_is_a_share_without_interval():
    share = row("issues_t1_ever")[4]
    assert (share.n, share.of, share.lower) == (0, 0, None)


def test_every_issue_of_the_frame_has_a_row_in_its_order():
    labels = [row.labels[0] for row in county().table("issues_t1_ever").rows]
    assert labels == [issue.label for issue in FRAME]


def test_coverage_counts_children_with_and_without_a_mother():
    coverage = """
    breakdown value   removed_children with_mother
    year      2024    10               4
    all       all     30               21
    ended     adopted 5                0
    age       10–15   4                4
    age       5–9     3                3
    age       under~28~days 2          1
    """
    rows = computed(dataset(coverage=coverage)).table("coverage").rows
    age = "Age at first removal"
    assert [row.labels for row in rows] == [
        ("All", "all"), ("Year", "2024"), (age, "under 28 days"), (age, "5–9"), (age, "10–15"),
        ("How care ended", "adopted"),
    ]  # fmt: skip
    found, missing, children, share = rows[0].cells
    assert (found.n, missing.n, children) == (21, 9, Sum((21, 9)))
    assert (share.n, share.of) == (21, 30)


def test_what_two_sources_tell_differently_stands_after_the_other_doubts():
    drawn = "name records\nonly_in_returns 9\ntwo_birth_mothers 3\nlegal_status_differs 8"
    rows = computed(dataset(caveat=drawn)).table("caveats").rows
    assert [row.labels[0] for row in rows] == [
        "two_birth_mothers", "legal_status_differs", "only_in_returns",
    ]  # fmt: skip


def test_caveats_are_counted_by_name():
    found = computed(dataset(caveat="name records\ntwo~birth~mothers 3\nlate~due~date 0"))
    assert numbers(found, "caveats") == {"late due date": (0,), "two birth mothers": (3,)}

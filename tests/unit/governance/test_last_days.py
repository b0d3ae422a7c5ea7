"""What is said 21, 7 and 1 days before a study's last day, between, and after."""

from datetime import date

import pytest

from casescope.governance.last_days import notice

LAST = date(2027, 2, 2)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-02", ""),
        ("2027-01-11", ""),  # 22 days before
        ("2027-01-12", "last day is 2 February 2027, in 21 days; then it is locked."),
        ("2027-01-25", "last day is 2 February 2027, in 8 days; then it is locked."),
        ("2027-01-26", "in 7 days; then it is locked: close it"),
        ("2027-01-31", "in 2 days; then it is locked: close it"),
        ("2027-02-01", "last day is tomorrow, 2 February 2027"),
        ("2027-02-02", "last day is today, 2 February 2027"),
        ("2027-02-03", "ended on 2 February 2027 and is locked"),
        ("2028-02-03", "ended on 2 February 2027 and is locked"),
    ],
)
def test_each_day(today, said):
    told = notice(LAST, date.fromisoformat(today))
    assert said in told
    assert bool(told) is bool(said)
    assert "\n" not in told

"""Calendar arithmetic on whole days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casescope.kernel.dates import add_months, add_years, age_on

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2026-11-02", 3, "2027-02-02"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-01-15", -13, "2024-12-15"),
        ("2026-01-15", 0, "2026-01-15"),
    ],
)
def test_months(day, months, after):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(after)


def test_a_year_after_29_february_is_the_28th():
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_years(date(2024, 2, 29), -5) == date(2019, 2, 28)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2000-06-15", "2018-06-14", 17),
        ("2000-06-15", "2018-06-15", 18),
        ("2000-02-29", "2018-02-28", 17),
        ("2000-02-29", "2018-03-01", 18),
        ("2020-01-02", "2020-01-01", -1),
        ("2020-01-01", "2020-01-01", 0),
    ],
)
def test_age_in_whole_years(born, day, age):
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


@given(DAYS, DAYS)
def test_nobody_gets_younger(born, day):
    later = add_years(day, 1)
    assert age_on(born, later) - age_on(born, day) in (0, 1)


@given(DAYS, st.integers(-600, 600))
def test_months_land_in_the_month_they_say(day, months):
    if not 1900 * 12 < day.year * 12 + months < 2199 * 12:
        return
    after = add_months(day, months)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    assert after.day <= day.day

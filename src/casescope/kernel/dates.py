"""Calendar arithmetic on whole days, as the definitions use it. No clock is read here."""

from datetime import date, timedelta

DAYS_PER_YEAR = 365.25
"""Days in a year where a rate or a survival time is quoted in years."""

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


def add_months(day: date, months: int) -> date:
    """Return `day` moved by calendar months; a date that does not exist becomes the month's last.

    So three months after 30 November is 28 (or 29) February.
    """
    month0 = day.year * 12 + day.month - 1 + months
    first = date(month0 // 12, month0 % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - timedelta(days=1)).day))


def add_years(day: date, years: int) -> date:
    """Return `day` moved by calendar years; 29 February becomes the 28th in a common year."""
    return add_months(day, 12 * years)


def long_date(day: date) -> str:
    """Return a day as a sentence has it, whatever the machine's language: 2 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on `day`; negative before birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

"""What makes it certain that two persons are not one woman, and what does not."""

import pytest

from casescope.identified.links.contradiction import against, are_births_of_two, gathered


def reason(*rows):
    return against(1, 2, gathered(rows))


@pytest.mark.parametrize(
    ("rows", "forbidden"),
    [
        ([(1, "nhs", "9990000018"), (2, "nhs", "9990000026")], True),
        ([(1, "nhs", "9990000018"), (2, "nhs", "9990000018")], False),
        ([(1, "nhs", "9990000018"), (1, "nhs", "9990000026"), (2, "nhs", "9990000026")], False),
        ([(1, "nhs", "9990000018")], False),
        ([(1, "died", "2020-01-01"), (2, "died", "2021-01-01")], True),
        ([(1, "died", "2020-01-01")], False),
        ([(1, "mother of", "2")], True),
        ([(2, "mother of", "1")], True),
        ([(1, "mother of", "3"), (2, "mother of", "3")], False),
        ([(1, "born", "1990-06-15"), (2, "born", "1993-06-16")], True),
    ],
)
def test_certain_facts_forbid(rows, forbidden):
    assert bool(reason(*rows)) is forbidden


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("1990-06-15", "1990-06-15", False),
        ("1990-06-15", "1992-06-01", False),  # within two years
        ("1990-06-15", "1993-01-15", True),
        ("1990-06-15", "1980-06-15", False),  # a decade mistyped
        ("1990-06-15", "2000-06-15", False),
        ("1990-06-15", "1960-06-15", False),  # one digit of the year
        ("1989-06-15", "1998-06-15", False),  # two digits changed places
        ("1990-06-05", "1996-05-06", False),  # a digit, and day and month
        ("1990-06-15", "1974-06-15", True),  # sixteen years: her mother
        ("1990-06-15", "1996-03-15", True),
    ],
)
def test_birth_dates_years_apart_are_of_two_unless_a_slip_explains_it(one, other, two):
    assert are_births_of_two(one, other) is two
    assert are_births_of_two(other, one) is two

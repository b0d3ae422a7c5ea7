"""Removals by year, age and route, and repeats, counted by hand."""

from tests.unit.findings.builders import computed, dataset, numbers

# The reference date is 1 January 2025: day 0 is in 2025, day -1 in 2024, day -367 on 31 December
# 2023 less one (2024 had 366 days: -366 is 1 January 2024, -367 is 31 December 2023).
REMOVALS = """
removals woman child day  age_group newborn event new_child route
broad    ann   a1    0    under~1   true    2     true      court
broad    ann   a2    -366 1–4       false   1     true      emergency
broad    ann   a2    -1   5–9       false   2     false     court
broad    bea   b1    -367 16–17     false   1     true      voluntary
broad    bea   b2    -367 not~known false   1     true      court
strict   ann   a1    0    under~1   true    1     true      court
wide     cat   c1    -800 10–15     false   1     true      court
"""

STANDING = """
removals woman tier events repeat_events multiple_removal
broad    ann   T1   2      1             false
broad    bea   T1   1      0             true
strict   ann   T3   1      0             false
wide     cat   T3   1      0             false
"""


def county():
    return computed(dataset(removal=REMOVALS, standing=STANDING))


def test_three_counts_side_by_side():
    assert numbers(county(), "removal_counts") == {
        #                                         broad strict wide
        "Removals":                               (5, 1, 1),
        "Removed children":                       (4, 1, 1),
        "Removals of children under 28 days old": (1, 1, 0),
        "Women with a removal":                   (2, 1, 1),
        "Removal events":                         (3, 1, 1),
        "Repeat removal events":                  (1, 0, 0),
    }  # fmt: skip


def test_repeats_multiples_and_reentries_are_apart():
    assert numbers(county(), "repeat_and_multiple") == {
        "Women with a removal":                             (2, 1, 1),
        "Women with a repeat removal":                      (1, 0, 0),
        "Women with a multiple removal and no repeat":      (1, 0, 0),
        "Women with a child taken again after going home":  (1, 0, 0),
        "Removals of a child taken again after going home": (1, 0, 0),
    }  # fmt: skip


def test_calendar_years_of_the_broad_count():
    assert numbers(county(), "removals_by_year") == {
        "2023": (2, 2),
        "2024": (2, 1),
        "2025": (1, 1),
        "Total": (5, 4),
    }


def test_a_year_without_removals_keeps_its_row():
    con = dataset(removal="woman child day\nann a1 -1\nann a2 -800")
    assert numbers(computed(con), "removals_by_year") == {
        "2022": (1, 1), "2023": (0, 0), "2024": (1, 1), "Total": (2, 2),
    }  # fmt: skip


def test_ages_and_routes():
    ages = numbers(county(), "removals_by_age")
    assert ages["under 1"] == (1, 1, 0)
    assert ages["10–15"] == (0, 0, 1)
    assert ages["not known"] == (1, 0, 0)
    assert ages["Total"] == (5, 1, 1)
    assert numbers(county(), "removals_by_route") == {
        "court": (3, 1, 1), "emergency": (1, 0, 0), "voluntary": (1, 0, 0), "Total": (5, 1, 1),
    }  # fmt: skip


def test_an_empty_county_has_every_table_and_no_fault():
    found = computed(dataset())
    assert numbers(found, "removals_by_year") == {"Total": (0, 0)}
    assert numbers(found, "removal_counts")["Removals"] == (0, 0, 0)
    assert found.curve("recurrence_broad").points == ()

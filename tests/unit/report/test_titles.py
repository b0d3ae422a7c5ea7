"""Titles state what the figures find, in ten words or fewer, and give no hidden figure away."""

from datetime import date

import pytest

from casescope.disclosure.released import ReleasedCell, ReleasedRow, ReleasedTable
from casescope.governance.study_file.parameters import Parameters
from casescope.report.build import document
from casescope.report.charts.kinds import Bar, Series, Share
from casescope.report.document import Figure, Section
from casescope.report.figures import bars_alt
from casescope.report.sections import (
    how_soon,
    limits,
    method,
    practice_size,
    what_happened,
    what_they_live_with,
    who,
)
from casescope.report.study import parameter_lines
from tests.unit.report.county import study_facts

FEW = ReleasedCell("count", "7 or fewer", hidden=True)
SURE = ReleasedCell("chance", "under 1 in 100", 0.01)


def count(n):
    return ReleasedCell("count", f"{n:,}", float(n))


def share(value, lower=None, upper=None):
    likely = f"{lower:.0%} to {upper:.0%}" if lower is not None else ""
    return ReleasedCell("share", f"{value:.0%}", value, False, lower, upper, likely, 10, 100)


def table(columns, *rows, dimensions=("Label",), rounded_to=5):
    made = tuple(
        ReleasedRow(labels if isinstance(labels, tuple) else (labels,), cells, labels == "Total")
        for labels, *cells in ((row[0], *row[1:]) for row in rows)
        for cells in [tuple(cells)]
    )
    return ReleasedTable(
        "x", "X", "women", dimensions, columns, made, "", "", "", rounded_to=rounded_to
    )


def titles(section: Section):
    yield section.title
    yield from (block.title for block in section.blocks if isinstance(block, Figure))
    for inner in section.sections:
        yield from titles(inner)


@pytest.mark.parametrize("which", ["released", "nothing", "small"])
def test_no_title_is_longer_than_ten_words(which, request):
    made = document(request.getfixturevalue(which), study_facts(wide_inputs=False))
    for part in made.sections:
        for title in titles(part):
            assert 0 < len(title.split()) <= 10, title


@pytest.mark.parametrize(
    ("t1", "at_risk", "title"),
    [
        (count(125), count(370), "125 women are in T1 and 370 more at risk"),
        (count(125), FEW, "125 women are in T1"),
        (FEW, count(370), "Who the women are"),
    ],
)
def test_title_of_the_women(t1, at_risk, title):
    headline = table(
        ("Number",), ("Women in T1", t1), ("Women at risk (T3 and T4)", at_risk)
    )  # fmt: skip
    assert who.title_of(headline) == title


@pytest.mark.parametrize(
    ("ages", "title"),
    [
        ([10, 40, 20], "Women in T1 are most often aged 25–29"),
        ([40, 40, 20], "Women in T1 are most often aged 20–24 or 25–29"),
        ([10, 40, 35], "Women in T1 are most often aged 25–29 or 30–34"),
        ([20, 20, 20], "Ages of women in T1"),
    ],
)
def test_title_of_the_ages(ages, title):
    bands = ("20–24", "25–29", "30–34")
    rows = [(band, count(n)) for band, n in zip(bands, ages, strict=True)]
    assert who.ages_title(table(("T1",), *rows, ("Total", count(sum(ages))))) == title


def test_ages_of_counts_that_are_not_rounded_are_told_apart_by_one():
    ages = [("20–24", count(40)), ("25–29", count(39))]
    title = who.ages_title(table(("T1",), *ages, rounded_to=1))
    assert title == "Women in T1 are most often aged 20–24"


def test_title_of_the_ages_when_all_are_hidden():
    assert who.ages_title(table(("T1",), ("20–24", FEW), ("25–29", FEW))) == "Ages of women in T1"


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ((150.0, 190.0, 170.0), "Removals were highest in 2011, at 190"),
        ((190.0, 190.0, 170.0), "Removals in each year"),
        ((190.0, 185.0, 170.0), "Removals in each year"),
        ((None, None, 170.0), "Removals were highest in 2012, at 170"),
        ((None, None, None), "Removals in each year"),
    ],
)
def test_title_of_the_years(values, title):
    assert what_happened.year_title(("2010", "2011", "2012"), Series("All", values), 5) == title


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2010, 4, 1), date(2026, 3, 31), range(2011, 2026)),
        (date(2010, 1, 1), date(2025, 12, 31), range(2010, 2026)),
        (None, date(2026, 3, 31), range(2026)),
    ],
)
def test_only_years_covered_in_full_are_drawn(start, end, years):
    assert what_happened.whole_years(start, end) == years


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (125, "T1 is at least 5 times one practice’s size"),
        (48, "T1 is at least 2 times one practice’s size"),
        (45, "T1 is less than twice the size of one practice"),
        (20, "T1 is smaller than one practice"),
        (None, "The size of T1 can’t be shown"),
    ],
)
def test_title_of_the_chart_of_a_practices_size(value, title):
    assert practice_size.practice_title((Bar("Broad", value, ""),)) == title


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (120, "T1 is at least 4 times one practice’s size"),  # 118 may stand behind it
        (50, "T1 is at least 2 times one practice’s size"),
        (45, "T1 is less than twice the size of one practice"),  # 47 at most
        (20, "T1 is less than twice the size of one practice"),  # 22 are one practice
        (15, "T1 is smaller than one practice"),
    ],
)
def test_a_rounded_count_claims_no_more_than_the_least_that_may_stand_behind_it(value, title):
    assert practice_size.practice_title((Bar("Broad", value, ""),), 2) == title


def test_between_two_claims_a_rounded_count_makes_neither():
    """50 to the nearest 10 may be 45 or 54: not sure to be twice 24, nor sure not to be."""
    told = practice_size.practice_title((Bar("Broad", 50, ""),), 5)
    assert told == "T1 is about twice the size of one practice"


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        (
            {"1": 0.05, "3": 0.15, "5": 0.22},
            "22% had a further removal within 5 years (strict count)",
        ),
        ({"1": 0.05}, "5% had a further removal within 1 year (strict count)"),
        ({}, "How soon a further removal follows"),
    ],
)
def test_title_of_recurrence_takes_the_latest_year_up_to_five(shares, title):
    rows = [(year, share(shares[year]) if year in shares else FEW) for year in ("1", "3", "5")]
    assert how_soon.title_of(table(("Strict",), *rows)) == title


@pytest.mark.parametrize(
    ("young", "old", "title"),
    [
        ((0.4, 0.33, 0.47), (0.2, 0.15, 0.25), "More often for women under 20 at first removal"),
        ((0.3, 0.20, 0.42), (0.2, 0.15, 0.25), "No age group clearly differs from all women"),
        ((0.4, 0.33, 0.47), (0.3, 0.26, 0.35), "Younger women more often had a further removal"),
    ],
)
def test_title_of_ages_claims_a_difference_only_where_ranges_are_clear(young, old, title):
    rows = (("Under 20", share(*young)), ("20–24", share(*old)), ("All", share(0.25, 0.23, 0.27)))
    assert how_soon.age_title(table(("Share by 5 years",), *rows), SURE) == title


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        (share(0.9), "A mother was found for 90% of removed children"),
        (share(0.0), "A mother was found for 0% of removed children"),
        (ReleasedCell("share", "94% or more", hidden=True),
         "A mother was found for 94% or more of removed children"),
        (ReleasedCell("share", "7 or fewer", hidden=True),
         "What could be wrong with these figures"),
    ],
)  # fmt: skip
def test_title_of_the_limits(cell, title):
    made = table(("Share found",), (("All", "all"), cell), dimensions=("By", "Group"))
    assert limits.title_of(made) == title


def test_title_of_the_issues_takes_the_most_frequent():
    rows = (("Drugs", share(0.4)), ("Domestic abuse", share(0.64)), ("Debt or poverty", FEW))
    made = table(("Share of all women",), *rows)
    assert what_they_live_with.title_of(made) == "Domestic abuse is recorded for 64% of women"
    assert what_they_live_with.title_of(None) == "What the women live with"


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(60, 20, 20), (10, 30, 60)], "Most women have nothing recorded for 1 issue"),
        ([(10, 30, 60), (10, None, None)], "Most women have nothing recorded for at least 1 issue"),
        ([(60, 20, 20)], "What is recorded about each issue"),
    ],
)
def test_title_of_what_is_recorded(rows, title):
    shares = [Share("Drugs", values, 100) for values in rows]
    assert what_they_live_with.state_title(shares) == title


def test_title_of_the_method_counts_what_was_changed():
    usual = parameter_lines(Parameters())
    changed = parameter_lines(Parameters(lookback_years=3, age_max=42))
    assert method.title_of(usual) == "The study used the usual choices throughout"
    assert method.title_of(changed) == "The study changed two of 11 usual choices"


def test_the_alternative_of_bars_names_largest_smallest_and_hidden():
    bars = (Bar("White", 90, "90"), Bar("Mixed", 10, "10"), Bar("Asian", None, "7 or fewer"))
    assert bars_alt(bars, "women") == (
        "Chart with three rows. Largest: White, 90 women. Smallest shown: Mixed, 10. "
        "One is not shown."
    )


def test_the_alternative_of_three_states_says_when_parts_are_not_told_apart():
    shares = [Share("Drugs", (40, 15, 45), 100), Share("Debt", (10, None, None), 100)]
    assert what_they_live_with.state_alt(shares) == (
        "Bars divided in three for each issue. Drugs: yes 40%, recorded no 15%, not recorded 45%; "
        "Debt: yes 10%, the rest not shown apart."
    )

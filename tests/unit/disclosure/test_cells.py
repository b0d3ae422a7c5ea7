"""Single figures under the opensafely pack, the edges stated by hand."""

import pytest

from casescope.disclosure.release import release
from casescope.findings.finding import (
    Cell,
    Count,
    Findings,
    Rate,
    Ratio,
    Share,
    Statistic,
    Sum,
    Text,
)
from casescope.kernel.errors import NotFound
from tests.unit.disclosure.drawn import findings, table


def shown(cell: Cell) -> str:
    released = release(findings(table({"row": (cell,)})))
    return released.table("t").rows[0].cells[0].shown


@pytest.mark.parametrize(
    ("n", "seen"),
    [
        (0, "7 or fewer"),
        (1, "7 or fewer"),
        (6, "7 or fewer"),
        (7, "7 or fewer"),
        (8, "10"),
        (12, "10"),
        (13, "15"),
        (17, "15"),
        (18, "20"),
        (1234, "1,235"),
    ],
)
def test_a_count_is_hidden_up_to_7_then_rounded_to_5(n, seen):
    assert shown(Count(n)) == seen


def test_a_hidden_cell_holds_no_number_at_all():
    cell = release(findings(table({"row": (7,)}))).table("t").cell("c0", "row")
    assert (cell.hidden, cell.value, cell.n, cell.of, cell.mark) == (True, None, None, None, "[c]")


@pytest.mark.parametrize(
    ("n", "of", "seen"),
    [
        (7, 100, "7 or fewer"),
        (0, 5, "7 or fewer"),
        (8, 100, "10%"),         # 10 of 100
        (33, 98, "35%"),         # 35 of 100, not 34%
        (63, 98, "65%"),
        (12, 20, "50%"),         # 10 of 20, the rest is 8
        (13, 20, "68% or more"), # the rest is 7: 15 of at most 22
        (98, 98, "93% or more"), # 100 of at most 107
        (8, 4000, "under 1%"),   # 10 of 4,000
        (3990, 4000, "over 99%"),
    ],
)  # fmt: skip
def test_a_share_is_made_from_released_counts(n, of, seen):
    assert shown(Share(n, of)) == seen


def test_a_shares_interval_is_made_from_released_counts_too():
    cell = (
        release(findings(table({"row": (Share(82, 263, 0.1, 0.9),)}))).table("t").rows[0].cells[0]
    )
    assert (cell.n, cell.of, cell.shown) == (80, 265, "30%")
    assert cell.interval == "25% to 36%"  # Wilson, 80 of 265


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        ((22, 6), "20"),          # 28 would be 30 and give the 6 away
        ((22, 23), "45"),         # 20 + 25
        ((7, 7), "withheld"),     # 14 is not 7 or fewer
    ],
)  # fmt: skip
def test_a_sum_adds_up_its_released_parts(parts, seen):
    assert shown(Sum(parts)) == seen


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (Ratio(68, 22), "3.5"),                # 70 / 20, not 3.1
        (Ratio(21, 7), "too few to show"),
        (Statistic(3.14, 8, "months"), "3.1"),
        (Statistic(3.14, 7, "months"), "too few to show"),
        (Statistic(None, 100), "not known"),
        (Text("about 24%"), "about 24%"),
    ],
)  # fmt: skip
def test_means_and_words(cell, seen):
    assert shown(cell) == seen


def test_a_share_is_withheld_where_its_counts_are():
    row = (20, 30, 3, Share(20, 50, rests_on=("c0", "c1")), Share(20, 53, rests_on=("c0",)))
    cells = release(findings(table({"row": row}, parts=3))).table("t").rows[0].cells
    assert [cell.shown for cell in cells] == ["20", "withheld", "withheld", "withheld", "36%"]


def test_a_release_names_the_rules_it_followed():
    rules = release(findings()).rules
    assert (rules.name, rules.version, rules.dated) == ("opensafely", "2", "2026-11-30")
    assert "7 or fewer" in rules.says


def test_a_misspelt_pack_is_answered_with_the_nearest():
    with pytest.raises(NotFound, match="Did you mean 'opensafely'"):
        release(findings(), pack="open-safely")


def test_facts_let_dates_words_and_parameters_through_but_no_counts():
    facts = {
        "reference_date": "2025-01-01", "authority": "Exampleshire", "age_max": "45", "seed": "7",
        "schema_version": "3", "casescope_version": "0.1.0",
        "women": "6", "restricted": "2 women", "children": " 12 ", "rows": "1,234 rows",
        "left": "women (3)", "gone": "3–4", "share": "12%", "source": "SSDA903 and B5",
    }  # fmt: skip
    kept = release(Findings((), (), facts)).facts
    gone = {"women", "restricted", "children", "rows", "left", "gone", "share"}
    assert set(facts) - set(kept) == gone


@pytest.mark.parametrize(
    ("children", "years", "seen", "interval"),
    [
        (13, 98, "0.15", "0.08 to 0.25"),  # 15 of 100; the limits of 15 are 8.40 and 24.74
        (7, 98, "too few to show", ""),
        (13, 7, "too few to show", ""),
    ],
)
def test_a_rate_is_made_of_rounded_children_and_years(children, years, seen, interval):
    cell = Rate(children, round(years * 365.25))
    made = release(findings(table({"row": (cell,)}))).table("t").rows[0].cells[0]
    assert (made.shown, made.interval) == (seen, interval)


def test_a_rate_is_withheld_with_the_count_that_it_would_give_away():
    """Of two parts one is hidden, so the other is withheld: its rate over its years says it too."""
    rates = [Rate(n, 36525, rests_on=("c0", "c1")) for n in (3, 40)]
    drawn = table({"a": (3, 100, rates[0]), "b": (40, 100, rates[1]), "Total": (43, 200, Text(""))})
    made = release(findings(drawn)).table("t")
    assert [made.cell("c0", row).shown for row in ("a", "b")] == ["withheld", "withheld"]
    assert [made.cell("c2", row).shown for row in ("a", "b")] == ["withheld", "withheld"]

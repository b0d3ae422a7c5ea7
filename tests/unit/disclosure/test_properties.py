"""What holds of every release, whatever the findings are."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.disclosure.release import release
from casescope.findings.finding import Amount, Count, Rate, Ratio, Share, Statistic, Sum
from tests.unit.disclosure.drawn import curves, findings, tables

SMALL = 7


def released(table, curve):
    return release(findings(table, curves=(curve,)))


def pairs(table, out):
    for exact, row in zip(table.rows, out.rows, strict=True):
        for cell, seen in zip(exact.cells, row.cells, strict=True):
            yield exact, cell, seen


@settings(max_examples=150, deadline=None)
@given(tables(), curves())
def test_every_released_count_is_a_multiple_of_5_and_at_least_10(table, curve):
    for _, _, seen in pairs(table, released(table, curve).table("t")):
        for number in (seen.value if seen.kind == "count" else None, seen.n, seen.of):
            assert number is None or (number >= 10 and number % 5 == 0)


def is_few(cell):  # noqa: PLR0911 — one return for each kind of cell
    match cell:
        case Count(n):
            return n <= SMALL
        case Share(n, of):
            return n <= SMALL or of - n <= SMALL
        case Ratio(n, of):
            return min(n, of) <= SMALL
        case Rate(n, days):
            return min(n, days / 365.25) <= SMALL
        case Statistic(_, basis) | Amount(_, basis):
            return basis <= SMALL
        case Sum(parts):
            return all(n <= SMALL for n in parts)
    return False


@settings(max_examples=150, deadline=None)
@given(tables(), curves())
def test_no_released_number_rests_on_seven_or_fewer(table, curve):
    for row, cell, seen in pairs(table, released(table, curve).table("t")):
        summed = row.total or (table.flow and row.labels[-1] == "stock")
        if is_few(cell) and not (summed and isinstance(cell, Count)):
            assert seen.hidden
            assert (seen.value, seen.lower, seen.upper, seen.n, seen.of) == (None,) * 5


@settings(max_examples=150, deadline=None)
@given(tables(), curves())
def test_totals_and_stocks_equal_the_sums_of_what_is_shown(table, curve):
    out = released(table, curve).table("t")
    for place, row in enumerate(table.rows):
        if table.flow and row.labels[-1] == "stock":
            of = [r for r in out.rows[place + 1 :] if r.labels[-1] != "stock"]
        elif row.total:
            of = list(out.rows[:place])
        else:
            continue
        for c, cell in enumerate(out.rows[place].cells):
            assert (cell.value or 0) == sum(
                r.cells[c].value for r in of
                if r.cells[c].kind == "count" and r.cells[c].value is not None
            )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(tables(), curves())
def test_no_line_of_parts_has_exactly_one_hidden_and_fewer_than_three_shown(table, curve):
    out = released(table, curve).table("t")
    columns = [table.columns.index(name) for name in table.parts]
    lines = [[row.cells[c] for c in columns] for row in out.rows if columns and not row.total]
    if out.rows and out.rows[-1].total:
        for c in range(len(out.columns)):
            if all(isinstance(row.cells[c], Count) for row in table.rows[:-1]):
                lines.append([row.cells[c] for row in out.rows[:-1]])
    for line in lines:
        hidden = sum(cell.hidden for cell in line)
        assert not (hidden == 1 and 0 < len(line) - hidden < 3)


@settings(max_examples=150, deadline=None)
@given(tables(), curves())
def test_curves_show_only_midpoints_and_never_end_on_a_few(table, curve):
    out = released(table, curve).curve("curve")
    rounded = set(range(9, 2000, 6))
    assert all(c.hidden or c.value in rounded for c in (out.women, out.events))
    assert all(p.at_risk > SMALL and p.at_risk % 3 == 0 for p in out.points)
    assert all(0 <= p.lower <= p.estimate <= p.upper <= 1 for p in out.points)
    estimates = [p.estimate for p in out.points]
    assert estimates == sorted(estimates)
    followed = sum(p.events + p.censored for p in curve.points if p.day >= out.until_day - 31)
    assert out.hidden or followed > SMALL


@settings(max_examples=50, deadline=None)
@given(tables(), curves(), st.randoms(use_true_random=False))
def test_a_release_is_the_same_however_the_facts_are_ordered(table, curve, rng):
    facts = {"b": "2", "a": "1", "c": "3"}
    order = list(facts)
    rng.shuffle(order)
    one = release(findings(table, curves=(curve,)))
    two = release(findings(table, curves=(curve,)))
    two.facts.update({name: facts[name] for name in order})
    one.facts.update(facts)
    assert json.dumps(one.to_json()) == json.dumps(two.to_json())

"""A few who came or went are not told by what adds up to a count that is withheld, or not shown."""

from itertools import product

import pytest

from casescope.disclosure.audit import AuditRules, Cell, audit
from casescope.disclosure.pack import load
from casescope.disclosure.release import release
from casescope.disclosure.told import told_before
from casescope.findings.finding import Count, Findings, Row, TableFinding
from tests.unit.audit.published import figures

AGES = {"Under 20": 13, "20–24": 18, "25–29": 31, "30–34": 24, "35–39": 20, "40 and over": 14}
"""Women in T1 in June; together 120."""


def table(name, dimensions, columns, rows):
    made = tuple(Row(labels, tuple(map(Count, counts))) for labels, counts in rows)
    return TableFinding(name, name, "women", dimensions, columns, made, "", "", "")


def released(*tables, pack, before=()):
    return release(Findings(tables, (), {"linkage": "lenient"}), pack=pack, before=before)


def t1(n):
    return table("tiers", ("Tier", "Who"), ("Broad",), [(("T1", ""), (n,))])


def by_age():
    return table("ages", ("Age",), ("T1",), [((age,), (n,)) for age, n in AGES.items()])


def added_up(out, pack):
    """Return the least and greatest number of women in T1 that the ages allow."""
    cells = [row.cells[0] for row in out.table("ages").rows]
    ends = [pack.behind(int(cell.value)) if cell.value is not None else (0, 99) for cell in cells]
    return sum(least for least, _ in ends), sum(most for _, most in ends)


@pytest.mark.parametrize("name", ["dfe", "ons10"])
@pytest.mark.parametrize("in_may", [123, 117])
@pytest.mark.parametrize("with_tiers", [True, False])
def test_ages_do_not_add_up_to_what_says_how_few_came_or_went(name, in_may, with_tiers):
    may = told_before("May", released(t1(in_may), pack=name).to_json())
    tables = [*([t1(120)] if with_tiers else []), by_age()]
    june = released(*tables, pack=name, before=[may])
    least, most = added_up(june, load(name))
    assert most - least >= 3


@pytest.mark.parametrize("name", ["dfe", "ons10"])
@pytest.mark.parametrize("in_may", [120, 150])
def test_where_nobody_or_many_went_all_ages_are_told(name, in_may):
    may = told_before("May", released(t1(in_may), pack=name).to_json())
    june = released(by_age(), pack=name, before=[may])
    assert added_up(june, load(name)) == (120, 120)


def test_rounded_ages_tell_nothing_of_a_few_and_stay():
    may = told_before("May", released(t1(123), pack="hes").to_json())
    june = released(t1(120), by_age(), pack="hes", before=[may])
    assert all(row.cells[0].value is not None for row in june.table("ages").rows)


@pytest.mark.parametrize("then", range(20))
def test_the_range_of_a_difference_is_that_of_every_number_there_is(then):
    """Two parts of now, 5 to 6 and 4 to 5, against so many then: every one of them tried."""
    told = figures(f"""
        now | k=a | 5..6
        now | k=b | 4..5
        now |     | w
        then | old=x | known {then}
    """)
    whole, other = Cell("women"), Cell.of("then", {"old": "x"})
    told[3] = type(told[3])(told[3].place, ((1, other),), then, then, "known")
    done = audit(told, rules=AuditRules(implied=False), between=[(whole, other)])
    left = {a + b - then for a, b in product((5, 6), (4, 5))}
    is_few = 0 not in left and max(map(abs, left)) <= 7 and max(left) - min(left) < 3
    found = [one.found for one in done.failures if one.found.target.two]
    assert bool(found) is is_few
    for one in found:
        assert (one.least.value, one.most.value) == (min(left), max(left))

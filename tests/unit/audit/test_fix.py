"""The fix is the least there is: held to every way of hiding, tried one by one."""

import random
from itertools import combinations

import pytest

from casescope.disclosure.audit import AuditRules, audit
from casescope.disclosure.audit.fix import propose
from casescope.disclosure.audit.recode import hide, loss
from tests.unit.audit.published import figures

RULES = AuditRules(threshold=4, least_width=2)


def tables(seed):
    """Return a 3 x 3 table of small and middling counts, 1 to 4 hidden, with its margins."""
    draw = random.Random(seed)
    counts = {(a, b): draw.choice([0, 1, 2, 3, 6, 9, 14]) for a in range(3) for b in range(3)}
    lines = [f"t | a={a} b={b} | {'c1-4' if 1 <= n <= 4 else n}" for (a, b), n in counts.items()]
    for name, place in (("a", 0), ("b", 1)):
        for part in range(3):
            total = sum(n for cell, n in counts.items() if cell[place] == part)
            if not 1 <= total <= 4:
                lines.append(f"margin {name} | {name}={part} | {total}")
    return figures("\n".join(lines))


def least_by_trying(done):
    """Return the fewest figures that must be hidden, trying every set of them."""
    shown = [n for n, one in enumerate(done.figures) if one.standing == "shown"]
    for many in range(1, len(shown) + 1):
        found = [chosen for chosen in combinations(shown, many)
                 if audit(hide(done.figures, set(chosen)), rules=RULES).passed]  # fmt: skip
        if found:
            return min(loss(done.figures, hide(done.figures, set(one))) for one in found)
    raise AssertionError("nothing helps")


@pytest.mark.parametrize("seed", [1, 4, 6, 9])
def test_nothing_less_can_be_hidden(seed):
    done = audit(tables(seed), rules=RULES)
    assert not done.passed, "a seed where nothing is given away tests nothing"
    fix = propose(done, ways=["hide"])[0]
    assert fix.least
    assert fix.loss == least_by_trying(done)
    assert fix.audited.passed
    assert audit(fix.after, rules=RULES).passed


def test_two_runs_come_to_the_same():
    first, second = (propose(audit(tables(4), rules=RULES)) for _ in range(2))
    assert [(one.way, one.withheld, one.merged, one.loss) for one in first] == [
        (one.way, one.withheld, one.merged, one.loss) for one in second
    ]


def test_fixes_are_ordered_by_figures_lost_and_then_by_information():
    fixes = propose(audit(tables(4), rules=RULES))
    assert [one.loss for one in fixes] == sorted(one.loss for one in fixes)
    assert {one.way for one in fixes} == {"hide", "merge", "round"}
    assert fixes[0].way == "round"
    assert fixes[0].loss.cells == 0


def test_merged_categories_are_printed_together_where_their_sum_is_known():
    done = audit(
        figures("""
        needs | need=CSE | c1-4
        needs | need=DV  | 55
        needs | need=ASB | 30
        all   |          | 88
    """)
    )
    fix = propose(done, ways=["merge"])[0]
    assert fix.merged is not None
    assert fix.audited.passed
    shown = {figure.place.row: figure.least for figure in fix.after if figure.standing == "shown"}
    assert sum(n for row, n in shown.items() if row) == 88  # 3 is known exactly, so it is added


def test_what_is_public_anyway_is_left_aside_and_the_rest_mended():
    done = audit(
        figures("""
        needs | district=South need=CSE | c1-4
        needs | district=South need=DV  | 55
        needs | district=North need=CSE | c1-4
        needs | district=North need=DV  | 40
        sizes | district=North          | 43
        dfe   | district=South need=CSE | known 3
    """)
    )
    assert len(done.failures) == 2
    fix = propose(done, ways=["hide"])[0]
    assert [fix.after[n].place.row for n in fix.withheld] == ["district=North need=DV"]


def test_nothing_is_proposed_where_nothing_is_given_away():
    assert propose(audit(figures("needs | need=CSE | c1-4\nneeds | need=DV | 9"))) == ()

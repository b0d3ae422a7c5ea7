"""The fix is the least there is: held to every way of hiding, tried one by one."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from casescope.disclosure.audit import AuditRules, Cell, Place, audit, count
from casescope.disclosure.audit.fix import least_hidden, propose, public_failures
from casescope.disclosure.audit.recode import hide, loss
from tests.unit.audit.published import figures, told

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


PAIRS = {"k": {pair: frozenset(pair) for pair in ("ab", "bc", "ac", "de", "ef", "df")}}


def in_two_rings():
    """Of each two of a, b, c (and of d, e, f) at most one woman: two in all, and no rows say so."""
    everybody = Cell("women")
    pairs = [count(Place("ours", pair), Cell.of("women", {"k": pair}), 0, 1) for pair in PAIRS["k"]]
    return [
        count(Place("ours", "all"), everybody, 0, 7, "hidden"),
        *pairs,
        count(Place("paper"), everybody, 2, 9, "known"),
    ]


PRINTED = replace(RULES, implied=False)


def test_what_rows_alone_do_not_prove_is_not_taken_for_public():
    done = audit(in_two_rings(), rules=PRINTED, groups=PAIRS)
    (failure,) = done.failures
    assert (failure.found.least.value, failure.found.most.value) == (2, 2)
    assert None in failure.proofs
    assert public_failures(done) == ()
    assert propose(done, ways=["hide"])[0].audited.passed


def test_what_rows_alone_do_not_prove_is_public_where_all_of_it_is():
    total, *pairs = in_two_rings()
    known = [replace(one, standing="known") for one in pairs]
    done = audit([total, *known], rules=PRINTED, groups=PAIRS)
    assert len(done.failures) == 1
    assert None in done.failures[0].proofs
    assert public_failures(done) == done.failures


def test_a_sign_that_a_count_is_small_is_ours():
    done = audit(
        figures("""
        needs | need=CSE | c0-7
        paper | need=CSE | known 5..9
        needs | need=DV  | 40..44
    """), rules=AuditRules())  # fmt: skip
    assert told(done) == {"need CSE": ("narrow", 5, 7)}
    assert public_failures(done) == ()
    assert least_hidden(done) == {0}


def test_nothing_is_proposed_where_nothing_is_given_away():
    assert propose(audit(figures("needs | need=CSE | c1-4\nneeds | need=DV | 9"))) == ()

"""Nobody works a few people out of curves, and estimates read off them, beside other tables.

The attacker tries every number of events that each figure allows, keeps what adds up, and looks at
what is left. He knows the page, the pack, and that an event is a repeat removal (a permanent home
that lasts is one that was reached).
"""

from collections import defaultdict
from dataclasses import replace
from functools import reduce
from itertools import product

import pytest

from casescope.disclosure.curves import release_curve
from casescope.disclosure.pack import PUBLIC, load
from casescope.disclosure.release import release
from casescope.findings.care import OUTCOMES, PERMANENCE_AT
from casescope.findings.finding import Count, CurveFinding, Findings, Reading, Row, TableFinding
from casescope.findings.survival import Step, cumulative_incidence, product_limit

YEAR = 366
MANY = 400


def curve(name, events, others, whole="", division=""):
    """Return a curve of events in the first year, the others followed for ten years."""
    steps = [Step(30 * number, 1, 0) for number in range(1, events % 12 + 1)]
    steps += [Step(360, events - events % 12, 0), Step(3650, 0, others)]
    points = product_limit([step for step in steps if step.events + step.censored])
    return CurveFinding(name, name, "women", points, events + others, events, "", "", "",
                        inner=name.startswith("permanence"), part_of=whole,
                        division=division)  # fmt: skip


def table(name, labels, columns, rows):
    made = tuple(Row((label,), cells, total=label == "Total") for label, cells in rows)
    return TableFinding(name, name, "women", (labels,), columns, made, "", "", "")


def women_again(groups, repeat):
    """Return recurrence by decade of so many events each, and all women with a repeat removal."""
    curves = [curve("recurrence_broad", sum(groups), 60 * len(groups))]
    curves += [curve(f"recurrence_decade_{1900 + 10 * number}", n, 60, "recurrence_broad", "decade")
               for number, n in enumerate(groups)]  # fmt: skip
    counted = table("repeat_and_multiple", "Measure", ("Broad",),
                    [("Women with a repeat removal", (Count(repeat),))])  # fmt: skip
    return Findings((counted,), tuple(curves), {"linkage": "lenient"})


def children_home(reached, lasts):
    """Return permanence at five ages, `reached` by so many, and how care ended: `lasts` adopted."""
    ages = list(PERMANENCE_AT.items())[1:6]
    endings = tuple(OUTCOMES.values())
    ended = [Count(lasts if name == "Adopted" else 20 if name == "Still in care" else 0)
             for name in endings]  # fmt: skip
    curves = [curve("permanence_all", 5 * reached, 5 * (lasts + 20 - reached))]
    curves += [curve(f"permanence_{key}", reached, lasts + 20 - reached, "permanence_all",
                     "age_at_removal") for key, _ in ages]  # fmt: skip
    total = tuple(Count(5 * one.n) for one in ended)
    outcomes = table("care_outcomes", "Age at first removal", endings,
                     [*((label, tuple(ended)) for _, label in ages), ("Total", total)])  # fmt: skip
    read = [
        (label, (Reading(f"permanence_{key}", "events"), Reading(f"permanence_{key}", day=YEAR)))
        for key, label in (("all", "All ages"), *ages)
    ]
    permanence = table("care_permanence", "Age at first removal",
                       ("Reached permanence", "Share by 1 year"), read)  # fmt: skip
    return Findings((outcomes, permanence), tuple(curves), {"linkage": "lenient"})


def allowed(cell, pack):
    """Return every number that a count may be."""
    if not cell.hidden:
        behind = pack.behind if cell.kind == "count" else pack.behind_midpoint
        least, most = behind(int(cell.value))
    elif cell.shown in (pack.hidden_words, pack.few_in_a_curve):
        least, most = pack.behind_hidden()
        least = 0 if cell.kind == "curve_count" else least
    else:
        least, most = 0, None
    return set(range(least, MANY if most is None else most + 1))


def sums(sets):
    return reduce(lambda so_far, more: {a + b for a in so_far for b in more}, sets, {0})


def fits(whole, parts, at):
    """Return what one of the parts can be, as all of them add up to the whole."""
    others = sums(parts[:at] + parts[at + 1 :])
    return {n for n in parts[at] if any(n + rest in whole for rest in others)}


def is_told(left, pack):
    """Say whether the numbers that are left can only be few, and few numbers."""
    return 0 not in left and max(left) <= pack.threshold and max(left) - min(left) < (
        pack.least_width
    )  # fmt: skip


def elsewhere_again(out, pack):
    """Return what the women can be whose repeat removal is in no curve."""
    curves = {one.id: one for one in out.curves}
    whole = allowed(curves.pop("recurrence_broad").events, pack)
    events = whole & sums([allowed(one.events, pack) for one in curves.values()])
    (repeat,) = (allowed(cell, pack) for row in out.table("repeat_and_multiple").rows
                 for cell in row.cells)  # fmt: skip
    return {all_of_them - n for all_of_them in repeat for n in events if n <= all_of_them}


def lost_again(out, pack):
    """Return for each age what the children can be who lost a home for good that they had."""
    rows = out.table("care_permanence").rows
    whole, *parts = (allowed(row.cells[0], pack) for row in rows)
    for at, row in enumerate(rows[1:]):
        cells = next(one for one in out.table("care_outcomes").rows if one.labels == row.labels)
        last = sums([allowed(cell, pack) for cell in cells.cells[:3]])
        yield {n - still for n in fits(whole, parts, at) for still in last if still <= n}


WOMEN = [((6, 6, 6, 6), 26), ((10,) * 8, 83), ((8,) * 5, 43), ((6, 6, 6), 21), ((30, 40), 90)]


@pytest.mark.parametrize("pack", PUBLIC)
@pytest.mark.parametrize(("groups", "repeat"), WOMEN)
def test_women_whose_repeat_removal_is_in_no_curve_are_not_told(pack, groups, repeat):
    rules = load(pack)
    out = release(women_again(groups, repeat), pack=pack)
    left = elsewhere_again(out, rules)
    assert repeat - sum(groups) in left, "the truth is among what the attacker is left with"
    assert not is_told(left, rules), left


@pytest.mark.parametrize("pack", PUBLIC)
@pytest.mark.parametrize(("reached", "lasts"), [(11, 10), (19, 17), (13, 11), (25, 25), (40, 30)])
def test_children_who_lost_a_home_for_good_are_not_told(pack, reached, lasts):
    rules = load(pack)
    out = release(children_home(reached, lasts), pack=pack)
    for left in lost_again(out, rules):
        assert reached - lasts in left, "the truth is among what the attacker is left with"
        assert not is_told(left, rules), left


def test_what_is_shown_where_nothing_is_told_stays_as_it_was():
    out = release(women_again((30, 40), 90), pack="dfe")
    assert out.table("repeat_and_multiple").rows[0].cells[0].shown == "90"
    assert not any(one.hidden for one in out.curves)
    assert out.audit["withheld_by_the_audit"] == 0


def competing(ends, others):
    """Return both curves of women of whom so many met a competing end in the second month."""
    steps = [Step(20, 20, 0), Step(50, 0, ends + others, ends), Step(80, 20, 0),
             Step(400, 0, 60)]  # fmt: skip
    points = product_limit(steps)
    whole = CurveFinding("recurrence_broad", "", "women", points, 100 + ends + others, 40, "", "",
                         "")  # fmt: skip
    return whole, replace(whole, points=cumulative_incidence(steps), estimator="aalen_johansen")


@pytest.mark.parametrize("name", PUBLIC)
def test_competing_ends_are_told_as_no_few_numbers(name):
    """Whoever reads both curves, to the last digit, and tries every two numbers of ends."""
    pack, alike = load(name), defaultdict(list)
    for ends, others in product(range(36), repeat=2):
        shown = tuple(release_curve(curve, pack).points for curve in competing(ends, others))
        alike[shown].append((ends, others))
    assert len(alike) > 20, "some of it is told"
    for same in alike.values():
        for numbers in zip(*same, strict=True):
            few = min(numbers) >= 1 and max(numbers) <= pack.threshold
            assert not few or max(numbers) - min(numbers) >= pack.least_width

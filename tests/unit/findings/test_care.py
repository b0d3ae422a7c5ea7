"""The course of the children's care, counted by hand; medians held to lifelines."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times

from casescope.dataset.care_course import CARE_ENDINGS, PLACEMENT_KINDS
from casescope.findings.care import KINDS, OUTCOMES, weeks_of
from casescope.findings.finding import Amount, Count, Top
from casescope.findings.spend import Spend, WeeklyCosts, spend
from casescope.findings.survival import Estimate, Step, median, product_limit
from tests.unit.findings.builders import computed, dataset, numbers
from tests.unit.findings.test_survival import LEUKAEMIA

STANDING = """
woman tier no_tier
ann   T1   -
bea   T3   -
cat   T4   -
dee   -    outside_age
"""
# dee is in no tier, so her child d1 is not one of the children told of.
DAYS = """
child woman age_group days_foster days_adoption days_relatives days_in_care longest_kind
a1    ann   under~1   70          140           0              210          adoption
a2    ann   under~1   14          0             0              14           foster
a3    ann   5–9       0           0             70             70           relatives
b1    bea   under~1   7           0             280            287          relatives
d1    dee   1–4       700         0             0              700          foster
"""
ENDS = """
child ending               permanence           permanence_days
a1    adopted              adopted              210
a2    returned~to~parents  none                 14
a3    still~in~care        none                 70
b1    special~guardianship special~guardianship 287
d1    still~in~care        none                 700
"""
COURSE = "\n".join(
    f"{days} {ends.split(maxsplit=1)[1]}"
    for days, ends in zip(DAYS.strip().splitlines(), ENDS.strip().splitlines(), strict=True)
)


def found():
    return computed(dataset(standing=STANDING, care_course=COURSE))


def test_weeks_in_each_kind_of_placement_and_who_had_any():
    table = numbers(found(), "care_weeks")
    assert {kind: table[kind][:2] for kind in table} == {
        "Fostered by relatives or friends": (2, 50),  # (70 + 280) / 7
        "Fostered by others": (3, 13),  # (70 + 14 + 7) / 7
        "Placed for adoption": (1, 20),
        "Children’s home or other residential": (0, 0),
        "With parents, in care": (0, 0),
        "Other or not known": (0, 0),
        "Total": (table["Total"][0], 83),
    }


def test_an_amount_of_weeks_rests_on_the_children_who_had_any():
    row = found().table("care_weeks").rows[1]
    assert row.cells[1] == Amount(13, 3)


def test_an_amount_of_weeks_knows_how_much_the_two_families_with_most_had():
    weeks = found().table("care_weeks").rows
    assert weeks[0].cells[1].top == Top(40, 10)  # Bea's child 280 days, Ann's third 70
    assert weeks[1].cells[1].top == Top(12, 1)  # Ann's two 70 + 14, Bea's child 7
    assert weeks[1].cells[2].top == Top(12, 1)
    assert weeks[2].cells[1].top == Top(20, 0)  # one family alone
    assert weeks[3].cells[1].top is None  # nobody had any


def test_outcomes_by_age_at_the_first_removal():
    table = numbers(found(), "care_outcomes")
    #                          adopted SGO CAO home adult other still
    assert table["under 1"] == (1, 1, 0, 1, 0, 0, 0)
    assert table["5–9"] == (0, 0, 0, 0, 0, 0, 1)
    assert table["1–4"] == (0,) * 7
    assert table["Total"] == (1, 1, 0, 1, 0, 0, 1)


def test_the_pathway_goes_through_the_longest_placement():
    #                                                 kin foster adoption home parent other
    assert numbers(found(), "care_kinds_by_age")["under 1"] == (1, 1, 1, 0, 0, 0)
    by_kind = numbers(found(), "care_outcomes_by_kind")
    assert by_kind["Placed for adoption"] == (1, 0, 0, 0, 0, 0, 0)
    assert by_kind["Fostered by relatives or friends"] == (0, 1, 0, 0, 0, 0, 1)


def test_permanence_follows_every_child_and_counts_orders():
    curve = found().curve("permanence_all")
    assert (curve.women, curve.events) == (4, 2)
    # 4 at risk; 14: one leaves unseen; 70: another; 210: adopted, 1 of 2; 287: the last
    assert [(p.day, p.at_risk, p.events) for p in curve.points] == [
        (14, 4, 0), (70, 3, 0), (210, 2, 1), (287, 1, 1),
    ]  # fmt: skip
    assert found().curve("permanence_5_9").events == 0


def test_paths_are_of_children_first_removed_at_least_four_years_ago():
    """The reference date is 1 January 2025: day -1461 is 1 January 2021, one leap day between."""
    drawn = """
child woman first_day age_group days_foster days_adoption days_in_care ending
a1    ann   -1461     under~1   70          140           210          adopted
a2    ann   -3000     under~1   21          0             21           adopted
a3    ann   -1460     under~1   700         0             700          adopted
b1    bea   -2000     5–9       7           0             7            still~in~care
d1    dee   -2000     under~1   7           0             7            adopted
"""
    table = computed(dataset(standing=STANDING, care_course=drawn)).table("care_paths")
    told = {row.labels: row.cells for row in table.rows}
    #                  children, relatives, foster (70 + 21) / 7, placed for adoption 140 / 7
    assert told["under 1", "Adopted"][:4] == (
        Count(2), Amount(0, 0), Amount(13, 2), Amount(20, 1),
    )  # fmt: skip
    assert told["5–9", "Still in care"][0] == Count(1)
    assert sum(cells[0].n for cells in told.values()) == 3


COURSES = st.lists(
    st.tuples(
        st.sampled_from(("under 1", "1–4", "5–9")),
        st.lists(st.integers(0, 400), min_size=6, max_size=6),
        st.sampled_from(CARE_ENDINGS),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(COURSES)
def test_outcomes_add_up_to_children_and_weeks_to_all_their_days(courses):
    con = dataset(standing="woman tier\nann T1")
    names = ", ".join(f"days_{kind}" for kind in PLACEMENT_KINDS)
    for at, (age, days, ending) in enumerate(courses):
        longest = max(zip(days, PLACEMENT_KINDS, strict=True))[1] if any(days) else "none"
        con.execute(
            f"INSERT INTO care_course (linkage, removals, woman, child, first_day, age_group, "
            f"newborn, {names}, days_in_care, longest_kind, ending, permanence, permanence_days) "
            f"VALUES ('strict', 'broad', 'ann', ?, -5000, ?, false, {', '.join('?' * 6)}, ?, ?, ?, "
            f"'none', 0)",
            [f"c{at}", age, *days, sum(days), longest, ending],
        )
    findings = computed(con)
    for name in ("care_outcomes", "care_kinds_by_age", "care_outcomes_by_kind"):
        table = findings.table(name)
        assert sum(cell.n for row in table.rows if not row.total for cell in row.cells
                   if isinstance(cell, Count)) == len(courses)  # fmt: skip
    weeks = [row.cells[1].n for row in findings.table("care_weeks").rows]
    assert sum(weeks[:-1]) == weeks[-1]
    # each of the six kinds is rounded by itself, by half a week at most
    assert abs(7 * weeks[-1] - sum(sum(days) for _, days, _ in courses)) <= 6 * 3.5


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (3, 0), (4, 1), (7, 1), (10, 1), (11, 2)])
def test_days_become_whole_weeks(days, weeks):
    assert weeks_of(days) == weeks


def test_the_median_is_where_the_published_table_and_its_bounds_first_pass_a_half():
    """Remission of 21 children (Freireich 1963), as published: 0.4482 at 23 weeks is the first

    share of a half or less; of the lower bounds 0.4316 at 13; of the upper bounds there is none.
    """
    points = product_limit(LEUKAEMIA)
    steps = ((p.day, Estimate(p.estimate, p.lower, p.upper)) for p in points)
    assert median(steps) == (23, 13, None)


TIMES = st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=3, max_size=60)


@settings(max_examples=50, deadline=None)
@given(TIMES)
def test_the_median_and_its_interval_are_those_of_lifelines(times):
    fitted = KaplanMeierFitter().fit([t for t, _ in times], [e for _, e in times])
    curve = product_limit(by_day(times))
    ours = median((p.day, Estimate(p.estimate, p.lower, p.upper)) for p in curve)
    assert (ours.day if ours.day is not None else float("inf")) == fitted.median_survival_time_
    if any(event for _, event in times) and curve[-1].estimate < 1:
        bounds = median_survival_times(fitted.confidence_interval_).iloc[0]
        low, high = sorted(bounds)
        assert (float("inf") if ours.lower is None else ours.lower) == low
        assert (float("inf") if ours.upper is None else ours.upper) == high


def by_day(times):
    events = Counter(day for day, event in times if event)
    censored = Counter(day for day, event in times if not event)
    return [Step(day, events[day], censored[day]) for day in {*events, *censored}]


COSTS = WeeklyCosts(2025, {"foster": 700.0, "residential": 6000.0})


def test_spend_is_weeks_times_the_authoritys_own_costs_with_their_year():
    assert spend({"foster": 10, "residential": 0.5}, COSTS) == Spend(10_000.0, 2025)


def test_a_kind_without_a_cost_is_named_and_not_priced():
    assert spend({"foster": 1, "adoption": 4}, COSTS) == Spend(700.0, 2025, ("adoption",))


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(ValueError, match="castle"):
        spend({"castle": 1}, COSTS)


def test_every_kind_and_ending_of_the_dataset_has_words():
    assert (tuple(KINDS), tuple(OUTCOMES)) == (PLACEMENT_KINDS, CARE_ENDINGS)


def test_ages_are_one_division_so_that_a_lone_small_one_is_joined_by_another():
    curves = [c for c in found().curves if c.id.startswith("permanence_")]
    assert {c.part_of for c in curves if c.id != "permanence_all"} == {"permanence_all"}
    assert len({c.division for c in curves}) == 1

"""Curves of groups: a small group cannot be worked out from all women and the other groups."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.disclosure.pack import load
from casescope.disclosure.release import release
from casescope.findings.finding import Comparison, Reading, Text
from casescope.findings.survival import Step, cumulative_incidence
from tests.unit.disclosure.drawn import curve, findings, table

PACK = load("opensafely")


def group(women, events, name, *, every=30):
    """A group with an event every so many days; the rest are followed to the end."""
    steps = [Step(every * at, 1, 0) for at in range(1, events + 1)]
    return replace(curve([*steps, Step(3000, 0, women - events)], name),
                   part_of="all", division="size")  # fmt: skip


def all_of(groups, name="all"):
    days = sorted({p.day for one in groups for p in one.points})
    points = [[p for one in groups for p in one.points if p.day == day] for day in days]
    return curve([Step(day, sum(p.events for p in same), sum(p.censored for p in same))
                  for day, same in zip(days, points, strict=True)], name)  # fmt: skip


def released(*groups):
    rows = {one.id: (Reading(one.id, "women"), Reading(one.id, "events")) for one in groups}
    return release(findings(table(rows), curves=(all_of(groups), *groups)))


def test_of_two_groups_both_are_shown_or_none():
    found = released(group(100, 40, "large"), group(60, 5, "small"))
    assert not found.curve("all").hidden
    assert [found.curve(name).hidden for name in ("large", "small")] == [True, True]
    for row in found.table("t").rows:
        assert [cell.shown for cell in row.cells] == ["withheld", "withheld"]


def test_two_groups_that_are_large_enough_are_shown():
    found = released(group(100, 40, "one"), group(60, 20, "other"))
    assert [found.curve(name).hidden for name in ("one", "other")] == [False, False]


def test_one_small_group_among_many_is_blurred_by_the_others():
    sizes = ((100, 40, 25), (83, 29, 35), (120, 51, 21), (95, 33, 40), (71, 20, 55))
    others = [group(women, events, f"g{events}", every=every) for women, events, every in sizes]
    found = released(*others, group(4, 2, "small"))
    assert [found.curve(one.id).hidden for one in others] == [False] * 5
    assert found.curve("small").hidden
    assert found.table("t").rows[-1].cells[0].shown == "7 or fewer"


def test_the_smallest_other_group_is_the_companion():
    groups = [group(200, 80, "large"), group(90, 30, "middle"), group(4, 2, "small")]
    found = released(*groups)
    assert [found.curve(one.id).hidden for one in groups] == [False, True, True]


def test_groups_of_a_hidden_whole_need_no_companion():
    found = released(group(4, 1, "one"), group(3, 1, "other"))
    assert found.curve("all").hidden
    assert found.table("t").rows[0].cells[0].shown == "7 or fewer"


def test_a_small_group_is_protected_where_rounding_happens_to_give_it_away():
    """All 61 women are shown as 63 (61 to 66), three groups of 18 as 15 each (13 to 18).

    So the small one has at least 61 - 3 × 18 = 7, and being small exactly 7. Companions that are
    known to be no greater than 18 change nothing, until none of the groups is shown.
    """
    assert PACK.behind_midpoint(61) == (61, 66)
    assert PACK.behind_midpoint(18) == (13, 18)
    groups = [group(18, 18, f"g{at}") for at in range(3)]
    found = released(*groups, group(7, 7, "small"))
    assert all(found.curve(one.id).hidden for one in groups)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=5))
def test_no_small_group_of_women_can_be_told_to_within_two(sizes):
    groups = [group(max(sizes_), min(sizes_), f"g{at}") for at, sizes_ in enumerate(sizes)]
    out = released(*groups)
    if out.curve("all").hidden:
        return
    cells = {row.labels[0]: row.cells[0] for row in out.table("t").rows}
    small = [one for one in groups if cells[one.id].shown == PACK.hidden_words]
    if not small or any(cell.shown == "withheld" for cell in cells.values()):
        return  # a withheld group may be anything
    least, most = PACK.behind_midpoint(sum(one.women for one in groups))
    for one in groups:
        if one not in small:
            fewest, greatest = PACK.behind_midpoint(one.women)
            least, most = least - greatest, most - fewest
    least -= PACK.hide_at_most * (len(small) - 1)
    assert min(PACK.hide_at_most, most) - max(0, least) >= PACK.least_width


def test_some_events_are_hidden_where_the_others_are_few():
    steps = [Step(30 * at, 1, 0) for at in range(1, 41)]
    every = curve([*steps, Step(3000, 0, 60)], "every")
    some = replace(curve([*steps[:35], Step(3000, 0, 65)], "some"), within="every")
    fewer = replace(curve([*steps[:20], Step(3000, 0, 80)], "fewer"), within="every")
    found = release(findings(curves=(every, some, fewer)))
    assert [c.hidden for c in found.curves] == [False, True, False]
    assert found.curve("some").events.shown == "withheld"


def with_competing(steps, name="competing"):
    return replace(curve(steps, name), points=cumulative_incidence(steps),
                   estimator="aalen_johansen")  # fmt: skip


def test_competing_ends_come_from_rounded_counts():
    """Of 61 women (as 63), 20 die (as 21) and 21 leave (all 41 as 39); 20 (as 21) of 24 go on."""
    steps = [Step(100, 0, 41, 20), Step(400, 20, 0)]
    found = release(findings(curves=(with_competing(steps), curve(steps, "censored"))))
    competing, censored = found.curve("competing"), found.curve("censored")
    assert [p.at_risk for p in competing.points] == [p.at_risk for p in censored.points]
    assert [p.at_risk for p in competing.points] == [63, 63, 24]
    # two thirds are left after deaths of 21 in 63; 21 of the 24 at risk have the event
    assert competing.points[-1].estimate == pytest.approx(2 / 3 * 21 / 24, abs=1e-4)
    assert censored.points[-1].estimate == pytest.approx(21 / 24, abs=1e-4)


@pytest.mark.parametrize("competing", [0, 7, 35, 41])
def test_few_competing_ends_or_few_others_are_not_told_apart(competing):
    steps = [Step(100, 0, 41, competing), Step(400, 20, 0)]
    found = release(findings(curves=(with_competing(steps), curve(steps, "censored"))))
    assert found.curve("competing").points[-1].estimate == pytest.approx(
        found.curve("censored").points[-1].estimate
    )


@pytest.mark.parametrize(
    ("p", "shown", "value"),
    [
        (0.00099, "under 1 in 1,000", 0.001), (0.001, "under 1 in 100", 0.01),
        (0.049, "under 1 in 20", 0.05), (0.05, "1 in 20 or more", 1.0),
        (1.0, "1 in 20 or more", 1.0),
    ],
)  # fmt: skip
def test_a_comparison_is_told_in_steps(p, shown, value):
    cell = told(Comparison(("one", "other"), p, 1.23, 1), 20)
    assert (cell.kind, cell.shown, cell.value, cell.hidden) == ("chance", shown, value, False)


def test_a_comparison_is_hidden_with_a_group():
    cell = told(Comparison(("one", "other"), 0.01, 9.9, 1), 5)
    assert (cell.hidden, cell.value) == (True, None)
    assert told(Comparison(("one", "other")), 20).hidden


def told(comparison, events):
    groups = [group(100, 40, "one"), group(60, events, "other")]
    found = findings(table({"row": (Text("2"), comparison)}), curves=(all_of(groups), *groups))
    return release(found).table("t").rows[0].cells[1]

"""The contract of disclosure with those who show figures: what `Released` is, who makes it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from casescope import disclosure
from casescope.disclosure.released import Released, Rules
from casescope.findings.finding import Count
from casescope.governance.release.release import cleared
from casescope.kernel.errors import NotAllowed
from tests.unit.findings.builders import computed, dataset, many
from tests.unit.governance.test_release_rules import ACCEPT, REQUEST, answer, opening

RULES = Rules("opensafely", "1", "2026-08-01", "")


def county():
    women = "woman tier removed_children repeat_events in_her_care\n" + "\n".join(
        (many("a", 23, "#", "T1", "3", "1", "no"), many("b", 4, "#", "T2", "2", "0", "unknown"),
         many("c", 42, "#", "T3", "1", "0", "no"), many("d", 6, "#", "T4", "0", "0", "no"))
    )  # fmt: skip
    return computed(dataset(standing=women), authority="Exampleshire")


def test_only_disclosure_can_make_one():
    with pytest.raises(TypeError, match="disclosure"):
        Released("working", RULES, (), (), {}, object())


def test_a_copy_cannot_be_altered():
    with pytest.raises((TypeError, ValueError)):
        replace(disclosure.release(county()), tables=())


def leave_for(released):
    """Leave by two others to let these figures out."""
    request = replace(REQUEST, findings=released.digest())
    answers = [(answer(name), opening(ACCEPT)) for name in ("rae", "sam")]
    return cleared(request, "d", answers)


def test_only_two_others_make_figures_public():
    working = disclosure.release(county())
    public = disclosure.publish(working, leave_for(working), on=date(2026, 11, 30))
    assert (working.audience, working.released_on) == ("working", None)
    assert (public.audience, public.released_on) == ("public", date(2026, 11, 30))
    assert (public.tables, public.curves, public.facts, public.rules) == (
        working.tables, working.curves, working.facts, working.rules,
    )  # fmt: skip
    assert public.digest() == working.digest(), "whoever they are for, they are the same figures"
    with pytest.raises(TypeError, match="disclosure"):
        Released("public", RULES, (), (), {}, object(), date(2026, 11, 30))


def test_leave_for_other_figures_makes_none_public():
    working = disclosure.release(county())
    leave = cleared(REQUEST, "d", [(answer(name), opening(ACCEPT)) for name in ("rae", "sam")])
    with pytest.raises(NotAllowed, match="no longer those that two people accepted"):
        disclosure.publish(working, leave, on=date(2026, 11, 30))


def test_figures_for_council_staff_are_never_made_public():
    small = disclosure.release(county(), pack="working")
    with pytest.raises(NotAllowed, match="never published"):
        disclosure.publish(small, leave_for(small), on=date(2026, 11, 30))


def test_the_figures_of_a_small_county():
    released = disclosure.release(county())
    tiers = released.table("tiers")
    shown = {row.labels[0]: row.cells[0].shown for row in tiers.rows}
    assert shown == {
        "T1": "25", "T2": "7 or fewer", "T3": "40", "T4": "7 or fewer", "T1 at most": "25",
    }  # fmt: skip
    headline = released.table("headline")
    assert headline.cell("Number", "Women in T1").shown == "25"
    assert headline.cell("At most", "Women in T1").shown == "25"
    # 42 + 6 = 48 would round to 50 and show that T4 holds 6 or 7; the sum of what is shown doesn't.
    assert headline.cell("Number", "Women at risk (T3 and T4)").shown == "40"
    assert headline.cell("Number", "Children removed for each woman in T1").shown == "2.8"  # 70/25


def test_every_table_and_curve_of_the_findings_is_released_once_with_its_words():
    exact, released = county(), disclosure.release(county())
    assert [t.id for t in released.tables] == [t.id for t in exact.tables]
    assert [c.id for c in released.curves] == [c.id for c in exact.curves if not c.inner]
    for before, after in zip(exact.tables, released.tables, strict=True):
        assert (after.title, after.unit, after.columns, after.method, after.source, after.period,
                after.dimensions) == (
            before.title, before.unit, before.columns, before.method, before.source, before.period,
            before.dimensions)  # fmt: skip
        counted = any(isinstance(c, Count) for row in before.rows if row.total for c in row.cells)
        of_totals = (released.rules.totals,) if counted else ()
        assert after.caveats == (*before.caveats, *of_totals)


def test_report_json_is_plain_and_the_same_twice():
    one, two = (json.dumps(disclosure.release(county()).to_json()) for _ in range(2))
    assert one == two
    read = json.loads(one)
    assert list(read) == ["audience", "rules", "facts", "tables", "curves"]
    assert (read["audience"], read["rules"]["name"]) == ("working", "opensafely")
    assert set(read["tables"][0]) == {
        "id", "title", "unit", "dimensions", "columns", "rows", "method", "source", "period",
        "caveats", "rounded_to",
    }  # fmt: skip
    assert set(read["tables"][0]["rows"][0]["cells"][0]) == {
        "kind", "shown", "value", "hidden", "lower", "upper", "interval", "n", "of",
        "rule",
    }  # fmt: skip

"""What a reader can work out from a released curve is what its rounded counts were."""

from itertools import accumulate

import pytest
from hypothesis import given, settings

from casescope.disclosure.curves import reached, release_curve
from casescope.disclosure.pack import PUBLIC, load
from casescope.disclosure.relations.curves import (
    Told,
    followed,
    told,
    told_by_year,
    unions,
)
from casescope.disclosure.relations.everything import meanings
from casescope.disclosure.relations.figures import Readable, figures
from casescope.disclosure.released import ReleasedCell, ReleasedCurve, ReleasedPoint
from casescope.findings.finding import CurveFinding
from casescope.findings.survival import Step, product_limit
from tests.unit.disclosure.drawn import curves

PACK = load("opensafely")


@settings(max_examples=200, deadline=None)
@given(curves())
def test_events_and_censored_are_told_as_they_were_rounded(curve):
    months = {month.number: month for month in reached(curve, PACK)}
    events = dict(zip(months, accumulate(m.events for m in months.values()), strict=True))
    censored = dict(zip(months, accumulate(m.censored for m in months.values()), strict=True))
    for one in told(release_curve(curve, PACK), PACK):
        shown = PACK.midpoint(events[one.month])
        assert one.events <= shown if one.at_least else one.events == shown
        assert one.censored in (None, PACK.midpoint(censored[one.month]))


def test_where_a_curve_comes_to_everybody_events_may_be_more_than_those_at_risk():
    """Of 21 women one had an event and eight left by the first month, twelve had one after.

    Rounded: 9 left, so 12 at risk, and 15 events. A reader who took all 12 for the events would
    think there were at most 12 in all, and there were 13.
    """
    steps = [Step(1, 0, 2), Step(20, 1, 6), Step(40, 6, 0), Step(41, 6, 0)]
    curve = CurveFinding("curve", "", "women", product_limit(steps), 21, 13, "", "", "")
    *_, last = told(release_curve(curve, PACK), PACK)
    assert last.at_least
    assert PACK.behind_midpoint(last.events) == (13, 18)


def test_of_thousands_of_women_the_last_digit_of_an_estimate_does_not_add_up():
    """Each step of 6,000 women is known to about one woman, and there are a hundred steps."""
    steps = [Step(20 + 31 * at, 7 + at % 3, 11 + at % 5) for at in range(100)]
    steps.append(Step(3200, 0, 6000 - sum(one.events + one.censored for one in steps)))
    curve = CurveFinding("recurrence_broad", "", "women", product_limit(steps), 6000,
                         sum(one.events for one in steps), "", "", "")  # fmt: skip
    months = {month.number: month for month in reached(curve, PACK)}
    events = dict(zip(months, accumulate(m.events for m in months.values()), strict=True))
    assert len(months) > 90
    for one in told(release_curve(curve, PACK), PACK):
        assert one.events == PACK.midpoint(events[one.month])


@pytest.mark.parametrize("name", PUBLIC)
def test_a_small_count_of_a_curve_is_known_to_be_small(name):
    """Where the sign for it is not the one for what is withheld."""
    pack = load(name)
    steps = [Step(40, 2, 1), Step(400, 0, 1)]
    curve = CurveFinding("recurrence_broad", "", "women", product_limit(steps), 4, 2, "", "", "")
    read = Readable((), (release_curve(curve, pack),), pack, "lenient")
    known = None if pack.few_in_a_curve == pack.withheld_words else pack.hide_at_most
    assert [(one.least, one.most) for one in figures(read)] == [(0, known), (0, known)]


def drawn(name):
    some = ReleasedCell("curve_count", "99", 99.0)
    points = [ReleasedPoint(0, 99, 0, 0, 0), ReleasedPoint(92, 99, 0.0909, 0, 1),
              ReleasedPoint(274, 90, 0.1515, 0, 1),
              ReleasedPoint(731, 84, 0.1515, 0, 1)]  # fmt: skip
    return ReleasedCurve(name, "", "women", tuple(points), 274, some, some, False, "", "", "")


def test_everybody_with_an_event_by_a_month_has_one_by_a_later_month():
    one = drawn("recurrence_broad")
    assert list(told_by_year(one, PACK)) == [Told(12, 15, 0), Told(24, 15, None)]
    assert list(told(one, PACK)) == [Told(3, 9, 0), Told(9, 15, 0), Told(24, 15, None)]
    made = unions(figures(Readable((), (one,), PACK, "lenient")))["followed, broad"]
    ever = ("months 1 to 12", "months 13 to 24", "later")
    assert made["by month 12"] == ever[:1]
    assert made["by month 24"] == ever[:2]
    assert made["ever"] == ever
    assert made["followed"] == (*ever, "never")


def test_groups_are_told_by_what_divides_them():
    assert followed("recurrence_age_20_24").where == {"age at index": "20_24"}
    assert followed("recurrence_index_newborn_yes").where == {"index_newborn": "yes"}
    assert followed("recurrence_broad_competing") is None


def test_a_curve_of_the_grid_follows_the_women_of_its_row():
    table = meanings("lenient")["sensitivity"]
    rows = {
        "sensitivity_lenient_broad": ("This study", "lenient linkage, broad count"),
        "sensitivity_lenient_strict": ("Linkage and count", "lenient, strict"),
        "sensitivity_strict_broad": ("Linkage and count", "strict, broad"),
        "sensitivity_lenient_broad_washout_years_5": ("Washout", "5 years"),
        "sensitivity_lenient_broad_without_first_at_16–17": ("Left out", "first removals at 16–17"),
    }
    for curve, labels in rows.items():
        repeat = table(labels, "Women with a repeat removal")
        assert followed(curve).with_event().universe == repeat.universe
        assert set(repeat.categories) < set(followed(curve).with_event().categories)
    assert followed("sensitivity_nothing") is None


def test_an_estimate_that_only_a_table_reads_off_is_audited_like_a_curve():
    read = Readable((), (drawn("permanence_all"), drawn("sensitivity_strict_broad")), PACK,
                    "lenient")  # fmt: skip
    told_of = {(one.place.table, one.place.row) for one in figures(read)}
    assert {("permanence_all", "month 12"), ("sensitivity_strict_broad", "month 24")} <= told_of

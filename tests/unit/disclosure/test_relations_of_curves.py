"""What a reader can work out from a released curve is what its rounded counts were."""

from itertools import accumulate

from hypothesis import given, settings

from casescope.disclosure.curves import reached, release_curve
from casescope.disclosure.pack import load
from casescope.disclosure.relations.curves import followed, told, told_by_year, unions
from casescope.disclosure.released import ReleasedCell, ReleasedCurve, ReleasedPoint
from tests.unit.disclosure.drawn import curves

PACK = load("opensafely")


@settings(max_examples=200, deadline=None)
@given(curves())
def test_events_and_censored_are_told_as_they_were_rounded(curve):
    months = {month.number: month for month in reached(curve, PACK)}
    events = dict(zip(months, accumulate(m.events for m in months.values()), strict=True))
    censored = dict(zip(months, accumulate(m.censored for m in months.values()), strict=True))
    for one in told(release_curve(curve, PACK)):
        assert one.events == PACK.midpoint(events[one.month])
        assert one.censored in (None, PACK.midpoint(censored[one.month]))


def test_everybody_with_an_event_by_a_month_has_one_by_a_later_month():
    made = {"ended in": {"by month 12": ("months 1 to 12",),
                         "by month 24": ("months 1 to 12", "months 13 to 24"),
                         "ever": ("months 1 to 12", "months 13 to 24", "later")}}  # fmt: skip
    some = ReleasedCell("curve_count", "99", 99.0)
    points = [ReleasedPoint(0, 99, 0, 0, 0), ReleasedPoint(92, 99, 0.0909, 0, 1),
              ReleasedPoint(274, 90, 0.1818, 0, 1),
              ReleasedPoint(731, 81, 0.1818, 0, 1)]  # fmt: skip
    drawn = ReleasedCurve("recurrence_broad", "", "women", tuple(points), 274, some, some, False,
                          "", "", "")  # fmt: skip
    assert [tuple(one) for one in told_by_year(drawn)] == [(12, 18, 0), (24, 18, None)]
    assert unions([drawn]) == made
    assert [(t.month, t.events, t.censored) for t in told(drawn)] == [
        (3, 9, 0),
        (9, 18, 0),
        (24, 18, None),
    ]


def test_groups_are_told_by_what_divides_them():
    assert str(followed("recurrence_age_20_24").everybody()) == "age 20_24"
    assert followed("recurrence_index_newborn_yes").where == {"index_newborn": "yes"}
    assert followed("recurrence_broad_competing") is None
    assert followed("sensitivity_lenient_broad") is None

"""Released curves: merged steps, midpoint-6 counts, and where they end."""

import pytest

from casescope.disclosure.pack import load
from casescope.disclosure.release import release
from casescope.findings.finding import Reading
from casescope.findings.survival import Step
from tests.unit.disclosure.drawn import curve, findings, table

MONTH = 365.25 / 12


def month(number: int) -> int:
    """Return a day in the middle of the month of this number, from 1."""
    return round((number - 0.5) * MONTH)


@pytest.mark.parametrize(
    ("n", "seen"), [(0, 0), (6, 0), (7, 0), (8, 9), (12, 9), (13, 15), (18, 15), (19, 21)]
)
def test_cumulative_counts_are_rounded_to_the_midpoint_of_six(n, seen):
    assert load("opensafely").midpoint(n) == seen


# A hundred women: an event in each of the first twenty months; the rest followed for 40 months.
STEADY = [Step(month(m), 1, 0) for m in range(1, 21)] + [Step(month(40), 0, 80)]


def test_steps_merge_until_the_rounded_count_changes():
    found = release(findings(curves=(curve(STEADY),))).curve("curve")
    assert (found.women.shown, found.events.shown) == ("99", "21")
    assert [(p.day, p.at_risk, p.estimate) for p in found.points] == [
        (0,    99, 0.0),
        (244,  99, round(9 / 99, 4)),   # the 8th event, end of month 8
        (396,  90, round(15 / 99, 4)),  # the 13th
        (579,  84, round(21 / 99, 4)),  # the 19th
        (1218, 78, round(21 / 99, 4)),  # the last month anyone was followed
    ]  # fmt: skip


def test_rounding_never_makes_more_events_than_women():
    """21 women: 8 leave unseen (shown 9), then 13 have an event (shown 15, of 12 left)."""
    steps = [Step(1, 0, 8), Step(31, 13, 0)]
    found = release(findings(curves=(curve(steps),))).curve("curve")
    last = found.points[-1]
    assert (last.at_risk, last.estimate, last.lower, last.upper) == (12, 1.0, 0.0, 1.0)


def test_a_day_reads_the_step_before_it_and_the_women_followed_so_far():
    found = release(findings(curves=(curve(STEADY),))).curve("curve")
    one_year = found.at(365.25)
    assert one_year is not None
    assert one_year.estimate == round(9 / 99, 4)
    assert found.at_risk(365.25) == 90
    assert found.at_risk(0) == 99
    assert found.at(5 * 365.25) is None
    assert found.at_risk(5 * 365.25) is None


def test_an_event_on_the_last_day_of_a_year_belongs_to_it():
    found = release(findings(curves=(curve([Step(365, 20, 0), Step(2000, 0, 80)]),))).curve("curve")
    year = found.at(365.25)
    assert year is not None
    assert year.estimate == round(21 / 99, 4)


def test_an_event_on_the_day_after_a_year_does_not():
    found = release(findings(curves=(curve([Step(366, 20, 0), Step(2000, 0, 80)]),))).curve("curve")
    year = found.at(365.25)
    assert year is not None
    assert year.estimate == 0


def test_the_curve_ends_where_too_few_women_were_followed():
    steps = [Step(month(6), 20, 0), Step(month(24), 0, 73), Step(month(60), 1, 6)]
    found = release(findings(curves=(curve(steps),))).curve("curve")
    assert found.until_day == 731  # month 24; only 7 women were followed longer
    assert found.points[-1].estimate == round(21 / 99, 4)


@pytest.mark.parametrize(
    "steps",
    [
        [Step(100, 7, 93)],            # seven events
        [Step(100, 7, 0)],             # seven women
        [],
        [Step(100, 7, 88), Step(900, 1, 4)],  # the eighth event lies where only five are left
    ],
)  # fmt: skip
def test_a_curve_on_too_few_is_hidden_whole(steps):
    found = release(findings(curves=(curve(steps),))).curve("curve")
    assert found.hidden
    assert found.points == ()
    assert found.at(1) is None


def test_a_table_reads_off_the_released_curve_alone():
    row = tuple(Reading("curve", "estimate", day) for day in (100, 365.25, 9999))
    counts = (Reading("curve", "women"), Reading("curve", "events"))
    found = release(findings(table({"row": row + counts}), curves=(curve(STEADY),)))
    cells = found.table("t").rows[0].cells
    assert [cell.shown for cell in cells] == [
        "too few events", "9%", "too few followed", "99", "21",
    ]  # fmt: skip
    assert cells[1].interval == "5% to 17%"
    assert cells[3].kind == "curve_count"


def test_a_median_is_read_off_the_released_curve_in_whole_months():
    def told(steps):
        made = table({"row": (Reading("curve", "median"),)})
        cell = release(findings(made, curves=(curve(steps),))).table("t").rows[0].cells[0]
        return cell.shown, cell.interval

    # Day 180 is in month 6: 60 of 100 become 57 of 99, a half and more; the interval's lower end
    # (48%) passes a half with month 14 (day 400), its upper end (67%) with month 6.
    assert told([Step(180, 60, 0), Step(400, 20, 20)]) == ("6", "6 to 14")
    assert told([Step(180, 60, 0), Step(400, 0, 40)]) == ("6", "6 or more")
    assert told([Step(180, 20, 0), Step(400, 0, 80)]) == ("not reached", "")
    assert told([Step(180, 3, 4)]) == ("too few followed", "")

"""Recurrence with washout, censoring, ages and the exact JSON, on spells drawn by hand."""

from dataclasses import replace
from datetime import date

import pytest

from casescope import findings
from casescope.findings.finding import Reading
from casescope.governance.parameters import Parameters
from tests.unit.findings.builders import computed, dataset, numbers

# Five women. After 1 year (366 days) one of five had an event; the others leave in turn.
SPELLS = """
removals woman index_day age_at_index follow_up_days ending
broad    ann   -4000     19           366            event
broad    bea   -4000     20           730            died
broad    cat   -4000     24           1000           left
broad    dee   -4000     -            1500           event
broad    eve   -4000     35           4000           end_of_extract
strict   ann   -4000     19           200            age_limit
"""


def test_every_ending_but_an_event_censors():
    curve = computed(dataset(spell=SPELLS)).curve("recurrence_broad")
    assert (curve.women, curve.events) == (5, 2)
    steps = [(p.day, p.at_risk, p.events, p.censored, round(p.estimate, 6)) for p in curve.points]
    assert steps == [
        (366, 5, 1, 0, 0.2),
        (730, 4, 0, 1, 0.2),
        (1000, 3, 0, 1, 0.2),
        (1500, 2, 1, 0, 0.6),  # 1 - 4/5 × 1/2
        (4000, 1, 0, 1, 0.6),
    ]


def test_the_exact_json_gives_null_beyond_the_follow_up():
    exact = findings.exact_json(computed(dataset(spell=SPELLS)))
    recurrence = exact["recurrence"]
    assert recurrence["years"] == [1, 3, 5, 7, 10]
    # one year is 365.25 days, so the event on day 366 lies after it; day 1500 lies before 5 years
    assert recurrence["estimate"] == pytest.approx([0.0, 0.2, 0.6, 0.6, 0.6])
    assert (recurrence["index_women"], recurrence["events"]) == (5, 2)
    assert exact["recurrence_strict"]["estimate"] == [None] * 5
    assert exact["recurrence_strict"]["index_women"] == 1


def test_the_exact_json_holds_every_table_and_the_tiers():
    found = computed(dataset(standing="woman tier\nann T1"))
    exact = findings.exact_json(found)
    assert [table["id"] for table in exact["tables"]] == [table.id for table in found.tables]
    assert exact["tiers"]["broad"] == {"T1": 1, "T2": 0, "T3": 0, "T4": 0, "T1 at most": 1}


@pytest.mark.parametrize(
    ("index_day", "counts"),
    [
        ("-3653", True),   # 1 January 2015, two years after the records begin
        ("-3654", False),  # the day before
    ],
)  # fmt: skip
def test_an_index_counts_from_the_end_of_the_washout(index_day, counts):
    spell = f"woman index_day follow_up_days\nann {index_day} 100"
    parameters = Parameters(observation_start=date(2013, 1, 1), washout_years=2)
    curve = computed(dataset(spell=spell), parameters).curve("recurrence_broad")
    assert curve.women == int(counts)


def test_the_start_of_observation_comes_from_the_extract_unless_the_study_says():
    drawn = {"about": "name value\nobservation_start 2024-01-01",
             "spell": "woman index_day follow_up_days\nann -300 100"}  # fmt: skip
    assert computed(dataset(**drawn)).curve("recurrence_broad").women == 0
    said = replace(Parameters(), observation_start=date(2010, 1, 1))
    found = computed(dataset(**drawn), said)
    assert found.curve("recurrence_broad").women == 1
    assert found.facts["observation_start"] == "2010-01-01"
    assert found.facts["first_index_date"] == "2012-01-01"


def test_age_at_index_makes_bands_with_curves_of_their_own():
    found = computed(dataset(spell=SPELLS))
    women = {c.id: c.women for c in found.curves if c.id.startswith("recurrence")}
    assert women == {
        "recurrence_broad": 5,
        "recurrence_strict": 1,
        "recurrence_age_under_20": 1,
        "recurrence_age_20_24": 2,
        "recurrence_age_25_29": 0,
        "recurrence_age_30_34": 0,
        "recurrence_age_35_over": 1,
        "recurrence_age_not_known": 1,
    }
    last = found.table("recurrence_by_age").rows[0].cells[-1]
    assert last == Reading("recurrence_age_under_20", "estimate", 5 * 365.25)


def test_intervals_lie_between_consecutive_events_in_bands_of_whole_years():
    events = """
    removals woman event day   new_children
    broad    a     1     -9000 1
    broad    a     2     -8635 1
    broad    a     3     -8269 0
    broad    b     1     -5000 1
    broad    b     2     -4270 1
    broad    b     3     -3539 1
    broad    c     1     -9000 1
    broad    c     2     -7905 1
    broad    d     1     -9000 1
    broad    d     2     -7904 0
    broad    e     1     -9000 1
    broad    e     2     -7174 1
    broad    f     1     -9000 1
    broad    f     2     -7173 1
    broad    g     1     -9000 1
    strict   a     1     -9000 1
    strict   a     2     -8999 1
    """
    # 365 and 366 days; 730 and 731; 1095; 1096; 1826; 1827; none; and 1 in the strict count
    assert numbers(computed(dataset(event=events)), "interval") == {
        "Under 12 months": (1, 1),
        "12 to 23 months": (2, 0),
        "24 to 35 months": (2, 0),
        "36 to 59 months": (2, 0),
        "60 months or more": (1, 0),
        "Total": (8, 1),
    }

"""Recurrence with washout, censoring, ages and the exact JSON, on spells drawn by hand."""

from dataclasses import replace
from datetime import date

import pytest

from casescope import findings
from casescope.findings.finding import Reading
from casescope.governance.study_file.parameters import Parameters
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
    women = {curve.id: curve.women for curve in found.curves if curve.division == "age"}
    assert women == {
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


# Eight women over two decades. Reference date: 1 January 2025; day -1827 is 1 January 2020.
GROUPS = """
woman index_day newborn_index age_at_index follow_up_days ending         newborn_follow_up_days newborn_ending
ann   -4000     true          19           100            event          100                    event
bea   -4000     true          24           200            event          900                    died
cat   -4000     true          25           300            event          400                    event
dee   -1828     false         29           300            died           300                    died
eve   -1828     false         30           500            age_limit      500                    age_limit
fay   -1827     false         34           600            event          600                    event
gil   -1827     false         35           700            left           700                    left
hop   -1827     false         -            800            end_of_extract 800                    end_of_extract
"""  # noqa: E501 — a drawn table


def counted(curve):
    return [(p.day, p.at_risk, p.events, p.censored, p.competing) for p in curve.points]


def test_death_and_the_age_limit_compete_and_leaving_only_censors():
    found = computed(dataset(spell=GROUPS))
    curve = found.curve("recurrence_broad_competing")
    assert (curve.estimator, curve.women, curve.events) == ("aalen_johansen", 8, 4)
    assert counted(curve) == [
        (100, 8, 1, 0, 0), (200, 7, 1, 0, 0), (300, 6, 1, 1, 1), (500, 4, 0, 1, 1),
        (600, 3, 1, 0, 0), (700, 2, 0, 1, 0), (800, 1, 0, 1, 0),
    ]  # fmt: skip
    # 3/8 by day 300, when 4/8 are left; a quarter of these die: 3/8 are left; + 3/8 × 1/3
    assert curve.points[-1].estimate == pytest.approx(3 / 8 + 3 / 8 / 3)
    # Kaplan–Meier: 5/8 left after day 300 (events come before her death), × 2/3
    assert found.curve("recurrence_broad").points[-1].estimate == pytest.approx(1 - 5 / 8 * 2 / 3)


def test_the_next_newborn_has_follow_up_of_its_own():
    curve = computed(dataset(spell=GROUPS)).curve("recurrence_newborn_broad")
    assert (curve.women, curve.events, curve.within) == (8, 3, "recurrence_broad")
    assert [p.day for p in curve.points if p.events] == [100, 400, 600]


@pytest.mark.parametrize(
    ("division", "women"),
    [
        ("age", {"under_20": 1, "20_24": 1, "25_29": 2, "30_34": 2, "35_over": 1, "not_known": 1}),
        ("index_newborn", {"yes": 3, "no": 5}),
        ("decade", {"2010": 5, "2020": 3}),
    ],
)
def test_every_division_has_a_curve_for_each_group_of_all_women(division, women):
    found = computed(dataset(spell=GROUPS))
    groups = [curve for curve in found.curves if curve.division == division]
    assert {c.id.removeprefix(f"recurrence_{division}_"): c.women for c in groups} == women
    assert {curve.part_of for curve in groups} == {"recurrence_broad"}
    labels = [row.labels[0] for row in found.table(f"recurrence_{division}_at").rows]
    assert len(labels) == len(women) + 1
    assert labels[-1] == "All"


def test_every_decade_since_the_first_possible_index_has_a_group():
    facts = "name value\nobservation_start 1996-04-01"
    found = computed(dataset(spell=GROUPS, about=facts))
    decades = [curve.id[-4:] for curve in found.curves if curve.division == "decade"]
    assert decades == ["1990", "2000", "2010", "2020"]


def test_groups_are_compared_by_log_rank_without_those_not_known():
    exact = findings.exact_json(computed(dataset(spell=GROUPS)))["recurrence_compared"]
    # by hand: events at 100, 200, 300, 600; of them 3/8, 2/7, 1/6 and 0/3 expected in the first
    expected = 3 / 8 + 2 / 7 + 1 / 6
    variance = 3 / 8 * 5 / 8 + 2 / 7 * 5 / 7 + 1 / 6 * 5 / 6
    told = exact["Children of first event"]
    assert told["curves"] == ["recurrence_index_newborn_yes", "recurrence_index_newborn_no"]
    assert told["chi_square"] == pytest.approx((3 - expected) ** 2 / variance)
    assert told["df"] == 1
    assert len(exact["Age at first event"]["curves"]) == 5


def test_the_exact_json_holds_every_curve_beside_the_old_keys():
    exact = findings.exact_json(computed(dataset(spell=GROUPS)))
    assert list(exact["recurrence"])[:4] == ["years", "estimate", "lower", "upper"]
    assert exact["recurrence_curves"]["recurrence_newborn_broad"]["events"] == 3
    assert exact["recurrence_curves"]["recurrence_broad"] == exact["recurrence"]


def test_the_share_of_repeats_with_a_newborn():
    events = """
    removals woman event new_children newborn day
    broad    a     1     1            true    -900
    broad    a     2     1            true    -800
    broad    a     3     0            false   -700
    broad    a     4     2            true    -600
    broad    b     1     1            false   -900
    broad    b     2     1            false   -800
    strict   a     1     1            true    -900
    strict   a     2     1            false   -800
    """
    found = computed(dataset(event=events)).table("repeat_newborns")
    broad, strict = (row.cells for row in found.rows)
    assert [broad[0].n, broad[1].n, broad[2].n] == [2, 1, 3]
    assert [strict[0].n, strict[1].n] == [0, 1]
    # Wilson for 2 of 3: Newcombe's formula by hand gives 0.2077 to 0.9385
    assert (round(broad[3].lower, 4), round(broad[3].upper, 4)) == (0.2077, 0.9385)
    assert [cell.text for cell in (broad[4], strict[4])] == ["", "60%"]

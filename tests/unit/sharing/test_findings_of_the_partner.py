"""Findings of a shared dataset against a table drawn by hand, and at every step of every column."""

import pytest

from casescope.dataset.schema import AGE_GROUPS, ENDINGS
from casescope.dataset.sharing.opening import open_in_memory
from casescope.dataset.sharing.quasi import NO_REMOVAL, QUASI
from casescope.dataset.sharing.subject import Subject
from casescope.disclosure import release
from casescope.findings.finding import Count
from casescope.findings.shared_dataset import compute, domains
from casescope.findings.shared_dataset.removed import further, interval_band
from casescope.kernel.errors import InputRefused
from tests.unit.sharing.drawn import STEPS, crowd, facts, packed, woman

DRAWN = [
    woman(1, age="20–24", ethnicity="White", intervals="1"),
    woman(2, age="20–24", ethnicity="Black", intervals="none"),
    woman(3, age="35–39", intervals="2 or more", children="3 or more"),
    woman(4, tier="T2", in_her_care="recorded", age="30–34"),
    woman(5, tier="T2", in_her_care="unknown", age="30–34", intervals="none"),
    woman(6, tier="T2", in_her_care="unknown", pregnant=True, age="40 and over"),
    woman(7, tier="T3", children="1", intervals="none", child_ages="none under 1",
          ending="end_of_extract", followed="to the reference date", index_period="2021–2022"),
    woman(8, tier="T4", children="0", intervals="no removal", index_period="no removal",
          followed="no removal", child_ages="no removal", ending="no removal",
          care_experienced=True),
    woman(9, tier="none", children="1", intervals="none", ending="left",
          index_period="before 2007"),
]  # fmt: skip
TOKEN = {at: one["woman"] for at, one in enumerate(DRAWN, 1)}
ISSUES = [
    (TOKEN[1], "alcohol", "ever", "yes"), (TOKEN[1], "domestic_abuse", "ever", "yes"),
    (TOKEN[2], "alcohol", "ever", "no"), (TOKEN[2], "drugs", "ever", "yes"),
    (TOKEN[4], "alcohol", "ever", "yes"), (TOKEN[1], "alcohol", "current", "no"),
    (TOKEN[3], "physical_health", "ever", "yes"), (TOKEN[5], "learning_disability", "ever", "no"),
]  # fmt: skip


def of(women, issues=(), steps=STEPS, **more):
    with open_in_memory(packed(women, issues, facts(steps, **more))) as connection:
        return compute(connection)


def numbers(found, table):
    return {
        row.labels[0]: tuple(cell.n for cell in row.cells if isinstance(cell, Count))
        for row in found.table(table).rows
    }


@pytest.fixture(scope="module")
def drawn():
    return of(DRAWN, ISSUES)


EXPECTED = {
    # T1: 1, 2, 3; only unknown: 5; T2: 4, 5, 6; T3: 7; T4: 8; none: 9
    "headline": {"Women in T1": (3, 4), "Women at risk (T3 and T4)": ()},
    "tiers": {"T1": (3,), "T2": (3,), "T3": (1,), "T4": (1,), "T1 at most": (4,)},
    # further events: 1, 3 of T1; 4, 6 of T2
    "tiers_by_events": {"T1": (2, 1), "T2": (2, 1), "T1 at most": (2, 2)},
    "ages": {"Under 20": (0, 0, 0, 0), "20–24": (2, 2, 0, 0), "25–29": (0, 0, 0, 1),
             "30–34": (0, 1, 2, 0), "35–39": (1, 1, 0, 0), "40 and over": (0, 0, 1, 0),
             "Total": (3, 4, 3, 1)},
    "ethnicity": {"White": (2, 3, 3, 1), "Mixed": (0, 0, 0, 0), "Asian": (0, 0, 0, 0),
                  "Black": (1, 1, 0, 0), "Other": (0, 0, 0, 0), "Not recorded": (0, 0, 0, 0),
                  "Total": (3, 4, 3, 1)},
    "disability": {"Recorded": (1, 1, 0, 0), "Recorded no": (0, 1, 1, 0),
                   "Not recorded": (2, 2, 2, 1), "Total": (3, 4, 3, 1)},
    "shared_in_her_care": {"T2": (0, 1, 2), "T3": (1, 0, 0), "T4": (1, 0, 0),
                           "In no tier": (1, 0, 0)},
    "shared_pregnant": {"T2": (1, 2), "T3": (0, 1), "T4": (0, 1), "In no tier": (0, 1)},
    "shared_care_experienced": {"T1": (0, 3), "T2": (0, 3), "T3": (0, 1), "In no tier": (0, 1)},
    "issues_together": {
        "Domestic abuse + Mental ill-health + Alcohol or drugs": (0, 0),
        "Mental ill-health + Alcohol or drugs": (0, 0), "Domestic abuse + Alcohol or drugs": (0, 1),
        "Domestic abuse + Mental ill-health": (0, 0), "Alcohol or drugs": (0, 1),
        "Mental ill-health": (0, 0), "Domestic abuse": (0, 0), "None of these recorded": (3, 1),
        "Total": (3, 3)},
    # everybody but 8 had a child removed
    "shared_children": {"1": (2,), "2": (5,), "3 or more": (1,), "Total": (8,)},
    "shared_further_events": {"None": (4,), "1": (3,), "2 or more": (1,), "Total": (8,)},
    "shared_followed": {"Under 5 years": (0,), "5 years or more": (7,),
                        "To the reference date": (1,), "To a further event": (0,), "Total": (8,)},
    "shared_endings": {"A further removal event": (0,), "Her death": (6,),
                       "The age at which following stops": (0,), "She left the area": (1,),
                       "The reference date": (1,), "Not followed": (0,), "Total": (8,)},
    "shared_child_under_1": {"One under 1": (7,), "None under 1": (1,), "Total": (8,)},
}  # fmt: skip


@pytest.mark.parametrize("table", EXPECTED)
def test_a_table_counts_the_women_that_were_drawn(table, drawn):
    assert numbers(drawn, table) == EXPECTED[table]


def test_issues_have_three_states_at_each_time(drawn):
    ever, now = (numbers(drawn, f"issues_t1_{timing}") for timing in ("ever", "current"))
    assert ever["Alcohol"] == (1, 1, 1)
    assert ever["Drugs"] == (1, 0, 2)
    assert now["Alcohol"] == (0, 1, 2)
    assert numbers(drawn, "issues_t1_t3_ever")["Alcohol"] == (2, 1, 4)


def test_the_years_of_first_events_run_to_the_reference_quarter_and_miss_none(drawn):
    found = numbers(drawn, "shared_index_period")
    assert list(found) == ["Before 2007", "2007–2008", "2009–2010", "2011–2012", "2013–2014",
                           "2015–2016", "2017–2018", "2019–2020", "2021–2022", "Total"]  # fmt: skip
    assert (found["Before 2007"], found["2019–2020"], found["2021–2022"]) == ((1,), (6,), (1,))


def test_intervals_are_put_in_bands_of_years():
    """365.25 days are a year: 365 days are under one, 1826 are 5 years less a quarter of a day."""
    told = {"365 days": "Under 1 year", "366 days": "1 year", "1826 days": "4 years",
            "1827 days": "5 years or more", "9–11 months": "Under 1 year",
            "12–14 months": "1 year", "57–59 months": "4 years", "5 years or more":
            "5 years or more", "under 1 year": "Under 1 year", "3 years": "3 years"}  # fmt: skip
    assert {one: interval_band(one) for one in told} == told


@pytest.mark.parametrize(("told", "events"), [
    ("none", "None"), ("1", "1"), ("2 or more", "2 or more"), ("1 or more", "1 or more"),
    ("1, first after under 2 years", "1"), ("2 or more, first after 2 years or more", "2 or more"),
    ("400 days", "1"), ("400 days, 20 days", "2 or more"), ("under 1 year, 1 year", "2 or more"),
])  # fmt: skip
def test_further_events_are_read_off_however_they_are_told(told, events):
    assert further(told) == events


def test_intervals_and_children_are_counted_with_the_women_behind_them():
    steps = STEPS | {"intervals": 2, "child_ages": 1, "children": 0}
    women = [
        woman(
            1, intervals="1 year, 1 year", child_ages="under 1, under 1, 5 and over", children="3"
        ),
        woman(2, intervals="under 1 year", child_ages="under 1, 1–4", children="2"),
        woman(3, intervals="none", child_ages="5 and over", children="1", tier="T3"),
    ]
    found = of(women, steps=steps)
    cells = {row.labels[0]: row.cells[0] for row in found.table("shared_intervals").rows}
    assert (cells["1 year"].n, cells["1 year"].basis) == (2, 1)
    assert (cells["Under 1 year"].n, cells["Under 1 year"].basis) == (1, 1)
    assert numbers(found, "shared_child_ages") == {
        "Under 1": (3,), "1–4": (1,), "5 and over": (2,), "Not known": (0,)}  # fmt: skip


def test_what_is_withheld_is_not_counted_and_what_is_left_of_each_finding_is_said():
    steps = {one.name: len(one.steps) - 1 for one in QUASI}
    told = {"age": "withheld", "ethnicity": "withheld", "area": "withheld",
            "index_period": "withheld", "followed": "withheld", "children": "2 or more",
            "child_ages": "withheld", "intervals": "1 or more"}  # fmt: skip
    found = of([woman(at, **told) for at in range(5)], steps=steps)
    made = {table.id for table in found.tables}
    assert not made & {"ages", "ethnicity", "areas", "shared_index_period", "shared_followed",
                       "shared_intervals", "shared_child_ages"}  # fmt: skip
    said = {row.labels[0]: row.cells[0].text for row in found.table("shared_surviving").rows}
    assert said["Age"] == said["Area"] == "gone"
    assert said["Issues at any time"] == said["Tiers by events"] == "as it is"
    assert said["Removal rate"] == "gone"


def test_every_finding_that_survives_is_there_or_named_as_not_computed():
    from casescope.findings.surviving import NEEDS

    steps = {one.name: 0 for one in QUASI}
    finest = {"intervals": "400 days", "child_ages": "under 1, 1–4", "index_period": "2019",
              "followed": "1 year"}  # fmt: skip
    found = of([*(woman(at, **finest) for at in range(5)), woman(9, tier="none", **finest)],
               steps=steps)  # fmt: skip
    rows = found.table("shared_surviving").rows
    assert len(rows) == sum(len(need.findings) for need in NEEDS)
    said = {row.labels[0]: (row.cells[0].text, row.cells[1].text) for row in rows}
    assert said["How soon again"][0] == "not computed"
    assert "curve" in said["How soon again"][1]
    assert said["Time between events"][0] == said["Removals by year"][0] == "coarser"
    assert {outcome for outcome, _ in said.values()} == {
        "as it is", "coarser", "gone", "not computed"}  # fmt: skip


def test_of_women_in_a_tier_alone_it_is_said_so():
    found = of([one for one in DRAWN if one["tier"] != "none"])
    assert any("in a tier alone" in one for one in found.table("shared_children").caveats)
    assert "In no tier" not in numbers(found, "shared_pregnant")
    said = {row.labels[0]: row.cells[1].text for row in found.table("shared_surviving").rows}
    assert "every woman with a removed child" in said["Numbers of removals"]


def test_a_package_that_does_not_say_its_steps_is_refused():
    with pytest.raises(InputRefused, match="at which step it tells the column intervals"):
        of(DRAWN, **{"step of intervals": "weeks"})


@pytest.mark.parametrize("name", ["age", "ethnicity", "children", "followed", "index_period"])
def test_no_word_of_any_step_is_missed(name):
    """Every word that the ladder says of some women is in the domain of its step."""
    from datetime import date

    reference = date(2026, 6, 30)
    women = [
        Subject("", age, ethnicity, "North", children, ("under 1",) * children,
                tuple(range(day, day + 300 * children, 300)), followed, "T1", "no", False, False,
                ending, reference)
        for age, ethnicity, children, day, followed, ending in zip(
            range(12, 55), ["White", "Mixed", "Asian", "Black", "Other", "Not recorded"] * 8,
            [1, 2, 3, 4, 5, 6, 9] * 7, range(-8400, -100, 193),
            [None, 3, 400, 900, 1900, 2800, 3600, 5000] * 6, [*ENDINGS] * 9, strict=False)
    ]  # fmt: skip
    quasi = next(one for one in QUASI if one.name == name)
    domain = {"age": domains.ages, "ethnicity": domains.ethnic_groups,
              "children": domains.children, "followed": domains.followed,
              "index_period": lambda step: domains.periods(step, "2026 quarter 2"),
    }[name]  # fmt: skip
    assert len(women) > 40
    for step in quasi.steps:
        said = {step.tell(one) for one in women} - {NO_REMOVAL}
        assert said <= set(domain(step)), step.label


def test_the_ages_of_children_are_those_of_the_dataset():
    assert domains.child_ages() == AGE_GROUPS


@pytest.mark.parametrize("pack", ["opensafely", "hes"])
def test_released_counts_are_never_small(pack):
    out = release(of(*crowd(400)), pack=pack)
    shown = [cell.value for table in out.tables for row in table.rows for cell in row.cells
             if cell.kind == "count" and not cell.hidden and cell.value]  # fmt: skip
    assert len(shown) > 100
    assert min(shown) > 7
    assert "Audited" in out.audit["verdict"]

"""What is left of each finding: every finding has a rule, and what is called exact is exact."""

import random
from dataclasses import replace

import pytest

from casescope.dataset.frame import ISSUE
from casescope.dataset.sharing.proposals import (
    COHORT,
    EVERYONE,
    UNBANDED,
    Proposal,
    Purpose,
    evaluate,
    fresh_tokens,
)
from casescope.dataset.sharing.recode import Recoded, write
from casescope.dataset.sharing.subject import subjects
from casescope.findings.surviving import ABOUT_RECORDS, NEEDS, Outcome, need_of, surviving
from casescope.findings.worth import LEAST_SERVED, MOST_LOST, verdict
from tests.unit.findings.builders import LINKAGE, REFERENCE, computed, dataset, insert, numbers

ISSUES = ("drugs", "alcohol", "mental_health", "domestic_abuse", "learning_disability")
GROUPS = ("White", "Mixed", "Asian", "Black", "Other", "Not recorded")


@pytest.fixture(scope="module")
def county():
    """Ninety women in memory, each with a tier, events and issues drawn by a seed."""
    connection, draw = dataset(), random.Random(3)
    for number in range(90):
        _insert_woman(connection, draw, f"{number:032x}")
    return connection


def _insert_woman(connection, draw, token):
    tier = draw.choice(["T1", "T1", "T2", "T3"])
    children = 1 if tier == "T3" else draw.randint(2, 4)
    events = draw.randint(1, children)
    unknown = tier == "T2" and draw.random() < 0.5
    insert(connection, "woman", {
        "woman": token, "age": str(draw.randint(16, 45)), "children": str(children),
        "ethnicity": draw.choice(GROUPS).replace(" ", "~"), "area": draw.choice(["North", "South"]),
    })  # fmt: skip
    insert(connection, "standing", {
        "woman": token, "tier": tier, "removed_children": str(children), "events": str(events),
        "repeat_events": str(events - 1), "in_her_care": "unknown" if unknown else "no",
        "pregnant": str(tier == "T2" and not unknown).lower(),
    })  # fmt: skip
    for event in range(events):
        insert(connection, "event", {"woman": token, "event": str(event + 1),
                                     "day": str(-3000 + 400 * event)})  # fmt: skip
    for child in range(children):
        insert(connection, "care_course", {"woman": token, "child": f"{token}{child}"})
    for issue in ISSUES:
        if state := draw.choice(["yes", "no", ""]):
            insert(connection, "issue", {"woman": token, "issue": issue, "state": state})


@pytest.fixture(scope="module")
def shared(county):
    """The same women's shared dataset, as fine as it could be, nobody left out."""
    people = subjects(county, linkage=LINKAGE, reference_date=REFERENCE)
    write(county, people, Recoded(UNBANDED, 1, LINKAGE), tokens=fresh_tokens(people))
    return county


def asked(connection, group, tables="shared_woman AS w"):
    """Return women in T1, T1 at most, T2 and T3 by group, from the shared dataset alone."""
    unknown = "tier = 'T2' AND in_her_care = 'unknown' AND NOT pregnant"
    counts = ", ".join(
        f"count(*) FILTER ({one})"
        for one in ("tier = 'T1'", f"tier = 'T1' OR ({unknown})", "tier = 'T2'", "tier = 'T3'")
    )
    found = connection.execute(f"SELECT {group}, {counts} FROM {tables} GROUP BY ALL").fetchall()
    return {name: tuple(rest) for name, *rest in found}


def without_empty(found):
    return {name: row for name, row in found.items() if name != "Total" and any(row)}


@pytest.mark.parametrize(("finding", "column"), [("ages", "age"), ("ethnicity", "ethnicity"),
                                                 ("areas", "area")])  # fmt: skip
def test_women_by_band_come_out_as_in_the_report(shared, finding, column):
    report = without_empty(numbers(computed(shared), finding))
    found = asked(shared, column)
    assert {name.lower(): row for name, row in report.items()} == {
        name.lower(): row for name, row in found.items()
    }


def test_events_come_out_as_in_the_report(shared):
    found = asked(shared, "intervals <> 'none'")
    report = numbers(computed(shared), "tiers_by_events")
    for place, tier in ((0, "T1"), (2, "T2")):
        assert report[tier] == (found[True][place], found[False][place])


def test_disability_comes_out_as_in_the_report(shared):
    report = without_empty(numbers(computed(shared), "disability"))
    tables = """shared_woman AS w LEFT JOIN (
        SELECT woman, max(state) AS state FROM shared_issue
        WHERE timing = 'ever' AND issue IN ('learning_disability', 'physical_health')
        GROUP BY woman) USING (woman)"""
    names = (
        "CASE state WHEN 'yes' THEN 'Recorded' WHEN 'no' THEN 'Recorded no' ELSE 'Not recorded' END"
    )
    assert asked(shared, names, tables) == report


@pytest.mark.parametrize(("finding", "tiers"), [("issues_t1_ever", "T1"),
                                                ("issues_t1_t3_ever", "T1 T2 T3")])  # fmt: skip
def test_issues_come_out_as_in_the_report(shared, finding, tiers):
    found = shared.execute("""
        SELECT issue, count(*) FILTER (state = 'yes'), count(*) FILTER (state = 'no')
        FROM shared_issue JOIN shared_woman USING (woman)
        WHERE timing = 'ever' AND list_contains($tiers, tier) GROUP BY issue""",
        {"tiers": tiers.split()}).fetchall()  # fmt: skip
    report = numbers(computed(shared), finding)
    assert {issue for issue, *_ in found} == set(ISSUES)
    for issue, *states in found:
        assert list(report[ISSUE[issue].label][:2]) == states, issue


# rules


def test_every_finding_of_the_report_has_one_rule(shared):
    found = computed(shared)
    shown = [one.id for one in (*found.tables, *found.curves) if not getattr(one, "inner", False)]
    for finding in shown:
        assert (need_of(finding) is None) == (finding in ABOUT_RECORDS), finding


def test_every_rule_is_of_some_finding(shared):
    found = computed(shared)
    shown = {one.id for one in (*found.tables, *found.curves)}
    # curves by decade come only with spells in that decade
    for need in NEEDS:
        assert need.findings == ("recurrence_decade_*",) or any(
            need_of(finding) is need for finding in shown
        ), need


def proposal(scope=EVERYONE, left_out=0, loss=0.0, **steps) -> Proposal:
    tiers = {"T1": 100, "T2": 0, "T3": 0, "T4": 0, "none": 0}
    return Proposal(
        (Purpose("x", "", scope),), {**UNBANDED, **steps}, loss, tiers,
        {**dict.fromkeys(tiers, 0), "T1": left_out}, risk=None,
    )  # fmt: skip


def outcome(finding, **known):
    return next(one for one in surviving(proposal(**known)) if one.finding == finding)


def test_ages_by_step():
    assert outcome("ages").outcome is Outcome.EXACT
    assert outcome("ages", age=1).outcome is Outcome.COARSER
    assert outcome("ages", age=1).why == "the report has age told by five years"
    assert outcome("ages", age=2).outcome is Outcome.GONE
    assert outcome("ages", age=2).why == "needs age told by ten years or finer"


def test_one_woman_left_out_makes_it_coarser():
    assert outcome("issues_together").outcome is Outcome.EXACT
    assert outcome("issues_together", left_out=1).outcome is Outcome.COARSER


def test_how_soon_again_cannot_be_asked_of_those_in_a_tier_alone():
    assert outcome("recurrence_at").outcome is Outcome.COARSER
    assert outcome("recurrence_at", scope=COHORT).outcome is Outcome.GONE


def test_what_is_not_shared_at_all_is_gone_with_the_reason():
    gone = outcome("care_*")
    assert (gone.outcome, bool(gone.why)) == (Outcome.GONE, True)


# the verdict


def test_worth_it_where_one_proposal_meets_the_rule():
    good, bad = proposal(loss=MOST_LOST), proposal(loss=MOST_LOST + 0.01)
    found = verdict([(bad, proposal()), (good, proposal())], 120)
    assert found.person_level
    assert "With 120 women in T1, a dataset of one row a woman is worth sharing" in found.sentence
    assert found.judged[0].against == ("41% of the detail is lost",)


@pytest.mark.parametrize(
    ("known", "against"),
    [
        ({"loss": 0.5}, "50% of the detail is lost"),
        ({"left_out": 6}, "5.7% of the women in T1 are left out"),
        ({"scope": COHORT, "age": 2, "ethnicity": 2, "area": 1, "intervals": 6}, "75"),
    ],
)
def test_each_part_of_the_rule_can_speak_against(known, against):
    one = proposal(**known)
    found = verdict([(one, proposal(scope=one.scope))], 120)
    said = " ".join(found.judged[0].against)
    if against == "75":  # three of twelve tables are gone: exactly the least that is served
        assert found.judged[0].served == LEAST_SERVED
        assert found.person_level
    else:
        assert against in said
        assert not found.person_level
        assert "Send the report's released figures instead." in found.sentence


def test_too_few_findings_speak_against():
    one = proposal(age=2, ethnicity=2, area=1, intervals=6, child_ages=4, children=2)
    found = verdict([(one, proposal())], 120)
    assert found.judged[0].against[0].startswith("only ")
    assert not found.person_level


def test_no_proposal_at_all():
    found = verdict([], 1)
    assert not found.person_level
    assert found.sentence.startswith("With 1 woman in T1, no recoding hides")


def test_the_loss_of_a_proposal_is_told_with_all_columns_alike(county):
    people = subjects(county, linkage=LINKAGE, reference_date=REFERENCE)
    weighted = Purpose("x", "", EVERYONE, ("age",))
    plain = replace(weighted, first=())
    found = [evaluate(county, people, (one,), Recoded(UNBANDED, 2, LINKAGE)).loss
             for one in (weighted, plain)]  # fmt: skip
    assert found[0] == found[1]

"""Who is in the cohort: the four tiers, and pregnancy."""

import pytest

from tests.worlds import world

TWO = """
    CHILD | DECOM
    c1    | 2021-01-01
    c2    | 2023-01-01
"""
CARE_LEAVER = "clea_person_id | clea_care_leaver_eligibility \n m1 | Former relevant"
PLAN = "cppl_person_id | cppl_cp_plan_start_date \n c1 | 2024-06-01"


def test_t1_two_or_more_removed_children_and_none_in_her_care(cohort_of):
    """ "T1, experienced: two or more removed children ..., no child in her care" """
    assert cohort_of(world(episodes=TWO)).tier() == "T1"


def test_t1_counts_children_not_events(cohort_of):
    """ "Two children removed is not two events: published Pause criteria count children" """
    answer = cohort_of(world(episodes="CHILD | DECOM \n c1 | 2021-01-01 \n c2 | 2021-01-01"))
    assert answer.tier() == "T1"
    assert answer.repeats() == 0


def test_one_child_taken_twice_is_one_removed_child(cohort_of):
    """ "Counted once, however often they go back" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2021-01-01 | 2021-06-01 | E4A
        c1    | 2022-01-01 |            |
    """
        )
    )
    assert answer.tier() == "T3"


THREE_MOTHERED = """
    moth_person_id | moth_childs_person_id
    m1             | c1
    m1             | c2
    m1             | c3
"""


def test_t2_as_t1_but_a_child_is_in_her_care(cohort_of):
    """ "T2: as T1 but a child is in her care": with her by a shared address."""
    answer = cohort_of(
        world(
            episodes=TWO,
            mother=THREE_MOTHERED,
            address="""
        addr_person_id | addr_address_postcode
        m1             | EX1 1AA
        c3             | EX1 1AA
    """,
        )
    )
    assert (answer.tier(), answer.in_her_care()) == ("T2", "recorded")


def test_unknown_counts_as_in_her_care(cohort_of):
    """ "Unknown counts as in her care when tiers are assigned" """
    answer = cohort_of(world(episodes=TWO, mother=THREE_MOTHERED))
    assert (answer.tier(), answer.in_her_care()) == ("T2", "unknown")


def test_t2_or_she_is_pregnant(cohort_of):
    """ "or she is pregnant" """
    answer = cohort_of(
        world(
            episodes=TWO,
            mother=THREE_MOTHERED,
            person="pers_person_id | pers_expected_dob \n c3 | 2025-03-01",
        )
    )
    assert (answer.tier(), answer.in_her_care()) == ("T2", "no")
    assert answer.woman("m1")["pregnant"] is True


def test_t3_exactly_one_removed_child(cohort_of):
    """ "T3, at risk: exactly one removed child, the rest as T1" """
    assert cohort_of(world(episodes="CHILD | DECOM \n c1 | 2021-01-01")).tier() == "T3"


def test_t3_with_a_child_in_her_care_or_pregnant_is_flagged_still_t3(cohort_of):
    """ "(child in her care or pregnant: flagged, still T3)" """
    answer = cohort_of(
        world(
            episodes="CHILD | DECOM \n c1 | 2021-01-01",
            mother=THREE_MOTHERED,
            person="pers_person_id | pers_expected_dob \n c3 | 2025-03-01",
        )
    )
    assert answer.tier() == "T3"
    assert (answer.in_her_care(), answer.woman("m1")["pregnant"]) == ("unknown", True)


@pytest.mark.parametrize(
    ("expected", "pregnant"),
    [("2025-01-01", True), ("2025-06-01", True), ("2024-12-31", False)],
)
def test_pregnant_by_an_unborn_child_record(cohort_of, expected, pregnant):
    """ "an unborn child record (no birth date) with an expected date on or after the reference
    date. A past expected date with no birth recorded is listed for checking, not counted."
    """
    answer = cohort_of(
        world(
            episodes=TWO,
            mother=THREE_MOTHERED,
            person=f"pers_person_id | pers_expected_dob \n c3 | {expected}",
        )
    )
    assert answer.woman("m1")["pregnant"] is pregnant
    assert answer.tier() == ("T2" if pregnant else "T1")


@pytest.mark.parametrize(("born", "pregnant"), [("2025-01-02", True), ("2025-01-01", False)])
def test_a_birth_after_the_reference_date_is_not_yet_known(cohort_of, born, pregnant):
    """ "facts dated later are ignored": an extract drawn after the day it stands for."""
    answer = cohort_of(
        world(
            episodes=TWO,
            mother=THREE_MOTHERED,
            person=f"pers_person_id | pers_dob | pers_expected_dob \n c3 | {born} | 2025-01-05",
        )
    )
    assert answer.woman("m1")["pregnant"] is pregnant
    assert answer.in_her_care() == ("no" if pregnant else "unknown")


def test_a_child_with_a_birth_date_anywhere_is_not_unborn(cohort_of):
    """ADR 9, 19: "unless the relationship row or the 903 header gives a date of birth"."""
    answer = cohort_of(
        world(
            episodes=TWO,
            mother="""
            moth_person_id | moth_childs_person_id | moth_childs_dob
            m1             | c1                    |
            m1             | c2                    |
            m1             | c3                    | 2024-12-01
        """,
            person="pers_person_id | pers_expected_dob \n c3 | 2025-01-05",
        )
    )
    assert answer.woman("m1")["pregnant"] is False
    assert answer.in_her_care() == "unknown"


T4_RULES = {"care_leaver": CARE_LEAVER, "cp_plan": PLAN}


def test_t4_before_any_removal(cohort_of):
    """ "T4, at risk, before any removal: no removal in any count; child-bearing age;
    care-experienced; and a child of hers ... is on a child protection plan"
    """
    answer = cohort_of(world(**T4_RULES))
    assert answer.tier() == "T4"
    assert (answer.removed(), answer.events(), answer.repeats()) == ([], [], 0)


def test_t4_in_each_count_alike(cohort_of):
    """ADR 9, 25: "T4 is assigned in each count alike"."""
    drawn = world(**T4_RULES)
    assert [cohort_of(drawn, removals=c).tier() for c in ("strict", "wide")] == ["T4", "T4"]


@pytest.mark.parametrize("count", ["broad", "strict", "wide"])
def test_t4_looks_at_all_counts_together(cohort_of, count):
    """ADR 9, 25: "looks at broad, strict and wide together": a voluntary removal, or an order
    without care, rules it out even where this count knows none.
    """
    voluntary = world(**T4_RULES, episodes="CHILD | DECOM | LS \n c2 | 2021-01-01 | V2")
    elsewhere = world(
        **T4_RULES,
        permanence="""
        perm_person_id | perm_permanence_order_type | perm_permanence_order_date
        c2             | SGO                        | 2021-01-01
    """,
    )
    assert cohort_of(voluntary, removals=count).tier() != "T4"
    assert cohort_of(elsewhere, removals=count).tier() != "T4"


@pytest.mark.parametrize("born", ["1979-01-01", "2009-01-02"])
def test_t4_only_of_child_bearing_age(cohort_of, born):
    """ "child-bearing age" """
    assert cohort_of(world(**T4_RULES, dob={"m1": born})).flow["T4"] == 0


@pytest.mark.parametrize(
    ("evidence", "tier"),
    [
        ({}, None),
        ({"care_leaver": CARE_LEAVER}, "T4"),
        ({"episodes": "CHILD | DECOM | DEC | REC \n m1 | 2003-01-01 | 2006-01-01 | E4A"}, "T4"),
        ({"episodes": "CHILD | DECOM | LS | DEC | REC \n m1 | 2003-01-01 | V4 | 2006-01-01 | E8"},
         None),
        ({"episodes": "CHILD | DECOM | LS | DEC | REC \n m1 | 2003-01-01 | J1 | 2003-02-01 | E14"},
         None),
        ({"episodes": "CHILD | DECOM | DEC | REC \n m1 | 2008-06-14 | 2008-07-01 | E8"}, "T4"),
        ({"episodes": "CHILD | DECOM | DEC | REC \n m1 | 2008-06-15 | 2008-07-01 | E8"}, None),
        ({"header": "CHILD | DOB | MOTHER \n m1 | 1990-06-15 | 1"}, "T4"),
        ({"header": "CHILD | DOB | MOTHER \n m1 | 1990-06-15 | 1.0"}, "T4"),
        ({"header": "CHILD | DOB | MOTHER \n m1 | 1990-06-15 | 0"}, None),
    ],
)  # fmt: skip
def test_t4_needs_care_experience(cohort_of, evidence, tier):
    """ "care-experienced (a care leaver, or herself in a period of care as a child other than short
    breaks or remand alone, or `MOTHER`=1)"
    """
    assert cohort_of(world(cp_plan=PLAN, **evidence)).tier() == tier


def test_care_experience_may_stand_on_another_record_of_hers(cohort_of):
    """ "person record: ... a woman may have several": her own time in care is on her old record."""
    answer = cohort_of(
        world(
            cp_plan=PLAN,
            person="pers_person_id | pers_dob \n g1 | 1990-06-15",
            linked_identifier="""
            link_person_id | link_identifier_type | link_identifier_value
            m1             | former id            | g1
        """,
            episodes="CHILD | DECOM | DEC | REC \n g1 | 2003-01-01 | 2006-01-01 | E4A",
        )
    )
    assert answer.tier() == "T4"
    assert answer.woman("m1")["person_ids"] == ["g1", "m1"]


@pytest.mark.parametrize(
    ("start", "end", "tier"),
    [
        ("2025-01-01", "", "T4"),
        ("2025-01-02", "", None),
        ("2024-01-01", "2025-01-02", "T4"),
        ("2024-01-01", "2025-01-01", None),
        ("2024-01-01", "2024-06-01", None),
    ],
)
def test_t4_on_a_plan_at_the_reference_date(cohort_of, start, end, tier):
    """ "on a child protection plan ... at the reference date (one that ended on that day is
    closed)"
    """
    answer = cohort_of(
        world(
            care_leaver=CARE_LEAVER,
            cp_plan=f"""
        cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date
        c1             | {start}                 | {end}
    """,
        )
    )
    assert answer.tier() == tier


@pytest.mark.parametrize(
    ("table", "newer", "tier"),
    [
        ("cp_plan", "c1 | 2024-06-01 | 2024-09-01", None),
        ("cp_plan", "c1 | 2024-06-01 | 2025-01-02", "T4"),  # ends after the reference date
        ("cp_plan", "c2 | 2024-06-01 | 2024-09-01", "T4"),  # another child's
        ("pre_proceedings", "c1 | 2024-06-01 | 2024-09-01", None),
        ("pre_proceedings", "c1 | 2024-06-02 | 2024-09-01", "T4"),  # others
    ],
)
def test_t4_told_by_two_years_censuses(cohort_of, table, newer, tier):
    """ADR 9, 26: "those of one child that began on one day are one, and have ended if any of them
    says so": the older year's census has it as still open.
    """
    names = {
        "cp_plan": "cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date",
        "pre_proceedings": "prep_person_id | prep_pre_pro_decision_date | "
                           "prep_agree_stepdown_issue_date",
    }[table]  # fmt: skip
    told = {table: f"{names} \n c1 | 2024-06-01 | \n {newer}"}
    mothers = "moth_person_id | moth_childs_person_id \n m1 | c1 \n m1 | c2"
    assert cohort_of(world(mother=mothers, care_leaver=CARE_LEAVER, **told)).tier() == tier


@pytest.mark.parametrize(
    ("applied", "ordered", "tier"),
    [
        ("2024-11-01", "", "T4"),
        ("2025-01-01", "", "T4"),
        ("2025-01-02", "", None),
        ("2024-11-01", "2025-01-01", None),
        ("2024-11-01", "2025-01-02", "T4"),
    ],
)
def test_t4_in_proceedings_at_the_reference_date(cohort_of, applied, ordered, tier):
    """ "in proceedings at the reference date (one that ended on that day is closed)" """
    order = "supervision order" if ordered else ""
    answer = cohort_of(
        world(
            care_leaver=CARE_LEAVER,
            proceedings=f"""
        proc_id | proc_child_person_id | proc_application_date | proc_order | proc_order_date
        p1      | c1                   | {applied}             | {order}    | {ordered}
    """,
        )
    )
    assert answer.tier() == tier


def tracker(applied, ordered):
    """Return what the tracker has of c1: one application and its order, or no row at all."""
    columns = (
        "proc_id | proc_child_person_id | proc_application_date | proc_order_date | proc_order"
    )
    row = f"p1 | c1 | {applied} | {ordered} | {'supervision order' if ordered else ''}"
    return f"{columns} \n {row if applied else ''}"


@pytest.mark.parametrize(
    ("begun", "applied", "ordered", "tier"),
    [
        ("2024-06-01", "", "", "T4"),
        ("2025-01-01", "", "", "T4"),  # the reference date
        ("2025-01-02", "", "", None),
        ("2024-01-01", "", "", "T4"),  # a year before it
        ("2023-12-31", "", "", None),
        ("2024-06-01", "2024-07-01", "", "T4"),  # in proceedings now
        ("2024-06-01", "2024-07-01", "2024-09-01", None),
        ("2024-06-01", "2024-05-01", "2024-05-31", "T4"),  # proceedings before do not end them
    ],
)
def test_t4_in_pre_proceedings_at_the_reference_date(cohort_of, begun, applied, ordered, tier):
    """ "in pre-proceedings (...) ... at the reference date": ADR 9, 26, over when proceedings
    follow, and a year after they began.
    """
    answer = cohort_of(
        world(
            care_leaver=CARE_LEAVER,
            mother="moth_person_id | moth_childs_person_id \n m1 | c1",
            pre_proceedings=f"""
            prep_person_id | prep_pre_pro_decision_date
            c1             | {begun}
        """,
            proceedings=tracker(applied, ordered),
        )
    )
    assert answer.tier() == tier


@pytest.mark.parametrize(
    ("over", "tier"),
    [("2024-12-31", None), ("2025-01-01", None), ("2025-01-02", "T4"), ("", "T4")],
)
def test_pre_proceedings_that_ended_on_that_day_are_closed(cohort_of, over, tier):
    """ "in pre-proceedings ... at the reference date (one that ended on that day is closed)" """
    answer = cohort_of(
        world(
            care_leaver=CARE_LEAVER,
            mother="moth_person_id | moth_childs_person_id \n m1 | c1",
            pre_proceedings=f"""
            prep_person_id | prep_pre_pro_decision_date | prep_agree_stepdown_issue_date
            c1             | 2024-06-01                 | {over}
        """,
        )
    )
    assert answer.tier() == tier


@pytest.mark.parametrize(
    ("at_court", "applied", "ordered", "tier"),
    [
        ("2024-12-31", "", "", "T4"),
        ("2025-01-01", "", "", "T4"),  # the reference date
        ("2024-01-01", "", "", "T4"),  # a year before it
        ("2023-12-31", "", "", None),
        ("2024-07-01", "2024-06-24", "2024-12-01", None),  # the tracker has it, a week off
        ("2024-07-01", "2024-06-23", "2024-12-01", "T4"),  # of others before
        ("2024-07-01", "2024-07-03", "", "T4"),
    ],
)
def test_t4_in_proceedings_that_only_the_census_tells_of(
    cohort_of, at_court, applied, ordered, tier
):
    """ADR 9, 26: for a year from `CourtAppDate`, unless the tracker has an application since a week
    before that day.
    """
    answer = cohort_of(
        world(
            care_leaver=CARE_LEAVER,
            mother="moth_person_id | moth_childs_person_id \n m1 | c1",
            pre_proceedings=f"""
            prep_person_id | prep_pre_pro_decision_date | prep_court_application_date
            c1             | 2023-06-01                 | {at_court}
        """,
            proceedings=tracker(applied, ordered),
        )
    )
    assert answer.tier() == tier


@pytest.mark.parametrize(
    ("born", "died", "tier"),
    [
        ("2024-01-01", "", "T4"),
        ("2024-01-01", "2024-12-31", None),
        ("2024-01-01", "2025-01-02", "T4"),
        ("2007-01-02", "", "T4"),
        ("2007-01-01", "", None),  # 18 on the reference date
    ],
)
def test_t4_for_a_living_child_under_18(cohort_of, born, died, tier):
    """ "a child of hers ... is on a child protection plan, ... or in proceedings": a plan that
    nobody closed when the child died or came of age is none.
    """
    for fact in (
        {"cp_plan": PLAN},
        {"proceedings": "proc_id|proc_child_person_id|proc_application_date \n p|c1|2024-06-01"},
    ):
        person = f"pers_person_id | pers_dob | pers_death_date \n c1 | {born} | {died}"
        assert cohort_of(world(care_leaver=CARE_LEAVER, person=person, **fact)).tier() == tier


def test_t4_for_an_unborn_child(cohort_of):
    """ "a child of hers, born or unborn" """
    answer = cohort_of(
        world(
            **T4_RULES,
            person="""
        pers_person_id | pers_expected_dob
        c1             | 2025-03-01
    """,
        )
    )
    assert answer.tier() == "T4"
    assert answer.woman("m1")["pregnant"] is True


def test_a_plan_for_the_mother_herself_does_not_count(cohort_of):
    """ADR 9, 26: "A plan for a child who is herself the mother does not count unless it is for her
    child."
    """
    answer = cohort_of(
        world(
            dob={"m1": "2008-01-01"},
            care_leaver=CARE_LEAVER,
            mother="moth_person_id | moth_childs_person_id \n m1 | c1",
            cp_plan="cppl_person_id | cppl_cp_plan_start_date \n m1 | 2024-06-01",
        )
    )
    assert answer.flow["T4"] == 0


def test_each_woman_carries_her_later_events_with_a_new_child(cohort_of):
    """ "Each tier also split into those with ≥2 removal events with a new child": by
    `repeat_events`.
    """
    answer = cohort_of(world(episodes=TWO))
    assert (answer.tier(), answer.repeats()) == ("T1", 1)

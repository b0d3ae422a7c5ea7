"""Who is in the cohort: look-back, alive, age, area, and the flow that accounts for everybody."""

import pytest

from casescope.governance.study_file.parameters import Parameters
from tests.worlds import world

TAKEN = "CHILD | DECOM \n c1 | 2021-01-01"


@pytest.mark.parametrize(
    ("decom", "tier", "left_by"),
    [("2020-01-01", "T3", []), ("2019-12-31", None, ["outside_lookback"])],
)
def test_lookback_includes_that_day_five_years_before(cohort_of, decom, tier, left_by):
    """ "within `lookback_years` (default 5) of the reference date, that day five years before
    included"
    """
    answer = cohort_of(world(episodes=f"CHILD | DECOM \n c1 | {decom}"))
    assert (answer.tier(), answer.left_by()) == (tier, left_by)


@pytest.mark.parametrize(("years", "tier"), [(9, None), (10, "T3")])
def test_lookback_is_a_parameter(cohort_of, years, tier):
    """ "within `lookback_years`" """
    answer = cohort_of(
        world(
            parameters=Parameters(lookback_years=years),
            episodes="CHILD | DECOM \n c1 | 2015-06-01",
            dob={"c1": "2015-05-01"},
        )
    )
    assert answer.tier() == tier


def test_lookback_looks_at_her_latest_removal_of_any_child_re_entries_included(cohort_of):
    """ "her latest removal of any child, re-entries included" """
    answer = cohort_of(
        world(
            episodes="""
        CHILD | DECOM      | DEC        | REC
        c1    | 2018-06-01 | 2018-12-01 | E4A
        c2    | 2018-06-01 |            |
        c1    | 2023-01-01 |            |
    """
        )
    )
    assert answer.tier() == "T1"
    assert answer.removed() == ["c1", "c2"]


def test_a_period_that_merely_lasts_into_lookback_is_not_a_removal_in_it(cohort_of):
    """Look-back is about the removal's date, not about time in care."""
    answer = cohort_of(world(episodes="CHILD | DECOM \n c1 | 2018-06-01"))
    assert answer.left_by() == ["outside_lookback"]


@pytest.mark.parametrize(
    ("died", "tier"), [("2024-12-31", None), ("2025-01-01", None), ("2025-01-02", "T3")]
)
def test_she_is_alive(cohort_of, died, tier):
    """ "Alive"; a death dated after the reference date is not known then."""
    answer = cohort_of(
        world(
            person=f"pers_person_id | pers_dob | pers_death_date \n m1 | 1990-01-01 | {died}",
            episodes=TAKEN,
        )
    )
    assert answer.tier() == tier
    assert answer.flow["died"] == (tier is None)


@pytest.mark.parametrize(
    ("born", "age", "tier"),
    [
        ("2009-01-02", 15, None),
        ("2009-01-01", 16, "T3"),
        ("1979-01-02", 45, "T3"),
        ("1979-01-01", 46, None),
    ],
)
def test_child_bearing_age_is_16_to_45_both_included(cohort_of, born, age, tier):
    """ "child-bearing age `age_min`–`age_max` (default 16–45, both ages included, whole years)" """
    answer = cohort_of(world(dob={"m1": born}, episodes=TAKEN))
    assert (answer.woman("m1")["age"], answer.tier()) == (age, tier)
    assert answer.flow["outside_age"] == (tier is None)


def test_the_ages_are_parameters(cohort_of):
    """ "`age_min`–`age_max`" """
    drawn = world(dob={"m1": "1990-01-01"}, episodes=TAKEN)
    assert cohort_of(drawn.but(parameters=Parameters(age_max=35))).tier() == "T3"
    assert cohort_of(drawn.but(parameters=Parameters(age_max=34))).tier() is None
    assert cohort_of(drawn.but(parameters=Parameters(age_min=36))).tier() is None


@pytest.mark.parametrize(
    ("born", "expected", "age", "tier"),
    [
        ("", "", None, None),
        ("", "1990-01-01", 35, "T3"),
        ("1985-01-01", "1990-01-01", 40, "T3"),
    ],
)
def test_her_age_is_known_or_estimated(cohort_of, born, expected, age, tier):
    """ "age known or estimated"; ADR 9, 18: `pers_dob` empty and `pers_expected_dob` filled."""
    answer = cohort_of(
        world(
            person=f"""
            pers_person_id | pers_dob | pers_expected_dob
            m1             | {born}   | {expected}
        """,
            episodes=TAKEN,
        )
    )
    assert (answer.woman("m1")["age"], answer.tier()) == (age, tier)
    assert answer.flow["age_not_known"] == (age is None)


PLACES = """
    place_postcode | place_in_authority
    EX1            | 1
    OT2            | 0
    EX1 9ZZ        | 0
    OT2 3AB        | 1
"""


@pytest.mark.parametrize(
    ("postcode", "tier"),
    [
        ("EX1 1AA", "T3"),  # the district is inside
        ("OT2 1AA", None),  # the district is outside
        ("ot21aa", None),  # written otherwise
        ("EX1 9ZZ", None),  # a full postcode wins over its district
        ("OT2 3AB", "T3"),
        ("QQ7 7QQ", "T3"),  # not in the lookup: not known to have left
        ("", "T3"),
    ],
)
def test_not_known_to_have_left_by_the_councils_own_lookup(cohort_of, postcode, tier):
    """ "her latest address lies outside the authority by the council's own postcode lookup";
    ADR 9, 23: "A full postcode in the place lookup wins over its district."
    """
    answer = cohort_of(
        world(
            place=PLACES,
            address=f"""
            addr_person_id | addr_address_postcode | addr_address_start_date
            m1             | {postcode}            | 2022-01-01
        """,
            episodes=TAKEN,
        )
    )
    assert answer.tier() == tier
    assert answer.flow["left_area"] == (tier is None)


@pytest.mark.parametrize(
    ("first", "second", "tier"),
    [
        ("EX1 1AA | 2020-01-01 |", "OT2 1AA | 2022-01-01 |", None),
        ("OT2 1AA | 2020-01-01 |", "EX1 1AA | 2022-01-01 |", "T3"),
        ("OT2 1AA | 2020-01-01 |", "        | 2022-01-01 |", "T3"),
        ("EX1 1AA | 2020-01-01 |", "OT2 1AA | 2022-01-01 | 2023-01-01", None),
        ("EX1 1AA | 2020-01-01 |", "OT2 1AA |            |", "T3"),
        ("EX1 1AA | 2020-01-01 |", "OT2 1AA | 2025-01-02 |", "T3"),
        ("EX1 1AA | 2020-01-01 |", "OT2 1AA | 2025-01-01 |", None),
        ("EX1 1AA | 2022-01-01 | 2022-02-01", "OT2 1AA | 2022-01-01 |", None),
        ("EX1 1AA | 2022-01-01 |", "OT2 1AA | 2022-01-01 | 2022-02-01", "T3"),
    ],
)
def test_her_latest_address_is_the_one_that_starts_latest(cohort_of, first, second, tier):
    """ADR 9, 23: "(no start is earliest; an address still current wins a tie)"."""
    answer = cohort_of(
        world(
            place=PLACES,
            address=f"""
addr_person_id | addr_address_postcode | addr_address_start_date | addr_address_end_date
m1 | {first}
m1 | {second}
        """,
            episodes=TAKEN,
        )
    )
    assert answer.tier() == tier


def test_the_reasons_are_tried_in_order(cohort_of):
    """ADR 9, 24: died before age, age before area, area before look-back."""
    answer = cohort_of(
        world(
            person="""
            pers_person_id | pers_dob   | pers_death_date
            m1             |            | 2024-01-01
            m2             |            |
            m3             | 1950-01-01 |
            m4             | 1990-01-01 |
            m5             | 1990-01-01 |
        """,
            mother="""
            moth_person_id | moth_childs_person_id
            m1             | c1
            m2             | c2
            m3             | c3
            m4             | c4
            m5             | c5
        """,
            place=PLACES,
            address="""
            addr_person_id | addr_address_postcode
            m1             | OT2 1AA
            m2             | OT2 1AA
            m3             | OT2 1AA
            m4             | OT2 1AA
            m5             | EX1 1AA
        """,
            episodes="""
            CHILD | DECOM
            c1    | 2018-05-01
            c2    | 2018-05-01
            c3    | 2018-05-01
            c4    | 2018-05-01
            c5    | 2018-05-01
        """,
        )
    )
    assert answer.left_by() == [
        "died", "age_not_known", "outside_age", "left_area", "outside_lookback",
    ]  # fmt: skip


def test_the_flow_accounts_for_every_woman(cohort_of):
    """ "Nobody is dropped silently: the flow diagram starts with all person records and accounts
    for every woman down to each tier, and its numbers add up."
    """
    answer = cohort_of(
        world(
            restricted="m9",
            person="""
            pers_person_id | pers_forename | pers_surname | pers_dob   | pers_death_date
            m1             | Ada           | Lovel        | 1990-01-01 |
            m1b            | ADA           | Lov-el       | 01/01/1990 |
            m2             | Bea           | Moss         | 1990-01-01 | 2024-01-01
            m3             | Cy            | Nott         | 1990-01-01 |
            m4             | Di            | Orr          | 1990-01-01 |
            m9             | Eve           | Pym          | 1990-01-01 |
        """,
            mother="""
            moth_person_id | moth_childs_person_id
            m1             | c1
            m1b            | c2
            m2             | c3
            m3             | c4
            m4             | c5
            m9             | c6
        """,
            episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2022-01-01
            c3    | 2021-01-01
            c5    | 2021-01-01
            c6    | 2021-01-01
        """,
        )
    )
    assert answer.flow == {
        "person_records": 12,
        "not_mothers": 6,
        "mothers_records": 6,
        "joined": 1,
        "women": 5,
        "withheld": 1,
        "women_studied": 4,
        "died": 1,
        "age_not_known": 0,
        "outside_age": 0,
        "left_area": 0,
        "no_removal": 1,
        "outside_lookback": 0,
        "in_cohort": 2,
        "T1": 1,
        "T2": 0,
        "T3": 1,
        "T4": 0,
    }
    assert list(answer.flow)[-5:] == ["in_cohort", "T1", "T2", "T3", "T4"]


def test_the_flow_keeps_its_order(cohort_of):
    """The lines go from all person records down to each tier."""
    assert list(cohort_of(world(episodes=TAKEN)).flow) == [
        "person_records", "not_mothers", "mothers_records", "joined", "women", "withheld",
        "women_studied", "died", "age_not_known", "outside_age", "left_area", "no_removal",
        "outside_lookback", "in_cohort", "T1", "T2", "T3", "T4",
    ]  # fmt: skip


def test_a_woman_with_removals_of_another_count_only_leaves_as_without_removal(cohort_of):
    """In the flow of one count, `no_removal` means none in this count and not T4."""
    answer = cohort_of(world(episodes="CHILD | DECOM | LS \n c1 | 2021-01-01 | V2"),
                       removals="strict")  # fmt: skip
    assert answer.flow["no_removal"] == 1
    assert answer.flow["in_cohort"] == 0


def test_restricted_women_are_in_no_result_and_counted_as_withheld(cohort_of):
    """ "not restricted"; "Restricted people leave before removals are made and are counted in the
    flow as withheld" — with all records of that woman.
    """
    answer = cohort_of(
        world(
            restricted="m1",
            person="""
            pers_person_id | pers_single_unique_id | pers_dob
            m1             | 999 000 0018          | 1990-01-01
            m2             | 9990000018            | 1990-01-01
        """,
            mother="""
            moth_person_id | moth_childs_person_id
            m2             | c1
            m3             | c2
        """,
            episodes="""
            CHILD | DECOM
            c1    | 2021-01-01
            c2    | 2021-01-01
        """,
        )
    )
    assert [woman["person_ids"] for woman in answer.said["women"]] == [["m3"]]
    assert answer.flow["withheld"] == 1


def test_a_restricted_child_is_in_nobodys_children(cohort_of):
    """ "Restricted people leave before removals are made": and one is left."""
    answer = cohort_of(
        world(
            restricted="c1",
            episodes="""
        CHILD | DECOM
        c1    | 2021-01-01
        c2    | 2022-01-01
    """,
        )
    )
    assert answer.woman("m1")["children"] == ["c2"]
    assert answer.events() == ["2022-01-01 c2 court"]
    assert answer.tier() == "T3"
    assert answer.flow["withheld"] == 0


def test_restricting_somebody_who_is_nobodys_mother_changes_no_count_of_women(cohort_of):
    """Counted in the flow as withheld if a mother."""
    answer = cohort_of(world(restricted="f1", episodes=TAKEN,
                             person="pers_person_id | pers_dob \n f1 | 1980-01-01"))  # fmt: skip
    assert answer.flow["withheld"] == 0
    assert answer.tier() == "T3"

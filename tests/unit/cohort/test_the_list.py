"""What the cohort list says of each woman: why she is where she is, and what is doubtful."""

import pytest

from casescope.identified.cohort.listing import listed
from tests.worlds import world

engine = pytest.importorskip("tests.engine")

MOTHERS = "moth_person_id | moth_childs_person_id | moth_relationship"
BORN = {"m1": "1990-06-15"}


def of_m1(drawn, linkage="strict"):
    with engine.studied(drawn, until="cohort") as connection:
        women = listed(connection, linkage=linkage, removals="broad")
    return next(woman for woman in women if "m1" in woman["person_ids"])


def test_each_child_now_has_its_evidence_and_day():
    said = of_m1(
        world(
            mother=f"{MOTHERS}\nm1|c1|birth\nm1|c2|birth\nm1|c3|birth\nm1|c4|birth\nm1|c5|birth",
            episodes="""
            CHILD | DECOM      | DEC        | REC | PLACE
            c1    | 2021-01-01 |            |     | P1
            c2    | 2021-02-01 |            |     | U4
            c3    | 2021-01-01 | 2022-03-04 | E12 | U4
            c4    | 2021-01-01 | 2022-05-06 | E45 | U4
        """,
            address="""
            addr_person_id | addr_address_postcode | addr_address_start_date
            m1             | EX1 1AA               | 2019-01-01
            c5             | EX1 1AA               | 2020-02-02
        """,
        )
    )
    assert said["reasons"] == [
        "3 children removed, latest on 2021-02-01",
        "a child is recorded as in her care",
        "child c1: placed with parents or in a mother-and-baby unit since 2021-01-01",
        "child c2: in care, placed elsewhere since 2021-02-01",
        "child c3: adopted on 2022-03-04",
        "child c4: left care to someone else on 2022-05-06",
        "child c5: shares an address with her since 2020-02-02",
    ]
    assert [child["in_her_care"] for child in said["children_now"]] == [
        "recorded", "no", "no", "no", "recorded",
    ]  # fmt: skip


def test_why_she_is_in_no_tier_has_its_day():
    person = "pers_person_id | pers_dob | pers_death_date \n m1 | 1990-06-15 | 2024-02-03"
    said = of_m1(world(person=person, episodes="CHILD | DECOM \n c1 | 2021-01-01"))
    assert said["reasons"] == [
        "1 child removed, latest on 2021-01-01",
        "in no tier: she died on 2024-02-03",
    ]


def test_t4_says_how_her_own_care_and_her_child_are_known():
    said = of_m1(
        world(
            mother=f"{MOTHERS}\nm1|c1|birth",
            care_leaver="clea_person_id | clea_care_leaver_eligibility \n m1 | Relevant",
            cp_plan="cppl_person_id | cppl_cp_plan_start_date \n c1 | 2024-06-01",
        )
    )
    assert said["tier"] == "T4"
    assert "care leaver" in said["reasons"]
    assert "child c1: on a child protection plan since 2024-06-01" in said["reasons"]


def test_what_is_doubtful_stands_with_her():
    said = of_m1(
        world(
            mother=f"{MOTHERS}\nm1|c1|\nm1|c2|birth\nm2|c2|birth\nm1|c3|birth",
            person="""
            pers_person_id | pers_dob   | pers_expected_dob
            m1             |            | 1990-01-01
            c3             |            | 2024-11-01
        """,
            episodes="CHILD | DECOM \n c1 | 2021-01-01 \n c2 | 2021-01-01",
        )
    )
    assert said["doubts"] == [
        "child c3 was expected (2024-11-01) and no birth is recorded",
        "her age is estimated",
        "whether she is the birth mother of c1: the record does not say that the relationship is "
        "by birth",
        "whether she is the birth mother of c2: two women are recorded",
    ]


@pytest.mark.parametrize(
    ("place", "postcode", "until", "listed_for_checking"),
    [
        ("P1", "EX1 1AA", "", True),
        ("U4", "EX1 1AA", "", True),
        ("U4", "EX1 1AB", "", False),
        ("K2", "EX1 1AA", "", False),
        ("U4", "EX1 1AA", "2021-01-10", True),
        ("U4", "EX1 1AA", "2020-12-31", False),
    ],
)
def test_a_newborn_perhaps_placed_with_her_is_listed(place, postcode, until, listed_for_checking):
    """ "P1 or foster placement in the first 28 days with the mother at the same postcode"."""
    said = of_m1(
        world(
            mother=f"{MOTHERS}\nm1|c1|birth\nm1|c2|birth",
            dob={**BORN, "c1": "2020-12-25"},
            episodes=f"""
            CHILD | DECOM      | PLACE   | PL_POST
            c1    | 2021-01-05 | {place} | {postcode}
            c2    | 2021-06-05 | U4      |
        """,
            address=f"""
            addr_person_id|addr_address_postcode|addr_address_start_date|addr_address_end_date
            m1 | EX1 1AA | 2019-01-01 | {until}
        """,
        )
    )
    words = "child c1 may have been placed together with her as a newborn (2021-01-05)"
    assert (words in said["doubts"]) is listed_for_checking


def test_two_sources_that_differ_are_a_doubt():
    said = of_m1(
        world(
            mother=f"{MOTHERS}\nm1|c1|birth",
            episodes="""
            CHILD | DECOM      | DEC        | REC
            c1    | 2021-01-01 | 2021-06-01 | E4A
        """,
            cla_episode="""
            clae_person_id|clae_cla_id|clae_cla_episode_start_date|clae_cla_episode_ceased_date
            c1 | 1 | 2021-02-01 | 2021-06-01
        """,
        )
    )
    words = "the 903 return and the case system differ about the care of child c1 (2021-01-01)"
    assert words in said["doubts"]

"""Issues: what structured records say, and when."""

import pytest

from tests.worlds import world

ONE = "CHILD | DECOM \n c1 | 2021-01-01"
EVER_ONLY = "2012-01-01"


def assessed(factors, when=EVER_ONLY, **tables):
    return world(
        episodes=tables.pop("episodes", ONE),
        assessment=f"""
            cina_assessment_id | cina_person_id | cina_assessment_start_date
            a1                 | c1             | {when}
        """,
        assessment_factor=f"""
            cinf_assessment_id | cinf_assessment_factors_json
            a1                 | {factors}
        """,
        **tables,
    )


@pytest.mark.parametrize(
    ("factor", "issue"),
    [
        ("1B", "alcohol"),
        ("2B", "drugs"),
        ("3B", "domestic_abuse"),
        ("4B", "mental_health"),
        ("5B", "learning_disability"),
        ("6B", "physical_health"),
    ],
)
def test_factors_about_a_parent(issues_of, factor, issue):
    """ "assessment factors 1B alcohol, 2B drugs, 3B domestic abuse, 4B mental health, 5B learning
    disability, 6B physical (suffix B = a parent ...)"
    """
    assert issues_of(assessed(f'["{factor}"]')) == {f"{issue} ever": "yes"}


@pytest.mark.parametrize("factors", ["[]", "", '["1A", "1C", "7A"]', "[null]", "{}"])
def test_missing_is_not_no(issues_of, factors):
    """ "Missing is not no: a factor absent from an assessment's list is not recorded" """
    assert issues_of(assessed(factors)) == {}


def test_a_list_may_hold_nulls(issues_of):
    """Extract: "an array `["1B","4B"]` (nulls inside happen)"."""
    assert issues_of(assessed('["1B", null, "4B"]')) == {
        "alcohol ever": "yes",
        "mental_health ever": "yes",
    }


def test_an_explicit_no_is_a_recorded_no(issues_of):
    """ "an explicit "No" is recorded no" """
    assert issues_of(assessed('{"1B": "Yes", "4B": "No"}')) == {
        "alcohol ever": "yes",
        "mental_health ever": "no",
    }


def test_an_object_may_have_keys_that_are_no_codes(issues_of):
    """Extract: "or an object `{"1B":"Yes","4B":"No"}`"; a key is whatever somebody wrote there."""
    odd = r'{"say \"so\"": "Yes", "": "Yes", "$.4B": "Yes", "1b": true, "2B": 0, "3B": null}'
    assert issues_of(assessed(odd)) == {"alcohol ever": "yes", "drugs ever": "no"}


ALL_NO = {
    f"{issue} ever": "no"
    for issue in (
        "alcohol", "drugs", "domestic_abuse", "mental_health", "learning_disability",
        "physical_health",
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("factors", "issues"),
    [('["21"]', ALL_NO), ('["21", null]', ALL_NO), ('["21", "2B"]', {"drugs ever": "yes"})],
)
def test_factor_21_alone_is_a_recorded_no_for_all_six(issues_of, factors, issues):
    """ "factor 21 ... is recorded no" """
    assert issues_of(assessed(factors)) == issues


def test_yes_wins_over_no_within_one_timing(issues_of):
    """Yes, recorded no or not recorded: one answer for each timing."""
    answer = issues_of(
        world(
            episodes=ONE,
            assessment="""
            cina_assessment_id | cina_person_id | cina_assessment_start_date
            a1                 | c1             | 2012-01-01
            a2                 | c1             | 2024-06-01
        """,
            assessment_factor="""
            cinf_assessment_id | cinf_assessment_factors_json
            a1                 | ["1B"]
            a2                 | {"1B": "No"}
        """,
        )
    )
    assert answer == {"alcohol current": "no", "alcohol ever": "yes"}


@pytest.mark.parametrize(
    ("when", "timings"),
    [
        ("2020-01-01", []),
        ("2020-01-02", ["at_latest_removal"]),  # 365 days before 2021-01-01
        ("2021-04-01", ["at_latest_removal"]),  # 90 days after
        ("2021-04-02", []),
        ("2023-12-31", []),
        ("2024-01-01", ["current"]),  # 12 months before the reference date
        ("2025-01-01", ["current"]),
    ],
)
def test_when_it_held(issues_of, when, timings):
    """ "at latest removal (365 days before to 90 after ...), current (within 12 months of the
    reference date), ever"
    """
    answer = issues_of(assessed('["1B"]', when))
    assert answer == {f"alcohol {timing}": "yes" for timing in [*timings, "ever"]}


def test_what_is_dated_after_the_reference_date_is_not_known_yet(issues_of):
    """ "facts dated later are ignored", within the 90 days after a removal too."""
    late = "CHILD | DECOM \n c1 | 2024-12-01"
    assert issues_of(assessed('["1B"]', "2025-01-02", episodes=late)) == {}


def test_the_latest_removal_is_of_the_count_and_may_be_a_re_entry(issues_of):
    """At latest removal: her latest removal of any child in that count, re-entries included."""
    drawn = assessed(
        '["1B"]',
        "2022-12-01",
        episodes="""
        CHILD | DECOM      | LS | DEC        | REC
        c1    | 2021-01-01 | C1 | 2021-06-01 | E4A
        c1    | 2023-01-01 | V2 |            |
    """,
    )
    assert issues_of(drawn) == {"alcohol at_latest_removal": "yes", "alcohol ever": "yes"}
    assert issues_of(drawn, "strict") == {"alcohol ever": "yes"}


@pytest.mark.parametrize(
    "evidence",
    [
        {"care_leaver": "clea_person_id | clea_care_leaver_eligibility \n m1 | Relevant"},
        {"header": "CHILD | DOB | MOTHER \n m1 | 1990-06-15 | 1"},
    ],
)
def test_care_experience_holds_at_every_timing(issues_of, evidence):
    """ "care leaver tables, legal status": once care-experienced, always."""
    assert issues_of(world(episodes=ONE, **evidence)) == {
        "care_experienced at_latest_removal": "yes",
        "care_experienced current": "yes",
        "care_experienced ever": "yes",
    }


@pytest.mark.parametrize(
    ("need", "issues"),
    [("N7", {"poverty at_latest_removal": "yes", "poverty ever": "yes"}), ("N1", {}), ("", {})],
)
def test_low_income_of_her_child_dated_by_the_episode(issues_of, need, issues):
    """ "CIN need codes": N7, low income, on an episode of her child."""
    drawn = world(episodes=f"CHILD | DECOM | CIN \n c1 | 2021-01-01 | {need}")
    assert issues_of(drawn) == issues


def test_any_child_of_hers_counts_removed_or_not(issues_of):
    """Factors of any assessment of any child of hers by birth; a stepchild's do not count."""
    drawn = world(
        mother="""
            moth_person_id | moth_childs_person_id | moth_relationship
            m1             | c1                    | birth
            m1             | c2                    | birth
            m1             | c3                    | step
        """,
        episodes=ONE,
        assessment="""
            cina_assessment_id | cina_person_id | cina_assessment_start_date
            a2                 | c2             | 2012-01-01
            a3                 | c3             | 2012-01-01
        """,
        assessment_factor="""
            cinf_assessment_id | cinf_assessment_factors_json
            a2                 | ["2B"]
            a3                 | ["4B"]
        """,
    )
    assert issues_of(drawn) == {"drugs ever": "yes"}


@pytest.mark.parametrize("restricted", ["m1", "c1"])
def test_nothing_is_known_of_restricted_people(issues_of, restricted):
    """ "Restricted people leave before removals are made": mother or child, no issue remains."""
    assert issues_of(assessed('["1B"]').but(restricted=frozenset({restricted}))) == {}


@pytest.mark.parametrize(
    ("given", "issues"),
    [("c1", {"alcohol ever": "yes"}), ("L1", {"alcohol ever": "yes"}), ("L2", {})],
)
def test_an_assessment_under_the_id_of_the_return(issues_of, given, issues):
    """A CIN census in XML has the authority's own id of a child, which SSDA903 has too."""
    study = world(
        mother="moth_person_id | moth_childs_person_id \n m1 | c1",
        episodes="CHILD | DECOM \n L1 | 2021-01-01 \n L2 | 2021-01-01",
        linked_identifier="""
            link_person_id | link_identifier_type | link_identifier_value
            c1             | 903                  | L1
        """,
        assessment=f"""
            cina_assessment_id | cina_person_id | cina_assessment_start_date
            a1                 | {given}        | 2012-01-01
        """,
        assessment_factor="""
            cinf_assessment_id | cinf_assessment_factors_json
            a1                 | ["1B"]
        """,
    )
    assert issues_of(study) == issues

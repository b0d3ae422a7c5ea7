"""Who is whose mother, which records are one woman, and which child an id of SSDA903 means."""

import pytest

from tests.worlds import world

TWO = """
    CHILD | DECOM
    c1    | 2021-01-01
    c2    | 2023-01-01
"""
TWO_RECORDS = """
    moth_person_id | moth_childs_person_id
    m1             | c1
    m2             | c2
"""


@pytest.mark.parametrize(
    ("relationship", "removed"),
    [
        *[(r, ["c1"]) for r in ("birth", "", "unknown", "Birth")],
        *[(r, []) for r in ("adoptive", "step", "foster")],
        *[(r, []) for r in ("father", "grandmother", "aunt", "special guardian")],
    ],
)
def test_birth_blank_and_unknown_are_taken_as_birth(cohort_of, relationship, removed):
    """ "Relationship `birth`, blank or `unknown` is taken as birth ...; adoptive, step and foster
    never count." Nor does another relation, where a system keeps all in one table (ADR 9, 16).
    """
    answer = cohort_of(
        world(
            episodes="CHILD | DECOM \n c1 | 2021-01-01",
            mother=f"""
        moth_person_id | moth_childs_person_id | moth_relationship
        m1             | c1                    | {relationship}
    """,
        )
    )
    assert answer.removed() == removed
    assert answer.flow["women"] == len(removed)


def test_ended_relationships_count(cohort_of):
    """Extract: the table "must hold ended relationships too"; she remains the mother."""
    answer = cohort_of(
        world(
            episodes="CHILD | DECOM \n c1 | 2021-01-01",
            mother="""
        moth_person_id | moth_childs_person_id | moth_start_date | moth_end_date
        m1             | c1                    | 2018-03-01      | 2021-02-01
    """,
        )
    )
    assert answer.removed() == ["c1"]


@pytest.mark.parametrize(("start", "removed"), [("2025-01-01", ["c1"]), ("2025-01-02", [])])
def test_relationships_that_start_later_are_ignored(cohort_of, start, removed):
    """ADR 9, 16: "Relationship rows that start after the reference date are ignored"."""
    answer = cohort_of(
        world(
            episodes="CHILD | DECOM \n c1 | 2021-01-01",
            mother=f"""
        moth_person_id | moth_childs_person_id | moth_start_date
        m1             | c1                    | {start}
    """,
        )
    )
    assert answer.removed() == removed


def test_a_row_without_a_child_makes_nobody_a_mother(cohort_of):
    """Extract: "relationship rows with a null child" are a sign of truncation."""
    answer = cohort_of(world(mother="moth_person_id | moth_childs_person_id \n m1 | \n m2 | c1"))
    assert answer.flow["women"] == 1
    assert answer.flow["person_records"] == 3


def test_nobody_is_her_own_mother(cohort_of):
    """ADR 9, 16: "that row makes nobody a mother"."""
    answer = cohort_of(world(mother="moth_person_id | moth_childs_person_id \n m1 | m1 \n m2 | c1"))
    assert (answer.flow["women"], answer.flow["not_mothers"]) == (1, 2)


@pytest.mark.parametrize(
    ("first", "second", "used"),
    [
        ("5 | 2019-01-01", "1 | 2019-01-02", "m1"),  # the earlier start
        ("5 | 2019-01-01", "1 |           ", "m1"),  # no start is later than any
        ("9 | 2019-01-01", "10 | 2019-01-01", "m1"),  # then the lower id, as a number
        ("b | 2019-01-01", "a | 2019-01-01", "m2"),  # or as text
        ("5 |", "4 |", "m2"),
    ],
)
def test_of_two_birth_mothers_one_is_used(cohort_of, first, second, used):
    """ "Two birth mothers for one child: ... the one with the earlier `moth_start_date`, then the
    lower `moth_table_id`, is used"
    """
    answer = cohort_of(
        world(
            episodes="CHILD | DECOM \n c1 | 2021-01-01",
            mother=f"""
        moth_person_id | moth_childs_person_id | moth_table_id | moth_start_date
        m1             | c1                    | {first}
        m2             | c1                    | {second}
    """,
        )
    )
    other = {"m1": "m2", "m2": "m1"}[used]
    assert (answer.removed(used), answer.removed(other)) == (["c1"], [])
    assert answer.flow["women"] == 2


def test_two_records_of_one_woman_are_not_two_mothers(cohort_of):
    """ADR 9, 17: "two different women after linkage"."""
    answer = cohort_of(
        world(
            episodes=TWO,
            mother=TWO_RECORDS + "m2 | c1",
            linked_identifier="""
            link_person_id | link_identifier_type | link_identifier_value
            m1             | former id            | m2
        """,
        )
    )
    assert answer.removed("m1") == answer.removed("m2") == ["c1", "c2"]
    assert (answer.flow["women"], answer.flow["joined"]) == (1, 1)


def test_a_removed_child_without_a_mother_is_in_nobodys_count(cohort_of):
    """ "woman: one real mother of at least one child": a child whose mother is not found counts for
    linkage coverage, not for a woman.
    """
    answer = cohort_of(
        world(mother="moth_person_id | moth_childs_person_id \n m1 | c1", episodes=TWO)
    )
    assert answer.removed() == ["c1"]


JOINED = {
    "nhs number": """
        pers_person_id | pers_single_unique_id
        m1             | 999 000 0018
        m2             | 9990000018
    """,
    "upn": """
        pers_person_id | pers_upn
        m1             | H801200001001
        m2             | h801200001001
    """,
    "legacy id is the other's id": """
        pers_person_id | pers_legacy_id
        m1             | m2
        m2             |
    """,
    "the same legacy id": """
        pers_person_id | pers_legacy_id
        m1             | L77
        m2             | L77
    """,
    "name and birth date": """
        pers_person_id | pers_forename | pers_surname | pers_dob
        m1             | Mary Ann      | O'Hara       | 1990-06-15
        m2             | MARY-ANN      | Ohara        | 15/06/1990
    """,
}
APART = {
    "unknown upn": """
        pers_person_id | pers_upn
        m1             | UN3
        m2             | UN3
    """,
    "a birth date that stands where none is known": """
        pers_person_id | pers_forename | pers_surname | pers_dob
        m1             | Mary          | Ohara        | 1900-01-01
        m2             | Mary          | Ohara        | 1900-01-01
    """,
    "words that stand where no name is known": """
        pers_person_id | pers_forename | pers_surname | pers_dob
        m1             | Unknown       | Mother       | 1990-06-15
        m2             | unknown       | Mother       | 1990-06-15
    """,
    "what stands where there is no number": """
        pers_person_id | pers_single_unique_id | pers_legacy_id
        m1             | 999 999 9999          | SSD_PH
        m2             | 9999999999            | ssd_ph
    """,
    "another birth date": """
        pers_person_id | pers_forename | pers_surname | pers_dob
        m1             | Mary          | Ohara        | 1990-06-15
        m2             | Mary          | Ohara        | 1990-06-16
    """,
    "no birth date": """
        pers_person_id | pers_forename | pers_surname | pers_dob
        m1             | Mary          | Ohara        |
        m2             | Mary          | Ohara        |
    """,
    "no forename": """
        pers_person_id | pers_forename | pers_surname | pers_dob
        m1             |               | Ohara        | 1990-06-15
        m2             |               | Ohara        | 1990-06-15
    """,
    "another surname": """
        pers_person_id | pers_forename | pers_surname | pers_dob
        m1             | Mary          | Ohara        | 1990-06-15
        m2             | Mary          | Moss         | 1990-06-15
    """,
}


@pytest.mark.parametrize("person", JOINED.values(), ids=JOINED)
def test_strict_linkage_joins_on_declared_identity(cohort_of, person):
    """ "Strict: person records joined only on declared identity (same id, linked identifier, exact
    name + birth date)"
    """
    answer = cohort_of(world(mother=TWO_RECORDS, person=person, episodes=TWO))
    assert answer.woman("m1")["person_ids"] == ["m1", "m2"]
    assert answer.removed() == ["c1", "c2"]


@pytest.mark.parametrize("person", APART.values(), ids=APART)
def test_strict_linkage_joins_on_nothing_less(cohort_of, person):
    """ "only on declared identity" """
    answer = cohort_of(world(mother=TWO_RECORDS, person=person, episodes=TWO))
    assert answer.flow["women"] == 2


@pytest.mark.parametrize(
    ("rows", "women"),
    [
        ("m1 | NHS | 42 \n m2 | nhs | 4 2", 1),
        ("m1 | NHS | 42 \n m2 | former UPN | 42", 2),
        ("m1 | NHS | 42 \n m2 | NHS | 43", 2),
        ("m1 | legacy id | M2", 1),
        ("m2 | anything | m1", 1),
        ("m1 | NHS | \n m2 | NHS |", 2),
        ("m1 | legacy id | SSD_PH \n m2 | legacy id | SSD_PH", 2),
        ("m1 | legacy id | 000 \n m2 | legacy id | 000", 2),
        ("m1 | legacy id | 77777 \n m2 | legacy id | 77777", 2),
        ("m1 | legacy id | 77 \n m2 | legacy id | 77", 1),
        ("m1 | 903 child id | 42 \n m2 | 903 child id | 42", 1),
    ],
)
def test_linked_identifiers_join_by_type_and_value_or_by_naming_the_other(cohort_of, rows, women):
    """A linked identifier of the same type and value, ignoring case and spaces, or one whose value
    is the other's person id.
    """
    answer = cohort_of(
        world(
            mother=TWO_RECORDS,
            episodes=TWO,
            linked_identifier=f"""
        link_person_id | link_identifier_type | link_identifier_value
        {rows}
    """,
        )
    )
    assert answer.flow["women"] == women


@pytest.mark.parametrize(
    ("person", "women"),
    [
        ("m1 | Unknown | Mother |", 0),
        ("m1 | NOT KNOWN | - | 01/01/1900", 0),
        ("m1 | Unknown | Mother | 1990-06-15", 1),
        ("m1 | Mary | Unknown |", 1),
        ("m1 | | |", 1),
    ],
)
def test_a_mother_nobody_knows_is_no_woman(cohort_of, person, women):
    """ "woman: one real mother": many children may hang on one record that says she is not known.

    An id without name and birth date is a mother who is no client, and is one.
    """
    columns = "pers_person_id | pers_forename | pers_surname | pers_dob"
    mother = "moth_person_id | moth_childs_person_id \n m1 | c1 \n m1 | c2"
    answer = cohort_of(world(mother=mother, person=f"{columns} \n {person}", episodes=TWO))
    assert answer.flow["women"] == women


def test_joining_is_transitive(cohort_of):
    """Three records, each tied to the next, are one woman; a record need not be a mother's."""
    answer = cohort_of(
        world(
            mother=TWO_RECORDS,
            person="pers_person_id | pers_dob \n x | 1990-06-15",
            linked_identifier="""
            link_person_id | link_identifier_type | link_identifier_value
            m1             | former id            | x
            x              | former id            | m2
        """,
            episodes=TWO,
        )
    )
    assert answer.woman("m1")["person_ids"] == ["m1", "m2", "x"]
    assert (answer.flow["mothers_records"], answer.flow["joined"]) == (3, 2)


@pytest.mark.parametrize(
    ("tables", "removed"),
    [
        ({"linked_identifier": "link_person_id | link_identifier_value \n c1 | 9001"}, ["c1"]),
        (
            {
                "person": "pers_person_id | pers_upn \n c1 | H801200001001",
                "header": "CHILD | DOB | UPN \n 9001 | 2018-03-01 | H801200001001",
            },
            ["c1"],
        ),
        (
            {
                "person": "pers_person_id | pers_upn \n c1 | UN1",
                "header": "CHILD | DOB | UPN \n 9001 | 2018-03-01 | UN1",
            },
            [],
        ),
        (
            {
                "linked_identifier": "link_person_id | link_identifier_value \n c2 | 9001",
                "person": "pers_person_id | pers_upn \n c1 | H801200001001",
                "header": "CHILD | DOB | UPN \n 9001 | 2018-03-01 | H801200001001",
            },
            ["c2"],
        ),
        (
            {
                "linked_identifier": """
                    link_person_id | link_identifier_type | link_identifier_value
                    c1             | 903 child id         | 9001
                    c2             | legacy id            | 9001
                """,
            },
            [],
        ),
        ({}, []),
    ],
    ids=["linked identifier", "upn", "unknown upn", "identifier first", "ambiguous", "nothing"],
)
def test_a_childs_903_id_is_joined_to_the_case_system(cohort_of, tables, removed):
    """Extract: "joined directly, else through linked identifier, else by ... UPN"; if two people
    fit, it stays unjoined.
    """
    answer = cohort_of(
        world(
            mother="moth_person_id | moth_childs_person_id \n m1 | c1 \n m1 | c2",
            episodes="CHILD | DECOM \n 9001 | 2021-01-01",
            **tables,
        )
    )
    assert answer.removed() == removed


def test_two_ids_of_one_child_give_one_history(cohort_of):
    """ "child: ... may have several ids": the episode known under both ids is one episode."""
    answer = cohort_of(
        world(
            linked_identifier="link_person_id | link_identifier_value \n c1 | 9001",
            mother="moth_person_id | moth_childs_person_id \n m1 | c1",
            episodes="""
            CHILD | DECOM      | DEC        | REC
            9001  | 2021-01-01 | 2021-06-01 | X1
            c1    | 2021-06-01 |            |
        """,
        )
    )
    assert answer.events() == ["2021-01-01 c1 court"]

"""A child registered before birth and again after it is one child; two pregnancies are two."""

import pytest

from tests.worlds import world


def families(cohort_of, people, mother="m1 | u1 \n m1 | c1", **tables):
    """Return her children where one of them, c1, was removed."""
    answer = cohort_of(
        world(
            person=f"pers_person_id | pers_dob | pers_expected_dob \n {people}",
            mother=f"moth_person_id | moth_childs_person_id \n {mother}",
            episodes="CHILD | DECOM \n c1 | 2024-06-01",
            **tables,
        )
    )
    return answer.woman("m1")["children"]


@pytest.mark.parametrize(
    ("born", "children"),
    [
        ("2024-01-02", 1),  # 120 days before the expected date
        ("2024-01-01", 2),
        ("2024-05-01", 1),
        ("2024-06-15", 1),  # 45 days after it
        ("2024-06-16", 2),
    ],
)
def test_one_child_where_the_birth_is_near_the_expected_date(cohort_of, born, children):
    """Issue: "unborn→born"; ADR 17: "120 days before to 45 days after the expected date"."""
    assert len(families(cohort_of, f"u1 | | 2024-05-01 \n c1 | {born} |")) == children


def test_twins_expected_and_born_are_two_children(cohort_of):
    """ "one to one" """
    people = "u1 | | 2024-05-01 \n u2 | | 2024-05-01 \n c1 | 2024-04-20 | \n c2 | 2024-04-20 |"
    mother = "m1 | u1 \n m1 | u2 \n m1 | c1 \n m1 | c2"
    assert len(families(cohort_of, people, mother)) == 2


def test_a_twin_nobody_expected_is_a_second_child(cohort_of):
    """One unborn record is one of the two, not both."""
    people = "u1 | | 2024-05-01 \n c1 | 2024-04-20 | \n c2 | 2024-04-20 |"
    assert len(families(cohort_of, people, "m1 | u1 \n m1 | c1 \n m1 | c2")) == 2


def test_a_birth_goes_with_the_nearest_of_two_expected_dates(cohort_of):
    """One pregnancy, told twice: the record further from the birth stays, as one to check."""
    people = "u1 | | 2024-05-01 \n u2 | | 2024-05-20 \n c1 | 2024-05-02 |"
    assert len(families(cohort_of, people, "m1 | u1 \n m1 | u2 \n m1 | c1")) == 2


@pytest.mark.parametrize(
    "mother",
    ["m2 | u1 \n m1 | c1", "m1 | u1 \n m1 | c1 \n m2 | c1", "m1 | u1 \n m2 | u1 \n m1 | c1"],
)
def test_the_mother_must_be_the_same_and_the_only_one(cohort_of, mother):
    """ADR 17: "both have the same mother alone"."""
    joined = families(cohort_of, "u1 | | 2024-05-01 \n c1 | 2024-05-01 |", mother)
    assert len(joined) == len({row.split("|")[1].strip() for row in mother.split("\n")
                               if row.split("|")[0].strip() == "m1"})  # fmt: skip


def test_a_born_record_with_an_expected_date_of_its_own_is_another_child(cohort_of):
    """It was itself registered before birth, so the other record is not its first."""
    assert len(families(cohort_of, "u1 | | 2024-05-01 \n c1 | 2024-05-01 | 2024-05-03")) == 2


def test_a_child_in_the_return_is_born(cohort_of):
    """Whoever stands in the 903 return is not unborn, whatever the case system forgot."""
    people = "u1 | | 2024-05-01 \n c1 | 2024-05-01 |"
    header = "CHILD | DOB \n u1 | 2024-03-01"
    assert len(families(cohort_of, people, header=header)) == 2

"""Linkage coverage: removed children for whom no mother was found, and which children these are."""

import pytest

from tests.worlds import world

engine = pytest.importorskip("tests.engine")

ONE_MOTHER = "moth_person_id | moth_childs_person_id\nm1 | c1"


def coverage_of(drawn):
    with engine.studied(drawn, until="cohort") as connection:
        rows = connection.execute(
            "SELECT breakdown, value, with_mother, removed_children FROM cohort.coverage "
            "WHERE linkage = 'strict'"
        ).fetchall()
    return {(by, group): (found, children) for by, group, found, children in rows}


@pytest.mark.parametrize(
    ("born", "removed", "group"),
    [
        ("2020-03-01", "2020-03-01", "under 28 days"),
        ("2020-03-01", "2020-03-28", "under 28 days"),
        ("2020-03-01", "2020-03-29", "28 days to under 1"),
        ("2020-03-01", "2021-02-28", "28 days to under 1"),
        ("2020-03-01", "2021-03-01", "1–4"),
        ("2015-03-01", "2020-02-29", "1–4"),
        ("2015-03-01", "2020-03-01", "5–9"),
        ("2010-03-01", "2020-02-29", "5–9"),
        ("2010-03-01", "2020-03-01", "10–15"),
        ("2004-03-01", "2020-02-29", "10–15"),
        ("2004-03-01", "2020-03-01", "16–17"),
        ("", "2020-03-01", "not known"),
    ],
)
def test_children_are_grouped_by_their_age_at_first_removal(born, removed, group):
    """ "the report also shows under 1, 1–4, 5–9, 10–15, 16–17", and of these the newborn (under 28
    days) apart. The first removal tells the age, whatever follows.
    """
    drawn = world(
        mother=ONE_MOTHER,
        dob={"c1": born},
        episodes=f"""
            CHILD | DECOM      | DEC        | REC
            c1    | {removed}  | 2021-04-01 | E4A
            c1    | 2022-06-01 |            |
        """,
    )
    ages = {key: count for key, count in coverage_of(drawn).items() if key[0] == "age"}
    assert ages == {("age", group): (1, 1)}


def test_each_child_is_in_one_group_of_each_breakdown():
    """ "removed children with no mother found, in all and by year, by how care ended (adoption
    E11/E12 apart), by ethnicity group"
    """
    drawn = world(
        mother=ONE_MOTHER,
        person="""
            pers_person_id | pers_dob   | pers_ethnicity
            c1             | 2018-01-01 | WBRI
            c2             | 2019-01-01 | APKN
            c3             | 2011-01-01 |
        """,
        episodes="""
            CHILD | DECOM      | DEC        | REC
            c1    | 2018-01-02 | 2019-01-02 | E11
            c2    | 2019-06-01 | 2020-01-02 | E4A
            c2    | 2021-06-01 |            |
            c3    | 2018-06-01 | 2018-07-01 | E44
        """,
    )
    assert coverage_of(drawn) == {
        ("all", "all"): (1, 3),
        ("year", "2018"): (1, 2), ("year", "2019"): (0, 1),
        ("age", "under 28 days"): (1, 1), ("age", "28 days to under 1"): (0, 1),
        ("age", "5–9"): (0, 1),
        ("ended", "adopted"): (1, 1), ("ended", "still in care"): (0, 1),
        ("ended", "special guardianship or child arrangements"): (0, 1),
        ("ethnicity", "White"): (1, 1), ("ethnicity", "Asian"): (0, 1),
        ("ethnicity", "Not recorded"): (0, 1),
    }  # fmt: skip

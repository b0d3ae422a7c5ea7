"""Facts that cannot be: each is found where it stands, under the id of the person it is told of."""

import pytest

from tests.engine import studied
from tests.worlds import world

ONE = "CHILD | DECOM | DEC \n c1 | 2021-01-01 | 2021-06-01"

PLANTED = {
    "child_born_before_mother_was_11": {
        "episodes": ONE, "dob": {"m1": "2000-03-02", "c1": "2011-03-01"},
    },
    "child_born_after_mothers_death": {
        "episodes": "CHILD | DECOM \n c2 | 2017-01-01",
        "dob": {"c1": "2018-03-02", "c2": "2016-01-01"},
        "person": "pers_person_id | pers_dob | pers_death_date \n m1 | 1990-06-15 | 2018-03-01",
        "mother": "moth_person_id | moth_childs_person_id \n m1 | c1 \n m1 | c2",
    },
    "episode_ends_before_it_starts": {"episodes": "CHILD|DECOM|DEC \n c1|2021-06-01|2021-05-31"},
    "overlapping_episodes": {
        "episodes": "CHILD|DECOM|DEC \n c1|2021-01-01|2021-06-01 \n c1|2021-05-31|2021-09-01",
    },
    "removal_after_death": {
        "episodes": ONE,
        "person": "pers_person_id | pers_dob | pers_death_date \n c1 | 2018-03-01 | 2020-12-31",
    },
    "removal_after_mothers_death": {
        "episodes": ONE,
        "person": "pers_person_id | pers_dob | pers_death_date \n m1 | 1990-06-15 | 2020-12-31",
    },
    "two_birth_mothers": {
        "episodes": ONE,
        "mother": "moth_person_id | moth_childs_person_id \n m1 | c1 \n m2 | c1",
        "dob": {"m2": "1985-01-01"},
    },
    "own_mother": {
        "episodes": ONE,
        "mother": "moth_person_id | moth_childs_person_id \n m1 | c1 \n c1 | c1",
        "dob": {"c1": "2018-03-01"},
    },
    "mother_recorded_as_male": {
        "episodes": ONE,
        "person": "pers_person_id | pers_sex \n m1 | M",
    },
}  # fmt: skip
"""A world for each fact, in which nothing else is impossible."""

ALLOWED = {
    "a mother recorded as female": {
        "episodes": ONE, "person": "pers_person_id | pers_sex \n m1 | F",
    },
    "a father said to be the father": {
        "episodes": ONE,
        "person": "pers_person_id | pers_sex \n m2 | 1",
        "mother": """
            moth_person_id | moth_childs_person_id | moth_relationship
            m1             | c1                    | birth
            m2             | c1                    | Father
        """,
    },
    "born on the day the mother turned 11": {
        "episodes": ONE, "dob": {"m1": "2000-03-01", "c1": "2011-03-01"},
    },
    "born on the day of the mother's death": {
        "episodes": "CHILD | DECOM \n c2 | 2017-01-01",
        "dob": {"c1": "2018-03-01", "c2": "2016-01-01"},
        "person": "pers_person_id | pers_dob | pers_death_date \n m1 | 1990-06-15 | 2018-03-01",
        "mother": "moth_person_id | moth_childs_person_id \n m1 | c1 \n m1 | c2",
    },
    "an episode of one day": {"episodes": "CHILD|DECOM|DEC \n c1|2021-01-01|2021-01-01"},
    "an episode that starts as another ends": {
        "episodes": "CHILD|DECOM|DEC \n c1|2021-01-01|2021-06-01 \n c1|2021-06-01|2021-09-01",
    },
    "an episode that an earlier return still shows open": {
        "episodes": """
            _file | CHILD | DECOM      | DEC
            2020  | c1    | 2021-01-01 |
            2021  | c1    | 2021-01-01 | 2021-06-01
            2021  | c1    | 2021-06-01 | 2021-09-01
        """,
    },
    "a removal on the day of death": {
        "episodes": ONE,
        "person": "pers_person_id | pers_dob | pers_death_date \n c1 | 2018-03-01 | 2021-01-01",
    },
    "a birth and an adoptive mother": {
        "episodes": ONE,
        "mother": """
            moth_person_id | moth_childs_person_id | moth_relationship
            m1             | c1                    | birth
            m2             | c1                    | adoptive
        """,
    },
    "one birth mother told of twice": {
        "episodes": ONE,
        "mother": "moth_person_id|moth_childs_person_id|moth_table_id \n m1|c1|1 \n m1|c1|2",
    },
}  # fmt: skip
"""Worlds a day or a word short of an impossible fact."""


def facts(told):
    with studied(told, until="quality") as connection:
        return connection.execute("SELECT kind, id FROM quality.impossible ORDER BY ALL").fetchall()


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_fact_is_found_and_no_other(kind):
    whom = "m1" if kind == "mother_recorded_as_male" else "c1"
    assert facts(world(**PLANTED[kind])) == [(kind, whom)]


@pytest.mark.parametrize("case", ALLOWED)
def test_what_can_be_is_not_listed(case):
    assert facts(world(**ALLOWED[case])) == []


def test_facts_of_the_case_system_are_found_beside_the_return():
    """The return is used for a child it knows; what the case system says counts here too."""
    told = world(
        episodes=ONE,
        cla_episode="""
        clae_person_id | clae_cla_id | clae_cla_episode_start_date | clae_cla_episode_ceased_date
        c1             | p1          | 2021-01-01                  | 2020-01-01
        c2             | p2          | 2021-01-01                  | 2021-03-01
        c2             | p2          | 2021-02-01                  | 2021-04-01
    """,
    )
    assert facts(told) == [
        ("episode_ends_before_it_starts", "c1"), ("overlapping_episodes", "c2"),
    ]  # fmt: skip


def test_overlaps_within_one_return_are_found_though_a_later_return_is_used():
    told = world(
        episodes="""
        _file | CHILD | DECOM      | DEC
        2020  | c1    | 2020-05-01 | 2020-09-01
        2020  | c1    | 2020-08-01 | 2020-10-01
        2021  | c1    | 2020-05-01 | 2020-08-01
        2021  | c1    | 2020-08-01 | 2021-05-01
    """
    )
    assert facts(told) == [("overlapping_episodes", "c1")]


def test_a_removal_after_an_episode_that_ended_in_death_is_found():
    told = world(episodes="CHILD|DECOM|DEC|REC \n c1|2021-01-01|2021-06-01|E2 \n c1|2022-01-01||")
    assert facts(told) == [("removal_after_death", "c1")]


@pytest.mark.parametrize(("restricted", "left"), [("c1", []), ("m1", []), ("m2", [])])
def test_a_fact_about_a_restricted_person_is_not_told(restricted, left):
    """Of two birth mothers one is restricted: nothing that is left says that there was another."""
    told = world(**PLANTED["two_birth_mothers"]).but(restricted=frozenset([restricted]))
    assert facts(told) == left

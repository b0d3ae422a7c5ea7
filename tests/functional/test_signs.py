"""Signs that an extract was cut short: seen where the cut was made, and only there."""

from datetime import date

import pytest

from casescope.synthetic import write_county
from tests.functional.planted import Given

YEAR_OF_FILE = r"CAST(regexp_extract(_file, 'ssda903_(\d{4})', 1) AS INTEGER)"


def without_ends_before(day):
    """What a window leaves out: spells of the case system that ended before its first day."""
    return [
        f"DELETE FROM cla_episode WHERE clae_cla_episode_ceased_date < '{day}'",
        f"DELETE FROM placement WHERE clap_cla_placement_end_date < '{day}'",
        f"DELETE FROM legal_status WHERE lega_legal_status_end_date < '{day}'",
    ]


def without_returns(condition):
    """What happens if some years' returns were not loaded."""
    return [
        f"DELETE FROM episodes WHERE {YEAR_OF_FILE} {condition}",
        "DELETE FROM source_file WHERE table_name = 'episodes' "
        "AND file NOT IN (SELECT _file FROM episodes)",
    ]


def given_again(year):
    """A year's return in a second file."""
    return [
        "INSERT INTO episodes SELECT * REPLACE ('again.csv' AS _file) FROM given.episodes "
        f"WHERE {YEAR_OF_FILE} = {year}",
        "INSERT INTO source_file (file, table_name, rows_read) VALUES ('again.csv', 'episodes', 9)",
    ]


def mothers(*settings):
    return [f"UPDATE person SET {', '.join(settings)} WHERE pers_person_id IN "
            "(SELECT DISTINCT moth_person_id FROM mother ORDER BY ALL LIMIT 4)"]  # fmt: skip


NEVER_LOOKED_AFTER_BEFORE = """
    DELETE FROM cla_episode WHERE clae_person_id IN (
        SELECT clae_person_id FROM given.cla_episode
        WHERE clae_cla_episode_start_date < '2020-03-31')"""
WINDOW = "cla_episode, legal_status, placement"

PLANTED = {
    "six years before the extract": (
        without_ends_before("2020-03-31"), {"six_year_window": WINDOW},
    ),
    "six years, legal statuses alone": (
        without_ends_before("2020-03-31")[2:], {"six_year_window": "legal_status"},
    ),
    "six years of returns": (without_returns("< 2020"), {"six_year_window": "episodes"}),
    "seven financial years": (
        without_ends_before("2019-04-01"), {"financial_year_window": WINDOW},
    ),
    "four returns": (without_returns("< 2022"), {"financial_year_window": "episodes"}),
    "a window that nobody knows": (
        without_ends_before("2021-10-17"), {"short_history": WINDOW},
    ),
    "no ended relationships": (
        ["DELETE FROM mother WHERE moth_end_date IS NOT NULL"], {"no_ended_relationships": None},
    ),
    "a relationship table without end dates": (
        ["UPDATE mother SET moth_end_date = NULL"], {"no_ended_relationships": None},
    ),
    "no relationships": (["DELETE FROM mother"], {"no_relationship_table": None}),
    "relationships of adopted children": (
        ["DELETE FROM mother WHERE moth_childs_person_id IN (SELECT perm_person_id FROM permanence "
         "WHERE perm_permanence_order_type = 'Adoption') "
         "AND CAST(right(moth_childs_person_id, 1) AS INTEGER) < 8"],
        {"adopted_without_mother": None},
    ),
    "all care": (
        ["DELETE FROM episodes", "DELETE FROM cla_episode",
         "DELETE FROM source_file WHERE table_name IN ('episodes', 'cla_episode')"],
        {"no_care_records": None},
    ),
    "a return in the middle": (without_returns("= 2017"), {"missing_return": "2017–18"}),
    "two returns in the middle": (
        without_returns("IN (2016, 2018)"), {"missing_return": "2016–17, 2018–19"},
    ),
    "the newest return": (without_returns("= 2025"), {"table_stops": "episodes"}),
    "legal statuses of the last nine months": (
        ["DELETE FROM legal_status WHERE lega_legal_status_start_date > '2025-06-30'",
         "UPDATE legal_status SET lega_legal_status_end_date = NULL "
         "WHERE lega_legal_status_end_date > '2025-06-30'"],
        {"table_stops": "legal_status"},
    ),
    "a table of the database that lacks a column": (
        ["INSERT INTO source_file (file, rows_read, note) VALUES ('postgresql/x.ssd_cla_episodes', "
         "0, 'it is nearest to ''cla_episode'' but lacks clae_cla_id')"],
        {"table_not_read": "cla_episode"},
    ),
    "every row of a table": (["DELETE FROM proceedings"], {"table_empty": "proceedings"}),
    "a placeholder for a table": (
        ["INSERT INTO pre_proceedings (prep_person_id, _file, _row, _copies) "
         "SELECT pers_person_id, 'prep.csv', 2, 1 FROM person LIMIT 9",
         "INSERT INTO source_file (file, table_name, rows_read) "
         "VALUES ('prep.csv', 'pre_proceedings', 9)"],
        {"table_empty": "pre_proceedings"},
    ),
    "rows that start care": (
        ["DELETE FROM episodes WHERE \"RNE\" = 'S'"], {"first_episode_not_a_start": "episodes"},
    ),
    "why an episode of the case system began": (
        ["DELETE FROM cla_episode WHERE clae_cla_episode_start_reason = 'S' "
         "AND CAST(right(clae_person_id, 1) AS INTEGER) < 3"],
        {"first_episode_not_a_start": "cla_episode"},
    ),
    "the child of a relationship": (
        ["INSERT INTO mother SELECT * REPLACE (NULL AS moth_childs_person_id) FROM mother LIMIT 1"],
        {"relationship_without_child": None},
    ),
    "name and birth date of four mothers": (
        mothers("pers_forename = NULL", "pers_surname = NULL", "pers_dob = NULL",
                "pers_expected_dob = NULL"),
        {"mother_without_name_or_birth": None},
    ),
    "person rows of four mothers": (
        ["DELETE FROM person WHERE pers_person_id IN "
         "(SELECT DISTINCT moth_person_id FROM mother ORDER BY ALL LIMIT 4)"],
        {"mother_without_name_or_birth": None},
    ),
    "all names": (
        ["UPDATE person SET pers_forename = NULL, pers_surname = NULL"],
        {"mother_without_name_or_birth": "no name"},
    ),
    "the kind of relationship": (
        ["UPDATE mother SET moth_relationship = NULL"],
        {"relationship_not_said_to_be_birth": None},
    ),
    "the ends of the newest return": (
        [f'UPDATE episodes SET "DEC" = NULL, "REC" = NULL WHERE {YEAR_OF_FILE} = 2025'],
        {"nothing_ends": "episodes"},
    ),
    "that an older extract was loaded as well": (
        ["INSERT INTO cla_episode SELECT * REPLACE (NULL AS clae_cla_episode_ceased_date, "
         "NULL AS clae_cla_episode_ceased_reason, 'older.csv' AS _file) FROM cla_episode "
         "WHERE clae_cla_episode_ceased_date > '2025-01-01' "
         "ORDER BY clae_cla_episode_ceased_date LIMIT 9",
         "INSERT INTO source_file (file, table_name, rows_read) "
         "VALUES ('older.csv', 'cla_episode', 9)"],
        {"several_extracts": "cla_episode"},
    ),
    "the borders between returns": (
        ["UPDATE episodes SET _file = 'all.csv'",
         "UPDATE source_file SET file = 'all.csv' WHERE table_name = 'episodes'"],
        {"several_returns_in_one_file": None},
    ),
    "that a return was sent again": (
        [f"DELETE FROM episodes WHERE {YEAR_OF_FILE} = 2017 AND \"CHILD\" IN "
         f"(SELECT min(\"CHILD\") FROM given.episodes WHERE {YEAR_OF_FILE} = 2017)",
         *given_again("2017")],
        {"return_given_twice": "2017–18"},
    ),
    "that a return was copied": (given_again("2017"), {}),
}  # fmt: skip
"""What is left out of a whole extract, how, and the sign (and where) that it must leave."""


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    folder = tmp_path_factory.mktemp("signs") / "county"
    write_county(folder, mothers=250, seed=11)
    return Given(folder)


@pytest.mark.parametrize("left_out", PLANTED)
def test_what_was_left_out_is_seen_and_nothing_else(given, left_out):
    faults, expected = PLANTED[left_out]
    seen = given.signs(faults)
    assert {name: where for name, (_, _, where) in seen.items()} == expected


def test_a_relationship_window_shows_in_the_relationships_and_in_the_adopted(given):
    """The mothers of children adopted longer ago are missing: both facts are true."""
    seen = given.signs(["DELETE FROM mother WHERE moth_end_date < '2020-03-31'"])
    assert set(seen) <= {"six_year_window", "adopted_without_mother"}
    assert seen["six_year_window"][2] == "mother"


def test_a_system_that_began_six_years_ago_is_not_taken_for_a_window(given):
    """Nobody in it was in care before: nothing that ended is missing."""
    seen = given.signs([NEVER_LOOKED_AFTER_BEFORE])
    assert "six_year_window" not in seen
    assert "cla_episode" not in str(seen)


def test_records_that_all_stop_early(given):
    assert set(given.signs(reference_date=date(2027, 3, 31))) == {"extract_stops_early"}


def test_counts_are_those_of_the_fault(given):
    (left_out, _) = PLANTED["name and birth date of four mothers"]
    assert given.signs(left_out)["mother_without_name_or_birth"][0] == 4
    (left_out, _) = PLANTED["the child of a relationship"]
    assert given.signs(left_out)["relationship_without_child"][0] == 1


def test_a_missing_return_is_a_hole_in_its_year(given):
    whole, cut = (given.trend("return_rows", faults) for faults in ((), without_returns("= 2017")))
    assert whole[2017] > 0
    assert cut == {**whole, 2017: 0}
    ended = given.trend("episodes_ended", without_returns("= 2017"))
    assert ended[2017] < min(ended[2016], ended[2018]) / 2


def test_one_file_of_all_years_has_the_bars_that_its_years_would_have(given):
    """A return holds what was open in its year: so many rows each year has in the one file."""
    stacked, _ = PLANTED["the borders between returns"]
    whole = given.trend("return_rows", ())
    assert sum(whole.values()) > 1000
    assert given.trend("return_rows", stacked) == whole


@pytest.mark.parametrize(("mothers", "seed"), [(40, 1), (80, 2), (120, 3), (300, 4)])
def test_a_clean_county_shows_no_sign(tmp_path, mothers, seed):
    write_county(tmp_path / "county", mothers=mothers, seed=seed)
    assert Given(tmp_path / "county").signs() == {}


@pytest.mark.parametrize(("mess", "seed"), [(0.3, 5), (0.5, 6), (1.0, 7)])
def test_a_messy_county_shows_only_what_is_messy(tmp_path, mess, seed):
    """Mess loses relationships (most of adopted children), children in them, and mothers' names."""
    write_county(tmp_path / "county", mothers=150, seed=seed, mess=mess)
    made = {"adopted_without_mother", "relationship_without_child", "mother_without_name_or_birth"}
    assert set(Given(tmp_path / "county").signs()) <= made

"""The model of lenient linkage: Splink, fed from memory alone.

What is compared are names, dates and postcodes of women, so nothing here touches a disk: the
connection is private, in memory, and may not spill.
"""

import logging
from importlib import resources
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from casescope.identified.links.comparison import COMPARISONS, FORENAME, SURNAME, Comparison
from casescope.identified.links.training import (
    FREQUENCIES,
    Comparisons,
    by_chance,
    number,
    people,
    tell_frequencies,
    trained,
)
from casescope.vault.sql import create_tables

if TYPE_CHECKING:
    from splink import Linker

MEMORY_LIMIT = "1GB"

_FEW_RECORDS = 10_000
"""Up to so many, one thread compares them quicker than several are started."""

BLOCKS = (
    "birth_key", "slipped", "born_alike", "living_alike", "parents_alike", "care_alike",
    "considered",
)  # fmt: skip
"""On the way to the pairs worth comparing."""

START = 1e-4
"""The prior that Splink is given; it is taken off again, for pairs are weighed anew with ours."""

SECOND_RECORDS = (0.02, 0.3)
"""Least and greatest share of women taken to have a further record that nothing declares."""

USUAL_SHARE, WORTH = 0.1, 300
"""The share to begin with, and how many women of the file it takes to outweigh it."""

CERTAIN = 0.97
"""How probable a pair must be whose birth dates are only alike and for which no home, number or
child speaks: so much, that is, that its names are too rare to be another woman's too."""

SURE_OF_CHANCE = 1
"""How many bearers of a whole name outweigh what chance would make of its parts."""

_VARIANT_BY_RARER = (
    f"CASE WHEN gamma_forename = {FORENAME.number('variant')} THEN greatest(0, least(3, "
    "log2(0.0015 / least(often_l.tf_forename, often_r.tf_forename)))) ELSE 0 END"
)
"""Two forms of one name: the rarer of the two, the more it says, up to three bits."""

NAMESAKES = ("bearing", "namesake_share", "namesake")
"""On the way to how much less than their parts two whole names say that agree."""

_NAMED = {
    # the least level at which forenames, and surnames, are taken to be one name
    "called": FORENAME.number("short form"), "agreed": SURNAME.number("her child's"),
    "sure": SURE_OF_CHANCE, "usual": 0.002, "worth": 500,
}  # fmt: skip

ENOUGH_NAMES = 500
"""People of whom a file must speak before it can tell that a name is rare."""

ROUNDS = 12
"""How often the share of second records is reckoned anew from the pairs it makes probable."""


def private_connection(records: int) -> duckdb.DuckDBPyConnection:
    """Return a connection to memory alone, from which no query reaches a file."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY_LIMIT,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            **({"threads": "1"} if records <= _FEW_RECORDS else {}),
        },
    )
    connection.execute("SET temp_directory=''")
    connection.execute("SET enable_external_access=false")
    return connection


def scored_pairs(appearance: pa.Table, *, least: float) -> pa.Table:
    """Return pairs of persons that are probably (at least `least`) one, and in what they agree.

    `appearance` has the columns of appearance.sql. The same table gives the same answer.
    """
    with private_connection(appearance.num_rows) as connection:
        connection.register("given", appearance)
        connection.execute("CREATE TABLE appearance AS SELECT * FROM given ORDER BY unique_id")
        connection.unregister("given")
        create_tables(connection, __package__, BLOCKS, {}, kept=("considered",))
        if number(connection, "SELECT count(*) FROM considered"):
            connection.execute(f"CREATE TABLE weighed AS {_weighed(connection)}")
        else:
            connection.execute(f"CREATE TABLE weighed ({_WEIGHED})")
        bound = {
            "odds": _prior_odds(connection), "least": least, "certain": CERTAIN,
            "enough": ENOUGH_NAMES,
        }  # fmt: skip
        return connection.execute(_query("pair"), bound).to_arrow_table()


_WEIGHED = "subject_l BIGINT, subject_r BIGINT, weight DOUBLE, siblings BOOLEAN, " + ", ".join(
    f"{comparison.name} VARCHAR" for comparison in COMPARISONS
)


def _query(name: str) -> str:
    return resources.files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _weighed(connection: duckdb.DuckDBPyConnection) -> str:
    """Score the considered pairs with Splink; return the query of what each pair's facts weigh."""
    from splink import DuckDBAPI, Linker

    # it warns of levels that no pair reaches, which a small file always has
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection)
    rows = api.register("appearance")
    tell_frequencies(connection)

    def linker(comparisons: Comparisons) -> "Linker":
        made = Linker(rows, _settings(comparisons), log_level=None, validate_settings=False)
        for column in FREQUENCIES:
            table = api.table_to_splink_dataframe(f"frequency_{column}", f"frequency_{column}")
            made.table_management.register_term_frequency_lookup(table, column)
        return made

    comparisons = trained(linker, connection, by_chance(connection))
    scoring = linker(comparisons)
    scoring.table_management.register_blocked_pairs_for_predict(api.register("considered"))
    table = scoring.inference.predict(warning_mode="never").physical_name
    connection.execute(f"CREATE VIEW predicted AS SELECT * FROM {table}")
    create_tables(connection, __package__, NAMESAKES, _NAMED, kept=("namesake",))
    words = ", ".join(f"{_worded(comparison)} AS {comparison.name}" for comparison in comparisons)
    return (
        "SELECT subject_l, subject_r, "
        f"round(match_weight - log2({START} / (1 - {START})) - coalesce(bits, 0) "
        f"+ {_VARIANT_BY_RARER}, 9) AS weight, "
        f"list_has_any(l.parents, r.parents) AS siblings, {words} FROM predicted "
        "LEFT JOIN namesake USING (unique_id_l, unique_id_r) "
        "LEFT JOIN frequency_forename AS often_l ON often_l.forename = forename_l "
        "LEFT JOIN frequency_forename AS often_r ON often_r.forename = forename_r "
        "JOIN appearance AS l ON l.unique_id = unique_id_l "
        "JOIN appearance AS r ON r.unique_id = unique_id_r"
    )


def _worded(comparison: Comparison) -> str:
    words = "".join(
        f" WHEN {place} THEN '{comparison.word(place).replace(chr(39), chr(39) * 2)}'"
        for place in range(len(comparison.levels))
    )
    return f"CASE gamma_{comparison.name}{words} ELSE 'not known' END"


def _prior_odds(connection: duckdb.DuckDBPyConnection) -> float:
    """Return the odds, before anything is compared, that a person is one woman with a mother.

    The share of women with a further record is what makes the most of the pairs come true: begun at
    one in ten, reckoned anew from the pairs, held within bounds.
    """
    mothers = number(connection, "SELECT count(DISTINCT subject) FROM appearance WHERE is_mother")
    # pairs in all, for each mother: two mothers are one pair, not two
    others, share = people(connection) - mothers / 2, USUAL_SHARE
    for _ in range(ROUNDS):
        expected = number(
            connection,
            f"SELECT sum(1 / (1 + {others / share} * 2 ** least(-weight, 900))) FROM "
            "(SELECT max(weight) AS weight FROM weighed GROUP BY subject_l, subject_r)",
        )
        share = (expected + USUAL_SHARE * WORTH) / (mothers + WORTH)
        share = min(max(share, SECOND_RECORDS[0]), SECOND_RECORDS[1])
    return share / others


def _settings(comparisons: Comparisons) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "max_iterations": 8,
        "em_convergence": 0.001,
        "probability_two_random_records_match": START,
        "blocking_rules_to_generate_predictions": ["l.dob = r.dob"],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": ["subject"],
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_levels": [
                    {"sql_condition": comparison.unknown, "label_for_charts": "not known",
                     "is_null_level": True},
                    *(
                        {"sql_condition": level.condition, "label_for_charts": level.word,
                         "m_probability": level.m, "u_probability": level.u,
                         **({"tf_adjustment_column": level.frequency} if level.frequency else {})}
                        for level in comparison.levels
                    ),
                ],
            }
            for comparison in comparisons
        ],
    }  # fmt: skip

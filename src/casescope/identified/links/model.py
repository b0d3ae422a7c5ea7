"""The model of lenient linkage: Splink, fed from memory alone.

What is compared are names, dates and postcodes of women, so nothing here touches a disk: the
connection is private, in memory, and may not spill.
"""

import logging
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa

from casescope.identified.links.comparison import (
    BIRTH,
    CHILDREN,
    COMPARISONS,
    FORENAME,
    SURNAME,
    Comparison,
)
from casescope.identified.links.training import (
    FREQUENCIES,
    Comparisons,
    believe,
    by_chance,
    number,
    tell_frequencies,
    trained,
)
from casescope.vault.sql import create_tables

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

CERTAIN = 0.95
"""How probable a pair must be whose birth dates are only alike and for which no home, number or
child speaks: so much, that is, that its names are too rare to be another woman's too."""

SURE_OF_CHANCE = 1
"""How many bearers of a whole name outweigh what chance would make of its parts."""

_VARIANT_BY_RARER = (
    f"CASE WHEN gamma_forename = {FORENAME.number('variant')} THEN greatest(0, least(3, "
    "log2(0.0015 / least(often_l.tf_forename, often_r.tf_forename)))) ELSE 0 END"
)
"""Two forms of one name: the rarer of the two, the more it says, up to three bits."""

_NEVER_ONE = " OR ".join(
    f"gamma_{comparison.name} IN ({', '.join(str(comparison.number(word)) for word in words)})"
    for comparison, words in (
        (FORENAME, ("differs", "near another name", "initial", "same, another middle name")),
        (BIRTH, ("differs",)),
        (CHILDREN, ("born too near each other",)),
    )
)
"""Pairs that are not joined unseen however much else agrees: so they do not teach either."""

NAMESAKES = ("bearing", "namesake_share", "namesake")
"""On the way to how much less than their parts two whole names say that agree."""

_NAMED = {
    # the least level at which forenames, and surnames, are taken to be one name
    "called": FORENAME.number("short form"), "agreed": SURNAME.number("her child's"),
    "sure": SURE_OF_CHANCE, "usual": 0.002, "worth": 500,
}  # fmt: skip

_SHARED = {"alias": SURNAME.number("also known as"), "child": SURNAME.number("her child's")}
"""The levels at which two surnames agree in one that is neither's, or not both's, own."""

ENOUGH_NAMES = 500
"""People of whom a file must speak before it can tell that a name is rare."""


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
        odds = 1.0
        if number(connection, "SELECT count(*) FROM considered"):
            odds = _weigh(connection)
        else:
            connection.execute(f"CREATE TABLE weighed ({_WEIGHED})")
        bound = {"odds": odds, "least": least, "certain": CERTAIN, "enough": ENOUGH_NAMES}
        return connection.execute(_query("pair"), bound).to_arrow_table()


_WEIGHED = "subject_l BIGINT, subject_r BIGINT, weight DOUBLE, siblings BOOLEAN, " + ", ".join(
    f"{comparison.name} VARCHAR" for comparison in COMPARISONS
)


def _query(name: str) -> str:
    return resources.files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _weigh(connection: duckdb.DuckDBPyConnection) -> float:
    """Write `weighed`, what each pair's facts weigh; return the odds of a pair before any."""
    comparisons = by_chance(connection)
    _compare(connection, comparisons)
    learnt, odds = trained(connection, comparisons)
    believe(connection, comparisons, learnt, odds)
    words = ", ".join(f"{_worded(comparison)} AS {comparison.name}" for comparison in comparisons)
    connection.execute(
        f"CREATE TABLE weighed AS SELECT subject_l, subject_r, weight, siblings, {words} "
        "FROM believed WHERE NOT declared"
    )
    return odds


def _compare(connection: duckdb.DuckDBPyConnection, comparisons: Comparisons) -> None:
    """Write `compared`: the pairs as Splink scores them, and which of them may teach."""
    from splink import DuckDBAPI, Linker

    # Splink warns of levels that no pair reaches, which a small file always has
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection)
    rows = api.register("appearance")
    tell_frequencies(connection)
    scoring = Linker(rows, _settings(comparisons), log_level=None, validate_settings=False)
    for column in FREQUENCIES:
        table = api.table_to_splink_dataframe(f"frequency_{column}", f"frequency_{column}")
        scoring.table_management.register_term_frequency_lookup(table, column)
    scoring.table_management.register_blocked_pairs_for_predict(api.register("considered"))
    predicted = scoring.inference.predict(warning_mode="never").physical_name
    connection.execute(f"CREATE VIEW predicted AS SELECT * FROM {predicted}")
    create_tables(connection, __package__, NAMESAKES, _NAMED, kept=("namesake",))
    create_tables(connection, __package__, ["shared"], _SHARED)
    gammas = ", ".join(f"gamma_{comparison.name}" for comparison in comparisons)
    connection.execute(
        "CREATE TEMP TABLE compared AS SELECT unique_id_l, unique_id_r, subject_l, subject_r, "
        f"match_weight - log2({START} / (1 - {START})) - coalesce(namesake.bits, 0) "
        f"+ coalesce(shared.bits, 0) + {_VARIANT_BY_RARER} AS weight, {gammas}, "
        "coalesce(list_has_any(l.parents, r.parents), false) AS siblings, "
        "subject_l = subject_r AS declared, "
        f"subject_l = subject_r OR NOT (siblings OR {_NEVER_ONE}) AS teaches FROM predicted "
        "LEFT JOIN namesake USING (unique_id_l, unique_id_r) "
        "LEFT JOIN shared USING (unique_id_l, unique_id_r) "
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

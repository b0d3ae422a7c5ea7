"""The pseudonymise step: people become tokens, dates become days from the reference date.

Rows are written in the order of their random tokens, so that their order says nothing either.
"""

from collections.abc import Mapping
from importlib import resources

import duckdb

from casescope.dataset.invariants import check
from casescope.dataset.schema import AREA_NOT_KNOWN, OTHER_AREAS, TABLES, ddl
from casescope.dataset.signs import FACTS
from casescope.dataset.table import Table
from casescope.kernel import codes
from casescope.kernel.canonical import Json
from casescope.vault.sql import parameters_of
from casescope.vault.steps import Step

CODES: dict[str, Json] = {
    "ethnic_codes": list(codes.ETHNIC_GROUPS),
    "ethnic_groups": list(codes.ETHNIC_GROUPS.values()),
    "least_in_area": 20,
    "area_not_known": AREA_NOT_KNOWN,
    "other_areas": OTHER_AREAS,
    "impossible_facts": [fact.id for fact in FACTS],
}


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    connection.execute(
        "CREATE TEMP TABLE token AS SELECT registered AS subject, token FROM identities.identity"
    )
    for table in TABLES:
        connection.execute(ddl(table))
        _fill(connection, table, {**CODES, **facts})
    connection.execute("DROP TABLE temp.token")
    check(connection)


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, facts: Mapping[str, object]) -> None:
    query = resources.files(__package__).joinpath(f"{table.name}.sql").read_text(encoding="utf-8")
    names = ", ".join(column.name for column in table.columns)
    connection.execute(
        f"INSERT INTO {table.name} ({names}) SELECT {names} FROM ({query}) "
        f"ORDER BY {', '.join(table.key)}",
        {name: facts[name] for name in parameters_of(query)},
    )


DATASET = Step(
    name="dataset",
    wing="analysis",
    reads=(
        "extract",
        "identities",
        "people",
        "removals",
        "cohort",
        "sensitivity",
        "quality",
        "reviewed",
    ),
    uses=("reference_date", "observation_start"),
    sources=("casescope.identified.pseudonymise", "casescope.dataset", "casescope.kernel"),
    build=_build,
)

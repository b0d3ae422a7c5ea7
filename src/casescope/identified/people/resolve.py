"""The people step: records and ids joined into women and children; restricted people leave here."""

from collections.abc import Mapping

import duckdb

from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step

TABLES = (
    "claim", "same_person", "record", "child_903", "maternal_link", "motherhood_all", "withheld",
    "known_as", "motherhood", "detail", "woman", "child",
)  # fmt: skip


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    create_tables(connection, __package__, TABLES, facts)


PEOPLE = Step(
    name="people",
    wing="identified",
    reads=("extract", "identities"),
    uses=("reference_date", "restrictions"),
    sources=("casescope.identified.people",),
    build=_build,
)

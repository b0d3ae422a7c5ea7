"""The people step: records and ids joined into women and children; restricted people leave here."""

from collections.abc import Mapping

import duckdb

from casescope.identified.people.lenient import join_women
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step

BEFORE = ("record", "child_903", "maternal_link")
"""What stands before women are joined over probable links."""

AFTER = (
    "same_woman", "motherhood_all", "withheld", "known_as", "motherhood", "detail", "woman",
    "child", "review",
)  # fmt: skip


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    create_tables(connection, __package__, BEFORE, facts)
    join_women(connection, facts)
    create_tables(connection, __package__, AFTER, facts)
    connection.execute("DROP TABLE waiting")


PEOPLE = Step(
    name="people",
    wing="identified",
    reads=("extract", "identities", "links"),
    uses=("reference_date", "restrictions", "link_threshold", "review_low", "link_decisions"),
    sources=("casescope.identified.people", "casescope.identified.links"),
    build=_build,
)

"""The id map: every person record and 903 id gets a random subject id and token, once, for good.

It is the one layer that remembers: a new load adds ids and never changes or drops one, so that
restrictions, decisions and tokens outlive every reload. Nothing in it is derived from a source id.
"""

import secrets
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from casescope.identified.ids import PersonId
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step


def _build(connection: duckdb.DuckDBPyConnection, _facts: Mapping[str, Json]) -> None:
    """Keep the map so far, and register every id in the extract that is not in it."""
    _keep_previous(connection)
    create_tables(connection, __package__, ["unregistered"], {})
    row = connection.execute("SELECT count(*) FROM unregistered").fetchone()
    _register(connection, int(row[0]) if row else 0)


def add_person(connection: duckdb.DuckDBPyConnection, person: PersonId) -> None:
    """Copy the map so far and register one person record that no extract has named yet."""
    _keep_previous(connection)
    connection.execute(
        "CREATE TABLE unregistered AS SELECT 'person' AS source, $id AS source_id, 1::BIGINT AS "
        "turn, coalesce((SELECT max(registered) FROM identity), 0) AS so_far",
        {"id": person.value},
    )
    _register(connection, 1)


def _keep_previous(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE identity (source VARCHAR, source_id VARCHAR, subject_id VARCHAR, "
        "token VARCHAR, registered BIGINT, PRIMARY KEY (source, source_id))"
    )
    attached = connection.execute(
        "SELECT 1 FROM duckdb_databases() WHERE database_name = 'previous'"
    ).fetchone()
    if attached:
        connection.execute("INSERT INTO identity SELECT * FROM previous.identity")


def _register(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Give each unregistered id a subject id and a token from the system's random source."""
    connection.register(
        "fresh",
        pa.table(
            {
                "turn": pa.array(range(1, count + 1), pa.int64()),
                "subject_id": pa.array([secrets.token_hex(8) for _ in range(count)], pa.string()),
                "token": pa.array([secrets.token_hex(16) for _ in range(count)], pa.string()),
            }
        ),
    )
    connection.execute(
        "INSERT INTO identity SELECT source, source_id, subject_id, token, so_far + turn "
        "FROM unregistered JOIN fresh USING (turn)"
    )
    connection.unregister("fresh")
    connection.execute("DROP TABLE unregistered")


IDENTITIES = Step(
    name="identities",
    wing="identified",
    reads=("extract",),
    uses=(),
    sources=("casescope.identified.people",),
    build=_build,
    keeps=True,
)

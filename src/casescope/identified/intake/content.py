"""What an extract holds, as one hash: for extracts that came as no file that could be hashed."""

import duckdb

from casescope.identified.intake.tables import TABLES
from casescope.kernel.canonical import digest


def content_digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the digest of every table's rows, in whatever order they came."""
    sums = {}
    for table in TABLES:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        row = connection.execute(
            f"SELECT count(*), coalesce(sum(hash({columns}, _file)::HUGEINT), 0)::VARCHAR "
            f"FROM {table.name}"
        ).fetchone()
        sums[table.name] = [str(one) for one in row or ()]
    return digest(sums)

"""The shared dataset as Parquet files that hold its tables and say nothing of where they came from.

No schema of Arrow's or pandas' is stored beside the tables: such a note may hold paths and indices.
"""

import io

import duckdb
import pyarrow.parquet as pq

from casescope.dataset.sharing.schema import SHARED_TABLES
from casescope.dataset.table import Table

SUFFIX = ".parquet"


def as_files(connection: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    """Return the tables last written by `recode.write`, by the name of their file.

    Rows lie in the order of their key: of random tokens, wherever the key begins with one.
    """
    return {f"{table.name}{SUFFIX}": _file(connection, table) for table in SHARED_TABLES}


def _file(connection: duckdb.DuckDBPyConnection, table: Table) -> bytes:
    names = ", ".join(column.name for column in table.columns)
    rows = connection.execute(
        f"SELECT {names} FROM temp.{table.name} ORDER BY {', '.join(table.key)}"
    ).to_arrow_table()
    out = io.BytesIO()
    pq.write_table(rows.replace_schema_metadata(None), out, compression="zstd", store_schema=False)
    return out.getvalue()

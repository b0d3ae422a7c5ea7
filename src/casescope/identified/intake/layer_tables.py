"""The tables of the layer that a load fills, before it has filled them."""

import duckdb

from casescope.identified.intake.tables import DATE, FLAG, TABLES, ExtractTable

_DUCKDB_TYPE = {DATE: "DATE", FLAG: "BOOLEAN"}


def create_empty(connection: duckdb.DuckDBPyConnection) -> None:
    """Create a table for each of TABLES, one for what was read, and one for problems."""
    tables = {table.name: _columns(table) for table in TABLES}
    tables["source_file"] = (
        "file VARCHAR, table_name VARCHAR, rows_read BIGINT, set_aside BIGINT, encoding VARCHAR, "
        "separator VARCHAR, extra_columns VARCHAR, note VARCHAR"
    )
    tables["problem"] = (
        "table_name VARCHAR, file VARCHAR, row BIGINT, column_name VARCHAR, kind VARCHAR, "
        "set_aside BOOLEAN, subject VARCHAR"
    )
    connection.execute(
        "; ".join(f"CREATE TABLE {name} ({columns})" for name, columns in tables.items())
    )


def _columns(table: ExtractTable) -> str:
    named = [
        f'"{column.name}" {_DUCKDB_TYPE.get(column.kind, "VARCHAR")}' for column in table.columns
    ]
    return ", ".join([*named, "_file VARCHAR", "_row BIGINT", "_copies BIGINT"])

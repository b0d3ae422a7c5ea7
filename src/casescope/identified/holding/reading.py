"""Reads what a hold keeps, for whoever settles the request, complaint or breach."""

from typing import Any

from casescope.vault.held import reading_rows
from casescope.vault.layers import Vault


def rows_held(vault: Vault, hold_id: str, sha256: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that a hold keeps by `layer.table`; tables without any are left out."""
    with reading_rows(vault, hold_id, sha256) as connection:
        places = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'held' "
            "ORDER BY ALL"
        ).fetchall()
        found = {}
        for layer, table in places:
            rows = connection.execute(f'SELECT * FROM held.{layer}."{table}"')
            names = [column[0] for column in rows.description]
            if kept := [dict(zip(names, row, strict=True)) for row in rows.fetchall()]:
                found[f"{layer}.{table}"] = kept
    return found

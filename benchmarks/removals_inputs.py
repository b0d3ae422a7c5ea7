"""What the DuckDB sides read: the tables as DuckDB files, and as the product's encrypted layers."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.pretend_study import REFERENCE_DATE
from benchmarks.removals_connected import LAYERS, STUDY, plain, records, vault_of
from casescope.identified.intake.load import load
from casescope.vault.layers import drafting


def prepare(tables: Path) -> dict[str, int]:
    """Write the tables that were made as Parquet into DuckDB files and into encrypted layers."""
    sizes = {}
    for layer in LAYERS:
        path = plain(tables, layer)
        with duckdb.connect(path) as connection:
            _fill(connection, layer, tables)
        sizes[f"{layer}, bytes"] = path.stat().st_size
    _encrypt(tables)
    return sizes


def _encrypt(tables: Path) -> None:
    vault = vault_of(tables)
    vault.folder.mkdir(parents=True)
    vault.keys.create(STUDY)
    made = {}
    for layer in LAYERS:
        with drafting(vault, name=layer, wing="identified", step_key="", inputs={}) as draft:
            _fill(draft.connection, layer, tables)
        made[layer] = asdict(draft.published())
    records(tables).write_text(json.dumps(made), encoding="utf-8")


def _fill(connection: duckdb.DuckDBPyConnection, layer: str, tables: Path) -> None:
    """Pour in the rows; the extract's tables are made by the product's own intake, all of them."""
    if layer == "extract":
        _shape(connection, tables)
    for path in sorted((tables / layer).glob("*.parquet")):
        file = pq.ParquetFile(path)
        reader = pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches())
        connection.register("incoming", reader)
        if layer == "extract":
            connection.execute(f"DELETE FROM {path.stem}")
            connection.execute(f"INSERT INTO {path.stem} BY NAME SELECT * FROM incoming")
        else:
            connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM incoming")
        connection.unregister("incoming")


def _shape(connection: duckdb.DuckDBPyConnection, tables: Path) -> None:
    """Load the smallest file, which makes every table of an extract, most of them empty."""
    folder = tables / "smallest"
    folder.mkdir(exist_ok=True)
    shutil.copy(tables / "csv" / "permanence.csv", folder)
    load(connection, [folder], reference_date=REFERENCE_DATE)

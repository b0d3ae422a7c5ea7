"""The removals step as casescope does it: its own SQL files on DuckDB, in memory or on layers."""

import time
from dataclasses import asdict
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.answer import Answer
from benchmarks.pretend_care import AUTHORITY, REFERENCE_DATE
from casescope.governance.parameters import Parameters
from casescope.identified.intake.load import load
from casescope.identified.removals.make import REMOVALS
from casescope.kernel.canonical import Json
from casescope.vault.connection import MEMORY_LIMIT
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault, drafting

_COUNTS = (
    "SELECT 'periods', count(*) FROM (SELECT DISTINCT child_id, period FROM care)",
    """SELECT 'removals ' || basis || ' ' || route
        || CASE WHEN compulsory THEN ' compulsory' ELSE '' END, count(*) FROM removal GROUP BY ALL
        UNION ALL SELECT 'removals, sum of days', sum(removed_on - DATE '1970-01-01') FROM removal
        UNION ALL SELECT 'removals, sum of ages in days', sum(age_days) FROM removal
        UNION ALL SELECT 'removals, sum of ages', sum(age) FROM removal""",
    """SELECT removals || ' events ' || route, count(*) FROM event GROUP BY ALL
        UNION ALL SELECT removals || ' events, sum of days', sum(event_on - DATE '1970-01-01')
            FROM event GROUP BY ALL
        UNION ALL SELECT removals || ' events, children', sum(children) FROM event GROUP BY ALL
        UNION ALL SELECT removals || ' events, new children', sum(new_children)
            FROM event GROUP BY ALL
        UNION ALL SELECT removals || ' events, sum of numbers', sum(event) FROM event GROUP BY ALL
        UNION ALL SELECT removals || ' events with a newborn', count(*) FILTER (newborn)
            FROM event GROUP BY ALL""",
    """SELECT removals || ' women', count(*) FROM history GROUP BY ALL
        UNION ALL SELECT removals || ' removed children', sum(removed_children)
            FROM history GROUP BY ALL
        UNION ALL SELECT removals || ' repeat events', sum(repeat_events) FROM history GROUP BY ALL
        UNION ALL SELECT removals || ' multiple removals', count(*) FILTER (multiple_removal)
            FROM history GROUP BY ALL
        UNION ALL SELECT removals || ' latest, sum of days', sum(latest_on - DATE '1970-01-01')
            FROM history GROUP BY ALL""",
)  # fmt: skip


def facts() -> dict[str, Json]:
    """Return what the step may depend on: the definitions' defaults and the pretend authority."""
    return {
        **asdict(Parameters()),
        "reference_date": REFERENCE_DATE,
        "authority_names": [AUTHORITY.lower()],
    }


def compute(tables: Path, work: Path) -> tuple[float, float, Answer]:  # noqa: ARG001  # contenders share a form
    """Return seconds (wall, processor) of the step alone, inputs in memory, and its answer."""
    connection = duckdb.connect(
        config={"memory_limit": MEMORY_LIMIT, "preserve_insertion_order": "false"}
    )
    for layer in ("extract", "people"):
        connection.execute(f"ATTACH ':memory:' AS {layer} (COMPRESS)")  # as layers always are
        _take_in(connection, layer, tables / layer)
        connection.execute(f"CHECKPOINT {layer}")
    connection.execute("ATTACH ':memory:' AS removals; USE removals")
    begun, used = time.perf_counter(), time.process_time()
    REMOVALS.build(connection, facts())
    taken = time.perf_counter() - begun, time.process_time() - used
    return *taken, _answer(connection)


def read_and_write(tables: Path, work: Path) -> tuple[float, float, Answer]:
    """Return seconds (wall, processor) from CSV files to an encrypted layer, and the answer.

    Reading is the product's whole intake: every value checked, problems listed, an encrypted
    layer of the extract written and read again. Who is whose mother is ready in a layer.
    """
    vault = Vault(work / "study", "benchmark", KeyRing(work / "keys"))
    vault.folder.mkdir(parents=True)
    vault.keys.create("benchmark")
    people = _people(vault, tables / "people")
    begun, used = time.perf_counter(), time.process_time()
    with drafting(vault, name="extract", wing="identified", step_key="", inputs={}) as draft:
        load(draft.connection, [tables / "csv"], reference_date=REFERENCE_DATE)
    inputs = {"extract": draft.published(), "people": people}
    with drafting(
        vault, name="removals", wing="identified", step_key="", inputs=inputs
    ) as removals:
        REMOVALS.build(removals.connection, facts())
    taken = time.perf_counter() - begun, time.process_time() - used
    with vault.reading([removals.published()]) as connection:
        connection.execute("USE removals")
        return *taken, _answer(connection)


def _people(vault: Vault, tables: Path) -> LayerRecord:
    """Write the people layer before the clock starts, by batches to leave memory as it was."""
    with drafting(vault, name="people", wing="identified", step_key="", inputs={}) as draft:
        for path in sorted(tables.glob("*.parquet")):
            file = pq.ParquetFile(path)
            reader = pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches())
            draft.connection.register("incoming", reader)
            draft.connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM incoming")
            draft.connection.unregister("incoming")
    return draft.published()


def _take_in(connection: duckdb.DuckDBPyConnection, layer: str, tables: Path) -> None:
    for path in sorted(tables.glob("*.parquet")):
        connection.execute(f"CREATE TABLE {layer}.{path.stem} AS SELECT * FROM '{path}'")


def _answer(connection: duckdb.DuckDBPyConnection) -> Answer:
    counted = (connection.execute(query).fetchall() for query in _COUNTS)
    return {name: int(value) for rows in counted for name, value in rows if value}

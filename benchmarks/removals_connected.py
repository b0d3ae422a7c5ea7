"""Where the DuckDB sides find their inputs, and a connection set as the product sets its own."""

import json
from pathlib import Path

import duckdb

from casescope.vault.connection import connected
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault

LAYERS = ("extract", "people")
STUDY = "benchmark"

_SETTINGS = (
    "memory_limit", "preserve_insertion_order", "allocator_flush_threshold",
    "allocator_bulk_deallocation_flush_threshold",
)  # fmt: skip
"""What decides how much memory is held: whatever the product says of these holds here too."""


def plain(tables: Path, layer: str) -> Path:
    """Return where a layer's tables lie as a DuckDB file in the clear."""
    return tables / f"{layer}.duckdb"


def records(tables: Path) -> Path:
    """Return where it is written what the encrypted layers are."""
    return tables / "layers.json"


def vault_of(tables: Path) -> Vault:
    """Return the pretend study's vault; its keys lie beside the study."""
    return Vault(tables / "study", STUDY, KeyRing(tables / "keys"))


def layers_of(tables: Path) -> dict[str, LayerRecord]:
    """Return the encrypted layers that were prepared."""
    held = json.loads(records(tables).read_text(encoding="utf-8"))
    return {name: LayerRecord(**record) for name, record in held.items()}


def in_memory(tables: Path, work: Path, *, limited: bool = True) -> duckdb.DuckDBPyConnection:
    """Return a connection that reads the inputs from files in the clear and writes to memory.

    The product's inputs are attached files too. What does not fit within its limit is spilt into
    `work`, as the product spills into the study's folder; not `limited`, it takes what it wants.
    """
    with connected([]) as product:
        settings = dict(
            product.execute(
                "SELECT name, value FROM duckdb_settings() WHERE name IN $names",
                {"names": list(_SETTINGS)},
            ).fetchall()
        )
    if not limited:
        del settings["memory_limit"]
    connection = duckdb.connect(config={**settings, "temp_directory": str(work / "spill")})
    for layer in LAYERS:
        connection.execute(f"ATTACH '{plain(tables, layer)}' AS {layer} (READ_ONLY)")
    connection.execute("ATTACH ':memory:' AS removals; USE removals")
    return connection

"""The one door to the analysis dataset: its layer alone, read-only, under its own wing's key."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from casescope.vault.layers import LayerRecord, Vault


@contextmanager
def opened(vault: Vault, layer: LayerRecord) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in which plain table names are the dataset's, and nothing else exists."""
    if layer.wing != "analysis":
        raise ValueError("only a layer of the analysis wing is a dataset")
    with vault.reading([layer]) as connection:
        connection.execute(f"USE {layer.name}")
        yield connection

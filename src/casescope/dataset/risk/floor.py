"""The refusal that stands before anything is shared person by person."""

from collections.abc import Sequence

import duckdb

from casescope.dataset.risk.measures import measure
from casescope.kernel.errors import BelowFloor


def check_floor(
    connection: duckdb.DuckDBPyConnection, table: str, quasi: Sequence[str], *, floor: int
) -> None:
    """Raise BelowFloor unless every record of `table` is like at least `floor` - 1 others."""
    found = measure(connection, table, quasi)
    if found.records == 0:
        raise BelowFloor(
            "Nobody is left in the dataset to be shared, so nothing can be sealed.",
            "Share the report's released figures instead.",
        )
    if found.k < floor:
        raise BelowFloor(
            f"The dataset to be shared is below the study's risk floor: at least {floor} women "
            f"must be alike, and the smallest group has {found.k}.",
            "Choose a recoding that reaches it (casescope risk HOME lists them), or share the "
            "report's released figures instead.",
        )

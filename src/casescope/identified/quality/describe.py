"""The quality step: rows, problems and gaps by file; signs of truncation; impossible facts.

Rows about people under restriction are left out of every count here.
"""

from collections.abc import Mapping
from importlib import resources

import duckdb

from casescope.dataset.signs import SERIES
from casescope.identified.quality.contents import describe
from casescope.kernel import codes
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step

_QUERIES = (
    "happening", "earliest_end", "return_file", "return_year", "beginning",
    "sign_of_relationship", "sign_of_window", "sign_of_return", "sign_of_extract", "sign_of_ends",
    "sign_of_table", "sign_of_beginning", "sign_of_mother", "sign_of_emptiness", "sign_of_value",
    "sign_of_lack", "sign_of_birth", "sign_of_zeros", "sign_of_authority", "sign", "trend",
    "joined", "linked", "overlap", "impossible",
)  # fmt: skip
KEPT = ("sign", "trend", "joined", "linked", "impossible")
"""What the layer holds of these; the tables on the way to them are dropped."""

CODES: dict[str, Json] = {
    "adopted_reasons": list(codes.ADOPTED_REASONS),
    "died_reasons": list(codes.DIED_REASONS),
    "series": list(SERIES),
}


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    query = resources.files(__package__).joinpath("withheld_id.sql").read_text(encoding="utf-8")
    connection.execute(f"CREATE TEMP TABLE withheld_id AS {query}")
    describe(connection)
    create_tables(connection, __package__, _QUERIES, {**CODES, **facts}, kept=KEPT)
    connection.execute("DROP TABLE temp.withheld_id")


QUALITY = Step(
    name="quality",
    wing="identified",
    reads=("extract", "people", "removals"),
    uses=("reference_date",),
    sources=(
        "casescope.identified.quality", "casescope.identified.intake", "casescope.dataset",
        "casescope.kernel",
    ),
    build=_build,
)  # fmt: skip

"""The reviewed step: of the links scored, how many were drawn and judged, and what was said.

Counted for all pairs and by group, by bands of probability: what precision and recall are
estimated from. It makes links of nobody and changes none.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from casescope.identified.review.sample import bands, contradicted
from casescope.kernel import codes
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step

_QUERIES = ("answer", "drawn", "scored", "pair_group", "links_reviewed")

CODES: dict[str, Json] = {
    "ethnic_codes": list(codes.ETHNIC_GROUPS),
    "ethnic_groups": list(codes.ETHNIC_GROUPS.values()),
}


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    threshold, low = float(str(facts["link_threshold"])), float(str(facts["review_low"]))
    within = bands(review_low=low, link_threshold=threshold)
    pairs = sorted(contradicted(connection, threshold))
    tables = {
        "band": pa.table({
            "place": pa.array(range(1, len(within) + 1), pa.int64()),
            "name": [band.name for band in within],
            "lower": [band.lower for band in within],
            "upper": [band.upper for band in within],
            "linked": [band.linked for band in within],
            "stopped": [band.stopped for band in within],
        }),
        "stopped": pa.table({
            "one": pa.array([one for one, _ in pairs], pa.int64()),
            "other": pa.array([other for _, other in pairs], pa.int64()),
        }),
    }  # fmt: skip
    for name, table in tables.items():
        connection.register(name, table)
    create_tables(connection, __package__, _QUERIES, {**CODES, **facts}, kept=["links_reviewed"])
    for name in tables:
        connection.unregister(name)


@dataclass(frozen=True)
class Counted:
    """One band of one group: pairs scored, judged, found one woman, and left unsure."""

    probability: str
    linked: bool
    pairs: int
    judged: int
    one_woman: int
    unsure: int


def counts(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[Counted]]:
    """Return the counts of each band, lowest first, by breakdown and group, in their order."""
    rows = connection.execute(
        "SELECT breakdown, value, probability, linked, pairs, judged, one_woman, unsure "
        "FROM reviewed.links_reviewed ORDER BY place"
    ).fetchall()
    found: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for breakdown, value, *counted in rows:
        found[breakdown, value].append(Counted(*counted))
    return dict(found)


REVIEWED = Step(
    name="reviewed",
    wing="identified",
    reads=("links", "people", "cohort"),
    uses=(
        "reference_date", "link_threshold", "review_low", "link_decisions", "links_unsure",
        "links_drawn",
    ),
    sources=("casescope.identified.review", "casescope.identified.links", "casescope.kernel"),
    build=_build,
)  # fmt: skip

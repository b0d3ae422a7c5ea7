"""Figures that were told before, read again as an attacker would read them."""

from collections.abc import Mapping
from typing import Any

from casescope.disclosure.pack import load
from casescope.disclosure.relations.figures import Readable, figures
from casescope.disclosure.released import (
    ReleasedCell,
    ReleasedCurve,
    ReleasedPoint,
    ReleasedRow,
    ReleasedTable,
)  # fmt: skip
from casescope.disclosure.whole import Before


def told_before(said: str, data: Mapping[str, Any]) -> Before:
    """Return what can be read off the figures of a report.json; `said` names the report."""
    read = Readable(
        tuple(_table(one) for one in data["tables"]), tuple(_curve(one) for one in data["curves"]),
        load(data["rules"]["name"]), data["facts"].get("linkage", "lenient"),
    )  # fmt: skip
    return Before(said, figures(read))


def _table(raw: Mapping[str, Any]) -> ReleasedTable:
    rows = tuple(
        ReleasedRow(tuple(row["labels"]), tuple(ReleasedCell(**cell) for cell in row["cells"]),
                    row["total"])
        for row in raw["rows"]
    )  # fmt: skip
    lists = {name: tuple(raw[name]) for name in ("dimensions", "columns", "caveats")}
    return ReleasedTable(**{**raw, **lists, "rows": rows})


def _curve(raw: Mapping[str, Any]) -> ReleasedCurve:
    points = tuple(ReleasedPoint(**point) for point in raw["points"])
    counts = {name: ReleasedCell(**raw[name]) for name in ("women", "events")}
    return ReleasedCurve(**{**raw, **counts, "points": points, "caveats": tuple(raw["caveats"])})

"""The statements that divide a table into classes and look into each; columns are the caller's."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Shares: TypeAlias = list[tuple[Any, ...]]
"""Of one column: each of its values, and the share of all records that has it."""

_CLASSES = """
WITH class AS (
    SELECT {columns}, count(*) AS records{counts} FROM {table} GROUP BY {places}
),
held AS (
    {held}
)
SELECT
    coalesce(CAST(sum(records) AS BIGINT), 0) AS records,
    count(*) AS classes,
    coalesce(min(records), 0) AS k,
    count(*) FILTER (records = 1) AS uniques,
    coalesce(sum(records) FILTER (records < $few) / sum(records), 0) AS share_in_small,
    coalesce(1 / min(records), 0) AS prosecutor,
    coalesce(1 / min(among), 0) AS journalist,
    coalesce(sum(records / among) / sum(records), 0) AS marketer{spreads}
FROM held
"""
"""Prosecutor: she is known to be in the table. Journalist: only to be among the population.
Marketer: the share of all records that would be matched rightly."""

_AMONG = """SELECT class.*, greatest(class.records, coalesce(everybody.records, 0)) AS among
    FROM class
    LEFT JOIN (SELECT {columns}, count(*) AS records FROM {population} GROUP BY {places})
        AS everybody ON {same}"""

_SPREAD = """
WITH overall AS (
    SELECT {value} AS value, count(*) / sum(count(*)) OVER () AS share FROM {table} GROUP BY 1
),
cell AS (
    SELECT {columns}, {value} AS value, count(*) AS records FROM {table} GROUP BY {places}, {last}
),
sized AS (
    SELECT *, sum(records) OVER (PARTITION BY {names}) AS class_records FROM cell
),
spread AS (
    SELECT
        count(*) AS diversity,
        -- values that a class lacks differ by their whole share: one less the shares it has
        (1 - sum(share) + sum(abs(records / class_records - share))) / 2 AS distance
    FROM sized
    INNER JOIN overall ON overall.value IS NOT DISTINCT FROM sized.value
    GROUP BY {names}
)
SELECT coalesce(min(diversity), 0) AS l, coalesce(max(distance), 0) AS t FROM spread
"""


def classes_statement(
    table: str, quasi: Sequence[str], sensitive: Mapping[str, Shares], *, population: str = ""
) -> tuple[str, dict[str, object]]:
    """Return the statement for one row of measures, and the values bound in it but `few`.

    It has `l0`, `t0` and so on for each sensitive column: the fewest of its values in a class, and
    half the sum of differences of shares between a class and all, of the farthest class.
    """
    counts: list[str] = []
    spreads: list[str] = []
    values: dict[str, object] = {}
    for place, (name, shares) in enumerate(sensitive.items()):
        cells = [f"v{place}_{number}" for number in range(len(shares))]
        for cell, (value, share) in zip(cells, shares, strict=True):
            counts.append(
                f"count(*) FILTER ({quoted(name)} IS NOT DISTINCT FROM ${cell}) AS {cell}"
            )
            values |= {cell: value, f"share_{cell}": share}
        spreads += _spreads(place, cells)
    return _CLASSES.format(
        columns=_columns(quasi), places=_places(quasi), table=table,
        counts="".join(f", {one}" for one in counts),
        spreads="".join(f", {one}" for one in spreads),
        held=_held(quasi, population),
    ), values  # fmt: skip


def _spreads(place: int, cells: Sequence[str]) -> tuple[str, str]:
    values = " + ".join(f"CAST({cell} > 0 AS INTEGER)" for cell in cells) or "0"
    distance = " + ".join(f"abs({cell} / records - $share_{cell})" for cell in cells) or "0"
    return (
        f"coalesce(min({values}), 0) AS l{place}",
        f"coalesce(max({distance}), 0) / 2 AS t{place}",
    )


def _held(quasi: Sequence[str], population: str) -> str:
    if not population:
        return "SELECT *, records AS among FROM class"
    same = " AND ".join(
        f"class.q{place} IS NOT DISTINCT FROM everybody.q{place}" for place in range(len(quasi))
    )
    return _AMONG.format(
        columns=_columns(quasi), places=_places(quasi), population=population, same=same
    )


def spread_statement(table: str, quasi: Sequence[str], name: str) -> str:
    """Return the statement for `l` and `t` of one sensitive column, however many values it has."""
    return _SPREAD.format(
        columns=_columns(quasi), places=_places(quasi), last=len(quasi) + 1, table=table,
        value=quoted(name), names=", ".join(f"q{place}" for place in range(len(quasi))),
    )  # fmt: skip


def _columns(quasi: Sequence[str]) -> str:
    return ", ".join(f"{quoted(name)} AS q{place}" for place, name in enumerate(quasi))


def _places(quasi: Sequence[str]) -> str:
    """Return columns by place: a name could be one of the table's own."""
    return ", ".join(str(place + 1) for place in range(len(quasi)))


def quoted(name: str) -> str:
    """Return a column's name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'

"""Runs a vetted query: the women of each group as a set, one bit for each woman of the dataset."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from casescope.dataset.sharing.opening import selected
from casescope.findings.finding import Count, Row, TableFinding
from casescope.findings.query.tree import refusal
from casescope.findings.query.vetting import WOMEN, Query

MOST_COMBINATIONS = 200
"""Groups of more than `_SMALL` women that one query may make."""

_SMALL, _MOST_SMALL = 9, 2_000
"""What the strictest rule pack hides, and how many such groups are looked at. Small groups don't
count towards the limit that can be reached: else a refusal would tell of the last of them."""

_FEW_LABELS = 6

TOTAL = "All women asked for"
NOTHING = "not recorded"
"""Stands where a group's expression has no value."""


@dataclass(frozen=True)
class Facts:
    """What the package says of itself: columns, and rows of words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Counted:
    """A query's groups as a table of exact counts, and the set of women behind each row.

    `women` is how many the dataset tells of; bit n of a set is the n-th token in their order.
    Groups are `parts` where no woman is in two of them.
    """

    table: TableFinding
    sets: tuple[int, ...]
    women: int
    parts: bool


def facts(query: Query, connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the package's facts that a query asks for."""
    listed = ", ".join(f"CAST({sql} AS VARCHAR)" for sql, _ in query.groups)
    found = _run(connection, f"SELECT DISTINCT {listed} {query.rows}{query.where} ORDER BY ALL")
    rows = tuple(tuple(NOTHING if cell is None else str(cell) for cell in row) for row in found)
    return Facts(tuple(name for _, name in query.groups), rows)


def count(query: Query, connection: duckdb.DuckDBPyConnection) -> Counted:
    """Return the women of each group of a vetted query."""
    women = int(_run(connection, "SELECT count(*) FROM shared_woman")[0][0])
    found = _run(connection, _statement(query, women)) if women else []
    sets = [int(row[-1] or "0", 2) for row in found]
    large = sum(one.bit_count() > _SMALL for one in sets)
    if large > MOST_COMBINATIONS or len(sets) > _MOST_SMALL:
        raise refusal(
            "The query makes too many groups, most of them too small to be told.",
            "Ask for fewer columns at once, or for wider groups.",
        )
    everybody = 0
    for one in sets:
        everybody |= one
    labels = [tuple(NOTHING if cell is None else str(cell) for cell in row[:-1]) for row in found]
    is_parted = sum(one.bit_count() for one in sets) == everybody.bit_count()
    return Counted(_table(query, labels, sets, everybody, parts=is_parted),
                   (*(sets if query.groups else ()), everybody), women, is_parted)  # fmt: skip


def _statement(query: Query, women: int) -> str:
    """Return the statement that counts: a bit for each woman, so that each counts once."""
    listed = "".join(f"CAST({sql} AS VARCHAR), " for sql, _ in query.groups)
    places = ", ".join(str(number) for number in range(1, len(query.groups) + 1))
    grouped = f" GROUP BY {places} ORDER BY {places}" if query.groups else ""
    return (
        "WITH numbered AS (SELECT woman, row_number() OVER (ORDER BY woman) - 1 AS place "
        "FROM shared_woman) "
        f"SELECT {listed}CAST(bitstring_agg(numbered.place, 0, {women - 1}) AS VARCHAR) "
        f"{query.rows} JOIN numbered ON numbered.woman = {query.woman}{query.where}{grouped} "
        f"LIMIT {_MOST_SMALL + 1}"
    )


def _table(
    query: Query,
    labels: list[tuple[str, ...]],
    sets: list[int],
    everybody: int,
    *,
    parts: bool,
) -> TableFinding:
    names = tuple(name for _, name in query.groups)
    rows = [
        Row(label, (Count(one.bit_count()),)) for label, one in zip(labels, sets, strict=True)
    ] if names else []  # fmt: skip
    blank = ("",) * (len(names) - 1)
    total = Row((TOTAL, *blank), (Count(everybody.bit_count()),), total=bool(rows) and parts)
    return TableFinding(
        "query", "Women, as asked", "women", names or ("Asked",), (WOMEN,), (*rows, total),
        "Women counted each once, from the shared dataset.", "The shared dataset", "",
        query.says, sums=_sums(labels) if parts else (),
    )  # fmt: skip


def _sums(labels: list[tuple[str, ...]]) -> tuple[tuple[int, ...], ...]:
    """Return the rows that differ in some of their labels alone: another query has their sum."""
    found: dict[tuple[int, ...], None] = {}
    width = len(labels[0]) if labels else 0
    for kept in _kept(width):
        alike: dict[tuple[str, ...], list[int]] = {}
        for at, label in enumerate(labels):
            key = tuple(one for place, one in enumerate(label) if kept >> place & 1)
            alike.setdefault(key, []).append(at)
        found.update(dict.fromkeys(tuple(rows) for rows in alike.values()))
    return tuple(found)


def _kept(width: int) -> Iterable[int]:
    """Return which labels stay, as bits: all choices of a few, none or all but one of many."""
    if width <= _FEW_LABELS:
        return range(2**width - 1)
    return (0, *(2**width - 1 - 2**one for one in range(width)))


def _run(connection: duckdb.DuckDBPyConnection, statement: str) -> list[tuple[Any, ...]]:
    try:
        return selected(connection, statement)
    except duckdb.Error:
        # DuckDB's own message may quote a value of a row, and that there is one tells of it
        raise refusal("The query could not be run.", "Write it more simply.") from None

"""What the two statutory returns in XML have in common: a child at a time, rows of some tables."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from casescope.identified.intake.sheets.source import Source
from casescope.identified.intake.sheets.xml_events import Event, events

Row = Mapping[str, str]
Rows = Iterator[tuple[str, Row]]
"""Rows with the name of the table that each is of."""

_ROWS = 20_000


@dataclass(frozen=True)
class ReturnSheet:
    """The rows of one table in an XML return."""

    source: Source
    table: str
    header: tuple[str, ...]
    rows_of: Callable[[Iterator[Event]], Rows]

    @property
    def label(self) -> str:
        """Return the file's label and the table's name."""
        return f"{self.source.label} [{self.table}]"

    @property
    def written_as(self) -> str:
        """Return the format."""
        return "XML"

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the wanted columns, and `_row`: the how manieth of its table a row is."""
        names = [name for name in self.header if name.upper() in wanted]
        held: list[Row] = []
        first = 1
        for table, row in self.rows_of(events(self.source)):
            if table == self.table:
                held.append(row)
            if len(held) == _ROWS:
                yield _batch(names, held, first)
                first, held = first + len(held), []
        if held:
            yield _batch(names, held, first)


def _batch(names: list[str], rows: list[Row], first: int) -> pa.RecordBatch:
    columns = [pa.array([row.get(name) for row in rows], pa.string()) for name in names]
    numbers = pa.arange(first, first + len(rows))
    return pa.RecordBatch.from_arrays(
        [*columns, numbers], names=[*(name.upper() for name in names), "_row"]
    )


def sheets_in(
    source: Source,
    headers: Mapping[str, tuple[str, ...]],
    rows_of: Callable[[Iterator[Event]], Rows],
) -> list[ReturnSheet]:
    """Read the return once to its end, and return a sheet for each table that it has rows of."""
    found = Counter(table for table, _ in rows_of(events(source)))
    return [
        ReturnSheet(source, table, header, rows_of)
        for table, header in headers.items()
        if found[table]
    ]

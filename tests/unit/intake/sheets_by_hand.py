"""Sheets written by hand: rows as text, as any kind of file becomes one."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class HandSheet:
    """A header line and rows, words apart by `|`; the shape of a Sheet."""

    label: str
    text: str

    written_as = "by hand"

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(_cells(self.text.strip().splitlines()[0]))

    @property
    def rows(self) -> list[list[str]]:
        return [_cells(line) for line in self.text.strip().splitlines()[1:]]

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        names = [name.strip().upper() for name in self.header]
        kept = [place for place, name in enumerate(names) if name in wanted]
        arrays = [pa.array([row[place] for row in self.rows], pa.string()) for place in kept]
        arrays.append(pa.array(range(2, 2 + len(self.rows)), pa.int64()))
        yield pa.RecordBatch.from_arrays(arrays, names=[*(names[p] for p in kept), "_row"])


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]

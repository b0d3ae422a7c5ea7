"""Parquet: columns as the writer typed them, turned into text batch by batch."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import compute, types

from casescope.identified.intake.sheets.source import Source, reading
from casescope.kernel.errors import InputRefused

_ROWS = 65_536
_MOST_ROWS = 200_000_000
"""More rows than any county has: a few bytes of Parquet can claim as many as they like."""

_UNREADABLE = (pa.ArrowException, UnicodeDecodeError, OverflowError, MemoryError)


@dataclass(frozen=True)
class ParquetSheet:
    """A Parquet file whose columns are known."""

    source: Source
    header: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return the file's label."""
        return self.source.label

    @property
    def written_as(self) -> str:
        """Return the format."""
        return "Parquet"

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the wanted columns as text, and `_row`, counted from 1."""
        from pyarrow import parquet

        places = [n for n, name in enumerate(self.header) if name.strip().upper() in wanted]
        names = [self.header[place].strip().upper() for place in places]
        row = 1
        try:
            with reading(self.label), self.source.seekable() as stream:
                file = parquet.ParquetFile(stream)
                columns = [self.header[place] for place in places]
                for batch in file.iter_batches(_ROWS, columns=columns, use_threads=False):
                    texts = [_text(batch.column(name)) for name in columns]
                    numbers = pa.arange(row, row + batch.num_rows)
                    row += batch.num_rows
                    yield pa.RecordBatch.from_arrays([*texts, numbers], names=[*names, "_row"])
        except _UNREADABLE:
            raise _damaged(self.label) from None


def look(source: Source) -> ParquetSheet:
    """Read the names of the columns."""
    from pyarrow import parquet

    try:
        with reading(source.label), source.seekable() as stream:
            file = parquet.ParquetFile(stream)
            header = tuple(file.schema_arrow.names)
            rows = file.metadata.num_rows
    except _UNREADABLE:
        raise _damaged(source.label) from None
    if rows > _MOST_ROWS:
        raise InputRefused(
            f"{source.label} claims more rows than any council has.",
            "Export the table again, and only the council's own rows.",
        )
    return ParquetSheet(source, header)


def _damaged(label: str) -> InputRefused:
    return InputRefused(
        f"{label} cannot be read as Parquet: it is damaged or unfinished.",
        "Export the table again, as Parquet or CSV, and load again.",
    )


def _text(column: pa.Array) -> pa.Array:
    """Return a column as text: dates ISO, whole numbers without a point, lists as JSON."""
    kind = column.type
    if types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if types.is_floating(kind) or types.is_decimal(kind):
        return _number_text(column)
    if types.is_nested(kind):
        return pa.array([_json(value) for value in column.to_pylist()], pa.string())
    if types.is_binary(kind) or types.is_large_binary(kind):
        column = column.cast(pa.string())
    return column.cast(pa.string())


def _number_text(column: pa.Array) -> pa.Array:
    """Return numbers as text; an id that a program made 123.0 is 123 again."""
    numbers = column.cast(pa.float64(), safe=False)
    whole = compute.and_(
        compute.equal(numbers, compute.round(numbers)), compute.less(compute.abs(numbers), 2**53)
    )
    without_point = compute.if_else(whole, numbers, None).cast(pa.int64()).cast(pa.string())
    return compute.coalesce(without_point, column.cast(pa.string()))


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, default=str)

"""What a Parquet file says, in its cells and around them."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

MAGIC = b"PAR1"

_MAKER = re.compile(
    r"parquet-cpp-arrow version [0-9.]+|DuckDB version v[0-9.]+ \(build [0-9a-f]+\)"
)
_PRINTABLE = re.compile(rb"[\x20-\x7e\x80-\xff]{4,}")


@dataclass(frozen=True)
class Said:
    """One text of a file's surroundings, and where it stands."""

    where: str
    text: str


def is_parquet(content: bytes) -> bool:
    """Say whether a file is Parquet."""
    return content[:4] == MAGIC == content[-4:]


def cells(content: bytes) -> Iterator[tuple[str, pa.Array]]:
    """Yield each column's name with its different values as text, one column in memory at a time.

    What the statistics say (least and greatest of each row group) counts as a cell.
    """
    file = pq.ParquetFile(BytesIO(content))
    names = file.schema_arrow.names
    if len(set(names)) < len(names) or any(map(pa.types.is_nested, file.schema_arrow.types)):
        raise pa.ArrowInvalid("columns of one name, or in one another")
    for place, name in enumerate(names):
        column = file.read(columns=[name]).column(0)
        yield name, pa.concat_arrays([_as_text(column), _statistics(file.metadata, place)])


def rows(content: bytes) -> Iterator[dict[str, str]]:
    """Yield each row of a small table as text by column; empty cells are left out."""
    for row in pq.read_table(BytesIO(content)).to_pylist():
        yield {name: str(value) for name, value in row.items() if value is not None}


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    values = pc.drop_null(pc.unique(column))
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_binary(values.type) or pa.types.is_large_binary(values.type):
        return pa.array([_text(value.as_py()) for value in values], pa.string())
    return pc.cast(values, pa.string())


def _statistics(metadata: pq.FileMetaData, place: int) -> pa.Array:
    found = []
    for group in range(metadata.num_row_groups):
        statistics = metadata.row_group(group).column(place).statistics
        if statistics is not None and statistics.has_min_max:
            found += [_said(statistics.min), _said(statistics.max)]
    return pa.array(found, pa.string())


def _said(value: object) -> str:
    if isinstance(value, bytes):
        return _text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def surroundings(content: bytes) -> Iterator[Said]:
    """Yield every text around the cells: names of columns, metadata, the maker, stray bytes."""
    file = pq.ParquetFile(BytesIO(content))
    for name in file.schema_arrow.names:
        yield Said("name of a column", name)
    yield Said("created_by", _MAKER.sub("", file.metadata.created_by or ""))
    yield from _metadata("metadata", file.metadata.metadata)
    yield from _metadata("metadata of the table", file.schema_arrow.metadata)
    for field in file.schema_arrow:
        yield from _metadata("metadata of a column", field.metadata)


def _metadata(where: str, pairs: dict[bytes, bytes] | None) -> Iterator[Said]:
    for name, value in (pairs or {}).items():
        if name == b"ARROW:schema":
            yield from (Said(where, run) for run in _runs(base64.b64decode(value)))
        else:
            yield from (Said(where, _text(name)), Said(where, _text(value)))


def around_columns(content: bytes) -> str:
    """Return the readable bytes of a file that are in no column: its edges, footer and gaps."""
    metadata = pq.ParquetFile(BytesIO(content)).metadata
    spans = sorted(_span(metadata, group, place) for group in range(metadata.num_row_groups)
                   for place in range(metadata.num_columns))  # fmt: skip
    rest, at = [], 0
    for start, end in spans:
        rest.append(content[at:start])
        at = max(at, end)
    return "\n".join(_runs(b"\n".join([*rest, content[at:]])))


def _span(metadata: pq.FileMetaData, group: int, place: int) -> tuple[int, int]:
    chunk = metadata.row_group(group).column(place)
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    return start, start + chunk.total_compressed_size


def _runs(content: bytes) -> Iterator[str]:
    return (_text(run) for run in _PRINTABLE.findall(content))


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")

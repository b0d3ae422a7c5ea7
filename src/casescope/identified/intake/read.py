"""Reading one CSV file as text, in bounded memory, whatever its encoding and separator.

Nothing is mended in silence: a file that cannot be read whole is refused by name and row.
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from casescope.kernel.errors import InputRefused

_BLOCK = 1 << 22
"""Bytes read at a time; a single row cannot be longer than this."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class CsvFile:
    """A CSV file looked at but not yet read: how it is written, and its header as it stands."""

    path: Path
    label: str
    encoding: str
    separator: str
    header: tuple[str, ...]


def look(path: Path, label: str) -> CsvFile:
    """Find out how a file is written; `label` is the name that messages use for it."""
    encoding = _encoding(path, label)
    with path.open(encoding=encoding, newline="") as file:
        line = file.readline(_BLOCK)
    separator = max(",;\t", key=line.count)
    header = tuple(next(csv.reader([line], delimiter=separator), []))
    _check_header(header, label)
    return CsvFile(path, label, encoding, separator, header)


def batches(file: CsvFile, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
    """Yield the wanted columns as text under upper-case names, and `_row`, the row in the file.

    Rows are numbered as a spreadsheet shows them: the header is row 1.
    """
    names = [column.strip().upper() for column in file.header]
    ragged: list[tuple[int, int, int]] = []
    row = 2
    for batch in _parsed(file, names, [name for name in names if name in wanted], ragged):
        numbers = pa.array(range(row, row + batch.num_rows), pa.int64())
        row += batch.num_rows
        yield pa.RecordBatch.from_arrays(
            [*batch.columns, numbers], names=[*batch.schema.names, "_row"]
        )
    if ragged:
        number, expected, found = ragged[0]
        raise InputRefused(
            f"{file.label}, row {number}: {found} values where the header has {expected} columns.",
            "Look for a separator inside an unquoted value, mend the row and load again.",
        )


def _parsed(
    file: CsvFile, names: list[str], wanted: list[str], ragged: list[tuple[int, int, int]]
) -> Iterator[pa.RecordBatch]:
    def note(invalid: arrow_csv.InvalidRow) -> str:
        ragged.append((invalid.number or 0, invalid.expected_columns, invalid.actual_columns))
        return "skip"

    try:
        yield from arrow_csv.open_csv(
            file.path,
            read_options=arrow_csv.ReadOptions(
                use_threads=False,
                block_size=_BLOCK,
                skip_rows=1,
                column_names=names,
                encoding="utf8" if file.encoding == "utf-8-sig" else file.encoding,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=file.separator, newlines_in_values=True, invalid_row_handler=note
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=wanted,
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return
        raise InputRefused(
            f"{file.label} cannot be read as a table: a row is unfinished or far too long.",
            "Look for a quotation mark that is never closed, mend it and load again.",
        ) from None


def _encoding(path: Path, label: str) -> str:
    """Return utf-8-sig or cp1252 after reading the whole file once; refuse anything else."""
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8-sig")()
    cp1252 = codecs.getincrementaldecoder("cp1252")()
    line = 1
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            _check_block(block, label, line)
            utf8 = _still_decodes(utf8, block)
            if utf8 is None and _still_decodes(cp1252, block) is None:
                raise InputRefused(
                    f"{label} is neither UTF-8 nor Windows-1252 text.",
                    "Export it again as CSV in UTF-8.",
                )
            line += block.count(b"\n")
    return "cp1252" if _still_decodes(utf8, b"", final=True) is None else "utf-8-sig"


def _still_decodes(
    decoder: codecs.IncrementalDecoder | None, block: bytes, *, final: bool = False
) -> codecs.IncrementalDecoder | None:
    if decoder is None:
        return None
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _check_block(block: bytes, label: str, line: int) -> None:
    if line == 1 and block.startswith(_UTF16):
        raise InputRefused(
            f"{label} is UTF-16 text.",
            "Save it as 'CSV UTF-8' (in Excel: Save As, CSV UTF-8) and load again.",
        )
    if b"\0" in block:
        raise InputRefused(
            f"{label}, row {line + block[: block.index(0)].count(10)}: there is a null byte.",
            "The file is damaged or not text; export it again as CSV.",
        )


def _check_header(header: tuple[str, ...], label: str) -> None:
    names = [name.strip().upper() for name in header]
    for column in names:
        if column and names.count(column) > 1:
            raise InputRefused(
                f"{label}, row 1: the column {column} stands there twice.",
                "Keep one of the two columns and load again.",
            )

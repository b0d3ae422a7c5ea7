"""Reading one CSV file as text, in bounded memory, whatever its encoding and separator.

Nothing is mended in silence: a file that cannot be read whole is refused by name and row.
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import count, islice
from pathlib import Path

import pyarrow as pa
from pyarrow import compute
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
    has_more: bool


@dataclass
class _LeftOut:
    """Rows that arrow hands back, by number: blanks, and those that do not fit the header."""

    blank: set[int] = field(default_factory=set)
    ragged: list[tuple[int, int, int]] = field(default_factory=list)

    def note(self, row: arrow_csv.InvalidRow) -> str:
        """Note one row, as arrow meets it."""
        number = row.number or 0
        if row.text.strip():
            self.ragged.append((number, row.expected_columns, row.actual_columns))
        else:
            self.blank.add(number)
        return "skip"


def look(path: Path, label: str) -> CsvFile:
    """Find out how a file is written; `label` is the name that messages use for it."""
    encoding = _encoding(path, label)
    with path.open(encoding=encoding, newline="") as file:
        line = file.readline(_BLOCK)
        has_more = bool(file.read(1))
    separator = max(",;\t", key=line.count)
    header = tuple(next(csv.reader([line], delimiter=separator), []))
    _check_header(header, label)
    return CsvFile(path, label, encoding, separator, header, has_more)


def batches(file: CsvFile, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
    """Yield the wanted columns as text under upper-case names, and `_row`, the row in the file.

    Rows are numbered as a spreadsheet shows them: the header is row 1, and blank rows, which are
    left out, count.
    """
    names = [column.strip().upper() for column in file.header]
    left_out = _LeftOut()
    row = 2
    for batch in _parsed(file, names, [name for name in names if name in wanted], left_out):
        numbers = list(islice(_numbers(row, left_out.blank), batch.num_rows))
        row = numbers[-1] + 1 if numbers else row
        numbered = pa.RecordBatch.from_arrays(
            [*batch.columns, pa.array(numbers, pa.int64())], names=[*batch.schema.names, "_row"]
        )
        yield numbered.filter(_is_filled(batch))
    if left_out.ragged:
        number, expected, found = left_out.ragged[0]
        values = "1 value" if found == 1 else f"{found} values"
        raise InputRefused(
            f"{file.label}, row {number}: {values} where the header has {expected} columns.",
            "Look for a separator inside an unquoted value, or a quotation mark never closed; "
            "mend the row and load again.",
        )


def _numbers(first: int, blank: set[int]) -> Iterator[int]:
    return (number for number in count(first) if number not in blank)


def _is_filled(batch: pa.RecordBatch) -> pa.Array:
    """Return for each row whether it has any value; arrow makes empty rows of blank lines."""
    return reduce(compute.or_, (compute.not_equal(column, "") for column in batch.columns))


def _parsed(
    file: CsvFile, names: list[str], wanted: list[str], left_out: _LeftOut
) -> Iterator[pa.RecordBatch]:
    if not file.has_more:
        return
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
                delimiter=file.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,  # they are left out here, but counted
                invalid_row_handler=left_out.note,
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
    """Refuse a name that stands twice, without quoting it: the file may lack its header."""
    names = [name.strip().upper() for name in header]
    for place, name in enumerate(names):
        if name and name in names[:place]:
            raise InputRefused(
                f"{label}, row 1: columns {names.index(name) + 1} and {place + 1} "
                "have the same name.",
                "Keep one of the two columns, or put the header back, and load again.",
            )

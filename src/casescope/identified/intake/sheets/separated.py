"""CSV: text in rows, whatever its encoding and separator, read in bounded memory.

Nothing is mended in silence: a file that cannot be read whole is refused by name and row.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import chain, count, islice
from typing import BinaryIO, TextIO

import pyarrow as pa
from pyarrow import compute
from pyarrow import csv as arrow_csv

from casescope.identified.intake.sheets import quotation_marks
from casescope.identified.intake.sheets.encoding import Text, looked_through
from casescope.identified.intake.sheets.source import Source, reading
from casescope.kernel.counting import counted
from casescope.kernel.errors import InputRefused

_BLOCK = 1 << 24
"""Bytes read at a time; a single row cannot be longer than this."""

_LINES_OF_HEADER = 20
"""A header's names may be broken over lines, but hardly over more than these."""


@dataclass(frozen=True)
class CsvSheet:
    """A CSV file looked at but not yet read: how it is written, and its header as it stands."""

    source: Source
    text: Text
    separator: str
    header: tuple[str, ...]
    lines_of_header: int
    has_more: bool

    @property
    def label(self) -> str:
        """Return the file's label."""
        return self.source.label

    @property
    def written_as(self) -> str:
        """Return encoding and separator."""
        return f"{self.text.encoding} {self.separator}"

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the wanted columns as text under upper-case names, and `_row`.

        Rows are numbered as a spreadsheet shows them: the header is row 1, and blank rows, which
        are left out, count.
        """
        names = [column.strip().upper() for column in self.header]
        left_out = _LeftOut(before=self.lines_of_header - 1)
        row, rows = 2, 0
        for batch in _parsed(self, names, [name for name in names if name in wanted], left_out):
            rows += batch.num_rows
            numbers = _numbers(row, batch.num_rows, left_out.blank)
            row = numbers[-1].as_py() + 1 if len(numbers) else row
            numbered = pa.RecordBatch.from_arrays(
                [*batch.columns, numbers], names=[*batch.schema.names, "_row"]
            )
            yield numbered.filter(_is_filled(batch))
        if left_out.ragged:
            raise _ragged(self.label, *left_out.ragged[0])
        if self.text.lines > self.lines_of_header + rows + len(left_out.blank):
            quotation_marks.check(self.source, self.text.encoding, self.separator)


@dataclass
class _LeftOut:
    """Rows that arrow hands back, by number: blanks, and those that do not fit the header.

    Arrow counts the lines `before` the last of the header as rows; a spreadsheet does not.
    """

    before: int
    blank: set[int] = field(default_factory=set)
    ragged: list[tuple[int, int, int]] = field(default_factory=list)

    def note(self, row: arrow_csv.InvalidRow) -> str:
        """Note one row, as arrow meets it."""
        number = (row.number or 0) - self.before
        if row.text.strip():
            if not self.ragged:
                self.ragged.append((number, row.expected_columns, row.actual_columns))
        else:
            self.blank.add(number)
        return "skip"


def look(source: Source) -> CsvSheet:
    """Find out how a file is written, reading it once to its end."""
    with reading(source.label):
        text = looked_through(source)
        with io.TextIOWrapper(source.open(), encoding=text.encoding, newline="") as file:
            first = file.readline(_BLOCK)
            separator = max(",;\t", key=first.count)
            header, lines = _header(first, file, separator)
            return CsvSheet(source, text, separator, header, lines, bool(file.read(1)))


def _header(first: str, rest: TextIO, separator: str) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns, none where there is no whole header, and its lines."""
    further = iter(partial(rest.readline, _BLOCK), "")
    lines = islice(chain([first], further), _LINES_OF_HEADER)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        names = tuple(next(reader, []))
    except csv.Error:
        names = ()
    is_cut = len(first) >= _BLOCK and not first.endswith(("\n", "\r"))
    return () if is_cut else names, reader.line_num


def _ragged(label: str, number: int, expected: int, found: int) -> InputRefused:
    values = "1 value" if found == 1 else f"{found} values"
    return InputRefused(
        f"{label}, row {number}: {values} where the header has {counted(expected, 'column')}.",
        "Look for a separator inside an unquoted value, or a quotation mark never closed; "
        "mend the row and load again.",
    )


def _numbers(first: int, rows: int, blank: set[int]) -> pa.Array:
    if not blank:
        return pa.arange(first, first + rows)
    return pa.array(
        islice((number for number in count(first) if number not in blank), rows), pa.int64()
    )


def _is_filled(batch: pa.RecordBatch) -> pa.Array:
    """Return for each row whether it has any value; arrow makes empty rows of blank lines."""
    return reduce(compute.or_, (compute.not_equal(column, "") for column in batch.columns))


def _parsed(
    sheet: CsvSheet, names: list[str], wanted: list[str], left_out: _LeftOut
) -> Iterator[pa.RecordBatch]:
    if not sheet.has_more:
        return
    try:
        with reading(sheet.label), sheet.source.open(measured=True) as stream:
            yield from _opened(sheet, stream, names, wanted, left_out)
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return
        raise InputRefused(
            f"{sheet.label} cannot be read as a table: a row is unfinished or far too long.",
            "Look for a quotation mark that is never closed, mend it and load again.",
        ) from None


def _opened(
    sheet: CsvSheet, stream: BinaryIO, names: list[str], wanted: list[str], left_out: _LeftOut
) -> arrow_csv.CSVStreamingReader:
    encoding = sheet.text.encoding
    return arrow_csv.open_csv(
        stream,
        read_options=arrow_csv.ReadOptions(
            use_threads=False,  # rows are numbered only so
            block_size=_BLOCK,
            skip_rows=sheet.lines_of_header,
            column_names=names,
            encoding="utf8" if encoding == "utf-8-sig" else encoding,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=sheet.separator,
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

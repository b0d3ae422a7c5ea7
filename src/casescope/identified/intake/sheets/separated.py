"""CSV: text in rows, whatever its encoding and separator, read in bounded memory.

Nothing is mended in silence: a file that cannot be read whole is refused by name and row.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import count, islice
from typing import BinaryIO, TextIO

import pyarrow as pa
from pyarrow import compute
from pyarrow import csv as arrow_csv

from casescope.identified.intake.sheets import quotation_marks
from casescope.identified.intake.sheets.encoding import Text, looked_through
from casescope.identified.intake.sheets.heading import HEADER_WITHIN, Heading, heading
from casescope.identified.intake.sheets.source import Source, reading
from casescope.kernel.counting import counted
from casescope.kernel.errors import InputRefused

_BLOCK = 1 << 24
"""Bytes read at a time; a single row cannot be longer than this."""


@dataclass(frozen=True)
class CsvSheet:
    """A CSV file looked at but not yet read: how it is written, and its header as it stands."""

    source: Source
    text: Text
    heading: Heading
    has_more: bool

    @property
    def label(self) -> str:
        """Return the file's label."""
        return self.source.label

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names as they stand."""
        return self.heading.names

    @property
    def written_as(self) -> str:
        """Return encoding and separator."""
        return f"{self.text.encoding} {self.heading.separator}"

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the wanted columns as text under upper-case names, and `_row`.

        Rows are numbered as a spreadsheet shows them: a header without a title above it is row 1,
        and rows that are left out count: blank ones, and the header where it stands again.
        """
        names = [column.strip().upper() for column in self.header]
        header = dict(zip(names, self.header, strict=True))
        left_out = _LeftOut(before=self.heading.lines - self.heading.row)
        row, rows = self.heading.row + 1, 0
        for batch in _parsed(self, names, [name for name in names if name in wanted], left_out):
            rows += batch.num_rows
            numbers = _numbers(row, batch.num_rows, left_out.blank)
            row = numbers[-1].as_py() + 1 if len(numbers) else row
            numbered = pa.RecordBatch.from_arrays(
                [*batch.columns, numbers], names=[*batch.schema.names, "_row"]
            )
            yield numbered.filter(_is_row(batch, header))
        if left_out.ragged:
            raise _ragged(self.label, *left_out.ragged[0])
        if self.text.lines > self.heading.lines + rows + len(left_out.blank):
            quotation_marks.check(self.source, self.text.encoding, self.heading.separator)


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
            lines = _first_lines(file)
            found = heading(lines)
            is_cut = len(lines[-1]) >= _BLOCK and not lines[-1].endswith(("\n", "\r"))
            has_more = len(lines) > found.lines or bool(file.read(1))
    return CsvSheet(source, text, replace(found, names=()) if is_cut else found, has_more)


def _first_lines(file: TextIO) -> list[str]:
    """Return the lines among which the header is, and no more of a file without lines."""
    lines = [file.readline(_BLOCK)]
    while lines[-1] and len(lines) < HEADER_WITHIN and sum(map(len, lines)) < _BLOCK:
        lines.append(file.readline(_BLOCK))
    return lines if len(lines) == 1 or lines[-1] else lines[:-1]


def _ragged(label: str, number: int, expected: int, found: int) -> InputRefused:
    values = "1 value" if found == 1 else f"{found} values"
    return InputRefused(
        f"{label}, row {number}: {values} where the header has {counted(expected, 'column')}.",
        _remedy(expected, found),
    )


def _remedy(expected: int, found: int) -> str:
    if found == 1:
        return (
            "Delete the row if it is a note or a total below the table; else look for a quotation "
            "mark never closed, mend the row and load again."
        )
    if found < expected:
        return (
            "Excel leaves out empty values at the ends of rows when it saves CSV: then save as "
            ".xlsx instead. Else look for a separator at the end of the header, a line break or a "
            "quotation mark never closed, mend it and load again."
        )
    return (
        "Look for a separator inside an unquoted value, or a quotation mark never closed, and mend "
        "the row; where every row ends with a separator, end the header with one too. Load again."
    )


def _numbers(first: int, rows: int, blank: set[int]) -> pa.Array:
    if not blank:
        return pa.arange(first, first + rows)
    return pa.array(
        islice((number for number in count(first) if number not in blank), rows), pa.int64()
    )


def _is_row(batch: pa.RecordBatch, header: Mapping[str, str]) -> pa.Array:
    """Return for each row whether it has any value; arrow makes empty rows of blank lines.

    The header again is none: it stands in the midst where files were joined.
    """
    filled = reduce(compute.or_, (compute.not_equal(column, "") for column in batch.columns))
    again = [compute.equal(batch.column(0), header[batch.schema.names[0]])]
    if not compute.any(again[0]).as_py():
        return filled
    again += [compute.equal(batch.column(name), header[name]) for name in batch.schema.names[1:]]
    return compute.and_not(filled, reduce(compute.and_, again))


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
            skip_rows=sheet.heading.lines,
            column_names=names,
            encoding="utf8" if encoding == "utf-8-sig" else encoding,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=sheet.heading.separator,
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

"""A recognised sheet on its way into the extract: typed, its problems noted, put in, counted.

Columns are typed by their distinct values, because a file of a million episodes holds few
thousand different dates, codes and postcodes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

import duckdb
import pyarrow as pa
from pyarrow import compute

from casescope.identified.intake.day_order import DayOrder
from casescope.identified.intake.problems import Fault, faults
from casescope.identified.intake.sheet import Sheet, first_day
from casescope.identified.intake.tables import DATE, FLAG, ExtractColumn, ExtractTable
from casescope.identified.intake.typed import (
    NO_DATE,
    PLAIN,
    plain_value_of,
    plain_wrong_with,
    text_of,
    value_of,
    wrong_with,
)
from casescope.kernel.progress import Progress

_ROWS_AT_ONCE = 150_000
"""Rows put in at a time: more than one of DuckDB's groups of rows, which it writes best whole."""

_FEW_ROWS = 5_000
"""Up to so many rows, one statement over them all is quicker than one over each column's values."""

_ARROW_TYPE = {DATE: pa.date32(), FLAG: pa.bool_()}


@dataclass
class Incoming:
    """Where rows go, and who hears how many there have been."""

    connection: duckdb.DuckDBPyConnection
    reference_date: date
    progress: Progress
    share: Callable[[], float | None]
    rows: int = field(default=0, init=False)
    _waiting: dict[str, list[pa.Table]] = field(default_factory=dict, init=False)

    def take(self, sheet: Sheet, table: ExtractTable) -> tuple[int, int]:
        """Read one sheet to its end; return how many rows it had, and how many are set aside."""
        rows = aside = 0
        order = DayOrder()
        for text in _gathered(sheet.batches(table.known)):
            kept = self._put(sheet, table, text, order)
            rows += text.num_rows
            aside += text.num_rows - kept
            self.rows += text.num_rows
            self.progress.advance(self.rows, share=self.share())
        order.check(sheet.label)
        return rows, aside

    def _put(self, sheet: Sheet, table: ExtractTable, text: pa.Table, order: DayOrder) -> int:
        """Put some rows in, and their problems; return how many rows could be used."""
        values, wrong = self._typed(table, text, first_day(sheet))
        for column in table.columns:
            if column.kind == DATE and column.name.upper() in text.schema.names:
                order.see(column.name, text.column(column.name.upper()), values[column.name])
        numbers = text.column("_row").combine_chunks()
        found = list(faults(table, values, wrong))
        for fault in found:
            self._wait("problem", _as_problems(fault, table, sheet.label, values, numbers))
        usable = _usable(found, text.num_rows)
        self._wait(table.name, _as_stored(values, sheet.label, numbers).filter(usable))
        return int(compute.sum(usable).as_py() or 0)

    def _typed(
        self, table: ExtractTable, text: pa.Table, day: date | None
    ) -> tuple[dict[str, pa.Array], dict[str, pa.Array]]:
        """Return each column's values, and for each row what is wrong with its text, or null."""
        here = [column for column in table.columns if column.name.upper() in text.schema.names]
        if text.num_rows <= _FEW_ROWS:
            read = self._read(here, text, day)
        else:
            read = {column.name: self._by_distinct_values(column, text, day) for column in here}
        none = pa.nulls(text.num_rows, pa.string())
        for column in table.columns:
            absent = pa.nulls(text.num_rows, _ARROW_TYPE.get(column.kind, pa.string()))
            read.setdefault(column.name, (absent, none))
        return (
            {column.name: read[column.name][0] for column in table.columns},
            {column.name: read[column.name][1] for column in table.columns},
        )

    def _by_distinct_values(
        self, column: ExtractColumn, text: pa.Table, day: date | None
    ) -> tuple[pa.Array, pa.Array]:
        name = column.name.upper()
        encoded = text.column(name).combine_chunks().dictionary_encode()
        distinct = pa.table({name: encoded.dictionary})
        values, wrong = self._read([column], distinct, day)[column.name]
        if wrong.null_count == len(wrong):
            return values.take(encoded.indices), pa.nulls(text.num_rows, pa.string())
        return values.take(encoded.indices), wrong.take(encoded.indices)

    def _read(
        self, columns: Sequence[ExtractColumn], text: pa.Table, day: date | None
    ) -> dict[str, tuple[pa.Array, pa.Array]]:
        """Return the values of these columns' texts, in order, and what is wrong with each."""
        if not columns:
            return {}
        typed = ", ".join(
            f"{plain_value_of(column)}, {plain_wrong_with(column)}"
            if _are_plain(column, text)
            else f"{value_of(column, day)}, {wrong_with(column, day)}"
            for column in columns
        )
        texts = ", ".join(f'{text_of(column)} AS "{column.name.upper()}"' for column in columns)
        pivot = {"pivot": self.reference_date.year} if "$pivot" in typed else {}
        with self._registered("text_as_read", _placed(text)):
            read = self.connection.execute(
                f"SELECT {typed} FROM (SELECT {texts}, _place FROM text_as_read) ORDER BY _place",
                pivot,
            ).to_arrow_table()
        arrays = [column.combine_chunks() for column in read.columns]
        return {
            column.name: (arrays[2 * place], arrays[2 * place + 1])
            for place, column in enumerate(columns)
        }

    def _wait(self, table: str, rows: pa.Table) -> None:
        """Keep rows until there are enough of one table, from however many files, to put in."""
        if rows.num_rows:
            waiting = self._waiting.setdefault(table, [])
            waiting.append(rows)
            if sum(one.num_rows for one in waiting) >= _ROWS_AT_ONCE:
                self._insert(table)

    def finish(self) -> None:
        """Put in what still waits."""
        for table in list(self._waiting):
            self._insert(table)

    def _insert(self, table: str) -> None:
        with self._registered("incoming", pa.concat_tables(self._waiting.pop(table))):
            self.connection.execute(f"INSERT INTO {table} SELECT * FROM incoming")

    @contextmanager
    def _registered(self, name: str, table: pa.Table) -> Iterator[None]:
        self.connection.register(name, table)
        try:
            yield
        finally:
            self.connection.unregister(name)


def _gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Put batches together into tables of about as many rows as are put in at a time."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= _ROWS_AT_ONCE:
            yield pa.Table.from_batches(held)
            held = []
    if any(one.num_rows for one in held):
        yield pa.Table.from_batches(held)


def _are_plain(column: ExtractColumn, text: pa.Table) -> bool:
    """Say whether every text of a column is written in the plain way of its kind."""
    if column.kind not in PLAIN:
        return False
    texts = text.column(column.name.upper())
    if not compute.all(compute.match_substring_regex(texts, PLAIN[column.kind])).as_py():
        return False
    return not (
        column.kind == DATE and compute.any(compute.match_substring_regex(texts, NO_DATE)).as_py()
    )


def _placed(text: pa.Table) -> pa.Table:
    """Add each row's place: DuckDB may hand rows back in another order."""
    return text.append_column("_place", pa.arange(0, text.num_rows))


def _usable(found: Iterable[Fault], rows: int) -> pa.Array:
    """Return for each row whether nothing in it sets it aside."""
    aside = [compute.invert(fault.where) for fault in found if fault.set_aside]
    return reduce(compute.and_, aside, pa.nulls(rows, pa.bool_()).fill_null(True))


def _as_stored(values: dict[str, pa.Array], label: str, numbers: pa.Array) -> pa.Table:
    return pa.table(
        {
            **values,
            "_file": pa.repeat(label, len(numbers)),
            "_row": numbers,
            "_copies": pa.repeat(1, len(numbers)),
        }
    )


def _as_problems(
    fault: Fault, table: ExtractTable, label: str, values: dict[str, pa.Array], numbers: pa.Array
) -> pa.Table:
    rows = numbers.filter(fault.where)
    return pa.table(
        {
            "table_name": pa.repeat(table.name, len(rows)),
            "file": pa.repeat(label, len(rows)),
            "row": rows,
            "column_name": pa.repeat(fault.column, len(rows)),
            "kind": pa.repeat(fault.kind, len(rows)),
            "set_aside": pa.repeat(fault.set_aside, len(rows)),
            "subject": values[table.columns[0].name].filter(fault.where),
        }
    )

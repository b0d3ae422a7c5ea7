"""What every kind of file is read into: sheets, each one table's rows as text."""

from collections.abc import Iterator
from typing import Protocol

import pyarrow as pa


class Sheet(Protocol):
    """One table-shaped part of what was given: a CSV file, a sheet of a workbook, a table.

    Opening one reads its header; rows come in batches, in bounded memory. `batches` may raise
    InputRefused at any row, and must if the rest cannot be read whole.
    """

    @property
    def label(self) -> str:
        """A name no other sheet of the load has; messages and the column `_file` use it."""
        ...

    @property
    def header(self) -> tuple[str, ...]:
        """The column names as they stand."""
        ...

    @property
    def written_as(self) -> str:
        """How it is written, for the quality report: an encoding and separator, or a format."""
        ...

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the columns whose trimmed upper-case name is in `wanted`, under that name.

        All are text, null or empty where there is nothing; dates are ISO where the format itself
        knows that they are dates. The last column, `_row` (int64), is the row as a person would
        find it in the file.
        """
        ...

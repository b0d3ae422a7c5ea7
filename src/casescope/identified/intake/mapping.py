"""A mapping: what the council's own columns and values are called in the extract's tables.

    [person.columns]
    "Client ID" = "pers_person_id"     # theirs = ours

    [person.values.pers_sex]
    "female" = "F"                     # theirs = ours; case and punctuation do not matter

A table that comes in files with different headers is written `[[person]]`, once for each. A table
is still recognised by its columns, after they have been renamed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from casescope.identified.intake.recognise import Recognised, recognise
from casescope.identified.intake.sheet import Sheet
from casescope.identified.intake.tables import ExtractTable
from casescope.kernel.canonical import digest
from casescope.kernel.errors import InputRefused


@dataclass(frozen=True)
class TableMapping:
    """What one table's files call things; `columns` and `values` go from theirs to ours.

    Columns' names are trimmed and in upper case on both sides; values' are as `plain` leaves them.
    """

    table: ExtractTable
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def header(self, header: Sequence[str]) -> tuple[str, ...]:
        """Return a file's header in our words."""
        return tuple(self.columns.get(name.strip().upper(), name) for name in header)


@dataclass(frozen=True)
class ColumnMapping:
    """A whole mapping.toml, read and checked."""

    tables: tuple[TableMapping, ...]

    @property
    def digest(self) -> str:
        """Return what the mapping does as one hash; comments and order do not count."""
        return digest(
            sorted(
                (
                    {
                        "table": one.table.name,
                        "columns": dict(one.columns),
                        "values": {name: dict(words) for name, words in one.values.items()},
                    }
                    for one in self.tables
                ),
                key=repr,
            )
        )

    def applied_to(self, sheet: Sheet) -> Sheet:
        """Return the sheet in our words; the sheet itself where nothing here concerns it."""
        found = recognise(sheet.header)
        known = (
            len(found.table.known & _names(sheet.header)) if isinstance(found, Recognised) else 0
        )
        ranked = sorted(self._fitting(sheet), key=lambda fit: fit[:2], reverse=True)
        if not ranked or ranked[0][0] < known:
            return sheet
        best = ranked[0]
        others = [fit[2].table.name for fit in ranked if fit[0] == best[0]]
        if len(set(others)) > 1:
            raise InputRefused(
                f"By the mapping, {sheet.label} could be {' or '.join(sorted(set(others)))} "
                "equally well.",
                "Map more of its columns to the table that it is.",
            )
        return _checked(MappedSheet(sheet, best[2]))

    def _fitting(self, sheet: Sheet) -> Iterator[tuple[int, int, TableMapping]]:
        """Yield each part that makes the sheet its table.

        With it, how many columns it then knows and, below nought, how many of the part's own
        columns the sheet has not.
        """
        theirs = _names(sheet.header)
        for part in self.tables:
            here = _names(part.header(sheet.header))
            if part.table.required <= here:
                yield len(part.table.known & here), -len(set(part.columns) - theirs), part


@dataclass(frozen=True)
class MappedSheet:
    """A sheet whose columns and values are renamed as it is read."""

    sheet: Sheet
    part: TableMapping

    @property
    def label(self) -> str:
        """Return the sheet's own label."""
        return self.sheet.label

    @property
    def written_as(self) -> str:
        """Return how the sheet is written."""
        return self.sheet.written_as

    @property
    def header(self) -> tuple[str, ...]:
        """Return the column names in our words where the mapping has any."""
        return self.part.header(self.sheet.header)

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the wanted columns, renamed, with each mapped value turned into ours."""
        theirs = {
            old.strip().upper(): new.strip().upper()
            for old, new in zip(self.sheet.header, self.header, strict=True)
        }
        for batch in self.sheet.batches(frozenset(o for o, n in theirs.items() if n in wanted)):
            names = [theirs.get(name, name) for name in batch.schema.names]
            yield pa.RecordBatch.from_arrays(
                [
                    _turned(column, self.part.values[name]) if name in self.part.values else column
                    for name, column in zip(names, batch.columns, strict=True)
                ],
                names=names,
            )


def plain(text: str) -> str:
    """Return a value as mappings compare it: case, punctuation and spacing aside."""
    words = re.sub(r"[\W_]+", " ", text.casefold()).strip()
    return words or text.strip().casefold()


def _names(header: Sequence[str]) -> frozenset[str]:
    return frozenset(name.strip().upper() for name in header)


def _checked(sheet: MappedSheet) -> MappedSheet:
    """Refuse a file in which the mapping gives one of our columns twice."""
    names = [name.strip().upper() for name in sheet.header]
    for name in sheet.part.columns.values():
        if names.count(name) > 1:
            raise InputRefused(
                f"{sheet.label}, row 1: the mapping makes a second column {name}.",
                "Take that line out of the mapping, or the column out of the file.",
            )
    return sheet


def _turned(column: pa.Array, words: Mapping[str, str]) -> pa.Array:
    """Return a column with its mapped values turned; the rest stand as they are."""
    coded = column.cast(pa.string()).dictionary_encode()
    ours = [words.get(plain(value), value) for value in coded.dictionary.to_pylist()]
    return pa.array(ours, pa.string()).take(coded.indices)

"""Every table as an accessible workbook, by the Analysis Function's own package (gptables)."""

import io
import re
import warnings
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from casescope.report.document import Document, Table, TableRow
from casescope.report.faces.letters import in_xml
from casescope.report.faces.named import NamedTable, has_numbers, named_tables
from casescope.report.faces.zips import steady
from casescope.report.numbers import number_in

NOTHING = "[z]"
"""Stands where a table shows nothing: the Analysis Function's sign for not applicable."""

_LEGEND = f"{NOTHING} means that no figure belongs there."
_RELEASED = "Figures are as released; what is hidden says so in words."
_FORMATS = {"#,##0": r"[\d,]+", "0%": r"\d+%", "0.0": r"\d+\.\d", "0.00": r"\d+\.\d\d",
            "0.00#": r"\d+\.\d{2,3}", '"£"#,##0;"−£"#,##0': r"−?£[\d,]+"}  # fmt: skip
"""How a number may be shown in a cell, and how the report writes such a number."""

_WIDEST = 60
"""Letters in the widest column; longer words are broken into lines."""

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LINK = re.compile(r"\](?=\()")


class Notes:
    """The notes of the workbook, each kept once and referred to by its number."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def refer(self, notes: Iterable[str]) -> str:
        """Return the references to these notes, as gptables reads them."""
        names = [self._kept.setdefault(text, f"n{len(self._kept)}") for text in notes]
        return "".join(f"$${name}$$" for name in dict.fromkeys(names))

    def rows(self) -> list[tuple[str, str]]:
        """Return every note with its name, in the order of first use."""
        return [(name, text) for text, name in self._kept.items()]


def workbook(document: Document) -> bytes:
    """Return the workbook: cover, contents, notes, one sheet a table; always the same bytes."""
    import pandas

    gptables = _gptables()
    notes = Notes()
    named = {f"Table {at}": one for at, one in enumerate(named_tables(document), 1)}
    sheets = {label: _sheet(one, label, document, notes) for label, one in named.items()}
    stream = io.BytesIO()
    book = gptables.produce_workbook(
        stream,
        sheets,
        cover=_cover(document),
        contentsheet_options={"subtitles": [document.mark] if document.mark else []},
        notes_table=pandas.DataFrame(notes.rows(), columns=["Note", "Note text"]),
        workbook_options=_OPTIONS,
    )
    for label, one in named.items():
        for column in _wide(one.table):
            book.get_worksheet_by_name(label).set_column(column, column, _WIDEST)
    _finish(book, document)
    book.close()
    return steady(stream.getvalue())


def _finish(book: Any, document: Document) -> None:  # noqa: ANN401 — gptables ships no types
    """State the file's properties, and put the mark on every printed sheet."""
    mark = _plain(document.mark).replace("&", "&&")
    for sheet in book.worksheets():
        sheet.set_header(f"&L&B{mark}" if mark else "")
        sheet.set_footer("&LPage &P of &N")
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    book.set_properties(
        {
            "title": _plain(document.title),
            "author": _plain(document.author)[:255],
            "subject": _plain(document.mark),
            "created": document.made_at.astimezone(UTC).replace(tzinfo=None),
        }
    )


def _gptables() -> Any:  # noqa: ANN401 — the package ships no types
    """Return the package, imported only now: it brings pandas, which takes a second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its own theme's file open
        import gptables
    return gptables


def _cover(document: Document) -> Any:  # noqa: ANN401 — gptables ships no types
    gptables = _gptables()
    facts = [f"{_plain(term.word)}: {_plain(term.meaning)}" for term in document.byline]
    mark = [_plain(document.mark)] if document.mark else []
    return gptables.Cover(
        title=_plain(document.title),
        intro=[*mark, _plain(document.sentence), *facts],
        about=[_rules(document), _LEGEND],
    )


def _sheet(one: NamedTable, label: str, document: Document, notes: Notes) -> Any:  # noqa: ANN401 — gptables ships no types
    import pandas

    table = one.table
    rows = [_cells(table, row) for row in table.rows]
    mark = document.mark
    said = [_rules(document), *(_plain(words) for words in (one.about, *table.notes) if words)]
    return _gptables().GPTable(
        table=pandas.DataFrame(rows, columns=[_plain(name) for name in one.columns]),
        table_name=label.replace(" ", "_"),
        title=f"{label}: {_plain(table.caption)}",
        subtitles=[mark] if mark else [],
        instructions="This worksheet contains one table. Its notes are on the notes worksheet. "
        + notes.refer([*said]),
        legend=[_LEGEND],
        index_columns={level + 1: level for level in range(min(table.labels, 3))},
        additional_formatting=_formatting(table),
    )


def _rules(document: Document) -> str:
    return f"{_RELEASED} {document.rules}".strip()


def _cells(table: Table, row: TableRow) -> list[str | float]:
    return [_cell(table, row, at) for at in range(len(table.head))]


def _cell(table: Table, row: TableRow, at: int) -> str | float:
    """Return a released number as a number that shows as it does in the report; else the words."""
    value = row.values[at] if row.values else None
    if value is not None and number_format(table, at):
        return as_number(row.cells[at])
    text = _plain(row.cells[at])
    return text if any(letter.isalnum() for letter in text) else NOTHING


def number_format(table: Table, at: int) -> str:
    """Return the format in which every number of a column shows as in the report, or ""."""
    numbers = [row.cells[at] for row in table.rows if row.values and row.values[at] is not None]
    for excel, written in _FORMATS.items():
        if numbers and all(re.fullmatch(written, shown) for shown in numbers):
            return excel
    return ""


def as_number(shown: str) -> float:
    """Return the number that is shown, as rounded as it is shown."""
    value = number_in(shown)
    if value is None:
        raise AssertionError("a cell with a format shows a number")
    return value


def _formatting(table: Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for at in range(table.labels, len(table.head)):
        if has_numbers(table, at):
            look = {"align": "right"}
            if number_format(table, at):
                look["num_format"] = number_format(table, at)
            found.append({"column": {"columns": [at], "format": look, "include_names": True}})
    if wide := _wide(table):
        found.append({"column": {"columns": wide, "format": {"text_wrap": True}}})
    totals = [at for at, row in enumerate(table.rows, 1) if row.total]
    if totals:
        found.append({"row": {"rows": totals, "format": {"bold": True}, "include_names": True}})
    return found


def _wide(table: Table) -> list[int]:
    """Return the columns that hold more words than a line should."""
    return [at for at in range(len(table.head))
            if any(len(row.cells[at]) > _WIDEST for row in table.rows)]  # fmt: skip


def _plain(text: str) -> str:
    """Return words in which gptables sees neither a note nor a link."""
    return _LINK.sub("] ", in_xml(text)).replace("$$", "$ $")

"""The workbook for reviewing pairs in a spreadsheet: how it is laid out, and written as bytes.

It holds names. Nothing of it is ever written to a temporary file.
"""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from casescope.governance.link_decisions import Verdict
from casescope.identified.review.side import printable
from casescope.identified.review.view import View, sureness

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FIRST, PAIRS = "Read this first", "Pairs"
STUDY_LINE, EXPORT_LINE = "Study", "Export"
DECISION, WHY, ID, SEAL = "Decision", "Why (name nobody)", "Pair (do not change)", "Seal (leave)"
_ABOUT = ("No.", "Asked because", "How sure", "Agrees", "Disagrees", "Not on both")
_SIDE = ("Records", "Names", "Other names", "Born", "Died", "NHS number", "Postcodes", "Children")
HEADINGS = (
    _ABOUT[0], DECISION, WHY, *_ABOUT[1:],
    *chain.from_iterable((f"{name} A", f"{name} B") for name in _SIDE), ID, SEAL,
)  # fmt: skip
_ANSWERS = (DECISION, WHY)
_SEALED = tuple(name for name in HEADINGS if name not in (*_ANSWERS, SEAL, _ABOUT[0]))

MOST_PAIRS = 10_000
"""More are not exported at once: nobody fills that in, and reading it back is bounded."""

_LONGEST = 32_000
"""Characters of one cell; Excel takes 32,767."""

NOTICE = (
    "THIS WORKBOOK HOLDS PERSONAL DATA: names, birth dates and postcodes of women and children.",
    "It stays at the council: not in an e-mail, not on a shared or synchronised drive.",
    "Delete it as soon as its answers have been imported.",
    "",
    "Each row of the sheet 'Pairs' shows two women, A and B. Are they one woman?",
    "Choose in the column 'Decision': same, different, or unsure (if you cannot tell).",
    "Leave it empty where you have not decided. Import as often as you like; "
    "answers already imported are not changed by that.",
    "'Why' is optional. It is kept with your answer, so name nobody in it.",
    "Change nothing else: a row in which something else was changed is refused.",
    "Then: casescope pairs HOME import FILE.xlsx",
)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, even after saving it as CSV."""
    shown = printable(text)[:_LONGEST]
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@") else shown


def written(views: Sequence[View], *, study_id: str, export_id: str) -> bytes:
    """Return a workbook with one row a pair; `export_id` tells this export from every other."""
    from openpyxl import Workbook

    book = Workbook()
    first, pairs = book.worksheets[0], book.create_sheet(PAIRS)
    first.title = FIRST
    _write_first(first, study_id, export_id)
    _write_pairs(pairs, [_cells(view, study_id, export_id) for view in views])
    return _saved(book)


def _write_first(sheet: "Worksheet", study_id: str, export_id: str) -> None:
    from openpyxl.styles import Alignment, Font

    for line in NOTICE:
        sheet.append([line])
    sheet.append([])
    sheet.append([STUDY_LINE, study_id])
    sheet.append([EXPORT_LINE, export_id])
    sheet["A1"].font = Font(bold=True, color="9C0006", size=14)
    for (cell,) in sheet.iter_rows(max_col=1, max_row=len(NOTICE)):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 100
    sheet.column_dimensions["B"].width = 40
    sheet.protection.sheet = True


def _cells(view: View, study_id: str, export_id: str) -> dict[str, str]:
    """Return a row's cells by heading, its seal included."""
    said = view.comparison
    lines = {
        "Asked because": [view.pair.why],
        "How sure": [sureness(view.pair.probability, held=view.pair.held)],
        "Agrees": said.agrees,
        "Disagrees": said.disagrees,
        "Not on both": said.not_known,
        ID: [" ".join(view.ids)],
    }
    for mark, side in (("A", view.one), ("B", view.other)):
        lines |= {f"{name} {mark}": found for name, found in side.rows().items()}
    cells = {name: harmless("; ".join(texts)) for name, texts in lines.items()}
    return cells | {SEAL: seal(cells, study_id, export_id)}


def seal(cells: dict[str, str], study_id: str, export_id: str) -> str:
    """Return the digest of everything in a row that is not to be changed."""
    parts = [study_id, export_id, *(" ".join(cells.get(name, "").split()) for name in _SEALED)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _write_pairs(sheet: "Worksheet", rows: Sequence[dict[str, str]]) -> None:
    sheet.append(list(HEADINGS))
    for number, cells in enumerate(rows, start=1):
        values = {_ABOUT[0]: str(number), **cells}
        for column, name in enumerate(HEADINGS, start=1):
            cell = sheet.cell(number + 1, column)
            cell.value = values.get(name, "")
            cell.data_type = "s"  # a text for good, whatever it begins with
            cell.quotePrefix = True
    _lay_out(sheet, last=len(rows) + 1)


def _lay_out(sheet: "Worksheet", *, last: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, name in enumerate(HEADINGS, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = 6 if name == _ABOUT[0] else 26
        sheet.column_dimensions[letter].hidden = name in (ID, SEAL)
        sheet.cell(1, column).font = Font(bold=True)
        for row in range(2, last + 1):
            cell = sheet.cell(row, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in _ANSWERS:
                cell.protection = Protection(locked=False)
                cell.fill = PatternFill("solid", fgColor="FFF2CC")
    words = ",".join(verdict.value for verdict in Verdict)
    choice = DataValidation(
        type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True,
        errorTitle=DECISION, error=f"Choose one of {words.replace(',', ', ')}, or leave it empty.",
    )  # fmt: skip
    letter = get_column_letter(HEADINGS.index(DECISION) + 1)
    choice.add(f"{letter}2:{letter}{max(last, 2)}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = "D2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _saved(book: Any) -> bytes:  # noqa: ANN401 — a Workbook, loaded only where it is needed
    """Return the workbook's bytes; openpyxl's own way leaves sheets in temporary files."""
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class InMemory(ExcelWriter):  # type: ignore[misc]  # — openpyxl is untyped
        def write_worksheet(self, ws: "Worksheet") -> None:
            out = BytesIO()
            writer = WorksheetWriter(ws, out=out)
            writer.write()
            ws._rels = writer._rels
            self._archive.writestr(ws.path[1:], out.getvalue())
            self.manifest.append(ws)

    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        InMemory(book, archive).save()
    return whole.getvalue()

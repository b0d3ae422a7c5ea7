"""Reads the answers out of a workbook that came back, all of them or none.

A refusal names sheet, row and column, never what stands there.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from casescope.governance.link_decisions import Verdict, verdict_from
from casescope.identified.review.workbook import (
    DECISION,
    EXPORT_LINE,
    FIRST,
    HEADINGS,
    ID,
    MOST_PAIRS,
    PAIRS,
    SEAL,
    STUDY_LINE,
    WHY,
    seal,
)
from casescope.kernel.errors import InputRefused

MOST_BYTES = 50_000_000
"""No export comes near this; a larger file, packed or unpacked, is not read."""

MOST_ROWS, MOST_COLUMNS = 2 * MOST_PAIRS, len(HEADINGS) + 5
"""Of a sheet, its heading included; a few columns of somebody's own do no harm."""


@dataclass(frozen=True)
class Answer:
    """One row's decision: the two women's own subject ids, in which row of the sheet."""

    row: int
    one: str
    other: str
    verdict: Verdict
    why: str


@dataclass(frozen=True)
class Filled:
    """What a workbook that came back says; `unanswered` rows had no decision."""

    export_id: str
    answers: tuple[Answer, ...]
    unanswered: int


def read(content: bytes, *, study_id: str) -> Filled:
    """Return the answers in a workbook of this study, all of them or none."""
    sheets = _sheets(content)
    about = {row[0]: row[1] for row in sheets.get(FIRST, []) if len(row) > 1}
    if PAIRS not in sheets or STUDY_LINE not in about or EXPORT_LINE not in about:
        raise InputRefused(
            "This is not a workbook that casescope exported for review.",
            "Export one: casescope pairs HOME export FILE.xlsx",
        )
    if about[STUDY_LINE] != study_id:
        raise InputRefused(
            "This workbook was exported from another study.", "Import it into that study."
        )
    rows = list(_rows(sheets[PAIRS]))
    for number, cells in rows:
        _check_sealed(number, cells, study_id, about[EXPORT_LINE])
    _check_once(rows)
    answers = [_answer(number, cells) for number, cells in rows if cells[DECISION]]
    _check_worked_out(content, {number for number, cells in rows if not cells[DECISION]})
    return Filled(about[EXPORT_LINE], tuple(answers), len(rows) - len(answers))


def _sheets(content: bytes, *, worked_out: bool = True) -> dict[str, list[list[str]]]:
    """Return every sheet's cells as text; refuse what is no workbook, or far too large."""
    try:
        _check_size(content)
        return _cells(content, worked_out=worked_out)
    except _DAMAGED as error:
        raise InputRefused(
            "The file cannot be read as an Excel workbook.",
            "Save it as .xlsx and try again; if it is damaged, export it anew.",
        ) from error


_DAMAGED = (
    BadZipFile, OSError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError,
    SyntaxError, RuntimeError, EOFError, MemoryError, zlib.error, struct.error,
)  # fmt: skip
"""All that openpyxl, zip and XML raise over files that are cut short, mixed up or made to harm."""


def _check_size(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if max(size, len(content)) > MOST_BYTES:
        raise _too_large()


def _too_large() -> InputRefused:
    return InputRefused(
        "The workbook is far larger than any that casescope exports.",
        "Import the one that was exported.",
    )


def _cells(content: bytes, *, worked_out: bool) -> dict[str, list[list[str]]]:
    """Return the cells of the two sheets, within bounds whatever place a cell claims to have.

    Formulas come as their values, or, where not `worked_out`, as they were typed.

    Not with calamine, which is quicker: it makes room for the farthest cell that a sheet claims to
    have, and one false reference ends the process for want of memory.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Excel adds and openpyxl leaves out is not for us
        book = load_workbook(BytesIO(content), read_only=True, data_only=worked_out)
        return {
            name: [
                [_text(value) for value in row]
                for row in book[name].iter_rows(
                    min_row=1, max_row=MOST_ROWS + 1, min_col=1, max_col=MOST_COLUMNS,
                    values_only=True,
                )
            ]
            for name in book.sheetnames
            if name in (FIRST, PAIRS)
        }  # fmt: skip


def _text(value: object) -> str:
    return " ".join(("" if value is None else str(value)).split())


def _rows(sheet: Sequence[Sequence[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row that is not empty, by heading, with its number as Excel counts."""
    if len(sheet) > MOST_ROWS:
        raise _too_large()
    head = list(sheet[0]) if sheet else []
    if missing := [name for name in HEADINGS if head.count(name) != 1]:
        raise InputRefused(
            f"Sheet '{PAIRS}', row 1: the heading '{missing[0]}' is missing or there twice.",
            "Put the headings back as they were exported, or export anew.",
        )
    for number, row in enumerate(sheet[1:], start=2):
        if any(row):
            yield number, dict(zip(head, row, strict=False))


def _check_sealed(number: int, cells: dict[str, str], study_id: str, export_id: str) -> None:
    if cells.get(SEAL) != seal(cells, study_id, export_id):
        raise InputRefused(
            f"Sheet '{PAIRS}', row {number}: something other than the decision and the reason "
            "was changed. Nothing was imported.",
            "Put the row back as it was exported, or delete the whole row.",
        )


def _check_once(rows: Sequence[tuple[int, dict[str, str]]]) -> None:
    seen: dict[str, int] = {}
    for number, cells in rows:
        if cells[ID] in seen:
            raise InputRefused(
                f"Sheet '{PAIRS}', row {number}: the same pair as in row {seen[cells[ID]]}. "
                "Nothing was imported.",
                "Delete one of the two rows.",
            )
        seen[cells[ID]] = number


def _check_worked_out(content: bytes, empty: set[int]) -> None:
    """Refuse a decision that is a formula of which no value was stored: it is no empty cell."""
    typed = _decisions_as_typed(content) if empty else ()
    formulas = [number for number, cell in typed if number in empty and cell.startswith("=")]
    if formulas:
        raise InputRefused(
            f"Sheet '{PAIRS}', row {formulas[0]}, column '{DECISION}': a formula without a value. "
            "Nothing was imported.",
            "Choose from the list, or open the file in Excel and save it, then import again.",
        )


def _decisions_as_typed(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield the cell of each row's decision as it was typed, with the row's number."""
    for number, cells in _rows(_sheets(content, worked_out=False)[PAIRS]):
        yield number, cells[DECISION]


def _answer(number: int, cells: dict[str, str]) -> Answer:
    verdict = verdict_from(cells[DECISION])
    if verdict is None:
        raise InputRefused(
            f"Sheet '{PAIRS}', row {number}, column '{DECISION}': not one of "
            f"{', '.join(one.value for one in Verdict)}. Nothing was imported.",
            "Choose from the list, or leave the cell empty.",
        )
    one, other = cells[ID].split(" ")
    return Answer(number, one, other, verdict, cells[WHY])

"""Public figures that bear on a report's own: totals of the DfE, earlier papers of the council."""

from pathlib import Path

from casescope.disclosure.audit import Cell, Figure, Place
from casescope.disclosure.audit.marks import KNOWN_MARKS, AsPrinted, NotACount, read
from casescope.disclosure.audit.sheet import read_rows
from casescope.disclosure.relations.everything import meanings
from casescope.disclosure.relations.meaning import Meaning
from casescope.disclosure.whole import Before
from casescope.kernel.errors import InputRefused

FILE = "known.csv"
COLUMNS = ("table", "row", "column", "count")


def public_figures(path: Path, linkage: str) -> Before:
    """Return the figures of a file with the columns table, row, column and count.

    The first three say which figure of the report counts the same, as report.json and `tables/`
    name it (several labels of a row with ` / ` between them). Raises InputRefused, naming file and
    row, where a line is amiss.
    """
    rows, _ = read_rows(path, path.name)
    header = tuple(one.strip() for one in rows[0][1])
    if header != COLUMNS:
        raise InputRefused(
            f"{path.name} has other columns than {', '.join(COLUMNS)}.",
            "Give each public figure a row of its own, in these columns.",
        )
    known = meanings(linkage)
    lines = (_figure(path.name, number, row, known) for number, row in rows[1:])
    return Before(path.name, tuple(one for one in lines if one.least or one.most is not None))


def _figure(name: str, number: int, row: list[str], known: dict[str, Meaning]) -> Figure:
    if len(row) != len(COLUMNS):
        raise InputRefused(f"{name}, row {number} has {len(row)} columns, not {len(COLUMNS)}.",
                           "Put a comma between table, row, column and count.")  # fmt: skip
    table, label, column, text = (one.strip() for one in row)
    cell = _cell(known, table, label, column)
    if cell is None:
        raise InputRefused(f"{name}, row {number} is of no figure of the report.",
                           "Name table, row and column as report.json does.")  # fmt: skip
    try:
        found = read(text, AsPrinted())
    except NotACount as why:
        raise InputRefused(
            f"{name}, row {number} has {why} under count.",
            f"Counts are whole numbers, ranges, or one of: {KNOWN_MARKS}.",
        ) from None
    return Figure(Place(name, f"row {number}"), ((1, cell),), found.least, found.most, "known")


def _cell(known: dict[str, Meaning], table: str, label: str, column: str) -> Cell | None:
    if table not in known:
        return None
    try:
        return known[table](tuple(label.split(" / ")), column)
    except (KeyError, ValueError, IndexError):
        return None

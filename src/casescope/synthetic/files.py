"""Writes rows as the files an extract folder holds."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from casescope.synthetic.tables import Row


@dataclass
class Sheet:
    """One file to be: its name, which table it holds, columns, rows, and how it is written."""

    name: str
    table: str
    columns: tuple[str, ...]
    rows: list[Row]
    delimiter: str = ","
    encoding: str = "utf-8"


def write(folder: Path, sheets: list[Sheet]) -> None:
    """Write the sheets as CSV, line ends of Windows as the sector's tools write them."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, sheet.columns, delimiter=sheet.delimiter)
        writer.writeheader()
        writer.writerows(sheet.rows)
        content = text.getvalue().encode(sheet.encoding, errors="replace")
        (folder / sheet.name).write_bytes(content)

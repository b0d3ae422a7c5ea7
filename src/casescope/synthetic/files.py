"""Writes rows as the files an extract folder holds."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from casescope.kernel.errors import InputRefused
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


def clear(folder: Path) -> None:
    """Empty a folder of an earlier pretend county; refuse one that may hold a real extract."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = sorted(folder.glob("*.csv"))
    if tables and not (folder / "truth.json").exists():
        raise InputRefused(
            f"The folder {folder} holds tables that are not a pretend county.",
            "Name an empty or a new folder.",
        )
    for table in tables:
        table.unlink()


def write(folder: Path, sheets: list[Sheet]) -> None:
    """Write the sheets as CSV, line ends of Windows as the sector's tools write them."""
    for sheet in sheets:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, sheet.columns, delimiter=sheet.delimiter)
        writer.writeheader()
        writer.writerows(sheet.rows)
        content = text.getvalue().encode(sheet.encoding, errors="replace")
        (folder / sheet.name).write_bytes(content)

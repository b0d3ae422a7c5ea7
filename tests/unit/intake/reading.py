"""Writes extract files as bytes or text, and loads them as a council would."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from casescope.identified.intake.load import load
from casescope.identified.intake.one_sheet import FileRead

REFERENCE_DATE = date(2026, 3, 31)
PERSON = "pers_person_id,pers_forename,pers_surname,pers_dob\n"


@dataclass
class Loaded:
    """What a load came to: each file's fate, and the tables it wrote."""

    files: list[FileRead]
    connection: duckdb.DuckDBPyConnection

    def rows(self, query: str) -> list[tuple]:
        return self.connection.execute(query).fetchall()

    def column(self, query: str) -> list:
        return [row[0] for row in self.rows(query)]

    def problems(self) -> list[tuple]:
        """Give table, row, column and kind of every problem."""
        return self.rows("SELECT table_name, row, column_name, kind FROM problem ORDER BY ALL")


def put(folder: Path, **files: str | bytes) -> Path:
    """Write `name="text"` as name.csv into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.csv").write_bytes(data)
    return folder


def read(*folders: Path) -> Loaded:
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS extract; USE extract")
    return Loaded(load(connection, list(folders), reference_date=REFERENCE_DATE), connection)

"""Loading extract folders: every file recognised, read and typed into one new layer, or nothing."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from casescope.identified.intake.read import CsvFile, batches, look
from casescope.identified.intake.recognise import NotRecognised, recognise
from casescope.identified.intake.tables import (
    CODE,
    DATE,
    FLAG,
    TABLES,
    ExtractColumn,
    ExtractTable,
)
from casescope.identified.intake.typed import text_of, unreadable, value_of
from casescope.kernel.codes import KNOWN_STATUSES
from casescope.kernel.errors import InputRefused, NotFound
from casescope.kernel.progress import Progress, Silent
from casescope.vault.sql import create_tables

_log = logging.getLogger(__name__)

_CSV = (".csv", ".tsv", ".txt")
_READ_ELSEWHERE = {
    ".xlsx": "Excel workbooks are not read yet: save each sheet as CSV UTF-8",
    ".xml": "XML returns are not read yet: give the CSV form of the return",
    ".parquet": "Parquet is not read yet: export the table as CSV",
    ".zip": "zip files are not read yet: unpack it first",
}
_DUCKDB_TYPE = {DATE: "DATE", FLAG: "BOOLEAN"}


@dataclass(frozen=True)
class FileRead:
    """What became of one file: the table it was taken for, or why it was left out."""

    label: str
    table: str | None
    rows: int
    note: str


def load(
    connection: duckdb.DuckDBPyConnection,
    folders: Sequence[Path],
    *,
    reference_date: date,
    progress: Progress | None = None,
) -> list[FileRead]:
    """Read every table in these folders into the current database, one table for each of TABLES.

    Also makes `source_file` (one row a file) and `problem` (one row for each value that could not
    be used: table, file, row, column and kind, never the value). Raises InputRefused, leaving the
    caller to drop what was written, when any recognised file cannot be read whole, or none is.
    """
    _create(connection)
    read = _load_files(connection, list(_files(folders)), reference_date, progress or Silent())
    _collapse(connection, read)
    create_tables(connection, __package__, ["named"], {})
    if not any(file.table for file in read):
        raise InputRefused(
            "None of the files is a table that casescope knows.",
            "Compare their column names with the extract specification in docs/reference.",
        )
    return read


def extract_files(folders: Sequence[Path]) -> list[Path]:
    """Return every file that a load of these folders looks at, in the order it does."""
    return [path for path, _ in _files(folders)]


def _files(folders: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file once, with a label that no other file has: a label tells returns apart."""
    for folder in folders:
        if not folder.is_dir():
            raise NotFound(f"There is no folder {folder}.", "Name the folder with the extract.")
    seen: set[Path] = set()
    for folder, name in _named(dict.fromkeys(folder.resolve() for folder in folders)):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                if path not in seen:
                    yield path, f"{name}/{path.relative_to(folder).as_posix()}"
                seen.add(path)


def _named(folders: Iterable[Path]) -> list[tuple[Path, str]]:
    """Give each folder the shortest end of its path that, at one length, tells all apart."""
    paths = list(folders)
    longest = max((len(path.parts) for path in paths), default=1)
    for length in range(1, longest + 1):
        names = ["/".join(path.parts[-length:]) for path in paths]
        if len(set(names)) == len(names):
            break
    return list(zip(paths, names, strict=True))


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        columns = ", ".join(
            f'"{column.name}" {_DUCKDB_TYPE.get(column.kind, "VARCHAR")}'
            for column in table.columns
        )
        connection.execute(
            f"CREATE TABLE {table.name} ({columns}, _file VARCHAR, _row BIGINT, _copies BIGINT)"
        )
    connection.execute(
        "CREATE TABLE source_file (file VARCHAR, table_name VARCHAR, rows_read BIGINT, "
        "set_aside BIGINT, encoding VARCHAR, separator VARCHAR, extra_columns VARCHAR, "
        "note VARCHAR)"
    )
    connection.execute(
        "CREATE TABLE problem (table_name VARCHAR, file VARCHAR, row BIGINT, column_name VARCHAR, "
        "kind VARCHAR, set_aside BOOLEAN, subject VARCHAR)"
    )


def _load_files(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[tuple[Path, str]],
    reference_date: date,
    progress: Progress,
) -> list[FileRead]:
    progress.start(f"reading {len(files)} files")
    read: list[FileRead] = []
    for path, label in files:
        read.append(_load_file(connection, path, label, reference_date))
        progress.advance(len(read), len(files))
    progress.finish(f"{sum(file.rows for file in read):,} rows")
    return read


def _load_file(
    connection: duckdb.DuckDBPyConnection, path: Path, label: str, reference_date: date
) -> FileRead:
    if path.suffix.lower() not in _CSV:
        note = _READ_ELSEWHERE.get(path.suffix.lower(), "not a table")
        return _left_out(connection, label, note)
    file = look(path, label)
    found = recognise(file.header)
    if isinstance(found, NotRecognised):
        return _left_out(connection, label, found.reason)
    rows = _take_in(connection, file, found.table, reference_date)
    _log.debug("table %s: %s rows read as %s", found.table.name, rows, file.encoding)
    extra = ", ".join(found.extra)
    connection.execute(
        "INSERT INTO source_file SELECT $file, $table, $rows, (SELECT count(DISTINCT row) "
        "FROM problem WHERE file = $file AND set_aside), $encoding, $separator, $extra, ''",
        {
            "file": label, "table": found.table.name, "rows": rows, "encoding": file.encoding,
            "separator": file.separator, "extra": extra,
        },
    )  # fmt: skip
    return FileRead(label, found.table.name, rows, f"columns not used: {extra}" if extra else "")


def _left_out(connection: duckdb.DuckDBPyConnection, label: str, note: str) -> FileRead:
    connection.execute(
        "INSERT INTO source_file VALUES ($file, NULL, 0, 0, NULL, NULL, NULL, $note)",
        {"file": label, "note": note},
    )
    return FileRead(label, None, 0, note)


def _take_in(
    connection: duckdb.DuckDBPyConnection, file: CsvFile, table: ExtractTable, reference_date: date
) -> int:
    """Read one file as text, note what cannot be read, insert the rest typed; return rows read."""
    _read_text(connection, file, table)
    pivot = {"pivot": reference_date.year}
    typed = ", ".join(
        f'{value_of(column)} AS "{column.name}", {_is_bad(column)} AS "bad {column.name}"'
        for column in table.columns
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE incoming_typed AS SELECT {typed}, _row "
        "FROM temp.incoming_text",
        pivot if "$pivot" in typed else {},
    )
    for check in _checks(table):
        connection.execute(check, {"file": file.label})
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    connection.execute(
        f"INSERT INTO {table.name} SELECT {columns}, $file, min(_row), count(*) "
        "FROM temp.incoming_typed "
        "WHERE _row NOT IN (SELECT row FROM problem WHERE file = $file AND set_aside) "
        f"GROUP BY {columns}",
        {"file": file.label},
    )
    row = connection.execute("SELECT count(*) FROM temp.incoming_typed").fetchone()
    connection.execute("DROP TABLE temp.incoming_text; DROP TABLE temp.incoming_typed")
    return int(row[0]) if row else 0


def _read_text(connection: duckdb.DuckDBPyConnection, file: CsvFile, table: ExtractTable) -> None:
    """Make incoming_text: every column of the table as trimmed text, null where there is none."""
    here = {name.strip().upper() for name in file.header}
    texts = ", ".join(
        f'{text_of(name)} AS "{name}"' if name in here else f'NULL::VARCHAR AS "{name}"'
        for name in (column.name.upper() for column in table.columns)
    )
    columns = ", ".join(f'"{column.name.upper()}" VARCHAR' for column in table.columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE incoming_text ({columns}, _row BIGINT)")
    # batch by batch from here, for a refusal raised inside DuckDB's own scan would be wrapped
    for batch in batches(file, table.known):
        connection.register("incoming", pa.Table.from_batches([batch]))
        connection.execute(f"INSERT INTO temp.incoming_text SELECT {texts}, _row FROM incoming")
        connection.unregister("incoming")


def _is_bad(column: ExtractColumn) -> str:
    return unreadable(column) if column.kind in (DATE, FLAG) else "false"


def _checks(table: ExtractTable) -> Iterator[str]:
    """Yield one INSERT INTO problem for each way a row of this table can be unusable."""
    for column in table.columns:
        if column.kind in (DATE, FLAG):
            aside = table.sets_unreadable_aside or (column.kind == FLAG and column.required)
            yield _problem(table, column.name, f"unreadable {column.kind}", f'"bad {column.name}"',
                           set_aside=aside)  # fmt: skip
        if _must_be_filled(table, column.name, required=column.required, kind=column.kind):
            empty = f'"{column.name}" IS NULL AND NOT "bad {column.name}"'
            yield _problem(table, column.name, "empty", empty, set_aside=True)
    if table.name == "episodes":
        known = ", ".join(f"'{status}'" for status in KNOWN_STATUSES)
        yield _problem(table, "LS", "unknown legal status",
                       f"coalesce(\"LS\", '') NOT IN ({known})", set_aside=False)  # fmt: skip


def _must_be_filled(table: ExtractTable, name: str, *, required: bool, kind: str) -> bool:
    """Say whether a row without this value can't be used: required ids, and a start date.

    A relationship without its child is kept: it is a sign of truncation that quality looks for.
    """
    if name == "moth_childs_person_id" or not required:
        return False
    starts = ("DECOM", "clae_cla_episode_start_date", "lega_legal_status_start_date",
              "cina_assessment_start_date", "cppl_cp_plan_start_date", "proc_application_date",
              "perm_permanence_order_date")  # fmt: skip
    return name in starts or (kind not in (CODE, DATE) and name == table.columns[0].name)


def _problem(
    table: ExtractTable, column: str, kind: str, condition: str, *, set_aside: bool
) -> str:
    return (
        f"INSERT INTO problem SELECT '{table.name}', $file, _row, '{column}', '{kind}', "
        f'{str(set_aside).lower()}, "{table.columns[0].name}" FROM temp.incoming_typed '
        f"WHERE {condition}"
    )


def _collapse(connection: duckdb.DuckDBPyConnection, read: Sequence[FileRead]) -> None:
    """Collapse rows that stand in several files of one table; a yearly return keeps its own.

    Duplicates within one file are gone already.
    """
    files = Counter(file.table for file in read)
    for table in TABLES:
        if table.returns or files[table.name] < 2:
            continue
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        connection.execute(
            f"CREATE OR REPLACE TABLE {table.name} AS SELECT {columns}, min(_file) AS _file, "
            f"min(_row) AS _row, sum(_copies)::BIGINT AS _copies FROM {table.name} "
            f"GROUP BY {columns}"
        )

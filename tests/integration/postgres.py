"""A PostgreSQL server of a test's own, on a socket in a folder, without any network."""

import csv
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

_INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
BIN = _INSTALLED[-1].parent if _INSTALLED else None

SECRET = "Planted-Secret-9"

_TYPES = {"date": "timestamp", "is_mother": "char(1)", "in_authority": "char(1)",
          "json": "varchar(1000)", "sex": "varchar(10)"}  # fmt: skip
"""What the SSD's own DDL makes of a column (datetime, nchar(1), nvarchar), by the end of its name;
any other is text."""


@dataclass(frozen=True)
class Server:
    """A running server and how to reach it."""

    folder: Path

    def url(self, user: str = "reader", *, password: str = SECRET, database: str = "county") -> str:
        given = f"{user}:{password}" if password else user
        return f"postgresql://{given}@/{database}?host={self.folder}"

    def do(self, *statements: str, database: str = "county") -> None:
        with psycopg.connect(
            host=str(self.folder), user="admin", dbname=database, autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement)

    def take(self, table: str, file: Path, schema: str = "public") -> None:
        """Make a table of a CSV file, with the types that the SSD's own DDL has."""
        with file.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = csv.reader(lines)
        columns = ", ".join(f"{name} {_type_of(name)}" for name in header)
        with psycopg.connect(host=str(self.folder), user="admin", dbname="county") as connection:
            connection.execute(f"CREATE TABLE {schema}.{table} ({columns})")
            with connection.cursor().copy(f"COPY {schema}.{table} FROM STDIN") as into:
                for row in rows:
                    into.write_row([cell or None for cell in row])


def _type_of(name: str) -> str:
    ends = ("_date", "_dob")
    if name.lower().endswith(ends):
        return _TYPES["date"]
    return next((kind for end, kind in _TYPES.items() if name.lower().endswith(end)), "varchar(48)")


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server; as root it runs as the user `postgres`, for it refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="casescope-pg-"))
    who = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(folder, **who)
    data = folder / "data"

    def run(*words: object) -> None:
        subprocess.run(
            [str(word) for word in words], check=True, cwd=folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, extra_groups=[] if who else None, **who,
        )  # fmt: skip

    control = (BIN / "pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log")
    try:
        run(BIN / "initdb", "-D", data, "-U", "admin", "-A", "trust", "-E", "UTF8", "--no-locale")
        (data / "pg_hba.conf").write_text("local all admin trust\nlocal all all scram-sha-256\n")
        run(*control, "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start")
        try:
            server = Server(folder)
            server.do("CREATE DATABASE county", database="postgres")
            server.do(f"CREATE ROLE reader LOGIN PASSWORD '{SECRET}'")
            yield server
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

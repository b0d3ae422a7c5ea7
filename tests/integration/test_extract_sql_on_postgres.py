"""Eclipse's statements run on a real PostgreSQL, on views that hold a few drawn rows."""

import psycopg
import pytest

from casescope.identified.extract_sql.statements import statement, tables
from casescope.identified.intake.recognise import Recognised, recognise
from tests.integration.postgres import BIN, serving
from tests.unit.extract_sql.facts import ECLIPSE

pytestmark = pytest.mark.skipif(BIN is None, reason="PostgreSQL is not on this machine")

DAYS = ("DATE", "DATEOFBIRTH", "DATECOMPLETED", "DATEANSWERVALUE")


@pytest.fixture(scope="module")
def connection():
    with serving() as server:
        for table, columns in ECLIPSE.items():
            typed = ", ".join(f"{name} {_kind(name)}" for name in columns.split())
            server.do(f"CREATE TABLE {table} ({typed})")
        server.do(
            "INSERT INTO relationshippersonview VALUES ('r1', '1', '2', 'Mother'), "
            "('r2', '3', '2', 'Father')",
            "INSERT INTO persondemographicsview (personid, sex, dateofbirth) VALUES "
            "('1', 'Female', NULL), ('2', 'Male', '2015-01-02'), ('3', 'Male', NULL)",
        )
        with psycopg.connect(host=str(server.folder), user="admin", dbname="county") as open_one:
            yield open_one


def _kind(name: str) -> str:
    if name.endswith("PATHID"):
        return "integer"
    return "timestamp" if name.endswith(DAYS) else "varchar(50)"


@pytest.mark.parametrize("table", tables("eclipse"))
def test_it_runs_and_its_result_is_recognised(connection, table):
    cursor = connection.execute(statement("eclipse", table))
    found = recognise([column.name for column in cursor.description])
    assert isinstance(found, Recognised)
    assert found.table.name == table


def test_mothers_and_children_come_and_fathers_do_not(connection):
    links = connection.execute(statement("eclipse", "mother")).fetchall()
    assert [(row[0], row[1], str(row[2]), row[4]) for row in links] == [
        ("1", "2", "2015-01-02", "unknown")
    ]
    people = connection.execute(statement("eclipse", "person")).fetchall()
    assert sorted((row[0], row[5], row[-1]) for row in people) == [("1", "F", 1), ("2", "M", 0)]

"""What is sent to SQL Server, as far as it can be seen without one; values of any type as text."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import URL
from sqlalchemy.dialects import mssql, postgresql
from sqlalchemy.exc import OperationalError

from casescope.identified.intake import database
from casescope.identified.intake.database import TableSheet, address_of, text_of
from casescope.identified.intake.database_refusals import refusing
from casescope.kernel.errors import InputRefused

AS_PYMSSQL_GIVES_THEM = [
    (7, "O'Hare ] x", datetime(2020, 1, 2)),  # noqa: DTZ001 — the driver gives such
    (8, None, None),
]


class Sent:
    """A connection that keeps what it is told to execute."""

    def __init__(self, dialect, rows) -> None:
        self.dialect, self.rows = dialect, rows
        self.engine = SimpleNamespace(url=URL.create("mssql+pymssql", host="db.example"))
        self.statements: list[str] = []

    def execute(self, statement, execution_options=None):
        self.statements.append(" ".join(str(statement.compile(dialect=self.dialect)).split()))
        self.options = execution_options
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        pass

    def partitions(self, _size):
        yield self.rows


def sent_to(dialect, rows) -> tuple[Sent, list]:
    connection = Sent(dialect, rows)
    sheet = TableSheet(connection, "SSD_Person", "Child Social", ("Pers_ID", "a]b", "DOB", "other"))
    return connection, list(sheet.batches(frozenset({"PERS_ID", "A]B", "DOB"})))


def test_sql_server_is_sent_one_select_with_names_quoted_its_way():
    connection, (batch,) = sent_to(mssql.dialect(), AS_PYMSSQL_GIVES_THEM)
    assert connection.statements == [
        "SELECT [Pers_ID], [a]]b], [DOB] FROM [Child Social].[SSD_Person]"
    ]
    assert connection.options == {"stream_results": True, "yield_per": 5_000}
    assert batch.to_pydict() == {
        "PERS_ID": ["7", "8"], "A]B": ["O'Hare ] x", None],
        "DOB": ["2020-01-02T00:00:00", None], "_row": [1, 2],
    }  # fmt: skip


def test_postgresql_is_asked_for_text():
    connection, (batch,) = sent_to(postgresql.dialect(), [("7", None, "2020-01-02 00:00:00")])
    assert batch.to_pydict()["DOB"] == ["2020-01-02 00:00:00"]
    assert connection.statements == [
        'SELECT CAST("Pers_ID" AS TEXT) AS "Pers_ID", CAST("a]b" AS TEXT) AS "a]b", '
        'CAST("DOB" AS TEXT) AS "DOB" FROM "Child Social"."SSD_Person"'
    ]


def test_sql_server_is_read_in_one_snapshot_by_a_reader():
    address = address_of("mssql://reader@db.example:1433/HDM", ask=lambda: "x")
    assert address.url.drivername == "mssql+pymssql"
    engine = database._engine(address)
    assert engine.get_execution_options()["isolation_level"] == "SNAPSHOT"
    assert database._CONNECT["mssql"]["read_only"] is True


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (18456, "refused the user name or the password"),
        (4060, "no database of that name"),
        (229, "may not read the table"),
        (3952, "does not allow snapshot isolation"),
        (20009, "db.example cannot be reached"),
        (20047, "was lost while reading the table"),
        (50000, "could not give the table (error 50000)"),
    ],
)
def test_sql_servers_errors_become_sentences(number, words):
    raised = OperationalError("SELECT secret", {}, Exception((number, b"a row with Plantedname")))
    url = URL.create("mssql+pymssql", host="db.example", password="Planted")
    with pytest.raises(InputRefused) as caught, refusing(url, "the table"):
        raise raised
    assert words in caught.value.sentence
    assert "Planted" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None), ("  x ", "  x "), (True, "1"), (False, "0"), (7, "7"), (7.0, "7"),
        (7.5, "7.5"), (Decimal("7.00"), "7"), (Decimal("7.25"), "7.25"),
        (date(2020, 1, 2), "2020-01-02"), (["1B", None], '["1B", null]'), ({"1B": "Yes"},
                                                                           '{"1B": "Yes"}'),
        (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_a_value_of_any_type_is_text(value, text):
    assert text_of(value) == text

"""The shared dataset as temporary tables: recoded, women in too small classes left out.

Tokens are the caller's: nobody's token in the analysis dataset is in a shared one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import duckdb

from casescope.dataset.risk import Risk, ladder, measure
from casescope.dataset.risk.ladder import Ladder
from casescope.dataset.risk.search import kept
from casescope.dataset.schema import ddl
from casescope.dataset.sharing.quasi import QUASI, QUASI_BY_NAME
from casescope.dataset.sharing.schema import (
    NOT_RECORDED,
    QUASI_COLUMNS,
    RECORDED,
    SENSITIVE_COLUMNS,
    SHARED_TABLES,
    WOMAN,
)
from casescope.dataset.sharing.subject import Subject
from casescope.dataset.table import Table

MEASURED, AMONG = "shared_measured", "shared_among"
"""What risk is measured on (women with their issues), and everybody an onlooker may look among."""


@dataclass(frozen=True)
class Recoded:
    """How one shared dataset is told: the step of each column, the floor, the linkage."""

    steps: Mapping[str, int]
    floor: int
    linkage: str

    def facts(self, told: Sequence[Subject]) -> dict[str, str]:
        """Return what the package says of itself."""
        reference = told[0].reference_date if told else None
        period = f"{reference.year} quarter {(reference.month + 2) // 3}" if reference else ""
        return {
            "linkage": self.linkage,
            "removals": "broad",
            "reference_period": period,
            "risk_floor": str(self.floor),
            "women": str(len(told)),
            **{f"step of {name}": QUASI_BY_NAME[name].steps[step].label
               for name, step in self.steps.items()},
        }  # fmt: skip


def ladders(people: Sequence[Subject]) -> tuple[Ladder, ...]:
    """Return each quasi-identifier of these women as a ladder."""
    return tuple(
        ladder(one.name, [[step.tell(woman) for woman in people] for step in one.steps])
        for one in QUASI
    )


def who_is_told(people: Sequence[Subject], recoded: Recoded) -> tuple[Subject, ...]:
    """Return the women whose class reaches the floor; the others are left out."""
    stays = kept(ladders(people), recoded.floor, recoded.steps)
    return tuple(woman for woman, stay in zip(people, stays, strict=True) if stay)


def write(
    connection: duckdb.DuckDBPyConnection,
    people: Sequence[Subject],
    recoded: Recoded,
    *,
    tokens: Mapping[str, str],
) -> tuple[Subject, ...]:
    """Write the shared dataset of `people` as temporary tables; return the women it tells of.

    `tokens` gives each woman the token she has in this package. Rows lie in the order of those.
    """
    told = sorted(who_is_told(people, recoded), key=lambda woman: tokens[woman.woman])
    for table in SHARED_TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table.name}")
        connection.execute(ddl(table).replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
    about, woman, issue = SHARED_TABLES
    _insert(connection, about, recoded.facts(told).items())
    _insert(connection, woman, (_woman(one, recoded, tokens) for one in told))
    _insert(connection, issue, _issues(connection, told, recoded.linkage, tokens))
    return tuple(told)


def risk_of(
    connection: duckdb.DuckDBPyConnection, among: Sequence[Subject], recoded: Recoded
) -> Risk:
    """Return the risk of the shared dataset last written; `among` is whom one may look among."""
    _measured(connection)
    _among(connection, among, recoded)
    return measure(
        connection,
        MEASURED,
        QUASI_COLUMNS,
        tuple(dict.fromkeys((*SENSITIVE_COLUMNS, *RECORDED))),
        population=AMONG,
    )


def _woman(one: Subject, recoded: Recoded, tokens: Mapping[str, str]) -> tuple[object, ...]:
    return (
        tokens[one.woman],
        *_told(one, recoded),
        *(getattr(one, name) for name in SENSITIVE_COLUMNS),
    )


def _told(one: Subject, recoded: Recoded) -> tuple[str, ...]:
    return tuple(quasi.steps[recoded.steps[quasi.name]].tell(one) for quasi in QUASI)


def _issues(
    connection: duckdb.DuckDBPyConnection,
    told: Sequence[Subject],
    linkage: str,
    tokens: Mapping[str, str],
) -> list[tuple[str, ...]]:
    statement = files("casescope.dataset.sharing").joinpath("issue.sql").read_text("utf-8")
    found = connection.execute(
        statement, {"linkage": linkage, "women": ["", *(one.woman for one in told)]}
    ).fetchall()
    return sorted(
        (tokens[woman], issue, timing, "yes" if yes else "no")
        for woman, issue, timing, yes in found
    )


def _insert(
    connection: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[Sequence[object]]
) -> None:
    """Insert rows a column at a time: many times quicker than one by one."""
    columns = list(zip(*rows, strict=True))
    if columns:
        names = ", ".join(f"unnest($c{place})" for place in range(len(columns)))
        values = {f"c{place}": list(column) for place, column in enumerate(columns)}
        connection.execute(f"INSERT INTO temp.{table.name} SELECT {names}", values)


def _measured(connection: duckdb.DuckDBPyConnection) -> None:
    issues = ", ".join(
        f"coalesce(max(state) FILTER (issue = '{one}'), '{NOT_RECORDED}') AS {one}"
        for one in RECORDED
        if one not in SENSITIVE_COLUMNS
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {MEASURED} AS SELECT w.*, {issues} "
        f"FROM temp.{WOMAN.name} AS w LEFT JOIN temp.shared_issue AS i "
        "ON i.woman = w.woman AND i.timing = 'ever' GROUP BY ALL"
    )


def _among(
    connection: duckdb.DuckDBPyConnection, among: Sequence[Subject], recoded: Recoded
) -> None:
    columns = tuple(column for column in WOMAN.columns if column.name in QUASI_COLUMNS)
    table = Table(AMONG, "", columns, QUASI_COLUMNS)
    names = ", ".join(f"{column.name} VARCHAR" for column in columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {AMONG} ({names})")
    _insert(connection, table, (_told(one, recoded) for one in among))

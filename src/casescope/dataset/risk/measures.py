"""k-anonymity, l-diversity, t-closeness and three models of risk, of any table, in SQL.

Sources: Samarati and Sweeney 1998 (k), Machanavajjhala and others 2007 (distinct l), Li and others
2007 (t, equal distances), El Emam and Dankar 2008 (prosecutor, journalist, marketer). Empty values
are a value like any other: who has none is alike to who has none.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

import duckdb

FEW = 5
"""A class of fewer records than this counts as small in `share_in_small`."""


@dataclass(frozen=True)
class Spread:
    """Of one sensitive column: fewest values in a class, and the farthest class from the whole."""

    column: str
    diversity: int
    closeness: float


@dataclass(frozen=True)
class Risk:
    """What one table gives away: `k` is the smallest class, 0 where the table is empty.

    Risks are probabilities from 0 to 1; `uniques` are records that nobody is like.
    """

    records: int
    classes: int
    k: int
    uniques: int
    share_in_small: float
    prosecutor: float
    journalist: float
    marketer: float
    sensitive: tuple[Spread, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self) | {"sensitive": [asdict(one) for one in self.sensitive]}


def measure(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    quasi: Sequence[str],
    sensitive: Sequence[str] = (),
    *,
    population: str = "",
) -> Risk:
    """Return the risk of `table`, whose rows are people.

    `population` is a table with the same quasi-identifiers of all among whom an onlooker would
    look; without one she is known to be in the table, and journalist is prosecutor. Raises
    duckdb.Error where numbers of values multiply to more than 2**126.
    """
    with _coded(connection, table, quasi, sensitive, population):
        held = connection.execute(_statement("classes"), {"few": FEW})
        columns = [column[0] for column in held.description or ()]
        found = dict(zip(columns, held.fetchone() or (), strict=True))
        spreads = tuple(
            Spread(name, *_spread(connection, place)) for place, name in enumerate(sensitive)
        )
    return Risk(**found, sensitive=spreads)


def _statement(name: str) -> str:
    return files("casescope.dataset.risk").joinpath(f"{name}.sql").read_text("utf-8")


def _spread(connection: duckdb.DuckDBPyConnection, place: int) -> tuple[int, float]:
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW risk_value AS SELECT class, s{place} AS value FROM risk_row"
    )
    diversity, closeness = connection.execute(_statement("spread")).fetchone() or (0, 0.0)
    connection.execute("DROP VIEW temp.risk_value")
    return int(diversity), float(closeness)


@contextmanager
def _coded(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    quasi: Sequence[str],
    sensitive: Sequence[str],
    population: str,
) -> Iterator[None]:
    """Hold each row's class as one number: grouping by it is many times quicker than by texts."""
    tables = [table, population] if population else [table]
    codes = {f"q{place}": (name, tables) for place, name in enumerate(quasi)}
    values = {f"s{place}": (name, [table]) for place, name in enumerate(sensitive)}
    key = _key(list(codes))
    chosen = "".join(f", CAST({code}.code AS INTEGER) AS {code}" for code in values)
    people = f"SELECT {key} AS class, count(*) AS records FROM {population} AS t {_joins(codes)}"
    try:
        connection.execute(
            f"CREATE TEMP TABLE risk_row AS WITH {_dictionaries({**codes, **values})} "
            f"SELECT {key} AS class{chosen} FROM {table} AS t {_joins({**codes, **values})}"
        )
        connection.execute(
            "CREATE TEMP TABLE risk_population AS "
            + (f"WITH {_dictionaries(codes)} {people} GROUP BY class" if population
               else "SELECT CAST(0 AS HUGEINT) AS class, 0 AS records LIMIT 0")
        )  # fmt: skip
        yield
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.risk_row")
        connection.execute("DROP TABLE IF EXISTS temp.risk_population")


_Codes = dict[str, tuple[str, list[str]]]
"""By the name of a list of codes: the column it codes, and the tables whose values it must hold."""


def _dictionaries(codes: _Codes) -> str:
    return ", ".join(
        f"{code} AS MATERIALIZED (SELECT value, row_number() OVER (ORDER BY value) - 1 AS code "
        f"FROM ({' UNION '.join(f'SELECT DISTINCT {quoted(name)} AS value FROM {t}' for t in of)}))"
        for code, (name, of) in codes.items()
    ) or "none AS (SELECT 1)"  # fmt: skip


def _joins(codes: _Codes) -> str:
    return " ".join(
        f"INNER JOIN {code} ON {code}.value IS NOT DISTINCT FROM t.{quoted(name)}"
        for code, (name, _) in codes.items()
    )


def _key(codes: list[str]) -> str:
    """Return the number of a class: its codes as the digits of a number of mixed radix."""
    key = "CAST(0 AS HUGEINT)"
    for code in codes:
        key = f"({key} * (SELECT count(*) FROM {code}) + {code}.code)"
    return key


def quoted(name: str) -> str:
    """Return a column's name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'

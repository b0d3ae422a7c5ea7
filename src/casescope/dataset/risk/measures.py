"""k-anonymity, l-diversity, t-closeness and three models of risk, of any table, in SQL.

Sources: Samarati and Sweeney 1998 (k), Machanavajjhala and others 2007 (distinct l), Li and others
2007 (t, equal distances), El Emam and Dankar 2008 (prosecutor, journalist, marketer). Empty values
are a value like any other: who has none is alike to who has none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from casescope.dataset.risk.classes import Shares, classes_statement, quoted, spread_statement

FEW = 5
"""A class of fewer records than this counts as small in `share_in_small`."""

FEW_VALUES = 32
"""A sensitive column of so many values at most is counted value by value as classes are made: one
statement for all such columns. One of more values has a statement of its own."""


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
    """Return the risk of `table`, whose rows are people, by one or more quasi-identifiers.

    `population` is a table with the same quasi-identifiers of all among whom an onlooker would
    look; without one she is known to be in the table, and journalist is prosecutor.
    """
    shares = {name: _shares(connection, table, name) for name in sensitive}
    counted = {name: found for name, found in shares.items() if len(found) <= FEW_VALUES}
    statement, values = classes_statement(table, quasi, counted, population=population)
    found = _row(connection, statement, {"few": FEW, **values})
    spreads = {
        name: Spread(name, int(found.pop(f"l{place}")), float(found.pop(f"t{place}")))
        for place, name in enumerate(counted)
    }
    for name in shares.keys() - counted.keys():
        own = _row(connection, spread_statement(table, quasi, name), {})
        spreads[name] = Spread(name, int(own["l"]), float(own["t"]))
    return Risk(**found, sensitive=tuple(spreads[name] for name in sensitive))


def _shares(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> Shares:
    found = connection.execute(
        f"SELECT {quoted(name)}, count(*) / sum(count(*)) OVER () AS share FROM {table} "
        "GROUP BY 1 ORDER BY 1"
    )
    return found.fetchall()


def _row(
    connection: duckdb.DuckDBPyConnection, statement: str, values: Mapping[str, object]
) -> dict[str, Any]:
    found = connection.execute(statement, dict(values))
    columns = [column[0] for column in found.description or ()]
    return dict(zip(columns, found.fetchone() or (), strict=True))

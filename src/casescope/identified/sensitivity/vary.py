"""The sensitivity step: the headlines under other choices, in one pass over what is common.

Histories are told again only for women whose removals or events can come out otherwise; for all
others the study's own stand. What follows (tiers, follow-up) is added up over the study's own
histories, less those of the women concerned, plus theirs told again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from importlib import resources

import duckdb

from casescope.identified import removals
from casescope.identified.removals.make import CODES
from casescope.identified.sensitivity.grid import Values, Variation, grid
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables, parameters_of
from casescope.vault.steps import Step

_AGAIN = (
    "account", "counted", "windowed", "merged", "numbered", "event_removal", "account_event",
    "event", "history",
)  # fmt: skip
"""From removals to histories, in the removals step's own statements."""

_REMOVED_AGAIN = (
    "separation", "removal_in_care", "removal_by_order", "removal_elsewhere", "removal",
    "proceeding_of_removal",
)  # fmt: skip
"""From periods of care to removals, in the removals step's own statements."""

_PREPARED = ("detail", "near", "gap", "told")
_CONCERNED = {
    "event_window_days": "concerned_by_window",
    "gap_days": "concerned_by_gap",
    "max_age_at_removal": "concerned_by_age",
    "least_days": "concerned_by_length",
    "without_need": "concerned_by_need",
    "without_first_at": "concerned_by_age_at_first",
}
_KEPT = {
    "least_days": "kept_by_length",
    "without_need": "kept_by_need",
    "without_first_at": "kept_by_age_at_first",
}
_FROM_CARE = {"gap_days": "care_again", "max_age_at_removal": "their_care"}


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    reference_date = facts["reference_date"]
    if not isinstance(reference_date, date):
        raise TypeError("reference_date is a date")
    own = Values(**{field.name: _whole(facts[field.name]) for field in fields(Values)})
    known = {**CODES, **facts, **{f"own_{name}": facts[name] for name in _OWN}}
    variations = grid(own)
    _tell_own(connection, known)
    for number, variation in enumerate(variations):
        if variation.retells:
            _tell_again(connection, variation, {**known, **_bound(variation), "telling": number})
    _list(connection, variations, reference_date)
    create_tables(connection, __package__, ("sensitivity", "sensitivity_spell"), known)
    for table in _temporary(connection):
        connection.execute(f'DROP TABLE temp."{table}"')


_OWN = ("event_window_days", "gap_days", "max_age_at_removal")


def _whole(value: Json) -> int:
    if not isinstance(value, int):
        raise TypeError("a parameter of the grid is a whole number")
    return value


def _bound(variation: Variation) -> dict[str, Json]:
    """Return the numbers of one variation by the names that the statements bind."""
    values = {field.name: getattr(variation.values, field.name) for field in fields(Values)}
    is_length = variation.varied == "least_days"
    return {**values, "least_days": int(variation.setting) if is_length else 0}


def _tell_own(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    """Write the study's own histories as the first telling, and what tells who is concerned."""
    for name in ("event", "history"):
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM removals.{name}")
    _make(connection, __package__, _PREPARED, {**facts, "telling": 0, "sign": 1})
    for name in ("event", "history"):
        connection.execute(f"DROP VIEW temp.{name}")
    connection.execute("ALTER TABLE temp.told RENAME TO telling")


def _tell_again(
    connection: duckdb.DuckDBPyConnection, variation: Variation, facts: Mapping[str, Json]
) -> None:
    """Tell the histories of the women whom one variation concerns; take their own ones off."""
    _make_one(connection, "concerned", _query(__package__, _CONCERNED[variation.varied]), facts)
    if not connection.execute("SELECT 1 FROM temp.concerned LIMIT 1").fetchone():
        return
    _make(connection, __package__, ("their_child",), facts)
    _remove_again(connection, variation, facts)
    _make(connection, removals.__name__, _AGAIN, facts)
    _make(connection, __package__, ("told",), {**facts, "sign": 1})
    for statement in ("taken_off", "told_again"):
        query = _query(__package__, statement)
        connection.execute(f"INSERT INTO temp.telling {query}", _asked(query, facts))


def _remove_again(
    connection: duckdb.DuckDBPyConnection, variation: Variation, facts: Mapping[str, Json]
) -> None:
    """Write the removals of the women concerned as the variation has them."""
    if variation.varied in _FROM_CARE:
        care = _query(__package__, _FROM_CARE[variation.varied])
        _make_one(connection, "care", care, facts)
        _make(connection, __package__, ("proceeding", "family_order"), facts)
        _make(connection, removals.__name__, _REMOVED_AGAIN, facts)
        return
    kept = _query(__package__, _KEPT.get(variation.varied, "their_removal"))
    _make_one(connection, "removal", kept, facts)
    _make(connection, __package__, ("proceeding_of_removal",), facts)


def _list(
    connection: duckdb.DuckDBPyConnection, variations: list[Variation], reference_date: date
) -> None:
    """Write what each variation asks (once for those who ask alike) and which tellings it adds."""
    questions = list(dict.fromkeys(one.values.asked(reference_date) for one in variations))
    rows = [
        (one.varied, one.setting, one.recurs, questions.index(one.values.asked(reference_date)), at)
        for number, one in enumerate(variations)
        for at in ({0, number} if one.retells else {0})
    ]
    names = ("question", "lookback_from", "age_min", "age_max", "washout_years")
    _write(
        connection, "question", names, [(place, *asked) for place, asked in enumerate(questions)]
    )
    _write(connection, "variation", ("varied", "setting", "recurs", "question", "telling"), rows)


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: tuple[str, ...],
    rows: Sequence[tuple[Json, ...]],
) -> None:
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    listed = ", ".join(f"unnest(${name}) AS {name}" for name in names)
    connection.execute(f"CREATE TEMP TABLE {table} AS SELECT {listed}", columns)


def _make(
    connection: duckdb.DuckDBPyConnection,
    package: str | None,
    names: Iterable[str],
    facts: Mapping[str, Json],
) -> None:
    """Write tables that nothing keeps, each from its statement."""
    for name in names:
        _make_one(connection, name, _query(package, name), facts)


def _make_one(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, facts: Mapping[str, Json]
) -> None:
    """Write one table over that of the last variation."""
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {query}', _asked(query, facts))


def _query(package: str | None, name: str) -> str:
    return resources.files(str(package)).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _asked(query: str, facts: Mapping[str, Json]) -> dict[str, Json]:
    return {name: facts[name] for name in parameters_of(query)}


def _temporary(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'temp'"
    ).fetchall()
    return [row[0] for row in rows]


SENSITIVITY = Step(
    name="sensitivity",
    wing="identified",
    reads=("people", "removals", "cohort"),
    uses=("reference_date", *(field.name for field in fields(Values))),
    sources=(
        "casescope.identified.sensitivity", "casescope.identified.removals", "casescope.dataset",
        "casescope.kernel",
    ),
    build=_build,
)  # fmt: skip

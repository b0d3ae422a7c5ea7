"""What an answer counts, asked of tables in DuckDB."""

from collections.abc import Mapping

import duckdb

from benchmarks.answer import Answer

_EPOCH = "DATE '1970-01-01'"

_OF_EVENTS = {
    "events court": "count(*) FILTER (route = 'court')",
    "events emergency": "count(*) FILTER (route = 'emergency')",
    "events voluntary": "count(*) FILTER (route = 'voluntary')",
    "events with a newborn": "count(*) FILTER (newborn)",
    "events, children": "sum(children)",
    "events, new children": "sum(new_children)",
    "events, sum of numbers": "sum(event)",
    "events, sum of days": f"sum(event_on - {_EPOCH})",
}
_OF_EVENTS_BY_WOMAN = {
    "events court": "sum(court_events)",
    "events emergency": "sum(emergency_events)",
    "events voluntary": "sum(voluntary_events)",
    "events with a newborn": "sum(newborn_events)",
    "events, children": "sum(children_in_events)",
    "events, new children": "sum(removed_children)",
    "events, sum of numbers": "sum(events * (events + 1) // 2)",
    "events, sum of days": "sum(event_days)",
}
_OF_WOMEN = {
    "women": "count(*)",
    "removed children": "sum(removed_children)",
    "repeat events": "sum(repeat_events)",
    "multiple removals": "count(*) FILTER (multiple_removal)",
    "latest, sum of days": f"sum(latest_on - {_EPOCH})",
}
_OF_REMOVALS = f"""
    SELECT 'periods', count(*) FROM (SELECT DISTINCT child_id, period FROM care)
    UNION ALL
    SELECT 'removals ' || basis || ' ' || route
        || CASE WHEN compulsory THEN ' compulsory' ELSE '' END, count(*) FROM removal GROUP BY ALL
    UNION ALL SELECT 'removals, sum of days', sum(removed_on - {_EPOCH}) FROM removal
    UNION ALL SELECT 'removals, sum of ages in days', sum(age_days) FROM removal
    UNION ALL SELECT 'removals, sum of ages', sum(age) FROM removal"""


def answer_of_tables(connection: duckdb.DuckDBPyConnection) -> Answer:
    """Count the step's tables in the current database: all that a full answer names."""
    found = {name: int(value) for name, value in connection.execute(_OF_REMOVALS).fetchall()}
    found |= _by_count(connection, "event", _OF_EVENTS)
    found |= _by_count(connection, "history", _OF_WOMEN)
    return {name: value for name, value in found.items() if value}


def answer_of_history(connection: duckdb.DuckDBPyConnection) -> Answer:
    """Count the one table of the statement: what a full answer says of events and women."""
    found = _by_count(connection, "history", {**_OF_EVENTS_BY_WOMAN, **_OF_WOMEN})
    return {name: value for name, value in found.items() if value}


def _by_count(
    connection: duckdb.DuckDBPyConnection, table: str, measures: Mapping[str, str]
) -> Answer:
    asked = ", ".join(measures.values())
    rows = connection.execute(
        f"SELECT linkage, removals, {asked} FROM {table} GROUP BY linkage, removals"
    ).fetchall()
    return {
        f"{linkage}: {removals} {name}": int(value)
        for linkage, removals, *values in rows
        for name, value in zip(measures, values, strict=True)
    }

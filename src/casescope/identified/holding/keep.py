"""Copies one person's rows out of the layers of the council's wing, by ids in their columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from casescope.identified.ids import SubjectId
from casescope.vault.sql import create_tables

PERSON, CHILD_903, NUMBER, SUBJECT, TOKEN = "person", "903", "number", "subject", "token"

_NAMED = {
    "person_id": PERSON,
    "CHILD": CHILD_903, "child_903": CHILD_903,
    "subject": NUMBER, "woman_id": NUMBER, "child_id": NUMBER,
    "one": NUMBER, "other": NUMBER, "person": NUMBER,
    "subject_id": SUBJECT, "record_subject_id": SUBJECT, "own_subject_id": SUBJECT,
    "token": TOKEN, "woman": TOKEN,
}  # fmt: skip
"""What a column of this name holds, in whichever table."""

_SPECIAL = {
    ("extract", "named"): "(source, source_id) IN (SELECT (kind, id) FROM hers)",
    ("people", "known_as"): "(source, source_id) IN (SELECT (kind, id) FROM hers)",
    ("identities", "identity"): "(source, source_id) IN (SELECT (kind, id) FROM hers)",
    ("extract", "assessment_factor"): "cinf_assessment_id IN (SELECT cina_assessment_id "
    "FROM extract.assessment WHERE {person}(cina_person_id))",
    ("extract", "placement"): "{person}(clap_person_id) OR clap_cla_placement_id IN "
    "(SELECT clae_cla_placement_id FROM extract.cla_episode WHERE {person}(clae_person_id))",
    ("extract", "problem"): "subject IN (SELECT id FROM hers WHERE kind IN ('person', '903'))",
    ("quality", "impossible"): "id IN (SELECT id FROM hers WHERE kind IN ('person', '903'))",
}
"""Tables whose rows are known to be somebody's in another way than by a column's name."""

_PLACE = re.compile(r"\{(\w+)\}\((\w+)\)")

_OF_ACCOUNTS = "account IN (SELECT account FROM removals.account WHERE {number}(woman_id))"

NOBODYS = frozenset({
    "extract.place", "extract.source_file", "removals.codes", "cohort.caveat", "cohort.coverage",
    "cohort.flow", "cohort.observed", "sensitivity.sensitivity", "sensitivity.sensitivity_spell",
    "quality.column_quality", "quality.joined", "quality.linked", "quality.problem_count",
    "quality.sign", "quality.table_quality", "quality.trend", "reviewed.links_reviewed",
})  # fmt: skip
"""Tables in which no row is anybody's: counts, and words that are the same for all."""


@dataclass(frozen=True)
class Found:
    """A table of a layer and its columns."""

    layer: str
    name: str
    columns: tuple[str, ...]


def copy_rows(connection: duckdb.DuckDBPyConnection, subjects: Sequence[SubjectId]) -> int:
    """Copy the rows of the person with these records into `out`; return how many there are."""
    create_tables(connection, __package__, ["hers"], {"subjects": [one.value for one in subjects]})
    rows = 0
    for table in tables_of(connection):
        if condition := condition_for(table):
            rows += _copied(connection, table, condition)
    return rows


def tables_of(connection: duckdb.DuckDBPyConnection) -> list[Found]:
    """Return every table and view of the layers that are attached, in the order of their names."""
    found = connection.execute(
        "SELECT database_name, table_name, list(column_name) FROM duckdb_columns() "
        "WHERE NOT internal AND database_name NOT IN ('out', 'memory', 'temp', 'system') "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return [Found(layer, name, tuple(columns)) for layer, name, columns in found]


def condition_for(table: Found) -> str:
    """Return what is so of her rows of a table; empty where no row can be anybody's."""
    special = _SPECIAL.get((table.layer, table.name))
    if special is not None:
        return _spelt(special)
    parts = [f"{{{kind}}}({column})" for column in table.columns if (kind := _kind(column))]
    if not parts and "account" in table.columns:
        parts = [_OF_ACCOUNTS]
    return _spelt(" OR ".join(parts))


def _kind(column: str) -> str:
    if column in _NAMED:
        return _NAMED[column]
    return PERSON if column.endswith("_person_id") else ""


def _spelt(condition: str) -> str:
    """Write each `{kind}(column)` out: the column holds one of her ids of that kind."""
    return _PLACE.sub(r"\2::VARCHAR IN (SELECT id FROM hers WHERE kind = '\1')", condition)


def _copied(connection: duckdb.DuckDBPyConnection, table: Found, condition: str) -> int:
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS out.{table.layer}")
    place = f'{table.layer}."{table.name}"'
    connection.execute(f"CREATE TABLE out.{place} AS SELECT * FROM {place} WHERE {condition}")
    row = connection.execute(f"SELECT count(*) FROM out.{place}").fetchone()
    return int(row[0]) if row else 0

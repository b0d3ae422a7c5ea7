"""From an id that somebody names to the records it stands for."""

import duckdb

from casescope.identified.ids import PersonId, SubjectId


def records_of(connection: duckdb.DuckDBPyConnection, named: PersonId) -> list[SubjectId]:
    """Return the subject ids of all records of one person, empty if nobody is known by that id.

    `named` is the case-system id of any of the person's records, or one's subject id. Needs the
    people layer.
    """
    rows = connection.execute(
        "SELECT record_subject_id FROM people.record WHERE subject IN (SELECT subject "
        "FROM people.record WHERE person_id = $id OR record_subject_id = $id) ORDER BY registered",
        {"id": named.value},
    ).fetchall()
    return [SubjectId(row[0]) for row in rows]


def registered_as(
    connection: duckdb.DuckDBPyConnection, named: PersonId, *, within: str
) -> list[SubjectId]:
    """Return the subject id of a record in the id map (the table `within`), if it is there."""
    rows = connection.execute(
        f"SELECT subject_id FROM {within} WHERE source = 'person' AND source_id = $id",
        {"id": named.value},
    ).fetchall()
    return [SubjectId(row[0]) for row in rows]

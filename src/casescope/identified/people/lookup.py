"""From an id that somebody names to the records it stands for."""

import duckdb

from casescope.identified.ids import PersonId, SubjectId


def records_of(connection: duckdb.DuckDBPyConnection, named: PersonId) -> list[SubjectId]:
    """Return the subject ids of all records of one person, empty if nobody is known by that id.

    `named` is the case-system id of any of the person's records, a subject id, or a 903 child id;
    a child whom only the 903 return knows has one subject id, that of the 903 id. Needs the people
    layer.
    """
    rows = connection.execute(
        "WITH meant AS (SELECT subject FROM people.record "
        "WHERE person_id = $id OR record_subject_id = $id "
        "UNION ALL SELECT subject FROM people.child_903 WHERE child_903 = $id "
        "AND NOT EXISTS (SELECT 1 FROM people.record WHERE person_id = $id)), "
        "found AS (SELECT record_subject_id AS id, registered FROM people.record "
        "WHERE subject IN (SELECT subject FROM meant)) "
        "SELECT id, registered FROM found "
        "UNION ALL SELECT own_subject_id, subject FROM people.child_903 "
        "WHERE child_903 = $id AND subject IN (SELECT subject FROM meant) "
        "AND NOT EXISTS (SELECT 1 FROM found) ORDER BY registered",
        {"id": named.value},
    ).fetchall()
    return [SubjectId(row[0]) for row in rows]


def registered_as(
    connection: duckdb.DuckDBPyConnection, named: PersonId, *, within: str
) -> list[SubjectId]:
    """Return the subject id of a record, else of a 903 id, in the id map (the table `within`)."""
    rows = connection.execute(
        f"SELECT subject_id FROM {within} WHERE source_id = $id "
        "ORDER BY source = 'person' DESC LIMIT 1",
        {"id": named.value},
    ).fetchall()
    return [SubjectId(row[0]) for row in rows]

"""Small worlds with the layers that a review reads: the product's own, links drawn by hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from tests.engine import studied
from tests.linked import Link, linked_by_hand
from tests.worlds import World


@contextmanager
def reviewed(
    world: World, links: Sequence[Link] = (), withheld: Sequence[str] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield the world's layers with these links in the place of those that were scored."""
    with linked_by_hand(links), studied(world) as connection:
        connection.execute("DELETE FROM people.review")
        connection.execute(
            "INSERT INTO people.review SELECT one, other, probability, "
            "'the probability lies below the threshold' FROM links.pair "
            "WHERE probability BETWEEN 0.5 AND 0.9499"
        )
        for person in withheld:
            connection.execute(
                "INSERT INTO people.withheld SELECT subject, true FROM links.record "
                "WHERE person_id = $id",
                {"id": person},
            )
        yield connection


def number(connection: duckdb.DuckDBPyConnection, person: str) -> int:
    return connection.execute(
        "SELECT subject FROM links.record WHERE person_id = $id", {"id": person}
    ).fetchone()[0]


def subject(connection: duckdb.DuckDBPyConnection, person: str) -> str:
    return connection.execute(
        "SELECT record_subject_id FROM links.record WHERE person_id = $id", {"id": person}
    ).fetchone()[0]

"""Links drawn by hand in the place of those that the links step scores, or scored once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from unittest import mock

import duckdb
import pyarrow as pa

from casescope.identified.links import score
from casescope.identified.links.score import LINKS, declare
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables

Link = tuple[str, str, float]
"""Two records by case-system id, and how probable it is that they are one woman's."""

PACKAGE = "casescope.identified.links"


@contextmanager
def scored_once() -> Iterator[None]:
    """Let the same records be scored once while the block lasts, however often they are linked.

    That they come to the same pairs is tested by itself (tests/contract/linkage), and takes longest
    of all steps of a small study.
    """
    scored, known = score.scored_pairs, dict[tuple[bytes, float], pa.Table]()

    def once(appearance: pa.Table, *, least: float) -> pa.Table:
        key = _digest(appearance), least
        if key not in known:
            known[key] = scored(appearance, least=least)
        return known[key]

    with mock.patch.object(score, "scored_pairs", once):
        yield


def _digest(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sha256(sink.getvalue()).digest()


@contextmanager
def linked_by_hand(links: Sequence[Link]) -> Iterator[None]:
    """Let the links step write these links while the block lasts; declared identity stays."""

    def by_hand(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
        declare(connection, facts)
        connection.execute("DROP TABLE spelt")
        create_tables(connection, PACKAGE, ["certain"], facts)
        connection.execute(
            "CREATE TABLE pair (one BIGINT, other BIGINT, probability DOUBLE, held VARCHAR, "
            "has_support BOOLEAN DEFAULT true, forename VARCHAR, surname VARCHAR, birth VARCHAR)"
        )
        for one, other, probability in links:
            connection.execute(
                "INSERT INTO pair (one, other, probability) SELECT least(a.subject, b.subject), "
                "greatest(a.subject, b.subject), $p FROM record AS a, record AS b "
                "WHERE a.person_id = $one AND b.person_id = $other AND a.subject <> b.subject",
                {"one": one, "other": other, "p": probability},
            )

    build = LINKS.build
    object.__setattr__(LINKS, "build", by_hand)  # a step cannot be changed otherwise
    try:
        yield
    finally:
        object.__setattr__(LINKS, "build", build)

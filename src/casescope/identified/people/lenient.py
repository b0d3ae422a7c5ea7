"""Lenient linkage: probable links and decisions read, clusters and what waits for a person kept."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from casescope.identified.links.contradiction import (
    Facts,
    against,
    are_unlike,
    gathered,
    is_daughter,
    together,
)
from casescope.identified.people.cluster import (
    EITHER,
    Births,
    Decisions,
    Pair,
    joined,
    pair_of,
)
from casescope.identified.people.rivals import clearly_of_another, either_of_two
from casescope.kernel.canonical import Json

BELOW = "the probability lies below the threshold"


def join_women(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    """Write `cluster` (a person and whom she goes by) and `waiting` (pairs for a person)."""
    threshold, low = float(str(facts["link_threshold"])), float(str(facts["review_low"]))
    scored = _scored(connection, min(low, threshold))
    decisions = _decisions(connection, facts["link_decisions"])
    certain = _as_decided(_certain(connection, {*scored, *decisions.same}), decisions)

    def forbids(one: int, other: int) -> str:
        return against(one, other, certain)

    links = {pair: link.probability for pair, link in scored.items()
             if link.probability >= threshold and not link.held}  # fmt: skip
    doubtful = _doubtful(connection, scored, links, certain, decisions)
    found = joined(
        {pair: p for pair, p in links.items() if pair not in doubtful},
        decisions,
        forbids,
        lambda one, other: is_daughter(one, other, certain),
        bare={pair for pair in links if not scored[pair].has_support},
        births=_births(connection, certain),
    )
    _keep(connection, "cluster", ("subject", "woman_id"), found.named())
    reasons = dict.fromkeys(doubtful, EITHER) | found.refused
    decided = decisions.same | decisions.different
    waiting = [
        (*pair, link.probability, link.held or reasons.get(pair, BELOW))
        for pair, link in sorted(scored.items())
        if link.probability >= low and pair not in decided and not found.is_one(pair)
        and (pair in reasons or not forbids(*pair))
    ]  # fmt: skip
    _keep(connection, "waiting", ("one", "other", "probability", "why"), waiting)


@dataclass(frozen=True)
class _Link:
    """How probable it is that a pair is one woman, and why it is not joined unseen, if so."""

    probability: float
    held: str
    has_support: bool
    is_dated: bool
    """Whether both have one birth date, known to the day."""


def _scored(connection: duckdb.DuckDBPyConnection, least: float) -> dict[Pair, _Link]:
    rows = connection.execute(
        "SELECT one, other, probability, coalesce(held, ''), has_support, birth = 'same' "
        "FROM links.pair "
        "WHERE probability >= $least",
        {"least": least},
    ).fetchall()
    return {(one, other): _Link(*said) for one, other, *said in rows}


def _doubtful(
    connection: duckdb.DuckDBPyConnection, scored: Mapping[Pair, _Link],
    links: Mapping[Pair, float], certain: dict[int, Facts], decisions: Decisions,
) -> set[Pair]:  # fmt: skip
    """Return links of records that may be of either of two women.

    What rests on names and birth dates alone gives way to more than certain facts: to another woman
    of the name whose birth date is quite another, and to a namesake who is far more like her; where
    the dates only resemble each other, to any who is hardly the same woman.
    """
    every = {pair: link.probability for pair, link in scored.items()}
    bare = {pair for pair in links if not scored[pair].has_support}
    by_names = {pair: every[pair] for pair in every if not scored[pair].has_support}
    likened = {pair for pair in bare if not scored[pair].is_dated}
    thinkable = set(connection.execute("SELECT one, other FROM links.pair").fetchall())

    def are_two(one: int, other: int) -> bool:
        return pair_of(one, other) in decisions.different or bool(against(one, other, certain))

    def are_others(one: int, other: int) -> bool:
        return pair_of(one, other) not in scored and are_unlike(one, other, certain)

    def are_hardly_one(one: int, other: int) -> bool:
        return pair_of(one, other) not in thinkable

    namesakes = set(connection.execute(_NAMESAKES).fetchall())
    found = either_of_two(links, are_two)
    found |= bare & (either_of_two(every, are_others) | clearly_of_another(every, namesakes))
    found |= likened & either_of_two(by_names, are_hardly_one)
    return found - decisions.same


_NAMESAKES = """
    SELECT one, other FROM links.pair
    WHERE probability < 0.5 AND forename = 'same' AND surname IN ('same', 'also known as')
"""


def _births(
    connection: duckdb.DuckDBPyConnection, certain: Mapping[int, Facts]
) -> dict[int, Births]:
    """Return how many records of each person bear which birth date."""
    rows = connection.execute(
        "SELECT subject, CAST(pers_dob AS VARCHAR), count(DISTINCT person_id) "
        "FROM links.record JOIN extract.person ON pers_person_id = person_id "
        "WHERE pers_dob IS NOT NULL AND subject IN $people GROUP BY ALL",
        {"people": [0, *sorted(certain)]},
    ).fetchall()
    found: dict[int, Births] = defaultdict(Counter)
    for person, born, records in rows:
        found[person][born] += records
    return found


def _decisions(connection: duckdb.DuckDBPyConnection, texts: Json) -> Decisions:
    """Return decisions on records ("id id same", "id id different") as decisions on persons."""
    said = [text.split(" ") for text in texts if text] if isinstance(texts, list) else []
    ids = sorted({record for one, other, _ in said for record in (one, other)})
    person = dict(
        connection.execute(
            "SELECT record_subject_id, subject FROM links.record WHERE record_subject_id IN $ids",
            {"ids": ["", *ids]},
        ).fetchall()
    )
    pairs: dict[str, set[Pair]] = {"same": set(), "different": set()}
    for one, other, verdict in said:
        if one in person and other in person and person[one] != person[other]:
            pairs[verdict].add(pair_of(person[one], person[other]))
    return Decisions(frozenset(pairs["same"]), frozenset(pairs["different"]))


def _certain(connection: duckdb.DuckDBPyConnection, pairs: set[Pair]) -> dict[int, Facts]:
    people = sorted({person for pair in pairs for person in pair})
    rows = connection.execute(
        "SELECT subject, kind, value FROM links.certain WHERE subject IN $people",
        {"people": [0, *people]},
    ).fetchall()
    return gathered(rows)


def _as_decided(certain: dict[int, Facts], decisions: Decisions) -> dict[int, Facts]:
    """Return the facts of those whom a reviewer holds for one as the facts of one.

    So a third record that agrees with either of them still joins.
    """
    one_by_decision = joined({}, decisions, lambda _one, _other: "", lambda _one, _other: False)
    return certain | {
        person: together([certain.get(member, {}) for member in group])
        for person, group in one_by_decision.members.items()
    }


def _keep(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[int | float | str, ...]],
) -> None:
    kinds = {"probability": pa.float64(), "why": pa.string()}
    values = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    table = pa.table(
        {
            column: pa.array(given, kinds.get(column, pa.int64()))
            for column, given in zip(columns, values, strict=True)
        }
    )
    connection.register("kept", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM kept")
    connection.unregister("kept")

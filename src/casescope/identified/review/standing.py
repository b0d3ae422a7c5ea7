"""Which pairs of women wait for a decision, and what the decisions so far say of each.

A decision names person records; which two women those are now, the links layer says.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import duckdb

from casescope.governance.link_decisions import LinkDecision, Verdict, agreed
from casescope.identified.ids import PersonId, SubjectId

Key = tuple[int, int]
"""Two women by their numbers inside the steps, the lower first."""

SAMPLED = "it was drawn at random, to see how often the computer is right"
"""Why a pair is asked that the people step does not ask of itself."""


@dataclass(frozen=True)
class Pair:
    """Two women who may be one, and why it is asked, in words.

    `probability` is None where no link between them was scored. Of a pair that is `held` for a
    person it is a bound put upon it, and says nothing of how many such pairs are one woman.
    """

    key: Key
    probability: float | None
    why: str
    held: bool = False


def key_of(one: int, other: int) -> Key:
    """Return two women's numbers, the lower first."""
    return min(one, other), max(one, other)


def number_of(connection: duckdb.DuckDBPyConnection, named: PersonId) -> int | None:
    """Return the number of the woman whose record goes by this id, or by this subject id."""
    row = connection.execute(
        "SELECT min(subject) FROM links.record WHERE person_id = $id OR record_subject_id = $id",
        {"id": named.value},
    ).fetchone()
    return row[0] if row else None


def numbers_of(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, int]:
    """Return the woman's number for each of these subject ids that the extract still has."""
    rows = connection.execute(
        "SELECT record_subject_id, subject FROM links.record "
        "WHERE record_subject_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": sorted(set(ids))},
    ).fetchall()
    return dict(rows)


def subjects_of(
    connection: duckdb.DuckDBPyConnection, numbers: Iterable[int]
) -> dict[int, tuple[SubjectId, ...]]:
    """Return the subject ids of each woman's records, earliest registered first."""
    rows = connection.execute(
        "SELECT subject, record_subject_id FROM links.record "
        "WHERE subject IN (SELECT unnest($numbers::BIGINT[])) ORDER BY registered",
        {"numbers": sorted(set(numbers))},
    ).fetchall()
    found: dict[int, tuple[SubjectId, ...]] = {}
    for number, subject in rows:
        found[number] = (*found.get(number, ()), SubjectId(subject))
    return found


def by_pair(
    connection: duckdb.DuckDBPyConnection, decisions: Sequence[LinkDecision]
) -> dict[Key, list[LinkDecision]]:
    """Return the decisions by the women they now speak of; one on a single woman is left out."""
    ids = [subject for one in decisions for subject in (*one.one, *one.other)]
    numbers = numbers_of(connection, ids)
    found: dict[Key, list[LinkDecision]] = defaultdict(list)
    for decision in decisions:
        for key in _keys(decision, numbers):
            found[key].append(decision)
    return found


def _keys(decision: LinkDecision, numbers: dict[str, int]) -> list[Key]:
    keys = {
        key_of(numbers[one], numbers[other])
        for one, other in product(decision.one, decision.other)
        if one in numbers and other in numbers
    }
    return sorted(key for key in keys if key[0] != key[1])


def asked(
    connection: duckdb.DuckDBPyConnection, drawn: Iterable[tuple[str, str]]
) -> dict[Key, Pair]:
    """Return every pair to be reviewed: those of the people step, and those drawn at random."""
    bound = connection.execute("SELECT one, other FROM links.pair WHERE held IS NOT NULL")
    held = {key_of(one, other) for one, other in bound.fetchall()}
    reviewed = connection.execute("SELECT one, other, probability, why FROM people.review")
    pairs = {
        key_of(one, other): Pair(key_of(one, other), probability, why, key_of(one, other) in held)
        for one, other, probability, why in reviewed.fetchall()
    }
    extra = drawn_now(connection, drawn).keys() - pairs.keys()
    scores = probabilities(connection, extra)
    return pairs | {key: Pair(key, scores.get(key), SAMPLED, key in held) for key in extra}


def drawn_now(
    connection: duckdb.DuckDBPyConnection, drawn: Iterable[tuple[str, str]]
) -> dict[Key, int]:
    """Return the pairs drawn at random as the women they now are, with their place in the draw."""
    pairs = list(drawn)
    numbers = numbers_of(connection, (subject for pair in pairs for subject in pair))
    found: dict[Key, int] = {}
    for place, (one, other) in enumerate(pairs):
        if one in numbers and other in numbers and numbers[one] != numbers[other]:
            found.setdefault(key_of(numbers[one], numbers[other]), place)
    return found


def probabilities(connection: duckdb.DuckDBPyConnection, keys: Collection[Key]) -> dict[Key, float]:
    """Return how probable a link between the two women of each pair is, where it was scored."""
    rows = connection.execute(
        "SELECT least(one, other), greatest(one, other), max(probability) FROM links.pair "
        "JOIN (SELECT unnest($ones::BIGINT[]) AS a, unnest($others::BIGINT[]) AS b) AS wanted "
        "ON a = least(one, other) AND b = greatest(one, other) GROUP BY ALL",
        {"ones": [one for one, _ in keys], "others": [other for _, other in keys]},
    ).fetchall()
    return {(one, other): probability for one, other, probability in rows}


def waiting(
    pairs: Iterable[Pair],
    decided: dict[Key, list[LinkDecision]],
    out_of_sight: Collection[int],
    *,
    link_threshold: float,
    unsure_again: bool = False,
) -> list[Pair]:
    """Return the pairs that nobody has decided, in the order in which to look at them.

    First the links at or above the threshold that something speaks against, then the most
    uncertain. With `unsure_again`, also those of which somebody could not tell.
    """
    open_for = {None, Verdict.UNSURE} if unsure_again else {None}
    found = [
        pair
        for pair in pairs
        if agreed(decided.get(pair.key, [])) in open_for and not set(pair.key) & set(out_of_sight)
    ]
    return sorted(found, key=lambda pair: _order(pair, link_threshold))


def _order(pair: Pair, link_threshold: float) -> tuple[bool, float, Key]:
    chance = 0.0 if pair.probability is None else pair.probability
    stopped = chance >= link_threshold and pair.why != SAMPLED
    return not stopped, abs(chance - 0.5), pair.key

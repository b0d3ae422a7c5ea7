"""What a file teaches of its own names and errors, within bounds that no odd file can break."""

from dataclasses import replace
from math import inf, log2

import duckdb

from casescope.identified.links.comparison import COLUMNS, COMPARISONS, Comparison, Level

POPULATION = 1000
"""Women that a file is taken to come from at least: a few records say nothing of how common a
name is, nor how seldom two records are of one woman."""

FREQUENCIES = {"forename": ("meant", 0.004), "surname": ("surname", 0.002)}
"""Names weighed by how common they are: the column that says what a name is meant to be, and how
common a name is taken to be before any is seen."""

SEEN_BEFORE = 200
"""How many people of the file weigh as much as that."""

SAMPLED = 300
"""Records whose pairs show how often two women agree by chance."""

FAITH = 60
"""How many observed pairs weigh as much as what the model knew before."""

SWING = 3
"""How many times larger or smaller than the prior a trained probability may become."""

SECOND_RECORDS = (0.02, 0.6)
"""Least and greatest number of pairs of records of one woman, for each mother of the file."""

USUAL_SHARE, WORTH = 0.15, 300
"""The number to begin with, and how many mothers of the file it takes to outweigh it."""

ROUNDS = 12
"""How often what the pairs teach is reckoned anew from what they make probable."""

BY_PERSON = ("postcode", "nhs", "children", "care")
"""What all records of a person share, so that those which declare to be one teach nothing of it."""

TOGETHER = ("forename", "surname", "birth")
"""What does not go wrong each by itself: whoever wrote one thing with care wrote the others so."""

DOUBT = 10
"""How many pairs weigh as much as what these would be by themselves."""

Comparisons = tuple[Comparison, ...]


def number(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    """Return the one number that a query gives; nothing counts as none."""
    row = connection.execute(query).fetchone()
    return float(row[0] or 0) if row else 0.0


def people(connection: duckdb.DuckDBPyConnection) -> float:
    """Return how many people the file speaks of, at least as many as it is taken to come from."""
    return max(number(connection, "SELECT count(DISTINCT subject) FROM appearance"), POPULATION)


def tell_frequencies(connection: duckdb.DuckDBPyConnection) -> None:
    """Write how common each name is, a little as if seen in a wider population than the file.

    Of two who agree in a name both bear it; what counts is how many others do.
    """
    everyone = f"({SEEN_BEFORE} + (SELECT count(DISTINCT subject) FROM appearance))"
    for column, (meant, usual) in FREQUENCIES.items():
        connection.execute(
            f"CREATE TABLE frequency_{column} AS WITH borne AS (SELECT {meant} AS meant, "
            f"(greatest(count(DISTINCT subject) - 2, 0) + {SEEN_BEFORE * usual}) / {everyone} "
            f"AS tf_{column} FROM appearance WHERE {meant} IS NOT NULL GROUP BY {meant}) "
            f"SELECT DISTINCT {column}, tf_{column} FROM appearance JOIN borne "
            f"ON borne.meant = appearance.{meant} WHERE {column} IS NOT NULL"
        )


def by_chance(connection: duckdb.DuckDBPyConnection) -> Comparisons:
    """Return the comparisons with how often two women of this file agree by chance.

    Counted over all pairs of a fixed sample, but for pairs of one forename: in a small file many of
    those are one woman, and would teach that strangers agree. Forenames keep the prior; how common
    each is, the frequencies say.
    """
    columns = ", ".join(f"{side}.{name} AS {name}_{side}" for name in COLUMNS for side in "lr")
    cases = ", ".join(f"{comparison.case()} AS {comparison.name}" for comparison in COMPARISONS)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE chance AS "
        f"WITH sample AS (SELECT * FROM appearance WHERE is_mother "
        f"ORDER BY hash(unique_id), unique_id LIMIT {SAMPLED}), "
        f"both_of AS (SELECT {columns} FROM sample AS l JOIN sample AS r "
        "ON l.unique_id < r.unique_id AND l.subject <> r.subject "
        "AND coalesce(l.forename <> r.forename, true)) "
        f"SELECT {cases} FROM both_of"
    )
    found = tuple(_by_chance(connection, comparison) for comparison in COMPARISONS)
    connection.execute("DROP TABLE temp.chance")
    return found


def _by_chance(connection: duckdb.DuckDBPyConnection, comparison: Comparison) -> Comparison:
    if comparison.name in ("forename", "nhs"):
        return comparison
    counted: dict[int, int] = dict(
        connection.execute(
            f"SELECT {comparison.name}, count(*) FROM chance GROUP BY ALL"
        ).fetchall()
    )
    total = sum(counted.values()) - counted.get(-1, 0)
    return _trained(
        comparison,
        {
            place: (counted.get(place, 0) + FAITH * 0.5) / (total + FAITH * 0.5 / level.u)
            for place, level in _numbered(comparison)
        },
        "u",
    )


def trained(connection: duckdb.DuckDBPyConnection, prior: Comparisons) -> tuple[Comparisons, float]:
    """Return the comparisons with `m` learnt from all pairs compared, and the odds of any pair.

    Expectation maximisation over `compared`, whose `weight` is that of the prior; `u` is held fast.
    Records that declare to be one woman's count as such: without them every pair would have an
    error somewhere, and to agree in one thing would speak against agreeing in another.
    """
    learnt, odds = prior, _odds(connection, USUAL_SHARE)
    connection.execute(f"CREATE TEMP TABLE met ({_MET}, bits DOUBLE)")
    for _ in range(ROUNDS):
        believe(connection, prior, learnt, odds)
        learnt = tuple(_learnt(connection, comparison) for comparison in prior)
        _meet(connection, learnt)
        odds = _odds(connection, _share(connection))
    return learnt, odds


_MET = ", ".join(f"gamma_{name} BIGINT" for name in TOGETHER)


def _meet(connection: duckdb.DuckDBPyConnection, learnt: Comparisons) -> None:
    """Write `met`: how much oftener than by themselves the levels of `TOGETHER` meet, in bits."""
    names = ", ".join(f"gamma_{name}" for name in TOGETHER)
    by_themselves = " * ".join(
        f"CASE gamma_{comparison.name} "
        + " ".join(f"WHEN {place} THEN {level.m:e}" for place, level in _numbered(comparison))
        + " END"
        for comparison in learnt
        if comparison.name in TOGETHER
    )
    known = " AND ".join(f"gamma_{name} >= 0" for name in TOGETHER)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE met AS WITH seen AS ("
        f"SELECT {names}, round(sum(probability), 6) AS pairs FROM believed "
        f"WHERE teaches AND {known} GROUP BY ALL), expected AS ("
        f"SELECT *, {by_themselves} * (SELECT sum(pairs) FROM seen) AS chance FROM seen) "
        f"SELECT {names}, log2(greatest({1 / SWING:e}, least({SWING}, "
        f"(pairs + {DOUBT}) / (chance + {DOUBT})))) AS bits FROM expected"
    )


def believe(
    connection: duckdb.DuckDBPyConnection, prior: Comparisons, learnt: Comparisons, odds: float
) -> None:
    """Write `believed`: what is compared, by what was learnt, and how probable that makes it."""
    gained = " + ".join(
        f"CASE gamma_{comparison.name} "
        + " ".join(
            f"WHEN {place} THEN {log2(now.m / level.m):e}"
            for (place, level), (_, now) in zip(
                _numbered(comparison), _numbered(after), strict=True
            )
        )
        + " ELSE 0 END"
        for comparison, after in zip(prior, learnt, strict=True)
    )
    together = ", ".join(f"gamma_{name}" for name in TOGETHER)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE believed AS SELECT *, CASE WHEN declared THEN 1 "
        f"ELSE 1 / (1 + 2 ** least(-weight, 900) / {odds:e}) END AS probability "
        # beyond nine places the order in which threads add up shows
        f"FROM (SELECT compared.* REPLACE (round(weight + {gained} + coalesce(bits, 0), 9) "
        f"AS weight) FROM compared LEFT JOIN met USING ({together}))"
    )


def _odds(connection: duckdb.DuckDBPyConnection, share: float) -> float:
    """Return the odds, before anything is compared, that a person is one woman with a mother."""
    # pairs in all, for each mother: two mothers are one pair, not two
    return share / (people(connection) - _mothers(connection) / 2)


def _mothers(connection: duckdb.DuckDBPyConnection) -> float:
    return number(connection, "SELECT count(DISTINCT subject) FROM appearance WHERE is_mother")


def _share(connection: duckdb.DuckDBPyConnection) -> float:
    """Return how many pairs of records of one woman there are for each mother, within bounds."""
    expected = number(
        connection,
        "SELECT round(sum(probability), 6) FROM (SELECT max(probability) AS probability "
        "FROM believed GROUP BY subject_l, subject_r, "
        "CASE WHEN declared THEN unique_id_l END, CASE WHEN declared THEN unique_id_r END)",
    )
    share = (expected + USUAL_SHARE * WORTH) / (_mothers(connection) + WORTH)
    return min(max(share, SECOND_RECORDS[0]), SECOND_RECORDS[1])


def _learnt(connection: duckdb.DuckDBPyConnection, comparison: Comparison) -> Comparison:
    """Return a comparison whose `m` lies between the prior and what was seen, by how much was."""
    taught = "teaches AND NOT declared" if comparison.name in BY_PERSON else "teaches"
    seen: dict[int, float] = dict(
        connection.execute(
            f"SELECT gamma_{comparison.name}, round(sum(probability), 6) FROM believed "
            f"WHERE {taught} GROUP BY ALL"
        ).fetchall()
    )
    total = sum(seen.get(place, 0) for place, _ in _numbered(comparison))
    values = {
        place: (seen.get(place, 0) + FAITH * level.m) / (total + FAITH)
        for place, level in _numbered(comparison)
    }
    return _trained(comparison, values, "m")


def _numbered(comparison: Comparison) -> list[tuple[int, Level]]:
    last = len(comparison.levels) - 1
    return [(last - place, level) for place, level in enumerate(comparison.levels)]


def _trained(comparison: Comparison, values: dict[int, float], which: str) -> Comparison:
    """Return the comparison with new values for `m` or `u`, none far from the prior, in all one.

    `u` may rise as far as was seen: that only makes agreement say less.
    """
    most = {"m": SWING, "u": inf}[which]
    bounded = [
        min(max(values[place], getattr(level, which) / SWING), getattr(level, which) * most)
        for place, level in _numbered(comparison)
    ]
    total = sum(bounded)
    return replace(
        comparison,
        levels=tuple(
            replace(level, **{which: value / total})
            for (_, level), value in zip(_numbered(comparison), bounded, strict=True)
        ),
    )

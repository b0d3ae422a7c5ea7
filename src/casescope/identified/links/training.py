"""What a file teaches of its own names and errors, within bounds that no odd file can break."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from casescope.identified.links.comparison import COLUMNS, COMPARISONS, Comparison, Level

if TYPE_CHECKING:
    from splink import Linker
    from splink.internals.comparison import Comparison as SplinkComparison

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

ENOUGH = 200
"""Pairs that a training block must hold at least."""

MOST = 300_000
"""Pairs that a training block is cut down to."""

BLOCKS = (
    "l.dob = r.dob AND l.subject - r.subject <> 0 AND (l.is_mother OR r.is_mother)",
    "l.forename = r.forename AND l.surname = r.surname AND l.subject - r.subject <> 0 "
    "AND (l.is_mother OR r.is_mother)",
)
"""Tight blocks: in each, what the block does not hold fixed is learnt."""

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


def trained(
    linker: "Callable[[Comparisons], Linker]",
    connection: duckdb.DuckDBPyConnection,
    prior: Comparisons,
) -> Comparisons:
    """Return the comparisons with `m` learnt by expectation maximisation, as far as pairs suffice.

    `linker` makes a Splink linker over the file from comparisons.
    """
    learnt = prior
    for block in BLOCKS:
        pairs = number(
            connection,
            f"SELECT count(*) FROM appearance AS l JOIN appearance AS r ON {block} "
            "AND l.unique_id < r.unique_id",
        )
        if pairs >= ENOUGH:
            learnt = _learnt_from(linker(prior), block, pairs, learnt)
    return learnt


def _learnt_from(linker: "Linker", block: str, pairs: float, prior: Comparisons) -> Comparisons:
    """Return the comparisons after training in one block; unchanged where Splink finds no end."""
    try:
        session = linker.training.estimate_parameters_using_expectation_maximisation(
            block, max_pairs=MOST if pairs > MOST else None
        )
    except ValueError:
        # a level that nothing in the block reaches dwindles until Splink refuses its probability
        return prior
    model = session.core_model_settings
    matches = pairs * model.probability_two_random_records_match
    seen = {comparison.output_column_name: comparison for comparison in model.comparisons}
    return tuple(
        _learnt(comparison, seen[comparison.name], matches)
        if comparison.name in seen
        else comparison
        for comparison in prior
    )


def _learnt(comparison: Comparison, seen: "SplinkComparison", matches: float) -> Comparison:
    """Return a comparison whose `m` lies between the prior and what was seen, by how much was."""
    found = {
        level.comparison_vector_value: level.m_probability
        for level in seen._comparison_levels_excluding_null
    }
    values = {
        place: (matches * (found.get(place) or level.m) + FAITH * level.m) / (matches + FAITH)
        for place, level in _numbered(comparison)
    }
    return _trained(comparison, values, "m")


def _numbered(comparison: Comparison) -> list[tuple[int, Level]]:
    last = len(comparison.levels) - 1
    return [(last - place, level) for place, level in enumerate(comparison.levels)]


def _trained(comparison: Comparison, values: dict[int, float], which: str) -> Comparison:
    """Return the comparison with new values for `m` or `u`, none far from the prior, in all one."""
    bounded = [
        min(max(values[place], getattr(level, which) / SWING), getattr(level, which) * SWING)
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

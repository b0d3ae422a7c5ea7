"""Draws pairs at random within bands of probability.

Links that the computer made and links that it did not make are drawn alike: the first tell how
many of its links are right, the second how many it missed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import duckdb

from casescope.identified.links.contradiction import against, gathered
from casescope.identified.review.standing import Key, key_of

_NEARLY_SURE = (0.99, 0.999)
_HARDLY = 0.2


@dataclass(frozen=True)
class Band:
    """Probabilities from `lower` up to but without `upper`; `linked` if the computer joins them.

    It does not join, however probable, two of whom a certain fact says that they are two women:
    such pairs are a band of their own, `stopped`.
    """

    lower: float
    upper: float
    linked: bool
    stopped: bool = False

    @property
    def name(self) -> str:
        """Return the band as one writes it."""
        span = f"{self.lower:g} to {min(self.upper, 1.0):g}"
        return f"{span}, contradicted" if self.stopped else span


def bands(*, review_low: float, link_threshold: float) -> tuple[Band, ...]:
    """Return the bands, lowest first, and last the one of links that a certain fact stops.

    One band always begins at the threshold, and one at `review_low`.
    """
    above = [edge for edge in _NEARLY_SURE if edge > link_threshold]
    below = [_HARDLY] if review_low > _HARDLY else []
    middle = (review_low + link_threshold) / 2
    edges = sorted({0.0, *below, review_low, middle, link_threshold, *above})
    stopped = Band(link_threshold, _PAST_ONE, linked=False, stopped=True)
    return (
        *(
            Band(lower, upper, linked=lower >= link_threshold)
            for lower, upper in pairwise([*edges, _PAST_ONE])
        ),
        stopped,
    )


_PAST_ONE = 2.0
"""Closes the highest band, which holds 1 itself."""


def draw(
    connection: duckdb.DuckDBPyConnection,
    within: Sequence[Band],
    number: int,
    *,
    seed: int,
    out_of_sight: Collection[int],
) -> list[tuple[str, str]]:
    """Return `number` pairs of women's own subject ids, as evenly over the bands as they allow.

    Each pair has a number of its own, a digest of the seed and its two ids, and each band gives
    its lowest: the same seed draws the same pairs, a larger number draws these and more, and pairs
    that a new load adds disturb none (permanent random numbers; Ohlsson 1995). Mixed at the end.
    """
    edges = [band.lower for band in within if not band.stopped]
    rows = connection.execute(
        _BY_NUMBER, {"seed": str(seed), "hidden": [-1, *out_of_sight], "edges": edges}
    ).fetchall()
    held = contradicted(connection, within[-1].lower)
    of_band: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for first, second, band, one, other, lot in rows:
        place = len(within) if key_of(first, second) in held else band
        of_band[place].append((lot, one, other))
    shares = _shares({band: len(found) for band, found in of_band.items()}, number)
    chosen = [found for band, share in shares.items() for found in of_band[band][:share]]
    return [(one, other) for _, one, other in sorted(chosen)]


def contradicted(connection: duckdb.DuckDBPyConnection, threshold: float) -> set[Key]:
    """Return the pairs probable enough to be linked, but for a fact that holds the two apart."""
    rows = connection.execute(
        "SELECT one, other, held IS NOT NULL FROM links.pair WHERE probability >= $threshold",
        {"threshold": threshold},
    ).fetchall()
    facts = gathered(
        connection.execute(
            "SELECT subject, kind, value FROM links.certain WHERE subject IN "
            "(SELECT unnest($people::BIGINT[]))",
            {"people": sorted({person for one, other, _ in rows for person in (one, other)})},
        ).fetchall()
    )
    return {key_of(one, other) for one, other, held in rows if held or against(one, other, facts)}


_BY_NUMBER = """
    SELECT one, other, len(list_filter($edges::DOUBLE[], edge -> edge <= probability)) AS band,
           first.record_subject_id, second.record_subject_id,
           md5($seed || ' ' || least(first.record_subject_id, second.record_subject_id)
               || ' ' || greatest(first.record_subject_id, second.record_subject_id)) AS lot
    FROM links.pair
    JOIN links.record AS first ON first.registered = one
    JOIN links.record AS second ON second.registered = other
    WHERE one NOT IN (SELECT unnest($hidden::BIGINT[]))
      AND other NOT IN (SELECT unnest($hidden::BIGINT[]))
    ORDER BY band, lot
"""


def _shares(sizes: Mapping[int, int], number: int) -> dict[int, int]:
    """Return how many to take from each band: alike, and what one lacks the others give."""
    shares = dict.fromkeys(sorted(sizes), 0)
    left = min(number, sum(sizes.values()))
    while left:
        for band in [band for band in shares if shares[band] < sizes[band]][:left]:
            shares[band] += 1
            left -= 1
    return shares

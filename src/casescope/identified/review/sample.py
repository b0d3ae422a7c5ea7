"""Draws pairs at random within bands of probability, and counts what was said of those drawn.

Links that the computer made and links that it did not make are drawn alike: the first tell how
many of its links are right, the second how many it missed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import duckdb

from casescope.governance.link_decisions import LinkDecision, Verdict, agreed
from casescope.identified.links.contradiction import against, gathered
from casescope.identified.review.standing import Key, key_of
from casescope.kernel.codes import ETHNIC_GROUPS

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


@dataclass(frozen=True)
class Counted:
    """One band of one group: pairs scored, and of those drawn the ones told and those that are one.

    `unsure` were drawn and looked at, and nobody could tell.
    """

    band: Band
    pairs: int
    told: int
    same: int
    unsure: int


@dataclass(frozen=True)
class Scored:
    """One pair that the links step scored, and the groups that it belongs to by breakdown."""

    key: Key
    band: Band
    groups: Mapping[str, str]


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
    rows = connection.execute(
        _BY_NUMBER, {"seed": str(seed), "hidden": [-1, *out_of_sight], "edges": _edges(within)}
    ).fetchall()
    stopped = _stopped(connection, within)
    of_band: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for first, second, band, one, other, lot in rows:
        place = len(within) if key_of(first, second) in stopped else band
        of_band[place].append((lot, one, other))
    shares = _shares({band: len(found) for band, found in of_band.items()}, number)
    chosen = [found for band, share in shares.items() for found in of_band[band][:share]]
    return [(one, other) for _, one, other in sorted(chosen)]


def _edges(within: Sequence[Band]) -> list[float]:
    return [band.lower for band in within if not band.stopped]


def _stopped(connection: duckdb.DuckDBPyConnection, within: Sequence[Band]) -> set[Key]:
    """Return the pairs probable enough to be linked, but for a fact that holds the two apart."""
    threshold = within[-1].lower
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


def scored(
    connection: duckdb.DuckDBPyConnection,
    within: Sequence[Band],
    *,
    reference_date: date,
    out_of_sight: Collection[int],
) -> list[Scored]:
    """Return every scored pair with its band, her ethnicity group, age and year of last removal.

    Her facts are those of the earlier-registered record of the two that has them.
    """
    rows = connection.execute(
        _WITH_GROUPS,
        {
            "hidden": [-1, *out_of_sight],
            "edges": _edges(within),
            "reference_date": reference_date,
        },
    ).fetchall()
    stopped = _stopped(connection, within)
    return [
        Scored(
            key_of(one, other),
            within[-1] if key_of(one, other) in stopped else within[band - 1],
            {
                "ethnicity": ETHNIC_GROUPS.get(ethnicity or "", "Not recorded"),
                "age": _age_band(age),
                "latest removal": _year_band(removed, reference_date),
            },
        )
        for one, other, band, ethnicity, age, removed in rows
    ]


_WITH_GROUPS = """
    WITH removed AS (
        SELECT woman_id AS subject, max(removed_on) AS removed_on
        FROM removals.removal
        JOIN people.motherhood USING (child_id)
        WHERE linkage = 'strict'
        GROUP BY woman_id
    )
    SELECT one, other,
           len(list_filter($edges::DOUBLE[], edge -> edge <= probability)) AS band,
           coalesce(first.ethnicity, second.ethnicity),
           (year($reference_date) * 10000 + month($reference_date) * 100 + day($reference_date)
            - year(coalesce(first.dob, second.dob)) * 10000
            - month(coalesce(first.dob, second.dob)) * 100
            - day(coalesce(first.dob, second.dob))) // 10000 AS age,
           greatest(ones.removed_on, others.removed_on) AS removed_on
    FROM links.pair
    LEFT JOIN people.detail AS first ON first.subject = one
    LEFT JOIN people.detail AS second ON second.subject = other
    LEFT JOIN removed AS ones ON ones.subject = one
    LEFT JOIN removed AS others ON others.subject = other
    WHERE one NOT IN (SELECT unnest($hidden::BIGINT[]))
      AND other NOT IN (SELECT unnest($hidden::BIGINT[]))
"""

_AGES = ((0, "under 20"), (20, "20 to 24"), (25, "25 to 29"), (30, "30 to 34"), (35, "35 to 45"),
         (46, "46 and over"))  # fmt: skip


def _age_band(age: int | None) -> str:
    if age is None:
        return "not known"
    return [name for least, name in _AGES if age >= least or least == 0][-1]


_YEARS = ((0, "in the last 2 years"), (2, "2 to 4 years ago"), (5, "5 to 9 years ago"),
          (10, "10 years ago or more"))  # fmt: skip


def _year_band(removed: date | None, reference_date: date) -> str:
    if removed is None:
        return "none"
    years = (_as_number(reference_date) - _as_number(removed)) // 10000
    return [name for least, name in _YEARS if years >= least or least == 0][-1]


def _as_number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def counted(
    pairs: Iterable[Scored], drawn: Collection[Key], decided: Mapping[Key, list[LinkDecision]]
) -> dict[tuple[str, str], list[Counted]]:
    """Return the counts of each band, lowest first, for all pairs and by each breakdown's groups.

    Only answers on pairs drawn at random count, for others were not chosen by chance, unless every
    pair of a band was answered: then nothing was left to chance.
    """
    groups: dict[tuple[str, str], dict[Band, list[Scored]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        for group in (("all", "all"), *pair.groups.items()):
            groups[group][pair.band].append(pair)
    return {
        group: [
            _band_counts(band, members, drawn, decided)
            for band, members in sorted(by_band.items(), key=lambda item: _place(item[0]))
        ]
        for group, by_band in sorted(groups.items(), key=lambda item: _rank(item[0]))
    }


def _place(band: Band) -> tuple[bool, float]:
    return band.stopped, band.lower


def _rank(group: tuple[str, str]) -> tuple[str, int, str]:
    """Return where a group stands: ages and years in their order, the others by name."""
    order = [name for _, name in (*_AGES, *_YEARS)]
    return group[0], order.index(group[1]) if group[1] in order else len(order), group[1]


def _band_counts(
    band: Band,
    members: Sequence[Scored],
    drawn: Collection[Key],
    decided: Mapping[Key, list[LinkDecision]],
) -> Counted:
    said = {pair.key: agreed(decided.get(pair.key, [])) for pair in members}
    whole = all(verdict in (Verdict.SAME, Verdict.DIFFERENT) for verdict in said.values())
    tally = Counter(verdict for key, verdict in said.items() if whole or key in drawn)
    return Counted(
        band,
        pairs=len(members),
        told=tally[Verdict.SAME] + tally[Verdict.DIFFERENT],
        same=tally[Verdict.SAME],
        unsure=tally[Verdict.UNSURE],
    )

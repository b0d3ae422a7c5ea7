"""Records that may be of either of two women: each link alone looks sure, but not both can hold."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

from casescope.identified.people.cluster import Pair, pair_of

CLEARLY = 30
"""How many times better one link's odds must be than another's to be followed in its stead."""

AreTwo = Callable[[int, int], bool]


def either_of_two(links: Mapping[Pair, float], are_two: AreTwo) -> set[Pair]:
    """Return links of a record that may as well be of one woman as of another, who are two.

    `links` give each pair's probability. A link is followed only where its odds are far better.
    """
    return {
        pair
        for pair, odds, (other, rival, better) in _rivalries(links)
        if better * CLEARLY > odds and are_two(rival, other)
    }


def clearly_of_another(links: Mapping[Pair, float], namesakes: Collection[Pair]) -> set[Pair]:
    """Return links of a record whose odds are far better of being her namesake's.

    `namesakes` are pairs that agree in their whole names and are not taken for one.
    """
    return {
        pair
        for pair, odds, (other, rival, better) in _rivalries(links)
        if better >= CLEARLY * odds and pair_of(rival, other) in namesakes
    }


def _rivalries(
    links: Mapping[Pair, float],
) -> Iterator[tuple[Pair, float, tuple[int, int, float]]]:
    """Yield each link with its odds, whom it leads to, and every rival of theirs with its odds."""
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), probability in links.items():
        near[one].append((_odds(probability), other))
        near[other].append((_odds(probability), one))
    for person, others in near.items():
        for odds, other in others:
            for better, rival in others:
                if rival != other:
                    yield pair_of(person, other), odds, (other, rival, better)


def _odds(probability: float) -> float:
    return probability / max(1 - probability, 1e-12)

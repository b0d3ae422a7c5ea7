"""Seeded chance, in the few shapes that lives need."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of chance; the same seed and stream name give the same throws."""

    def __init__(self, seed: int, stream: str) -> None:
        self._random = Random(f"{seed}:{stream}")

    def chance(self, probability: float) -> bool:
        """Return true with this probability."""
        return self._random.random() < probability

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items, each as likely."""
        return items[int(self._random.random() * len(items))]

    def weighed(self, weights: Mapping[T, float]) -> T:
        """Return one key, as likely as its weight says."""
        point = self._random.random() * sum(weights.values())
        for item, weight in weights.items():
            point -= weight
            if point < 0:
                return item
        return next(reversed(list(weights)))

    def number(self, least: int, most: int) -> int:
        """Return a whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def waiting(self, mean: float) -> float:
        """Return an exponential waiting time with this mean."""
        return self._random.expovariate(1 / mean)

    def after(self, day: date, least: int, most: int) -> date:
        """Return a day `least` to `most` days after `day`."""
        return day + timedelta(days=self.number(least, most))

    def between(self, first: date, last: date) -> date:
        """Return a day from `first` to `last`; `first` if they are the wrong way round."""
        return first + timedelta(days=self.number(0, max(0, (last - first).days)))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order."""
        mixed = list(items)
        for place in range(len(mixed) - 1, 0, -1):
            other = self.number(0, place)
            mixed[place], mixed[other] = mixed[other], mixed[place]
        return mixed

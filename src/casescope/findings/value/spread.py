"""How sure an input is: distributions with their means, drawn from a seeded generator."""

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Protocol

from casescope.findings.intervals import Z95

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

    Draws = NDArray[float64]


class Spread(Protocol):
    """An input's distribution."""

    @property
    def mean(self) -> float:
        """Return the expected value."""
        ...

    def draw(self, rng: "Generator", count: int) -> "Draws":
        """Return this many draws."""
        ...


@dataclass(frozen=True)
class Fixed:
    """A number taken as it stands."""

    mean: float

    def draw(self, rng: "Generator", count: int) -> "Draws":  # noqa: ARG002 — nothing is random
        """Return the number over and over; the generator is not used up."""
        import numpy as np

        return np.full(count, self.mean)


@dataclass(frozen=True)
class Triangle:
    """Least, most likely and most."""

    least: float
    likely: float
    most: float

    @property
    def mean(self) -> float:
        """Return the mean of a triangular distribution."""
        return (self.least + self.likely + self.most) / 3

    def draw(self, rng: "Generator", count: int) -> "Draws":
        """Return triangular draws."""
        if self.least == self.most:
            return Fixed(self.least).draw(rng, count)
        return rng.triangular(self.least, self.likely, self.most, count)


@dataclass(frozen=True)
class Beta:
    """A share with its mean and 95% range.

    The mean is kept exactly; the spread is that of a normal distribution with such a range, so the
    range itself is met approximately.
    """

    mean: float
    low: float
    high: float

    @property
    def weight(self) -> float:
        """Return the sum of the two parameters: the larger, the surer."""
        sd = (self.high - self.low) / (2 * Z95)
        return self.mean * (1 - self.mean) / sd**2 - 1

    def draw(self, rng: "Generator", count: int) -> "Draws":
        """Return beta draws."""
        return rng.beta(self.mean * self.weight, (1 - self.mean) * self.weight, count)


@dataclass(frozen=True)
class Gamma:
    """A rate after `events` in `time`: the posterior under Jeffreys' prior."""

    events: int
    time: float

    @property
    def mean(self) -> float:
        """Return the posterior mean."""
        return (self.events + 0.5) / self.time

    @property
    def deviation(self) -> float:
        """Return the posterior standard deviation."""
        return sqrt(self.events + 0.5) / self.time

    def draw(self, rng: "Generator", count: int) -> "Draws":
        """Return gamma draws."""
        return rng.gamma(self.events + 0.5, 1 / self.time, count)


def share(stated: tuple[float, ...]) -> Spread:
    """Return the distribution of a share stated as (mean,) or (mean, low, high)."""
    return Fixed(stated[0]) if len(stated) == 1 else Beta(*stated)

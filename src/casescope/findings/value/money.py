"""Money that carries its price year: amounts of two years can be compared, but never added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


class MixedPriceYears(TypeError):
    """Amounts of two price years met, and nothing says how one is told in the other."""


@dataclass(frozen=True)
class Money:
    """Pounds in the prices of one financial year, which its first calendar year names."""

    pounds: float
    year: int

    def __add__(self, other: "Money") -> "Money":
        self._check(other)
        return Money(self.pounds + other.pounds, self.year)

    def __sub__(self, other: "Money") -> "Money":
        self._check(other)
        return Money(self.pounds - other.pounds, self.year)

    def __mul__(self, times: float) -> "Money":
        return Money(self.pounds * times, self.year)

    def __truediv__(self, other: "Money") -> float:
        """Return how many times the other amount this one is."""
        self._check(other)
        return self.pounds / other.pounds

    def _check(self, other: "Money") -> None:
        if self.year != other.year:
            raise MixedPriceYears(f"prices of {self.year} and {other.year} are not the same money")


@dataclass(frozen=True)
class Prices:
    """The year in which results are told, and the levels of a price index by year."""

    base: int
    levels: Mapping[int, float] = field(default_factory=dict)

    def lacking(self, years: Iterable[int]) -> tuple[int, ...]:
        """Return the years whose prices cannot be told in the base year, in order."""
        other = {year for year in years if year != self.base}
        known = set(self.levels)
        needed = other | ({self.base} if other else set())
        return tuple(sorted(needed - known))

    def told(self, money: Money) -> Money:
        """Return the amount in the prices of the base year; raises `MixedPriceYears`."""
        if money.year == self.base:
            return money
        if self.lacking([money.year]):
            raise MixedPriceYears(f"no deflator tells prices of {money.year} in {self.base}")
        return Money(money.pounds * self.levels[self.base] / self.levels[money.year], self.base)

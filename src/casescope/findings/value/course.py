"""What one removal costs in each month after it, from what happens to children removed.

A pathway is some of the children: weeks in each placement in turn, and an outcome. Pathways are of
one age group, so what an older child's residential place costs never enters an infant's cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casescope.findings.value.money import Money, Prices
from casescope.governance.study_file.prices import Pathway

MONTHS = 18 * 12
WEEKS_PER_MONTH = 365.25 / 7 / 12
PERSPECTIVES = ("cashable", "authority", "public")
"""What the authority no longer pays; all that the authority spends; the courts' cost as well."""

_AGE = {"under 1": 0.5, "1–4": 3.0, "5–9": 7.5, "10–15": 13.0, "16–17": 17.0}
"""The middle of each age group, in years."""

_OUTSIDE = ("court",)
"""Costs that are not the authority's."""

Streams = tuple[float, ...]
"""Pounds in each month since the removal, the first month first."""


@dataclass(frozen=True)
class UnitCosts:
    """Unit costs by name, each in prices of its own year; what nobody gave is not there."""

    costs: Mapping[str, Money]
    cashable: tuple[str, ...] = ()

    def of(self, perspective: str, prices: Prices) -> dict[str, float]:
        """Return the costs that a perspective counts, in pounds of the base year."""
        return {
            name: prices.told(money).pounds
            for name, money in self.costs.items()
            if self._counts(name, perspective)
        }

    def _counts(self, name: str, perspective: str) -> bool:
        if perspective == "cashable":
            return name in self.cashable and name not in _OUTSIDE
        return perspective == "public" or name not in _OUTSIDE


def needed(pathways: tuple[Pathway, ...]) -> tuple[str, ...]:
    """Return the unit costs that these pathways ask for."""
    names = {"proceedings", "court"}
    for one in pathways:
        names |= {_week(kind) for kind, _ in one.stays}
        if one.outcome in ("adoption", "guardianship"):
            names |= {one.outcome, f"{one.outcome}_week"}
    return tuple(sorted(names))


def _week(kind: str) -> str:
    return f"{kind.replace(' ', '_')}_week"


def stream(pathways: tuple[Pathway, ...], costs: Mapping[str, float]) -> Streams:
    """Return the mean cost of one removal in each month after it; unknown costs count nothing."""
    each = [(one.share, _of_one(one, costs)) for one in pathways]
    return tuple(sum(share * months[at] for share, months in each) for at in range(MONTHS))


def _of_one(one: Pathway, costs: Mapping[str, float]) -> list[float]:
    months = [0.0] * MONTHS
    grown = (18 - _AGE[one.age_group]) * 12 * WEEKS_PER_MONTH
    months[0] += costs.get("proceedings", 0.0) + costs.get("court", 0.0)
    week = 0.0
    for kind, weeks in one.stays:
        end = min(week + weeks, grown)
        _spend(months, week, end, costs.get(_week(kind), 0.0))
        week = end
    if one.outcome in ("adoption", "guardianship"):
        months[min(int(week / WEEKS_PER_MONTH), MONTHS - 1)] += costs.get(one.outcome, 0.0)
        _spend(months, week, grown, costs.get(f"{one.outcome}_week", 0.0))
    return months


def _spend(months: list[float], start: float, end: float, weekly: float) -> None:
    """Add a weekly cost from week `start` to week `end` to the months in which it falls."""
    for at in range(MONTHS):
        first, last = at * WEEKS_PER_MONTH, (at + 1) * WEEKS_PER_MONTH
        months[at] += weekly * max(0.0, min(end, last) - max(start, first))

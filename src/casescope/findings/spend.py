"""What time in care has cost: weeks by kind of placement times the authority's own unit costs.

Only costs that the study states are used; published ones never stand in for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from casescope.dataset.care_course import PLACEMENT_KINDS


@dataclass(frozen=True)
class WeeklyCosts:
    """Pounds for a week in each kind of placement, at the prices of one year from 1 April."""

    price_year: int
    pounds: Mapping[str, float]


@dataclass(frozen=True)
class Spend:
    """Pounds at the prices of one year; `unpriced` names kinds with weeks and no stated cost."""

    pounds: float
    price_year: int
    unpriced: tuple[str, ...] = ()


def spend(weeks: Mapping[str, float], costs: WeeklyCosts) -> Spend:
    """Return what these weeks by kind of placement cost; a kind without a cost is named, not 0."""
    unknown = {*weeks, *costs.pounds} - {*PLACEMENT_KINDS}
    if unknown:
        raise ValueError(f"not a kind of placement: {', '.join(sorted(unknown))}")
    priced = [weeks.get(kind, 0.0) * costs.pounds[kind] for kind in costs.pounds]
    lacking = tuple(k for k in PLACEMENT_KINDS if weeks.get(k) and k not in costs.pounds)
    return Spend(fsum(priced), costs.price_year, lacking)

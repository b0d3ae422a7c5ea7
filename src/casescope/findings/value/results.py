"""Everything the model says: by perspective and horizon, where it flips, and what moves it."""

from dataclasses import dataclass, replace

from casescope.findings.value.chance import (
    Ends,
    FlipRanges,
    Outcome,
    View,
    flip_ranges,
    range_of,
    view,
)
from casescope.findings.value.closed import BreakEven, break_even, expected
from casescope.findings.value.course import PERSPECTIVES
from casescope.findings.value.inputs import HORIZONS, VARIED, Inputs
from casescope.findings.value.spread import Fixed, Spread
from casescope.findings.value.stated import PUBLISHED_RATES

LEAD = ("authority", 4)
"""The perspective and horizon that charts and single figures are told in."""

RATES = (0.05, *PUBLISHED_RATES)
EFFECTS = (0.2, 0.4, 0.6, 0.8)
"""Of the two-way table; the later effect changes in proportion."""

POOL_AT_LEAST = 4
"""Published pools were four to six times the practice's size (evidence: scoping exercises)."""


@dataclass(frozen=True)
class Moved:
    """What one input does to the net present value when all others stay at their means."""

    name: str
    low: float
    high: float
    net_at_low: float
    net_at_high: float

    @property
    def swing(self) -> float:
        """Return how far it moves the net present value."""
        return abs(self.net_at_high - self.net_at_low)


@dataclass(frozen=True)
class Flip:
    """One value at which benefit equals cost, with its range; None where there is none."""

    value: float | None
    ends: Ends | None


@dataclass(frozen=True)
class Results:
    """All results; money is in pounds of `base_year`, discounted."""

    views: tuple[View, ...]
    flips: dict[tuple[str, int], BreakEven]
    flip_ranges: dict[tuple[str, int], FlipRanges]
    """The 95% ranges of each break-even, for what is not known of the other inputs."""
    at_rates: dict[float, View]
    moved: tuple[Moved, ...]
    two_way: dict[tuple[float, float], Outcome]
    """Net present value by removal rate and effect in the programme."""
    flips_at_rate: dict[float, Flip]
    """For each rate of the two-way table, the effect at which the practice pays for itself."""
    flips_at_effect: dict[float, Flip]
    """For each effect of the two-way table, the rate at which the practice pays for itself."""
    base_year: int

    def view(self, perspective: str = LEAD[0], horizon: int = LEAD[1]) -> View:
        """Return one perspective and horizon."""
        return next(
            one for one in self.views if (one.perspective, one.horizon) == (perspective, horizon)
        )


def results(inputs: Inputs) -> Results:
    """Return everything the model says of these inputs; the same inputs give the same."""
    each = [(perspective, horizon) for perspective in PERSPECTIVES for horizon in HORIZONS]
    return Results(
        views=tuple(view(inputs, *one) for one in each),
        flips={one: break_even(inputs, *one) for one in each},
        flip_ranges={one: flip_ranges(inputs, *one) for one in each},
        at_rates={rate: view(inputs.at(rate=rate), *LEAD) for rate in PUBLISHED_RATES},
        moved=tuple(sorted((_moved(inputs, name) for name in VARIED), key=lambda m: -m.swing)),
        two_way={(rate, effect): view(with_effect(inputs, effect).at(rate=rate), *LEAD).net
                 for rate in RATES for effect in EFFECTS},
        flips_at_rate={rate: _effect_flip(inputs.at(rate=rate)) for rate in RATES},
        flips_at_effect={effect: _rate_flip(with_effect(inputs, effect)) for effect in EFFECTS},
        base_year=inputs.base_year,
    )  # fmt: skip


def _effect_flip(inputs: Inputs) -> Flip:
    return Flip(break_even(inputs, *LEAD).effect, flip_ranges(inputs, *LEAD).effect)


def _rate_flip(inputs: Inputs) -> Flip:
    return Flip(break_even(inputs, *LEAD).rate, flip_ranges(inputs, *LEAD).rate)


def net_at(inputs: Inputs, rate: float) -> float:
    """Return the expected net present value at a removal rate, in the leading view."""
    return expected(inputs.at(rate=rate), *LEAD).net


def with_effect(inputs: Inputs, effect: float) -> Inputs:
    """Return the inputs with this effect in the programme, the later one in proportion."""
    before, after = inputs.effect.mean, inputs.effect_after.mean
    scaled = after * effect / before if before else 0.0
    return inputs.at(effect=effect, effect_after=min(1.0, scaled))


def with_rates(inputs: Inputs, rates: dict[str, Spread]) -> dict[str, View]:
    """Return the leading view under other counted rates, by their names."""
    return {name: view(replace(inputs, rate=rate), *LEAD) for name, rate in rates.items()}


def _moved(inputs: Inputs, name: str) -> Moved:
    low, high = range_of(inputs, name)
    nets = [expected(inputs.at(**{name: value}), *LEAD).net for value in (low, high)]
    return Moved(name, low, high, nets[0], nets[1])


def is_pool_enough(t1: float, women: int) -> bool:
    """Say whether T1 is several times the places of one cohort, as published practices needed."""
    return t1 >= POOL_AT_LEAST * women


def is_certain(spread: Spread) -> bool:
    """Say whether an input was stated as one number, so that nothing is known of its range."""
    return isinstance(spread, Fixed)

"""The model by seeded chance: doubt about every input, and the luck of small numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casescope.findings.value.closed import expected, times_to_break_even
from casescope.findings.value.inputs import VARIED, Inputs, weights

if TYPE_CHECKING:
    from numpy.random import Generator

    from casescope.findings.value.spread import Draws

DRAWS, SEED = 20_000, 2026

Ends = tuple[float, float]
"""The two ends of a range."""


@dataclass(frozen=True)
class Outcome:
    """A result: its mean (from the closed form) and its 95% interval (from the draws)."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Drawn:
    """Draws of each result, all of one length; pounds are discounted."""

    avoided: "Draws"
    deferred: "Draws"
    cost: "Draws"
    benefit: "Draws"


@dataclass(frozen=True)
class View:
    """All results under one perspective and horizon; `probability` is of benefit above cost."""

    perspective: str
    horizon: int
    avoided: Outcome
    deferred: Outcome
    net_removals: Outcome
    cost: Outcome
    benefit: Outcome
    net: Outcome
    ratio: Outcome
    probability: float


def draw(inputs: Inputs, perspective: str, horizon: int, *, draws: int = DRAWS, seed: int = SEED
         ) -> Drawn:  # fmt: skip
    """Return the results of many draws.

    Removals avoided are Poisson numbers: thinning removals that happen by chance leaves such. Each
    input and each chance has a generator of its own, so that changing one leaves the others as
    they were.
    """
    of = weights(inputs, perspective, horizon)
    at = {name: getattr(inputs, name).draw(_generator(name, seed), draws) for name in VARIED}
    reached = inputs.women * at["rate"] * at["take_up"]
    programme = _generator("programme", seed).poisson(reached * at["effect"] * of.years)
    deferred = _generator("later", seed).binomial(programme, at["deferred"])
    after = _generator("after", seed).poisson(reached * at["effect_after"] * of.years_after)
    benefit = (programme - deferred) * _each(of.worth, of.years) + after * _each(
        of.worth_after, of.years_after
    )
    return Drawn(
        (programme + after).astype(float), deferred.astype(float),
        at["practice_cost"] * of.practice_years, benefit,
    )  # fmt: skip


def _generator(name: str, seed: int) -> "Generator":
    import numpy as np

    return np.random.default_rng([seed, *name.encode()])


def _each(worth: float, years: float) -> float:
    return worth / years if years else 0.0


def view(inputs: Inputs, perspective: str, horizon: int, *, draws: int = DRAWS, seed: int = SEED
         ) -> View:  # fmt: skip
    """Return means and intervals of every result under one perspective and horizon."""
    made = draw(inputs, perspective, horizon, draws=draws, seed=seed)
    means = expected(inputs, perspective, horizon)
    return View(
        perspective,
        horizon,
        avoided=_outcome(means.avoided, made.avoided),
        deferred=_outcome(means.deferred, made.deferred),
        net_removals=_outcome(means.net_removals, made.avoided - made.deferred),
        cost=_outcome(means.cost, made.cost),
        benefit=_outcome(means.benefit, made.benefit),
        net=_outcome(means.net, made.benefit - made.cost),
        ratio=_outcome(means.ratio, made.benefit / made.cost),
        probability=float((made.benefit > made.cost).mean()),
    )


@dataclass(frozen=True)
class FlipRanges:
    """The middle 95% of each value at which benefit equals cost; a share's ends may be above 1.

    None where some draws have no benefit, and so no such value.
    """

    rate: Ends | None = None
    effect: Ends | None = None
    take_up: Ends | None = None


def flip_ranges(inputs: Inputs, perspective: str, horizon: int, *, draws: int = DRAWS,
                seed: int = SEED) -> FlipRanges:  # fmt: skip
    """Return the ranges of the break-even, each made to hold it (ADR 42).

    Each is drawn over all inputs but the one asked for, as `draw` draws them; the luck of small
    numbers has no part in it. The later effect stays in proportion to the effect, as in
    `BreakEven`.
    """
    times = times_to_break_even(inputs, perspective, horizon)
    if times is None:
        return FlipRanges()
    of, means = weights(inputs, perspective, horizon), inputs.means()
    at = {name: getattr(inputs, name).draw(_generator(name, seed), draws) for name in VARIED}
    cost = at["practice_cost"] * of.practice_years / inputs.women
    first = (1 - at["deferred"]) * of.worth
    kept = at["effect"] * first + at["effect_after"] * of.worth_after
    after = means["effect_after"] / means["effect"] if means["effect"] else 0.0
    each = first + after * of.worth_after

    def ends(name: str, saved: "Draws") -> Ends | None:
        return _middle(cost / saved, means[name] * times) if (saved > 0).all() else None

    return FlipRanges(
        rate=ends("rate", at["take_up"] * kept),
        effect=ends("effect", at["rate"] * at["take_up"] * each),
        take_up=ends("take_up", at["rate"] * kept),
    )


def _middle(drawn: "Draws", hold: float) -> Ends:
    """Return the middle 95% of the draws, made to hold a value."""
    import numpy as np

    lower, upper = (float(one) for one in np.quantile(drawn, (0.025, 0.975)))
    return min(lower, hold), max(upper, hold)


def _outcome(mean: float, drawn: "Draws") -> Outcome:
    """Return the mean with the middle 95% of the draws, which is made to hold it."""
    return Outcome(mean, *_middle(drawn, mean))


def range_of(inputs: Inputs, name: str, *, draws: int = DRAWS, seed: int = SEED
             ) -> tuple[float, float]:  # fmt: skip
    """Return the middle 95% of one input's own draws."""
    import numpy as np

    drawn = getattr(inputs, name).draw(_generator(name, seed), draws)
    lower, upper = (float(one) for one in np.quantile(drawn, (0.025, 0.975)))
    return lower, upper

"""The model by seeded chance: doubt about every input, and the luck of small numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casescope.findings.value.closed import break_even, expected
from casescope.findings.value.inputs import VARIED, Inputs, weights

if TYPE_CHECKING:
    from numpy.random import Generator

    from casescope.findings.value.spread import Draws

DRAWS, SEED = 20_000, 2026


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


def flip_range(inputs: Inputs, perspective: str, horizon: int, *, draws: int = DRAWS,
               seed: int = SEED) -> tuple[float, float] | None:  # fmt: skip
    """Return the middle 95% of the removal rate at which benefit equals cost, made to hold it.

    All inputs but the rate are drawn, as `draw` draws them; the luck of small numbers has no part
    in it. None where some draws have no benefit, and so no such rate.
    """
    import numpy as np

    of = weights(inputs, perspective, horizon)
    at = {name: getattr(inputs, name).draw(_generator(name, seed), draws) for name in VARIED}
    kept = at["effect"] * (1 - at["deferred"]) * of.worth + at["effect_after"] * of.worth_after
    saved = inputs.women * at["take_up"] * kept
    if not (saved > 0).all():
        return None
    drawn = at["practice_cost"] * of.practice_years / saved
    lower, upper = (float(one) for one in np.quantile(drawn, (0.025, 0.975)))
    rate = break_even(inputs, perspective, horizon).rate
    return (lower, upper) if rate is None else (min(lower, rate), max(upper, rate))


def _outcome(mean: float, drawn: "Draws") -> Outcome:
    """Return the mean with the middle 95% of the draws, which is made to hold it."""
    import numpy as np

    lower, upper = (float(one) for one in np.quantile(drawn, (0.025, 0.975)))
    return Outcome(mean, min(lower, mean), max(upper, mean))


def range_of(inputs: Inputs, name: str, *, draws: int = DRAWS, seed: int = SEED
             ) -> tuple[float, float]:  # fmt: skip
    """Return the middle 95% of one input's own draws."""
    import numpy as np

    drawn = getattr(inputs, name).draw(_generator(name, seed), draws)
    lower, upper = (float(one) for one in np.quantile(drawn, (0.025, 0.975)))
    return lower, upper

"""The means of the model in closed form, and where cost and benefit are equal.

The inputs are independent and enter as products, so the mean of each result is the same product of
means.
"""

from dataclasses import dataclass

from casescope.findings.value.inputs import Inputs, weights


@dataclass(frozen=True)
class Expected:
    """Means: removals avoided in the programme and after it, and deferred; pounds, discounted."""

    avoided: float
    deferred: float
    cost: float
    benefit: float

    @property
    def net_removals(self) -> float:
        """Return removals avoided for good."""
        return self.avoided - self.deferred

    @property
    def net(self) -> float:
        """Return the net present value."""
        return self.benefit - self.cost

    @property
    def ratio(self) -> float:
        """Return benefit for each pound of cost."""
        return self.benefit / self.cost


@dataclass(frozen=True)
class BreakEven:
    """The value of one input at which benefit equals cost, all else at its mean.

    None where no value does: a share would have to be above 1, or there is no benefit at all. The
    effect stands for both effects: the later one changes in proportion.
    """

    rate: float | None
    effect: float | None
    take_up: float | None


def expected(inputs: Inputs, perspective: str, horizon: int) -> Expected:
    """Return the means of the results under one perspective and horizon.

    A deferred removal saves nothing: that it comes later, and so costs a little less today, is
    left out.
    """
    of, at = weights(inputs, perspective, horizon), inputs.means()
    reached = inputs.women * at["rate"] * at["take_up"]
    programme = reached * at["effect"] * of.years
    kept = at["effect"] * (1 - at["deferred"]) * of.worth + at["effect_after"] * of.worth_after
    return Expected(
        avoided=programme + reached * at["effect_after"] * of.years_after,
        deferred=programme * at["deferred"],
        cost=at["practice_cost"] * of.practice_years,
        benefit=reached * kept,
    )


def break_even(inputs: Inputs, perspective: str, horizon: int) -> BreakEven:
    """Return where the answer flips: benefit is proportional to rate, take-up and effects alike."""
    times = times_to_break_even(inputs, perspective, horizon)
    if times is None:
        return BreakEven(None, None, None)
    at = inputs.means()
    effect, take_up = at["effect"] * times, at["take_up"] * times
    return BreakEven(
        rate=at["rate"] * times,
        effect=effect if max(effect, at["effect_after"] * times) <= 1 else None,
        take_up=take_up if take_up <= 1 else None,
    )


def times_to_break_even(inputs: Inputs, perspective: str, horizon: int) -> float | None:
    """Return by how much the benefit falls short of the cost, as a factor; None without benefit."""
    found = expected(inputs, perspective, horizon)
    return found.cost / found.benefit if found.benefit > 0 else None

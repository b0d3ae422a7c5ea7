"""Inputs of the value model, plain or drawn."""

from hypothesis import strategies as st

from casescope.findings.value.inputs import Inputs
from casescope.findings.value.spread import Beta, Fixed, Gamma, Triangle

PLAIN = Inputs(
    rate=Fixed(0.2), take_up=Fixed(0.5), effect=Fixed(0.5), effect_after=Fixed(0.0),
    deferred=Fixed(0.2), practice_cost=Fixed(100_000.0),
    removal_cost={one: (50_000.0, *([0.0] * 17)) for one in ("cashable", "authority", "public")},
    base_year=2025, women=20, months=12, after_years=0, discount=0.0,
)  # fmt: skip
"""Twenty women for a year, half of whom complete: ten woman-years, two removals without it."""


@st.composite
def betas(draw: st.DrawFn) -> Beta:
    mean = draw(st.floats(0.2, 0.9))
    half = draw(st.floats(0.02, 0.9)) * min(mean, 1 - mean)
    return Beta(mean, mean - half, mean + half)


@st.composite
def inputs(draw: st.DrawFn) -> Inputs:
    shares = st.one_of(st.floats(0.2, 0.95).map(Fixed), betas())
    """Draw inputs under which removals are not so rare that 20,000 draws may hold none."""
    cost = sorted(draw(st.lists(st.floats(1e5, 5e5), min_size=3, max_size=3)))
    years = st.lists(st.floats(0, 60_000), min_size=18, max_size=18).map(tuple)
    return Inputs(
        rate=draw(st.one_of(st.floats(0.05, 1).map(Fixed),
                            st.builds(Gamma, st.integers(10, 300), st.integers(50, 200)))),
        take_up=draw(shares), effect=draw(shares), effect_after=draw(shares),
        deferred=draw(shares), practice_cost=Triangle(*cost),
        removal_cost={one: draw(years) for one in ("cashable", "authority", "public")},
        base_year=2025, women=draw(st.integers(10, 60)), months=draw(st.integers(6, 24)),
        cohorts=draw(st.integers(1, 3)), after_years=draw(st.floats(0, 4)),
        discount=draw(st.floats(0, 0.1)),
    )  # fmt: skip

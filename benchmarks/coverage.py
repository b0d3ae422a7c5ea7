"""How often 95% intervals hold the truth, on women whose truth is known (200 studies)."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from math import exp

from benchmarks.results import Result, Target
from casescope.disclosure.curves import release_curve
from casescope.disclosure.pack import load
from casescope.findings.finding import CurveFinding, Estimator
from casescope.findings.intervals import wilson
from casescope.findings.poisson import garwood
from casescope.findings.survival import (
    Estimate,
    Step,
    cumulative_incidence,
    product_limit,
    value_at,
)

STUDIES = 200
YEARS = (1, 3, 5)
WHAT = ("Kaplan–Meier", "Aalen–Johansen")
ISSUES, RATES = (0.08, 0.22, 0.60), (0.05, 0.20, 0.53)
"""Shares of women with an issue, and removals for each woman-year, as found or published."""

RELEASED = tuple(f"{what}, as released" for what in WHAT)
_YEAR = 365.25
_EVENT, _COMPETING = 0.05, 0.01
"""Hazards a year: about 22% with an event by five years, as published for return to court."""

_WINDOW = 12
"""Women are first seen evenly over so many years before the reference date."""

_LEAST, _MOST = 0.92, 0.98
_SET_FOR = 300
"""Women in a study for which the target is set; the others are there to see."""


def truth(what: str, year: int) -> float:
    """Return the true share with an event by some year; exponential times to both ends."""
    if what.startswith("Kaplan"):
        return 1 - exp(-_EVENT * year)
    either = _EVENT + _COMPETING
    return _EVENT / either * (1 - exp(-either * year))


def drawn(seed: int, women: int) -> list[Step]:
    """Return the follow-up of one pretend study's women, by whole days."""
    rng = random.Random(seed)  # noqa: S311 — pretend women, the same ones each time
    found: dict[int, list[int]] = {}
    for _ in range(women):
        event, competing = rng.expovariate(_EVENT), rng.expovariate(_COMPETING)
        until = min(event, competing, rng.uniform(0, _WINDOW))
        counts = found.setdefault(int(until * _YEAR) + 1, [0, 0, 0])
        counts[0] += until == event
        counts[1] += until != event
        counts[2] += until == competing
    return [Step(day, *counts) for day, counts in sorted(found.items())]


def covered(seeds: Iterable[int], *, women: int) -> Mapping[tuple[str, int], float]:
    """Return, by estimator and year, the share of studies whose interval holds the truth."""
    held: Counter[tuple[str, int]] = Counter()
    told: Counter[tuple[str, int]] = Counter()
    for seed in seeds:
        for (what, year), found in estimates(drawn(seed, women)).items():
            if found is not None:
                told[what, year] += 1
                held[what, year] += found.lower <= truth(what, year) <= found.upper
    return {key: held[key] / told[key] for key in told}


def shares_covered(seeds: Iterable[int], *, women: int, share: float) -> float:
    """Return the share of studies in which Wilson's interval holds how many women live with it."""
    held, told = 0, 0
    for seed in seeds:
        rng = random.Random(seed)  # noqa: S311 — pretend women, the same ones each time
        bounds = wilson(sum(rng.random() < share for _ in range(women)), women)
        if bounds is not None:
            told += 1
            held += bounds.lower <= share <= bounds.upper
    return held / told


def rates_covered(seeds: Iterable[int], *, years: float, rate: float) -> float:
    """Return the share of studies in which the exact interval holds the removal rate."""
    held, told = 0, 0
    for seed in seeds:
        rng, events = random.Random(seed), 0  # noqa: S311 — pretend removals
        at = rng.expovariate(rate)
        while at < years:
            events, at = events + 1, at + rng.expovariate(rate)
        bounds = garwood(events, years)
        if bounds is not None:
            told += 1
            held += bounds.lower <= rate <= bounds.upper
    return held / told


def estimates(steps: list[Step]) -> dict[tuple[str, int], Estimate | None]:
    """Return what one study says, exact and as released."""
    found: dict[tuple[str, int], Estimate | None] = {}
    for what, released, make in zip(WHAT, RELEASED, (product_limit, cumulative_incidence),
                                    strict=True):  # fmt: skip
        points = make(steps)
        kind: Estimator = "kaplan_meier" if make is product_limit else "aalen_johansen"
        women, events = sum(p.events + p.censored for p in points), sum(p.events for p in points)
        curve = CurveFinding(what, what, "women", points, women, events, "", "", "", estimator=kind)
        shown = release_curve(curve, load("opensafely"))
        for year in YEARS:
            at = shown.at(year * _YEAR)
            found[what, year] = value_at(points, year * _YEAR)
            told = at is not None and at.estimate > 0  # at 0 a table says "too few events"
            found[released, year] = Estimate(at.estimate, at.lower, at.upper) if told else None
    return found


def _target(name: str, share: float, *, aimed: bool = True) -> Target:
    return Target(name, round(share, 3), "0.92 to 0.98" if aimed else "none set",
                  met=_LEAST <= share <= _MOST if aimed else None)  # fmt: skip


def measure(*, studies: int = STUDIES, sizes: tuple[int, ...] = (100, 300, 1000)) -> Result:
    """Return how often intervals hold the truth, by number of women."""
    targets = [
        *(_target(f"126 women, {share:.0%} with an issue: Wilson",
                  shares_covered(range(studies), women=126, share=share)) for share in ISSUES),
        *(_target(f"1,000 woman-years, {rate:.2f} removals in each: exact Poisson",
                  rates_covered(range(studies), years=1000, rate=rate)) for rate in RATES),
    ]  # fmt: skip
    for women in sizes:
        shares = covered(range(studies), women=women)
        for (what, year), share in sorted(shares.items()):
            name = f"{women:,} women: {what}, {year} {'year' if year == 1 else 'years'}"
            targets.append(_target(name, share, aimed=what in WHAT and women == _SET_FOR))
    return Result(
        name="coverage",
        title="How often 95% intervals hold the truth",
        rows=[],
        targets=targets,
        notes={"studies": studies, "event a year": _EVENT, "competing a year": _COMPETING},
    )

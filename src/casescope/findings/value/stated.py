"""From what study.toml states, and a counted rate, to the model's inputs or what they lack."""

from dataclasses import dataclass, field, replace

from casescope.findings.value.course import PERSPECTIVES, UnitCosts, needed, stream
from casescope.findings.value.deflators import shipped
from casescope.findings.value.inputs import Inputs
from casescope.findings.value.money import Money, Prices
from casescope.findings.value.spread import Fixed, Gamma, Spread, Triangle, share
from casescope.governance.study_file import prices
from casescope.governance.study_file.prices import Pathway
from casescope.governance.study_file.value import CostLines, ValueLines
from casescope.governance.study_file.value_fields import COSTS, NEEDED

PUBLISHED_RATES = (0.10, 0.20, 0.26, 0.53)
"""Only to compare with: 0.20 and 0.53 are worked out from Pause's own statements (2017, and about
2015), 0.26 is half of the latter and 0.10 lies below all of them."""


@dataclass(frozen=True)
class Rate:
    """Children newly removed and whole woman-years: in a report, as released."""

    children: int
    years: int


@dataclass(frozen=True)
class Stated:
    """What a study states, read: `inputs` is None where `missing` or `undeflated` says why."""

    inputs: Inputs | None
    missing: tuple[str, ...] = ()
    undeflated: tuple[int, ...] = ()
    uncosted: tuple[str, ...] = ()
    """Unit costs that the pathways ask for and nobody gave: they count nothing."""
    prices: Prices = field(default_factory=lambda: Prices(0))
    practice_cost: tuple[Money, Money, Money] | None = None
    """Least, most likely and most, in their own price year."""
    pathways: tuple[Pathway, ...] = ()
    """What happens to children removed, as stated or else as observed."""


def read(
    value: ValueLines,
    costs: CostLines,
    rate: Rate | None,
    seen: tuple[Pathway, ...] = (),
) -> Stated:
    """Return the inputs, or every reason why the model cannot be run.

    With `rate_source` published the published rate is used, and no counted one is needed. Without
    stated pathways those that were `seen` are used.
    """
    pathways = tuple(map(prices.pathway, value.pathways or ())) or seen
    unit = _unit_costs(costs)
    year = prices.year_of(value.practice_cost_year)
    told = Prices(
        prices.year_of(value.base_year) if value.base_year else year,
        dict(map(prices.deflator, value.deflators)) or shipped().levels,
    )
    asked = needed(pathways) if pathways else ()
    used = {name: unit.costs[name] for name in asked if name in unit.costs}
    practice = tuple(Money(pounds, year) for pounds in value.practice_cost)
    given = {name: getattr(value, name) for name in NEEDED} | {"pathways": pathways}
    missing = tuple(name for name in NEEDED if not given[name])
    spread = _rate(value, rate)
    undeflated = told.lacking([year, *(money.year for money in used.values())])
    stated = Stated(
        None,
        missing=missing if spread else (*missing, "rate"),
        undeflated=undeflated,
        uncosted=tuple(name for name in asked if name not in unit.costs),
        prices=told,
        practice_cost=(practice[0], practice[1], practice[2]),
        pathways=pathways,
    )
    if stated.missing or undeflated or spread is None:
        return stated
    made = _inputs(value, UnitCosts(used, unit.cashable), pathways, told, practice, spread)
    return replace(stated, inputs=made)


def _rate(value: ValueLines, rate: Rate | None) -> Spread | None:
    if value.rate_source == "published":
        return Fixed(value.published_rate or 0.0)
    return Gamma(rate.children, rate.years) if rate and rate.years > 0 else None


def _unit_costs(costs: CostLines) -> UnitCosts:
    given = {name: getattr(costs, name) for name in COSTS}
    read = {name: prices.priced(text) for name, text in given.items() if text}
    return UnitCosts({name: Money(one.pounds, one.year) for name, one in read.items()},
                     costs.cashable)  # fmt: skip


def _inputs(
    value: ValueLines,
    unit: UnitCosts,
    pathways: tuple[Pathway, ...],
    told: Prices,
    practice: tuple[Money, ...],
    rate: Spread,
) -> Inputs:
    def stated(name: str) -> Spread:
        return share(getattr(value, name))

    return Inputs(
        rate=rate,
        take_up=stated("take_up"),
        effect=stated("effect"),
        effect_after=stated("effect_after"),
        deferred=stated("deferred"),
        practice_cost=Triangle(*(told.told(money).pounds for money in practice)),
        removal_cost={one: stream(pathways, unit.of(one, told)) for one in PERSPECTIVES},
        base_year=told.base,
        women=value.women,
        months=value.months,
        cohorts=value.cohorts,
        after_years=value.after_years,
        discount=value.discount,
    )

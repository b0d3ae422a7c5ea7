"""What study.toml states of a practice and of costs, as read; None or empty where it does not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ValueLines:
    """[value]: shares are (mean,) or (mean, low, high), amounts in pounds, texts as checked."""

    rate_source: str = "local"
    published_rate: float | None = None
    women: int = 22
    months: int = 18
    cohorts: int = 1
    practice_cost: tuple[float, ...] = (265000.0, 294000.0, 315000.0)
    practice_cost_year: str = "2018-19"
    take_up: tuple[float, ...] | None = None
    effect: tuple[float, ...] | None = None
    effect_after: tuple[float, ...] | None = None
    after_years: float = 2.5
    deferred: tuple[float, ...] | None = None
    discount: float = 0.035
    base_year: str | None = None
    deflators: tuple[str, ...] = ()
    pathways: tuple[str, ...] | None = None


@dataclass(frozen=True)
class CostLines:
    """[costs]: each unit cost as `pounds in price year`, None where nobody gave one."""

    foster_week: str | None = "646 in 2016-17"
    own_foster_week: str | None = None
    agency_foster_week: str | None = "820 in 2020-21"
    kinship_week: str | None = None
    placed_for_adoption_week: str | None = None
    residential_week: str | None = "6123 in 2023-24"
    proceedings: str | None = None
    court: str | None = "4180 in 2017-18"
    adoption: str | None = None
    guardianship: str | None = None
    adoption_week: str | None = None
    guardianship_week: str | None = None
    cashable: tuple[str, ...] = ("agency_foster_week",)

"""Every parameter of the definitions, its default, its bounds and its meaning, in one table.

study.toml, the report's parameter page and the steps' keys are all made from `PARAMETERS`.
"""

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True)
class Parameters:
    """The numbers that the definitions leave to the study (definitions.md); units in the names."""

    gap_days: int = 1
    max_age_at_removal: int = 18
    route_window_days: int = 14
    event_window_days: int = 14
    lookback_years: int = 5
    age_min: int = 16
    age_max: int = 45
    washout_years: int = 2
    link_threshold: float = 0.95
    review_low: float = 0.5
    observation_start: date | None = None


@dataclass(frozen=True)
class Bounds:
    """What one parameter means and the numbers it may take: whole ones, or shares of one."""

    meaning: str
    least: float
    most: float
    share: bool = False


PARAMETERS: dict[str, Bounds] = {
    "gap_days": Bounds("days between two episodes that still belong to one period of care", 0, 90),
    "max_age_at_removal": Bounds("children this old or older never count as removed", 1, 18),
    "route_window_days": Bounds("a voluntary start followed by an order within this many days "
                                "takes the order's route", 0, 365),
    "event_window_days": Bounds("removals this many days after the first are one event with it",
                                0, 365),
    "lookback_years": Bounds("the latest removal lies within this many years", 1, 30),
    "age_min": Bounds("youngest age counted as child-bearing, in whole years", 10, 60),
    "age_max": Bounds("oldest age counted as child-bearing, in whole years", 10, 60),
    "washout_years": Bounds("years of observation before an index removal counts", 0, 20),
    "link_threshold": Bounds("lenient linkage joins two records when the probability that they are "
                             "of one woman is at least this", 0.5, 1, share=True),
    "review_low": Bounds("pairs of records from this probability up to link_threshold go to a "
                         "person", 0.05, 1, share=True),
}  # fmt: skip


def differing_from_default(parameters: Parameters) -> dict[str, object]:
    """Return the parameters that the study set to something other than the default."""
    default = Parameters()
    return {
        field.name: getattr(parameters, field.name)
        for field in fields(parameters)
        if getattr(parameters, field.name) != getattr(default, field.name)
    }

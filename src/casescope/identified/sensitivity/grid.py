"""The grid: what is varied, to which settings, one factor at a time from the study's own values."""

from dataclasses import dataclass, replace
from datetime import date

from casescope.dataset.schema import NOTHING_VARIED, RECURRENCE_STAYS
from casescope.kernel.dates import add_years

PARAMETERS: dict[str, tuple[int, ...]] = {
    "event_window_days": (0, 7, 14, 28, 90),
    "gap_days": (0, 1, 7, 28),
    "route_window_days": (0, 14, 28),
    "max_age_at_removal": (16, 18),
    "lookback_years": (3, 5, 10),
    "washout_years": (0, 2, 5),
    "age_min": (15, 16, 18),
    "age_max": (44, 45, 49),
}
"""Settings of each parameter, those of the definitions first; the study's own is left out."""

RESTRICTIONS = (
    ("least_days", "7"),
    ("least_days", "28"),
    ("without_need", "N2"),
    ("without_first_at", "16–17"),
)
"""Removals left out: too short ones, those for a child's disability, children first taken late."""


@dataclass(frozen=True)
class Values:
    """The study's numbers, or those of one variation."""

    event_window_days: int
    gap_days: int
    route_window_days: int
    max_age_at_removal: int
    lookback_years: int
    washout_years: int
    age_min: int
    age_max: int

    def asked(self, reference_date: date) -> tuple[date, int, int, int]:
        """Return what decides tiers and follow-up once removals and events are given."""
        lookback_from = add_years(reference_date, -self.lookback_years)
        return lookback_from, self.age_min, self.age_max, self.washout_years


@dataclass(frozen=True)
class Variation:
    """One row of the grid: what is varied, to what, and the numbers that then hold."""

    varied: str
    setting: str
    values: Values

    @property
    def retells(self) -> bool:
        """Whether removals or events come out otherwise, so that histories are told again."""
        return self.varied in RETOLD

    @property
    def recurs(self) -> bool:
        """Whether the recurrence can differ from the study's own."""
        return self.varied not in RECURRENCE_STAYS


RETOLD = ("event_window_days", "gap_days", "max_age_at_removal",
          *dict.fromkeys(name for name, _ in RESTRICTIONS))  # fmt: skip


def grid(own: Values) -> list[Variation]:
    """Return the study itself, then every variation of it that a study.toml could hold."""
    made = [Variation(NOTHING_VARIED, "", own)]
    for name, settings in PARAMETERS.items():
        for setting in settings:
            values = replace(own, **{name: setting})
            if values != own and values.age_min <= values.age_max:
                made.append(Variation(name, str(setting), values))
    return made + [Variation(name, setting, own) for name, setting in RESTRICTIONS]

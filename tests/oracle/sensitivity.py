"""The headlines of one count, with some removals left out."""

from datetime import timedelta
from typing import Any

from casescope.kernel.codes import REMOVAL_COUNTS
from tests.oracle.cohort import removed_children, verdict
from tests.oracle.events import with_new_child
from tests.oracle.recurrence import spell
from tests.oracle.removals import Removal
from tests.oracle.standing import Study
from tests.worlds import World

FIVE_YEARS = timedelta(days=1826.25)


class Fewer(Study):
    """A study in which some removals are left out once proceedings have been matched to them."""

    def __init__(self, world: World, varied: str, setting: str) -> None:
        super().__init__(world)
        self.varied, self.setting = varied, setting

    def removals_of(self, woman: Any, count: str) -> list[Removal]:
        """Return all removals of her children in one count but those left out."""
        return [r for r in super().removals_of(woman, count) if not self.is_left_out(r)]

    def is_left_out(self, removal: Removal) -> bool:
        """Answer whether a removal is not to be counted."""
        if self.varied == "without_first_at":
            return self.is_first_taken_late(removal.child)
        period = self.period_of(removal)
        if period is None or self.varied == "nothing":
            return False
        if self.varied == "without_need":
            return any(e.need == "N2" for e in period.episodes if e.start == removal.day)
        until = period.end or self.today
        return until - removal.day < timedelta(days=int(self.setting))

    def period_of(self, removal: Removal) -> Any:
        """Return the period of care of a removal, if it is from one."""
        if removal not in self.removals.broad(removal.child):
            return None
        periods = self.care.periods(removal.child)
        starts = [p for p in periods if any(e.start == removal.day for e in p.episodes)]
        return starts[0]

    def is_first_taken_late(self, child: str) -> bool:
        """Answer whether a child was first removed, in any count, at 16 or 17."""
        days = [removal.day for removal in self.removals.of(child, "wide")]
        born = self.people.born(child)
        if not days or born is None:
            return False
        first = min(days)
        return first.year - born.year - ((first.month, first.day) < (born.month, born.day)) >= 16


def headlines(world: World, count: str, varied: str, setting: str) -> dict[str, Any]:
    """Return the sensitivity table's row of one count with some removals left out."""
    study = Fewer(world, varied, setting)
    tiers = {woman: verdict(study, woman, count) for woman in study.women}
    repeats = [len(with_new_child(study.events_of(woman, count))) for woman in study.women]
    unknown = [
        woman
        for woman in study.women
        if tiers[woman] == "T2"
        and study.in_her_care(woman) == "unknown"
        and not study.is_pregnant(woman)
    ]
    return {
        "women": sum(bool(removed_children(study, woman, count)) for woman in study.women),
        "repeat_women": sum(number > 0 for number in repeats),
        "repeat_events": sum(repeats),
        **{tier.lower(): list(tiers.values()).count(tier) for tier in ("T1", "T2", "T3")},
        "t2_only_unknown": len(unknown),
        "spells": spells(study, count),
    }


def spells(study: Study, count: str) -> list[tuple[int, int, int]]:
    """Return (days, events, censored) of follow-up, all beyond five years as one."""
    assert count in REMOVAL_COUNTS
    found: dict[int, list[int]] = {}
    for woman in study.women:
        if told := spell(study, woman, count):
            days, ending, _ = told
            late = timedelta(days=days) > FIVE_YEARS
            numbers = found.setdefault(1827 if late else days, [0, 0])
            numbers[0 if ending == "event" and not late else 1] += 1
    return [(days, *found[days]) for days in sorted(found)]

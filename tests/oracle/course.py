"""What became of each removed child: day by day where the child lived, and how care ended."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from casescope.dataset.care_course import PLACEMENT_KINDS
from casescope.kernel.codes import (
    COUNTING_STATUSES,
    ENDING_OF_REASON,
    KIND_OF_PLACE,
    PERMANENT_ENDINGS,
    SHORT_BREAK_STATUSES,
)
from tests.oracle.care import Episode
from tests.oracle.reading import day, order
from tests.oracle.standing import Study
from tests.worlds import World


def courses(world: World, removals: str) -> dict[str, dict[str, Any]]:
    """Return, for each removed child of a woman studied, the course of care in one count."""
    study = Study(world)
    first: dict[str, date] = {}
    for woman in study.women:
        for removal in study.removals_of(woman, removals):
            first[removal.child] = min(removal.day, first.get(removal.child, removal.day))
    return {child: course(study, child, since) for child, since in first.items()}


def course(study: Study, child: str, since: date) -> dict[str, Any]:
    """Return days by kind of placement, the ending, and permanence with its days."""
    days = lived(study, child, since)
    made = permanence(study, child, since)
    return {
        "days": {kind: days[kind] for kind in PLACEMENT_KINDS if days[kind]},
        "longest": min(days, key=lambda kind: (-days[kind], kind)) if days else "none",
        "ending": ending(study, child, since),
        "permanence": made[1] if made else "none",
        "permanence_days": ((made[0] if made else until(study, child, since)) - since).days,
    }


def lived(study: Study, child: str, since: date) -> Counter[str]:
    """Return how many days the child spent in each kind of placement, asking every day."""
    found: Counter[str] = Counter()
    when = since
    while when < study.today:
        episode = holding(study, child, when)
        if episode and episode.status in COUNTING_STATUSES:
            found[KIND_OF_PLACE.get(episode.place, "other")] += 1
        when += timedelta(days=1)
    return found


def holding(study: Study, child: str, when: date) -> Episode | None:
    """Return the episode that holds on a day: the last begun of the period that the day is in."""
    for period in study.care.periods(child):
        if period.start <= when < (period.end or date.max):
            return [episode for episode in period.episodes if episode.start <= when][-1]
    return None


def ended(study: Study, child: str) -> list[Episode]:
    """Return the episodes that have ended, short breaks aside, the last one last."""
    episodes = [e for e in study.care.episodes(child) if e.status not in SHORT_BREAK_STATUSES]
    return sorted((e for e in episodes if e.end), key=lambda e: (e.end, e.start))


def ending(study: Study, child: str, since: date) -> str:
    """Return how the latest time in care ended, if it has."""
    if study.care.current_episode(child):
        return "still in care"
    done = ended(study, child)
    if done:
        return ENDING_OF_REASON.get(done[-1].reason, "other")
    return order_instead(study, child, since) or "other"


def permanence(study: Study, child: str, since: date) -> tuple[date, str] | None:
    """Return day and kind of the first home for good since the first removal."""
    for one in ended(study, child):
        kind = ENDING_OF_REASON.get(one.reason, "other")
        if one.end and one.end >= since and kind in PERMANENT_ENDINGS:
            return one.end, kind
    kind = order_instead(study, child, since)
    return (since, kind) if kind else None


def order_instead(study: Study, child: str, since: date) -> str:
    """Return the order that took the place of care, for a child never in care here."""
    if study.care.episodes(child):
        return ""
    kinds = {kind for kind, when in study.removals.orders_outside_care(child) if when == since}
    kinds |= {
        order(row["proc_order"])
        for row in study.removals.proceedings(child)
        if day(row["proc_order_date"]) == since
    }
    return next((k for k in ("special guardianship", "child arrangements") if k in kinds), "")


def until(study: Study, child: str, since: date) -> date:
    """Return the day up to which a child without permanence was followed."""
    if study.care.current_episode(child):
        return study.today
    ends = [e.end for e in ended(study, child) if e.end]
    return max([since, *ends])

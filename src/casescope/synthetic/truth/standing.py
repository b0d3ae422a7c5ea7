"""Where a woman stands at the reference date: her care, pregnancy, area, tier."""

from collections.abc import Iterable
from datetime import date

from casescope.kernel.codes import (
    ADOPTED_REASONS,
    LEFT_TO_SOMEONE_ELSE,
    REMAND_STATUSES,
    SHORT_BREAK_STATUSES,
    WITH_MOTHER_PLACEMENTS,
)
from casescope.kernel.dates import add_years, age_on
from casescope.synthetic.facts import REFERENCE, Address, Child, Woman
from casescope.synthetic.homes import is_inside
from casescope.synthetic.truth.events import RemovalHistory
from casescope.synthetic.truth.removals import PARAMETERS, is_private_order, periods


def is_current(address: Address) -> bool:
    """Say whether somebody lives there at the reference date."""
    return address.start <= REFERENCE and (address.end is None or address.end > REFERENCE)


def _open_care(child: Child) -> str:
    """Return `no` or `recorded` for a child in an open period of care, else nothing."""
    current = [e for e in child.episodes if e.end is None and e.status not in SHORT_BREAK_STATUSES]
    if not current:
        return ""
    latest = max(current, key=lambda e: e.start)
    return "recorded" if latest.place in WITH_MOTHER_PLACEMENTS else "no"


def _placed_with_her(child: Child) -> bool:
    """Say whether the current placement, a short break's too, is with the mother."""
    current = [e for e in child.episodes if e.end is None]
    latest = max(current, key=lambda e: e.start, default=None)
    return latest is not None and latest.place in WITH_MOTHER_PLACEMENTS


def _adopted(child: Child) -> bool:
    orders = [o.kind for o in child.permanence] + [p.order for p in child.proceedings if p.ordered]
    by_order = any(kind.lower().startswith("adoption") for kind in orders)
    return by_order or any(e.reason in ADOPTED_REASONS for e in child.episodes)


def _placed_elsewhere(child: Child) -> bool:
    """Say whether the latest order that says where placed the child with someone else."""
    said: list[tuple[date, bool]] = [
        (order.made, True)
        for order in [*child.permanence, *child.legal_orders]
        if is_private_order(order.kind)
    ]
    for line in child.proceedings:
        if line.ordered and (line.placed_with or is_private_order(line.order)):
            said.append((line.ordered, line.placed_with != "mother"))
    if not said:
        return False
    day, elsewhere = max(said)
    return elsewhere and not any(period[0].start > day for period in periods(child))


def _shares_address(woman: Woman, child: Child) -> bool:
    hers = {a.postcode for a in woman.addresses if is_current(a)}
    return any(a.postcode in hers for a in child.addresses if is_current(a))


def care_of(woman: Woman, child: Child) -> str:
    """Return whether the child is in her care: `no`, `recorded` or `unknown`."""
    if found := _open_care(child):
        return found
    ended = [e for e in child.episodes if e.end]
    last = max(ended, key=lambda e: e.end or e.start, default=None)
    left = last is not None and last.reason in LEFT_TO_SOMEONE_ELSE
    if _adopted(child) or left or _placed_elsewhere(child):
        return "no"
    is_with_her = _placed_with_her(child) or _shares_address(woman, child)
    return "recorded" if is_with_her else "unknown"


def in_her_care(woman: Woman) -> str:
    """Return the strongest answer over her living children under 18."""
    answers = {
        care_of(woman, child)
        for child in woman.children
        if child.born and age_on(child.born, REFERENCE) < 18
        and not child.record.died and not any(e.reason == "E2" for e in child.episodes)
    }  # fmt: skip
    return next((a for a in ("recorded", "unknown") if a in answers), "no")


def is_pregnant(woman: Woman) -> bool:
    """Say whether a child of hers is expected on or after the reference date."""
    return any(
        child.born is None and child.record.expected and child.record.expected >= REFERENCE
        for child in woman.children
    )


def left_on(woman: Woman, since: date = date.min) -> date | None:
    """Return the first day from `since` on which she moved outside and did not move back."""
    if not woman.addresses:
        return None
    latest = max(woman.addresses, key=lambda a: (a.start, is_current(a)))
    if is_inside(latest.postcode):
        return None
    back = max((a.start for a in woman.addresses if is_inside(a.postcode)), default=since)
    moved = [a.start for a in woman.addresses if not is_inside(a.postcode)]
    return min((day for day in moved if day >= max(back, since)), default=None)


def is_care_experienced(woman: Woman) -> bool:
    """Say whether a record shows her in care as a child."""
    own = woman.as_child.episodes if woman.as_child else []
    minor = SHORT_BREAK_STATUSES + REMAND_STATUSES
    return woman.care_leaver or any(e.status not in minor for e in own)


def _under_watch(child: Child) -> bool:
    """Say whether the child is on a plan or in proceedings at the reference date."""
    spans: Iterable[tuple[date, date | None]] = [
        *((plan.start, plan.end) for plan in child.plans),
        *((line.applied, line.ordered) for line in child.proceedings),
    ]
    return any(start <= REFERENCE and (end is None or end > REFERENCE) for start, end in spans)


def age_of(woman: Woman) -> int | None:
    """Return her age at the reference date, estimated where only an estimate is held."""
    return age_on(woman.born, REFERENCE) if woman.born else None


def _personal_reason(woman: Woman) -> str:
    """Return why she is in no tier whatever happened to her children, or nothing."""
    age = age_of(woman)
    if woman.died:
        return "died"
    if age is None:
        return "age_not_known"
    if not PARAMETERS["age_min"] <= age <= PARAMETERS["age_max"]:
        return "outside_age"
    return "left_area" if left_on(woman) else ""


def _is_t4(woman: Woman, history: RemovalHistory) -> bool:
    watched = any(_under_watch(child) for child in woman.children)
    return not history.removals and is_care_experienced(woman) and watched


def tier_of(woman: Woman, history: RemovalHistory, count: str) -> tuple[str | None, str | None]:
    """Return her tier under a count, or none and the first reason that holds."""
    if reason := _personal_reason(woman):
        return None, reason
    found = history.of(count)
    if not found:
        return ("T4", None) if _is_t4(woman, history) else (None, "no_removal")
    if max(r.day for r in found) < add_years(REFERENCE, -PARAMETERS["lookback_years"]):
        return None, "outside_lookback"
    if len({removal.child for removal in found}) == 1:
        return "T3", None
    free = in_her_care(woman) == "no" and not is_pregnant(woman)
    return ("T1" if free else "T2"), None

"""Puts the truth of the pretend county together, as truth.json holds it."""

from collections import Counter

from casescope.kernel.codes import REMOVAL_COUNTS, TIERS
from casescope.synthetic.facts import AUTHORITY, REFERENCE, County, Woman
from casescope.synthetic.truth.events import RemovalHistory, with_new_child
from casescope.synthetic.truth.issues import issues_of
from casescope.synthetic.truth.rate import rate
from casescope.synthetic.truth.recurrence import observation_start, recurrence
from casescope.synthetic.truth.removals import PARAMETERS
from casescope.synthetic.truth.standing import (
    age_of,
    in_her_care,
    is_care_experienced,
    is_pregnant,
    left_on,
    tier_of,
)


def _count(woman: Woman, history: RemovalHistory, count: str) -> dict[str, object]:
    events = history.events(count)
    fresh = with_new_child(events)
    tier, reason = tier_of(woman, history, count)
    return {
        "tier": tier,
        "no_tier": reason,
        "removed_children": sorted({r.child for r in history.of(count)}),
        "removals": len(history.of(count)),
        "events": [
            {"date": e.day.isoformat(), "children": sorted(e.children), "route": e.route}
            for e in events
        ],
        "repeat_events": sum(fresh[1:]),
    }


def _woman(woman: Woman, history: RemovalHistory) -> dict[str, object]:
    latest = max((r.day for r in history.of("broad")), default=None)
    left = left_on(woman)
    return {
        "person_ids": sorted(record.id for record in woman.records),
        "children": sorted(c.id for c in woman.children if c.born),
        "unborn": sorted(c.id for c in woman.children if not c.born),
        "by_count": {count: _count(woman, history, count) for count in REMOVAL_COUNTS},
        "in_her_care": in_her_care(woman),
        "pregnant": is_pregnant(woman),
        "alive": woman.died is None,
        "born": woman.born.isoformat() if woman.born else None,
        "age": age_of(woman),
        "left_area": left is not None,
        "left_on": left.isoformat() if left else None,
        "care_experienced": is_care_experienced(woman),
        "issues": issues_of(woman, latest),
    }


def _totals(county: County, histories: list[RemovalHistory], count: str) -> dict[str, object]:
    tiers = Counter(tier_of(w, h, count)[0] for w, h in zip(county.women, histories, strict=True))
    events = [history.events(count) for history in histories]
    found = [removal for history in histories for removal in history.of(count)]
    return {
        "tiers": {tier: tiers[tier] for tier in TIERS},
        "removed_children": len({removal.child for removal in found}),
        "removals": len(found),
        "events": sum(len(made) for made in events),
        "repeat_events": sum(sum(with_new_child(made)[1:]) for made in events),
    }


def truth_of(county: County, *, mothers: int, seed: int, mess: float) -> dict[str, object]:
    """Return everything truth.json says; its keys are described in docs/reference/truth.md."""
    histories = [RemovalHistory(woman) for woman in county.women]
    return {
        "reference_date": REFERENCE.isoformat(),
        "authority": AUTHORITY,
        "seed": seed,
        "mothers": mothers,
        "mess": mess,
        "parameters": dict(PARAMETERS),
        "observation_start": observation_start(county).isoformat(),
        "person_records": len(county.records()),
        "women": sorted(
            (_woman(w, h) for w, h in zip(county.women, histories, strict=True)),
            key=lambda woman: str(woman["person_ids"]),
        ),
        "totals": {count: _totals(county, histories, count) for count in REMOVAL_COUNTS},
        "rate": {count: rate(county, histories, count) for count in REMOVAL_COUNTS},
        "recurrence": {count: recurrence(county, histories, count) for count in REMOVAL_COUNTS},
    }

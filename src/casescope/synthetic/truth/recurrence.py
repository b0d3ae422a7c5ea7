"""Time from the first event to the next with a new child, by Kaplan and Meier."""

from datetime import date

from casescope.kernel.dates import DAYS_PER_YEAR, add_years
from casescope.synthetic.facts import REFERENCE, County, Woman
from casescope.synthetic.truth.events import Event, RemovalHistory, with_new_child
from casescope.synthetic.truth.removals import PARAMETERS
from casescope.synthetic.truth.standing import left_on

YEARS = (1, 3, 5, 7, 10)


def observation_start(county: County) -> date:
    """Return the 1 April on or before the earliest end of an episode (else the earliest start)."""
    episodes = [e for child in county.children for e in child.episodes]
    ends = [e.end for e in episodes if e.end] or [e.start for e in episodes] or [REFERENCE]
    first = min(ends)
    return date(first.year - ((first.month, first.day) < (4, 1)), 4, 1)


def follow_up(woman: Woman, events: list[Event], since: date) -> tuple[int, bool] | None:
    """Return days of follow-up and whether they end in an event; none for no index woman."""
    if not events or events[0].day < since:
        return None
    index = events[0].day
    limit = add_years(woman.born, PARAMETERS["age_max"] + 5) if woman.born else None
    ends = [day for day in (woman.died, limit) if day]
    if any(day <= index for day in ends):
        return None
    left = left_on(woman, index)
    ends += [left] if left else []
    censored = min([*ends, REFERENCE])
    fresh = with_new_child(events)
    again = next((e.day for e, new in zip(events[1:], fresh[1:], strict=True) if new), None)
    if again and again <= censored:
        return (again - index).days, True
    return (censored - index).days, False


def kaplan_meier(spells: list[tuple[int, bool]]) -> list[float]:
    """Return the share with a next event by each of `YEARS`; none of them at risk is no event."""
    survival, curve = 1.0, []
    for day in sorted({days for days, event in spells if event}):
        at_risk = sum(days >= day for days, _ in spells)
        events = sum(days == day for days, event in spells if event)
        survival *= 1 - events / at_risk
        curve.append((day, survival))
    return [
        1 - next((s for day, s in reversed(curve) if day <= year * DAYS_PER_YEAR), 1.0)
        for year in YEARS
    ]


def recurrence(county: County, histories: list[RemovalHistory], count: str) -> dict[str, object]:
    """Return the estimates of a count and how many index women they rest on."""
    since = add_years(observation_start(county), PARAMETERS["washout_years"])
    spells = [
        spell
        for woman, history in zip(county.women, histories, strict=True)
        if (spell := follow_up(woman, history.events(count), since))
    ]
    return {
        "years": list(YEARS),
        "estimate": kaplan_meier(spells),
        "index_women": len(spells),
        "events": sum(event for _, event in spells),
    }

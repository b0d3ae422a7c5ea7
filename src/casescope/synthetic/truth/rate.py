"""The local removal rate: children newly removed in the time after a woman had two removed."""

from datetime import date

from casescope.kernel.dates import DAYS_PER_YEAR, add_years, age_on
from casescope.synthetic.facts import REFERENCE, County, Woman
from casescope.synthetic.truth.events import RemovalHistory
from casescope.synthetic.truth.removals import PARAMETERS
from casescope.synthetic.truth.standing import left_on


def followed(woman: Woman, history: RemovalHistory, count: str) -> tuple[int, int]:
    """Return the days that a woman is followed, and the children newly removed in them."""
    first: dict[str, date] = {}
    for removal in history.of(count):
        first.setdefault(removal.child, removal.day)
    over = [max(r.day for r in event.removals) for event in history.events(count)]
    begun = [day for day in over if _starts(woman, list(first.values()), day)]
    if not begun or not woman.born:
        return 0, 0
    start = min(begun)
    ends = [REFERENCE, add_years(woman.born, PARAMETERS["age_max"] + 1)]
    ends += [day for day in (woman.died, left_on(woman, start)) if day]
    stop = min(ends)
    if stop <= start:
        return 0, 0
    return (stop - start).days, sum(start < day <= stop for day in first.values())


def _starts(woman: Woman, first: list[date], day: date) -> bool:
    if woman.born is None or sum(removed <= day for removed in first) < 2:
        return False
    return PARAMETERS["age_min"] <= age_on(woman.born, day) <= PARAMETERS["age_max"]


def rate(county: County, histories: list[RemovalHistory], count: str) -> dict[str, object]:
    """Return children newly removed, and woman-years, of a count."""
    pairs = zip(county.women, histories, strict=True)
    found = [followed(woman, history, count) for woman, history in pairs]
    return {
        "children": sum(children for _, children in found),
        "woman_years": sum(days for days, _ in found) / DAYS_PER_YEAR,
    }

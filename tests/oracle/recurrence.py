"""Time from a woman's first removal event to her next with a new child."""

from datetime import date

from casescope.kernel.dates import add_years, age_on
from tests.oracle.events import Event, with_new_child
from tests.oracle.identity import Woman
from tests.oracle.standing import Study
from tests.worlds import World

NEWBORN_DAYS = 28

Spell = tuple[int, str, int | None]
"""Days of follow-up, what ended it, her age at the index event."""


def recurrence(world: World, removals: str) -> list[Spell]:
    """Return the spell of every index woman of one count, sorted."""
    study = Study(world)
    spells = [spell(study, woman, removals) for woman in study.women]
    return sorted((s for s in spells if s), key=lambda s: (s[0], s[1], s[2] or -1))


def newborn_recurrence(world: World, removals: str) -> list[Spell]:
    """Return the same to the next event with a new child under 28 days old."""
    study = Study(world)
    spells = [spell(study, woman, removals, newborn=True) for woman in study.women]
    return sorted((s for s in spells if s), key=lambda s: (s[0], s[1], s[2] or -1))


def spell(study: Study, woman: Woman, count: str, newborn: bool = False) -> Spell | None:
    """Return one woman's spell; nothing if she is no index woman."""
    events = study.events_of(woman, count)
    if not events or events[0].day < first_index_day(study):
        return None
    index = events[0].day
    ends = endings(study, woman, index)
    if any(when <= index for name, when in ends if name in {"died", "age_limit"}):
        return None
    again = [e for e in with_new_child(events) if not newborn or has_new_newborn(study, e, events)]
    ends = [("event", e.day) for e in again[:1]] + ends
    when = min(when for _, when in ends)
    ending = next(name for name, at in ends if at == when)
    born = study.born(woman)
    return (when - index).days, ending, age_on(born, index) if born else None


def has_new_newborn(study: Study, event: Event, events: list[Event]) -> bool:
    """Answer whether a child who was in no earlier event was under 28 days old when removed."""
    before = {child for e in events[: events.index(event)] for child in e.children}
    born = {child: study.people.born(child) for child in event.children - before}
    return any(
        (dob := born.get(removal.child)) is not None and (removal.day - dob).days < NEWBORN_DAYS
        for removal in event.removals
    )


def endings(study: Study, woman: Woman, index: date) -> list[tuple[str, date]]:
    """Return what could end her follow-up besides an event; first on a tie wins."""
    born = study.born(woman)
    limit = add_years(born, study.world.parameters.age_max + 5) if born else None
    ends = [
        ("died", study.died(woman)),
        ("age_limit", limit),
        ("left", study.left_on(woman, index)),
        ("end_of_extract", study.today),
    ]
    return [(name, when) for name, when in ends if when]


def first_index_day(study: Study) -> date:
    """Return the first day on which an event may be an index event."""
    parameters = study.world.parameters
    start = parameters.observation_start or observation_start(study)
    return add_years(start, parameters.washout_years) if start else date.min


def observation_start(study: Study) -> date | None:
    """Return the 1 April on or before the earliest end of an episode (else the earliest start)."""
    used = [
        episode
        for person, episodes in study.care.all_episodes.items()
        if not study.is_withheld(person)
        for episode in episodes
    ]
    days = [e.end for e in used if e.end] or [e.start for e in used]
    if not days:
        return None
    earliest = min(days)
    april = date(earliest.year, 4, 1)
    return april if april <= earliest else date(earliest.year - 1, 4, 1)

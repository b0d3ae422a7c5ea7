"""Every word that a column can hold at its step, in order: also those that no woman has.

The ladders themselves are asked, with women made up for it, so that none of their words is missed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from casescope.dataset.schema import AGE_GROUPS, ENDINGS
from casescope.dataset.sharing.quasi import NO_REMOVAL, YEARS_TOLD, Step
from casescope.dataset.sharing.subject import Subject

_YEAR = 365.25
_ETHNIC = ("White", "Mixed", "Asian", "Black", "Other", "Not recorded")
_NOBODY = Subject(
    woman="", age=None, ethnicity="", area="", children=0, child_ages=(), days=(), followed=None,
    tier="", in_her_care="", pregnant=False, care_experienced=False, ending="",
    reference_date=date(2000, 6, 30),
)  # fmt: skip


def ages(step: Step) -> tuple[str, ...]:
    """Return the bands of age; a band for no known age comes last."""
    return _told(step, (replace(_NOBODY, age=age) for age in (*range(10, 60), None)))


def ethnic_groups(step: Step) -> tuple[str, ...]:
    """Return the ethnic groups."""
    return _told(step, (replace(_NOBODY, ethnicity=group) for group in _ETHNIC))


def children(step: Step) -> tuple[str, ...]:
    """Return the numbers of removed children, from 1."""
    return _told(step, (replace(_NOBODY, children=number) for number in range(1, 20)))


def further_events(step: Step) -> tuple[str, ...]:
    """Return the numbers of further events, where the step tells these and no times."""
    some = (tuple(range(0, 800 * (number + 1), 800)) for number in range(4))
    return _told(step, (replace(_NOBODY, children=1, days=days) for days in some))


def followed(step: Step) -> tuple[str, ...]:
    """Return how long women were followed, shortest first."""
    days = [int(_YEAR * quarter / 4) for quarter in range(1, 80)]
    some = (replace(_NOBODY, days=(0,), followed=number, ending="died") for number in days)
    others = (
        replace(_NOBODY, days=(0,), followed=1, ending=ENDINGS[-1]),
        replace(_NOBODY, days=(0, 1)),
    )
    return _told(step, (*some, *others))


def periods(step: Step, reference_period: str) -> tuple[str, ...]:
    """Return the periods of index events to the quarter of the reference date, earliest first."""
    year, quarter = (int(part) for part in reference_period.split(" quarter "))
    end = date(year, 3 * quarter, 28)
    days = (
        (date(at, month, 1) - end).days
        for at in range(year - YEARS_TOLD - 1, year + 1)
        for month in (1, 4, 7, 10)
        if (at, month) <= (year, 3 * quarter - 2)
    )
    return _told(step, (replace(_NOBODY, reference_date=end, days=(day,)) for day in days))


def child_ages() -> tuple[str, ...]:
    """Return the age groups of children as the finest step tells them."""
    return AGE_GROUPS


def _told(step: Step, women: Iterable[Subject]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_words(step, women)))


def _words(step: Step, women: Iterable[Subject]) -> Iterator[str]:
    for one in women:
        said = step.tell(one)
        if said != NO_REMOVAL:
            yield said

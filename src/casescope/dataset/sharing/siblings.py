"""Sets of siblings as shapes: what would single a family out, and how many women it fits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from casescope.dataset.sharing.subject import Subject


@dataclass(frozen=True, order=True)
class Shape:
    """How many children were removed, at what ages, in how many events: no woman in particular."""

    children: int
    ages: tuple[str, ...]
    events: int

    def in_words(self) -> str:
        """Return the shape as a person says it."""
        children = "1 child" if self.children == 1 else f"{self.children} children"
        ages = "age" if self.children == 1 else "ages"
        events = "1 event" if self.events == 1 else f"{self.events} events"
        return f"{children} removed, {ages} {', '.join(self.ages)}, in {events}"


@dataclass(frozen=True)
class Fingerprints:
    """How many shapes there are, how many women have one below the floor, and the worst of them.

    `with_intervals` counts the women whom the shape with its intervals in whole years fits alone.
    """

    women: int
    shapes: int
    alone: int
    below_floor: int
    with_intervals: int
    worst: tuple[tuple[Shape, int], ...]


def shape_of(one: Subject) -> Shape:
    """Return the shape of one woman's removals."""
    return Shape(one.children, one.child_ages, len(one.days))


def fingerprints(people: Iterable[Subject], floor: int, *, worst: int = 10) -> Fingerprints:
    """Return the sibling sets of the women with a removed child; fewest women come first."""
    removed = [one for one in people if one.children]
    found = Counter(map(shape_of, removed))
    timed = Counter((shape_of(one), _years(one)) for one in removed)
    few = sorted(found.items(), key=lambda pair: (pair[1], -pair[0].children, pair[0]))
    return Fingerprints(
        women=len(removed),
        shapes=len(found),
        alone=sum(women == 1 for women in found.values()),
        below_floor=sum(women for women in found.values() if women < floor),
        with_intervals=sum(women == 1 for women in timed.values()),
        worst=tuple(few[:worst]),
    )


def _years(one: Subject) -> tuple[int, ...]:
    return tuple(int(days // 365.25) for days in one.intervals)

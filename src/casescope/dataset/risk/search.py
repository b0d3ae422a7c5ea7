"""The recoding that loses least: one step for each ladder, and whom that still leaves out.

Best first over the lattice of steps, ladder by ladder. What stands in the queue is a part of a
recoding, with a bound that no completion of it can beat: what is fixed loses what it loses, the
other ladders count as losing nothing, and out is whoever is out even with all others at the top
(a coarser table leaves out nobody more). So the first whole recoding to come off the queue is the
one that loses least, and nothing was guessed.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casescope.dataset.risk.ladder import Ladder

_FEW_CLASSES = 1 << 15
"""Up to so many possible classes are counted in an array; above, they are sorted."""

Allowed = Callable[[Mapping[str, int]], bool]
"""Whether these steps may go together; asked of parts too, so it must not count on any being there.
"""


@dataclass(frozen=True)
class Recoding:
    """A step for each ladder by name; `loss` from 0 to 1, and how many records are `left_out`.

    The loss is the mean over records: 1 for one left out, else the (weighted) mean of the penalties
    of its values.
    """

    steps: Mapping[str, int]
    loss: float
    left_out: int


def least_loss(
    ladders: Sequence[Ladder],
    floor: int,
    *,
    weights: Mapping[str, float] | None = None,
    most_left_out: float = 1.0,
    groups: Sequence[NDArray[np.bool_]] = (),
    allowed: Allowed = lambda _: True,
) -> Recoding | None:
    """Return the recoding with least loss whose classes hold `floor` records or more.

    Records in smaller classes are left out, at most the share `most_left_out` of all, and of each
    of `groups`. Nothing is returned where no recoding does it. `weights` say how much each ladder's
    penalty counts.
    """
    lattice = _Lattice(ladders, floor, weights or {})
    limits = lattice.limits(groups, most_left_out)
    queue: list[tuple[float, int, tuple[int, ...]]] = [(0.0, 0, ())]
    while queue:
        loss, left_out, steps = heapq.heappop(queue)
        if len(steps) == len(lattice.ladders):
            return Recoding(lattice.named(steps), loss, left_out)
        for longer in lattice.after(steps):
            if allowed(lattice.named(longer)):
                kept = lattice.kept(longer)
                if all(np.count_nonzero(of & ~kept) <= most for of, most in limits):
                    heapq.heappush(queue, (*lattice.bound(longer, kept), longer))
    return None


def cost(
    ladders: Sequence[Ladder],
    floor: int,
    steps: Mapping[str, int],
    *,
    weights: Mapping[str, float] | None = None,
) -> Recoding:
    """Return what one given recoding loses, and how many it leaves out."""
    lattice = _Lattice(ladders, floor, weights or {})
    chosen = tuple(steps[one.name] for one in lattice.ladders)
    loss, left_out = lattice.bound(chosen, lattice.kept(chosen))
    return Recoding(dict(steps), loss, left_out)


def kept(ladders: Sequence[Ladder], floor: int, steps: Mapping[str, int]) -> NDArray[np.bool_]:
    """Return for each record whether its class holds `floor` records or more."""
    lattice = _Lattice(ladders, floor, {})
    return lattice.kept(tuple(steps[one.name] for one in lattice.ladders))


class _Lattice:
    """All recodings of one table; ladders that tell people apart best come first."""

    def __init__(self, ladders: Sequence[Ladder], floor: int, weights: Mapping[str, float]) -> None:
        self.floor = floor
        self.records = len(ladders[0].codes[0]) if ladders else 0
        self.ladders = sorted(ladders, key=lambda one: (-one.sizes[0], one.name))
        given = [weights.get(one.name, 1.0) for one in self.ladders]
        self._weighted = [
            [weight / sum(given) * penalty for penalty in one.penalties]
            for one, weight in zip(self.ladders, given, strict=True)
        ]

    def named(self, steps: tuple[int, ...]) -> dict[str, int]:
        return {one.name: step for one, step in zip(self.ladders, steps, strict=False)}

    def after(self, steps: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        for step in range(self.ladders[len(steps)].top + 1):
            yield (*steps, step)

    def limits(
        self, groups: Sequence[NDArray[np.bool_]], share: float
    ) -> list[tuple[NDArray[np.bool_], int]]:
        """Return each group, all records first, with how many of it may be left out."""
        everyone = np.ones(self.records, dtype=np.bool_)
        return [(of, int(share * np.count_nonzero(of) + 1e-9)) for of in (everyone, *groups)]

    def bound(self, steps: tuple[int, ...], kept: NDArray[np.bool_]) -> tuple[float, int]:
        """Return the least that any completion loses, and the fewest that it leaves out."""
        if self.records == 0:
            return 0.0, 0
        left_out = self.records - int(np.count_nonzero(kept))
        lost = sum(
            float(penalties[step] @ kept)
            for penalties, step in zip(self._weighted, steps, strict=False)
        )
        return (left_out + lost) / self.records, left_out

    def kept(self, steps: tuple[int, ...]) -> NDArray[np.bool_]:
        """Return who is kept, ladders without a step being at the top."""
        classes, most = np.zeros(self.records, dtype=np.int64), 1
        for place, one in enumerate(self.ladders):
            step = steps[place] if place < len(steps) else one.top
            if one.sizes[step] > 1:
                classes, most = _with(classes, most, one.codes[step], one.sizes[step])
        return _sizes(classes, most) >= self.floor


def _with(
    classes: NDArray[np.int64], most: int, codes: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], int]:
    """Return classes divided once more, numbered below the second value."""
    if most * size >= 1 << 62:
        values, classes = np.unique(classes, return_inverse=True)
        most = len(values)
    return classes * size + codes, most * size


def _sizes(classes: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return for each record how many records its class holds."""
    if most > _FEW_CLASSES:
        values, classes = np.unique(classes, return_inverse=True)
        most = len(values)
    return np.bincount(classes, minlength=most)[classes]

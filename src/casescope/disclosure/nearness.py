"""Whether a set of women is too near to what was told: somebody could take one from the other.

Two sets are near where they differ, or one and everybody less the other do, by women so few that
their number would be hidden. Where a report tells exact counts, sets are also held against what two
told before make: two that share nobody put together, and one less another that lies in it.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from casescope.disclosure.pack import RulePack


class Nearness:
    """Everything told so far under one rule pack, everybody included."""

    def __init__(
        self, told: Iterable[int], women: int, rules: RulePack, *, sums: bool = False
    ) -> None:
        self._rules, self._everybody, self._sums = rules, (1 << women) - 1, sums
        self._told = [self._everybody]
        for one in told:
            self.add(one)

    def add(self, one: int) -> None:
        """Add a set that is told; one too small to be told adds nothing."""
        if not self._rules.is_few(one.bit_count()):
            self._told.append(one)

    def is_near(self, one: int, *, same_is_well: bool = True) -> bool:
        """Say whether a set is near to any told, or to what two of them make.

        `same_is_well`: a set that is one of these is not near to it.
        """
        return any(
            not same_is_well if one == other else self._rules.is_few((one ^ other).bit_count())
            for other in self._others(one)
        )

    def _others(self, one: int) -> Iterator[int]:
        for other in self._told:
            yield other
            yield self._everybody ^ other
        if self._sums:
            yield from self._of_two(one.bit_count())

    def _of_two(self, size: int) -> Iterator[int]:
        """Yield what two told sets make, where it has about so many women."""
        sizes = np.array([other.bit_count() for other in self._told])
        few = self._rules.hide_at_most
        for first, second in np.argwhere(abs(sizes[:, None] + sizes - size) <= few).tolist():
            if first < second and not self._told[first] & self._told[second]:
                yield self._told[first] | self._told[second]
        for whole, part in np.argwhere(abs(sizes[:, None] - sizes - size) <= few).tolist():
            if not self._told[part] & ~self._told[whole]:
                yield self._told[whole] ^ self._told[part]

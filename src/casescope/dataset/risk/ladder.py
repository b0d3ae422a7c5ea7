"""A quasi-identifier as a ladder: the same column told ever more coarsely, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Penalties = NDArray[np.float64]


@dataclass(frozen=True)
class Ladder:
    """One quasi-identifier of n records: at each step a code and a penalty for every record.

    `sizes` are the numbers of values by step. The penalty is the normalised certainty penalty of
    Xu and others 2006: of the values of the finest step, how many one value stands for, beyond
    itself, as a share of all the others; from 0 (itself alone) to 1 (any).
    """

    name: str
    codes: tuple[Codes, ...]
    sizes: tuple[int, ...]
    penalties: tuple[Penalties, ...]

    @property
    def top(self) -> int:
        """Return the number of the coarsest step."""
        return len(self.codes) - 1


def ladder(name: str, steps: Sequence[Sequence[str]]) -> Ladder:
    """Return the ladder of a column; `steps[i]` are its values at step i, one for each record.

    Raises ValueError where a step tells apart what an earlier one did not.
    """
    coded = [np.unique(np.asarray(values, dtype=object), return_inverse=True) for values in steps]
    codes = [inverse.astype(np.int64).reshape(-1) for _, inverse in coded]
    sizes = [len(values) for values, _ in coded]
    for finer, coarser in pairwise(range(len(codes))):
        pairs = np.unique(codes[finer] * max(sizes[coarser], 1) + codes[coarser])
        if len(pairs) != sizes[finer]:
            raise ValueError(f"{name}: step {coarser} tells more than step {finer}")
    penalties = [_penalty(codes[0], sizes[0], code, size)
                 for code, size in zip(codes, sizes, strict=True)]  # fmt: skip
    return Ladder(name, tuple(codes), tuple(sizes), tuple(penalties))


def _penalty(finest: Codes, values: int, codes: Codes, size: int) -> Penalties:
    if values <= 1:
        return np.zeros(len(codes))
    coarse_of = np.zeros(values, dtype=np.int64)
    coarse_of[finest] = codes
    stands_for = np.bincount(coarse_of, minlength=size)
    shares: Penalties = (stands_for[codes] - 1) / (values - 1)
    return shares

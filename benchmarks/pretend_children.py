"""Children and their spells in care, drawn with numpy for the benchmark of removals.

Believable enough to do the step's every kind of work (returns that repeat an episode, gaps,
overlaps, short breaks, mother-and-baby placements, siblings removed together), and nothing like
as careful as the product's pretend county.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

YEARS = range(2010, 2026)
"""The collection years; each has a return, which reaches to the 31 March in it."""

CENSUS = np.array([np.datetime64(f"{year}-03-31") for year in YEARS], "datetime64[D]").astype(int)
_BEGIN = int(np.datetime64("2009-04-01").astype(int))

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Children:
    """One row a child: her mother's number, first day in care, birth and ids."""

    mother: Numbers
    start: Numbers
    born: Numbers
    asylum: Numbers
    in_care: Numbers

    def first(self, count: int) -> "Children":
        """Return the first children only."""
        return Children(
            self.mother[:count], self.start[:count], self.born[:count],
            self.asylum[:count], self.in_care[:count],
        )  # fmt: skip


@dataclass(frozen=True)
class Spells:
    """One row an episode as it truly was: the child's number and days since 1970-01-01."""

    child: Numbers
    start: Numbers
    end: Numbers
    is_last: Numbers


def draw(rng: np.random.Generator, *, episodes: int) -> tuple[Children, Spells]:
    """Return as many children, whole, as fill this number of rows over all yearly returns."""
    children = _children(rng, mothers=max(episodes // 7, 40))
    return _cut(children, _spells(rng, children), episodes)


def _children(rng: np.random.Generator, *, mothers: int) -> Children:
    brood = 1 + rng.poisson(1.2, mothers)
    mother = np.repeat(np.arange(mothers), brood)
    count = len(mother)
    family = np.repeat(rng.integers(_BEGIN, CENSUS[-1] - 30, mothers), brood)
    near = rng.choice([0, 0, 0, 0, 1, 3, 10, 14, 15, 20, 40], count)
    start = family + np.where(rng.random(count) < 0.6, near, rng.integers(0, 2500, count))
    newborn = rng.random(count) < 0.2
    age = np.where(newborn, rng.integers(0, 40, count), rng.exponential(2200, count).astype(int))
    return Children(
        mother=mother,
        start=start,
        born=start - np.minimum(age, 19 * 365),
        asylum=rng.random(count) < 0.03,
        in_care=rng.random(count) > 0.06,
    )


def _spells(rng: np.random.Generator, children: Children) -> Spells:
    """Draw one to three periods a child and one to eight episodes a period, one after another."""
    cared = np.flatnonzero(children.in_care)
    period_child = np.repeat(cared, rng.choice([1, 2, 3], len(cared), p=[0.78, 0.16, 0.06]))
    lengths = np.minimum(rng.geometric(0.38, len(period_child)), 8)
    child = np.repeat(period_child, lengths)
    count = len(child)
    closes = np.zeros(count, bool)
    closes[np.cumsum(lengths) - 1] = True
    days = np.where(rng.random(count) < 0.12, rng.integers(1, 15, count),
                    1 + rng.exponential(420, count).astype(int))  # fmt: skip
    pause = np.where(rng.random(count) < 0.05, 1, rng.integers(2, 1000, count))
    slip = np.where(rng.random(count) < 0.03, 1, 0)
    through = np.cumsum(days + np.where(closes, pause, slip))
    opens = np.flatnonzero(np.r_[True, child[1:] != child[:-1]])
    before = np.r_[0, through[:-1]]
    offset = before - np.repeat(before[opens], np.diff(np.r_[opens, count]))
    start = children.start[child] + offset
    late = np.where(rng.random(count) < 0.01, 20, 0)
    return Spells(child, start, start + days + late, closes)


def _cut(children: Children, spells: Spells, rows: int) -> tuple[Children, Spells]:
    """Keep as many children, from the first, as fill the wanted number of rows."""
    seen = spells.start <= CENSUS[-1]
    spells = Spells(*(column[seen] for column in vars(spells).values()))
    of_child = np.bincount(spells.child, _repeats(spells), minlength=len(children.mother))
    keep = int(np.searchsorted(np.cumsum(of_child), rows, side="right"))
    held = spells.child < keep
    return children.first(keep), Spells(*(column[held] for column in vars(spells).values()))


def years_of(spells: Spells) -> tuple[Numbers, Numbers]:
    """Return the first and last yearly return (as places in CENSUS) that hold each spell."""
    last = np.searchsorted(CENSUS, np.minimum(spells.end, CENSUS[-1]))
    return np.searchsorted(CENSUS, spells.start), last


def _repeats(spells: Spells) -> Numbers:
    first, last = years_of(spells)
    return last - first + 1

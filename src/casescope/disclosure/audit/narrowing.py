"""What follows at once: bounds of single atoms, those that are settled, and what hangs together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casescope.disclosure.audit.system import Ints, Row, System

Floats = NDArray[np.float64]
_ROUNDS = 30


@dataclass(frozen=True)
class Entries:
    """The rows as three columns of numbers, sorted by row; and each row's least and most."""

    row: Ints
    atom: Ints
    value: Floats
    least: Floats
    most: Floats


def entries(rows: Sequence[Row]) -> Entries:
    """Return rows as entries; without end is infinite."""
    sizes = [len(row.atoms) for row in rows]
    nothing = np.zeros(0, np.int64)
    return Entries(
        np.repeat(np.arange(len(rows)), sizes),
        np.concatenate([nothing, *(row.atoms for row in rows)]),
        np.concatenate([nothing, *(row.coefficients for row in rows)]).astype(np.float64),
        np.array([-np.inf if row.least is None else row.least for row in rows]),
        np.array([np.inf if row.most is None else row.most for row in rows]),
    )


@dataclass(frozen=True)
class Narrowed:
    """Least and greatest value of every atom; `possible` is False where they contradict."""

    lower: Floats
    upper: Floats
    possible: bool


def narrowed(system: System, held: Entries) -> Narrowed:
    """Return what each row alone says of its atoms, again and again until nothing new follows."""
    lower, upper = np.zeros(system.atoms), np.full(system.atoms, np.inf)
    for _ in range(_ROUNDS):
        low, high = _once(held, lower, upper)
        if (low > high).any():
            return Narrowed(low, high, possible=False)
        if (low == lower).all() and (high == upper).all():
            break
        lower, upper = low, high
    least, most = activity(held, lower, upper)
    possible = bool((least <= held.most).all() and (most >= held.least).all())
    return Narrowed(lower, upper, possible)


def activity(held: Entries, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Return the least and greatest sum of each row, as its atoms' bounds allow."""
    small, large = _ends(held, lower, upper)
    rows = len(held.least)
    return _summed(held.row, small, rows), _summed(held.row, large, rows)


def _summed(row: Ints, values: Floats, rows: int) -> Floats:
    found = np.bincount(row, values, rows)
    return np.asarray(found, np.float64)


def _ends(held: Entries, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    low, high = lower[held.atom] * held.value, _times(upper[held.atom], held.value)
    positive = held.value > 0
    return np.where(positive, low, high), np.where(positive, high, low)


def _times(bound: Floats, value: Floats) -> Floats:
    return np.where(value == 0, 0.0, bound * value)


def _once(held: Entries, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    rows = len(held.least)
    small, large = _ends(held, lower, upper)
    others_small = _without_each(held.row, small, rows)
    others_large = _without_each(held.row, large, rows)
    room = held.most[held.row] - others_small
    need = held.least[held.row] - others_large
    positive = held.value > 0
    with np.errstate(invalid="ignore"):
        most = np.floor(np.where(positive, room, need) / held.value + 1e-9)
        least = np.ceil(np.where(positive, need, room) / held.value - 1e-9)
    low, high = lower.copy(), upper.copy()
    np.fmax.at(low, held.atom, least)
    np.fmin.at(high, held.atom, most)
    return low, high


def _without_each(row: Ints, values: Floats, rows: int) -> Floats:
    """Return for each entry the sum of the others in its row, infinite parts told apart."""
    endless = np.isinf(values)
    finite = np.where(endless, 0.0, values)
    sums = _summed(row, finite, rows)[row] - finite
    ends = _summed(row, np.where(endless, 1.0, 0.0), rows)[row] - endless
    sign = np.inf if (values[endless] > 0).any() else -np.inf
    return np.where(ends > 0, sign, sums)


@dataclass(frozen=True)
class Part:
    """Rows and atoms that bear on one another and are not settled."""

    rows: Ints
    atoms: Ints


def parts(held: Entries, found: Narrowed) -> tuple[Part, ...]:
    """Return what is not settled, cut where nothing connects it; rows that say nothing left out."""
    least, most = activity(held, found.lower, found.upper)
    telling = (least < held.least) | (most > held.most)
    open_atoms = found.lower < found.upper
    keep = telling[held.row] & open_atoms[held.atom]
    root = _joined(held.row[keep], held.atom[keep], len(found.lower))
    atoms = np.flatnonzero(open_atoms)
    names, part_of = np.unique(root[atoms], return_inverse=True)
    size = len(held.least)
    kept = np.unique(np.searchsorted(names, root[held.atom[keep]]) * size + held.row[keep])
    return tuple(
        Part(rows, own) for rows, own in zip(
            _split(kept % size, kept // size, len(names)),
            _split(atoms, part_of.ravel(), len(names)), strict=True,
        )
    )  # fmt: skip


def _split(values: Ints, owner: Ints, owners: int) -> list[Ints]:
    """Return the values of each owner, in their order."""
    order = np.argsort(owner, kind="stable")
    ends = np.cumsum(np.bincount(owner, minlength=owners))
    return np.split(values[order], ends[:-1]) if owners else []


def _joined(rows: Ints, atoms: Ints, size: int) -> Ints:
    """Return the least atom that each atom is connected to through rows."""
    root = np.arange(size)
    if not len(rows):
        return root
    while True:
        least = np.full(int(rows.max()) + 1, size)
        np.minimum.at(least, rows, root[atoms])
        new = root.copy()
        np.minimum.at(new, atoms, least[rows])
        new = new[new]
        if (new == root).all():
            return root
        root = new

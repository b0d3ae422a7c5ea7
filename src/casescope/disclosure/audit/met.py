"""Whole-number tables that one audit met, for the next of nearly the same figures to begin with.

What hiding a figure allows is most of what was allowed before. A table that is still allowed shows
at once, with nothing solved, that a count is not given away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from casescope.disclosure.audit.system import Ints


class Met:
    """Tables over all atoms: each is the base but for the atoms of one part."""

    def __init__(self, base: Mapping[int, int] | None, tables: Iterable[tuple[Ints, Ints]]) -> None:
        """Keep the tables of an audit: atoms of a part, and their counts."""
        self.keep(base, tables)

    def keep(self, base: Mapping[int, int] | None, tables: Iterable[tuple[Ints, Ints]]) -> None:
        """Keep what an audit met, and forget what one before it did."""
        self._base = base
        self._tables: dict[bytes, tuple[Ints, list[Ints]]] = {}
        for places, values in tables:
            self._tables.setdefault(places.tobytes(), (places, []))[1].append(values)

    def on(self, parts: Iterable[Ints], atoms: int) -> dict[int, Ints]:
        """Return for each part, by its place, a row for each table as it is on the part's atoms."""
        if self._base is None:
            return {}
        base = np.zeros(atoms, np.int64)
        base[list(self._base)] = list(self._base.values())
        part_of, place_in = np.full(atoms, -1), np.zeros(atoms, np.int64)
        held = list(parts)
        for number, part in enumerate(held):
            part_of[part], place_in[part] = number, np.arange(len(part))
        found: dict[int, list[Ints]] = defaultdict(list)
        for places, values in self._tables.values():
            for number in np.unique(part_of[places]):
                if number >= 0:
                    here = part_of[places] == number
                    rows = np.tile(base[held[number]], (len(values), 1))
                    rows[:, place_in[places[here]]] = np.array(values)[:, here]
                    found[int(number)].append(rows)
        return {number: _each_once(np.vstack(rows)) for number, rows in found.items()}


def _each_once(rows: Ints) -> Ints:
    first = {row.tobytes(): at for at, row in reversed(list(enumerate(rows)))}
    return rows[sorted(first.values())]

"""What stands before anything is solved: bounds of atoms, what is settled, and the open parts."""

import numpy as np

from casescope.disclosure.audit.narrowing import Part, entries, narrowed, parts
from casescope.disclosure.audit.solver import Impossible, Rows
from casescope.disclosure.audit.system import Ints, System


class Ground:
    """Bounds of every atom, whether it is settled, and in which part and place it stands if not.

    `part_of` is -1 for what is settled. Raises Impossible where the figures contradict each other.
    """

    def __init__(self, system: System) -> None:
        self._held = entries(system.rows)
        found = narrowed(system, self._held)
        if not found.possible:
            raise Impossible
        self.lower, self.upper = found.lower, found.upper
        self.settled = found.lower == found.upper
        self.parts = parts(self._held, found)
        self.part_of: Ints = np.full(system.atoms, -1, np.int64)
        self.place_in: Ints = np.zeros(system.atoms, np.int64)
        for number, part in enumerate(self.parts):
            self.part_of[part.atoms] = number
            self.place_in[part.atoms] = np.arange(len(part.atoms))

    def rows_of(self, part: Part) -> Rows:
        """Return a part's rows over its own atoms; what is settled goes into their bounds."""
        held = self._held
        begin, end = (np.searchsorted(held.row, part.rows, side) for side in ("left", "right"))
        row = np.repeat(np.arange(len(part.rows)), end - begin)
        shift = begin - np.concatenate([[0], np.cumsum(end - begin)[:-1]])
        every = np.arange(len(row)) + shift[row]
        atom, value = held.atom[every], held.value[every]
        fixed = self.settled[atom]
        known = np.bincount(row[fixed], value[fixed] * self.lower[atom[fixed]], len(part.rows))
        sizes = np.bincount(row[~fixed], minlength=len(part.rows))
        return Rows(
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
            self.place_in[atom[~fixed]].astype(np.int32), value[~fixed],
            held.least[part.rows] - known, held.most[part.rows] - known,
        )  # fmt: skip

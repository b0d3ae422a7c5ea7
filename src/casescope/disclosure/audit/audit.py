"""What an audit found."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from casescope.disclosure.audit.figures import Figure, Place, Terms, Two
from casescope.disclosure.audit.rules import AuditRules
from casescope.disclosure.audit.system import Ints, System

BoundKind = Literal["whole", "relaxed"]
"""*whole*: a whole-number table attains it, and none lies beyond. *relaxed*: none lies beyond, but
perhaps none attains it either (the range may be narrower than said)."""

FailureKind = Literal["exact", "narrow", "implied", "all", "none"]
"""*exact*: one value only. *narrow*: small, and too few values. *implied*: a small group that
nobody printed. *all*: everybody of a group is in one category. *none*: nobody is."""


Looked = tuple[str, Terms]
"""What was looked for, and in which count."""


@dataclass(frozen=True)
class Bound:
    """The least or greatest value of a count; `value` None: without end.

    `tables` are numbers of the audit's tables that together attain it.
    """

    value: int | None
    kind: BoundKind
    tables: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Proof:
    """Why a count can be no less, or no more: how many times each row of the system is added.

    Of a row added more than 0 times its `least` counts towards a least value, else its `most`, and
    the other way round for a greatest value. What is left over has no sign that could help; the sum
    is rounded inward, for counts are whole.
    """

    value: int
    multipliers: dict[int, Fraction]


@dataclass(frozen=True)
class Target:
    """A count that a reader must not learn: a figure's, or a whole without a part of it.

    `of` says it in figures: (times, number of a figure). `two` are counts of which it is the
    difference, either way.
    """

    terms: Terms
    of: tuple[tuple[int, int], ...]
    places: tuple[Place, ...]
    figures: tuple[int, ...]
    implied: bool = False
    two: Two | None = None
    said: str = ""

    @property
    def says(self) -> str:
        """Return it in words: a cell, a whole without its parts, or one count less another."""
        (_, first), *others = self.terms
        if self.said or not others:
            return self.said or str(first)
        names = ", ".join(str(cell) for _, cell in others)
        return f"{first} {'less' if self.two else 'without'} {names}"


@dataclass(frozen=True)
class Ranged:
    """A target and what a reader can work out of it."""

    target: Target
    least: Bound
    most: Bound


@dataclass(frozen=True)
class Failure:
    """A target that is given away, and the figures (by number) that do it, told in `because`.

    `proofs` are of its least and of its greatest value; None where rows alone prove less than a
    search for whole numbers found, or where it was one of very many and was not asked for.
    """

    kind: FailureKind
    found: Ranged
    because: str
    by: tuple[int, ...]
    proofs: tuple[Proof | None, Proof | None]


@dataclass(frozen=True)
class Part:
    """Counts that bear on one another and are not settled: how many rows, over how many atoms."""

    rows: int
    atoms: int


@dataclass(frozen=True)
class Audit:
    """Everything an audit found, in the order of the figures it was given.

    `protected` counts were looked at. `ranges` are of all of them; where the verdict alone was
    asked for, of those that no whole-number table showed to be safe.

    `exact` is False where tables were coupled at shared margins only (*weaker*): ranges may then
    be narrower in truth than is said. `base` are whole numbers by atom: one for the settled atoms
    and each part first; `met` are those of parts that were met, some of which attain a bound.
    `between` are pairs of counts whose difference was looked at; `safe` is all that was looked at
    and is not given away, `relaxed` how many counts only relaxed bounds show to be so.
    """

    rules: AuditRules
    system: System
    parts: tuple[Part, ...]
    exact: bool
    protected: int
    ranges: tuple[Ranged, ...]
    implied: int
    failures: tuple[Failure, ...]
    base: dict[int, int] | None
    met: tuple[tuple[Ints, Ints], ...] = field(compare=False)
    between: tuple[Two, ...] = ()
    safe: frozenset[Looked] = field(default=frozenset(), compare=False)
    relaxed: int = field(default=0, compare=False)

    @cached_property
    def tables(self) -> tuple[dict[int, int], ...]:
        """Whole numbers by atom, of the atoms of one part each."""
        return tuple(
            dict(zip(atoms.tolist(), counts.tolist(), strict=True)) for atoms, counts in self.met
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Everything that was published or is known."""
        return self.system.figures

    @property
    def passed(self) -> bool:
        """Whether nothing is given away."""
        return not self.failures

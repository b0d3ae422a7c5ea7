"""What an audit found."""

from dataclasses import dataclass, field
from typing import Literal

from casescope.disclosure.audit.figures import Figure, Place, Terms
from casescope.disclosure.audit.rules import AuditRules

BoundKind = Literal["proved", "searched", "relaxed"]
"""*proved*: multipliers of figures prove that it can't be passed, and a whole-number table attains
it. *searched*: a whole-number table attains it, and the solver's search found none beyond.
*relaxed*: it can't be passed, but perhaps no whole-number table attains it (the range may be
narrower than said)."""

FailureKind = Literal["exact", "narrow", "implied", "all", "none", "small"]
"""*exact*: one value only. *narrow*: small, and too few values. *implied*: a small group that
nobody printed. *all*: everybody of a group is in one category. *none*: nobody is. *small*: printed
though the rules hide it."""


@dataclass(frozen=True)
class Bound:
    """The least or greatest value of a count; `value` None: without end.

    `table` attains it: the counts of the system's atoms, by atom, zeros left out. `multipliers` are
    of rows of the system, as text fractions (the sum of row times multiplier proves the bound).
    """

    value: int | None
    kind: BoundKind
    table: dict[int, int] | None = field(default=None, compare=False, repr=False)
    multipliers: dict[int, str] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Target:
    """A count that a reader must not learn: a figure's, or a whole without a part of it."""

    terms: Terms
    places: tuple[Place, ...]
    says: str
    figures: tuple[int, ...]
    implied: bool = False


@dataclass(frozen=True)
class Ranged:
    """A target and what a reader can work out of it."""

    target: Target
    least: Bound
    most: Bound


@dataclass(frozen=True)
class Failure:
    """A target that is given away: how, by which figures (by number), told in `because`."""

    kind: FailureKind
    found: Ranged
    because: str
    by: tuple[int, ...]


@dataclass(frozen=True)
class Component:
    """Figures that bear on one another: how many, over how many atoms.

    `exact` is False where tables were coupled at shared margins only: ranges may then be narrower
    in truth than is said.
    """

    figures: int
    atoms: int
    rows: int
    exact: bool


@dataclass(frozen=True)
class Audit:
    """Everything an audit found, in the order of the figures it was given."""

    rules: AuditRules
    figures: tuple[Figure, ...]
    components: tuple[Component, ...]
    ranges: tuple[Ranged, ...]
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is given away."""
        return not self.failures

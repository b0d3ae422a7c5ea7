"""What passed disclosure control, and nothing else: the only figures a report may be made from.

Only this package can make a `Released`: it carries a seal that no other room holds.
"""

from collections.abc import Mapping
from dataclasses import InitVar, asdict, dataclass, field
from datetime import date
from math import ceil
from typing import Any, Literal, TypeAlias

from casescope.governance.release.release import FIGURES
from casescope.kernel.canonical import Json, digest

SEAL = object()
"""Held by `disclosure` alone; proves that figures went through a rule pack."""

HIDDEN_MARK = "[c]"
"""Short sign for a hidden figure (c, confidential), where there is no room for words."""

Kind: TypeAlias = Literal["count", "curve_count", "share", "statistic", "rate", "chance", "text"]


@dataclass(frozen=True)
class ReleasedCell:
    """One figure as it may be shown: `shown` is its text, `value` the released number.

    A `count` follows the pack's rounding of counts, a `curve_count` that of curves. Shares (of a
    count, or read off a curve) have `value`, `lower` and `upper` between 0 and 1 (95% interval)
    and `interval` as text ("58% to 70%"); shares also have the released counts `n` and `of`. A
    `rate` has the same for each woman-year, `of` being whole woman-years. A `statistic` that is a
    median has its interval in its own unit, months. A `chance` says how often chance alone makes
    as great a difference: `value` is the upper end of its step (0.001, 0.01, 0.05 or 1).
    A hidden cell has no number at all; `shown` then says why ("7 or fewer", or "withheld" where
    the figure would give another one away). `rule` names what was applied (`statistics`).
    """

    kind: Kind
    shown: str
    value: float | None = None
    hidden: bool = False
    lower: float | None = None
    upper: float | None = None
    interval: str = ""
    n: int | None = None
    of: int | None = None
    rule: str = field(default="", compare=False)

    @property
    def mark(self) -> str:
        """Return the short form: the figure, or the sign for a hidden one."""
        return HIDDEN_MARK if self.hidden else self.shown


@dataclass(frozen=True)
class ReleasedRow:
    """One row: label cells, then one released cell for each column; `total` sums what is shown."""

    labels: tuple[str, ...]
    cells: tuple[ReleasedCell, ...]
    total: bool = False


@dataclass(frozen=True)
class ReleasedTable:
    """A released table; the words are those of the finding with the same id.

    Two counts that differ by `rounded_to` or less may be equal; 1 where they are not rounded.
    """

    id: str
    title: str
    unit: str
    dimensions: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[ReleasedRow, ...]
    method: str
    source: str
    period: str
    caveats: tuple[str, ...] = ()
    rounded_to: int = 1

    def cell(self, column: str, *labels: str) -> ReleasedCell:
        """Return the cell of the first row with these labels (`KeyError` if there is none)."""
        for row in self.rows:
            if row.labels == labels:
                return row.cells[self.columns.index(column)]
        raise KeyError((self.id, labels))


@dataclass(frozen=True)
class ReleasedPoint:
    """One step of a released curve: from `day` on, `estimate` of women (0 to 1) had an event.

    `at_risk` women were followed up to just before that day (rounded by the rule pack).
    """

    day: int
    at_risk: int
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class ReleasedCurve:
    """A released cumulative incidence curve: a step function from day 0 to `until_day`.

    `points` begins with day 0 (nobody had an event) and ends with `until_day`; steps lie at the
    ends of whole months, twelve to a year of 365.25 days, rounded up. It is empty, and `hidden`
    true, where too few women or events stand behind the whole curve.
    """

    id: str
    title: str
    unit: str
    points: tuple[ReleasedPoint, ...]
    until_day: int
    women: ReleasedCell
    events: ReleasedCell
    hidden: bool
    method: str
    source: str
    period: str
    caveats: tuple[str, ...] = ()

    def at(self, day: float) -> ReleasedPoint | None:
        """Return the step that holds on `day`, a part of a day counting whole; none beyond."""
        if self.hidden or not 0 <= day <= self.until_day:
            return None
        return [point for point in self.points if point.day <= ceil(day)][-1]

    def at_risk(self, day: float) -> int | None:
        """Return how many women were followed up to `day` (rounded); none after `until_day`."""
        if self.hidden or not 0 <= day <= self.until_day:
            return None
        return next(point.at_risk for point in self.points if point.day >= day)


@dataclass(frozen=True)
class Rules:
    """The rule pack that was used: its name, version, date, what it does in words.

    `brief` says it to anybody, `totals` what a total holds where parts of it are hidden; what is
    not `publishable` stays with council staff.
    """

    name: str
    version: str
    dated: str
    says: str
    brief: str = ""
    totals: str = ""
    publishable: bool = True


@dataclass(frozen=True)
class Released:
    """Figures that passed disclosure control, for one audience under one rule pack.

    `facts` are words and dates about the study that carry no count. The audience is `public` on
    `released_on` only, after two people other than the author accepted these very figures.
    """

    audience: Literal["working", "public"]
    rules: Rules
    tables: tuple[ReleasedTable, ...]
    curves: tuple[ReleasedCurve, ...]
    facts: dict[str, str]
    seal: InitVar[object]
    released_on: date | None = None
    audit: Mapping[str, Json] = field(default_factory=dict, compare=False)
    """What the audit of all figures together looked at and found; no bound of any cell."""

    def __post_init__(self, seal: object) -> None:
        if seal is not SEAL:
            raise TypeError("Released is made by casescope.disclosure.release() only")

    def table(self, finding_id: str) -> ReleasedTable:
        """Return the table with this id."""
        return next(table for table in self.tables if table.id == finding_id)

    def curve(self, finding_id: str) -> ReleasedCurve:
        """Return the curve with this id."""
        return next(curve for curve in self.curves if curve.id == finding_id)

    def to_json(self) -> dict[str, Any]:
        """Return everything released as plain values, in a stable order; this is report.json."""
        day = {"released_on": self.released_on.isoformat()} if self.released_on else {}
        return {
            "audience": self.audience,
            **day,
            "rules": asdict(self.rules),
            "facts": dict(sorted(self.facts.items())),
            "tables": [asdict(table) for table in self.tables],
            "curves": [asdict(curve) for curve in self.curves],
        }

    def digest(self) -> str:
        """Return the hash of all figures and rules, whoever they are for: what people answer on."""
        told = self.to_json()
        return digest({name: told[name] for name in FIGURES})

"""What a finding is: tables, charts, JSON and prose are all made from these and nothing else.

Values here are exact. Nothing in this module may be shown to anyone: `disclosure` turns findings
into released ones, and the report accepts only those.
"""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Count:
    """How many women, children or removals; a whole number that disclosure control applies to."""

    n: int


@dataclass(frozen=True)
class Share:
    """`n` of `of`, with a 95% interval (proportions between 0 and 1) and how it was made."""

    n: int
    of: int
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Statistic:
    """A number that is not a count (a mean, a median), resting on `basis` people."""

    value: float | None
    basis: int
    unit: str = ""


@dataclass(frozen=True)
class Text:
    """Words that carry no figure."""

    text: str


Cell: TypeAlias = Count | Share | Statistic | Text


@dataclass(frozen=True)
class Row:
    """One row: its label cells, then one value cell for each value column of the table.

    `total` marks a row (never a column) that sums the rows above it, so that disclosure control
    can make totals from released cells.
    """

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True)
class TableFinding:
    """A table that finds something: `title` says the subject, `unit` what is counted.

    `dimensions` name the label columns and `columns` the value columns. `sums` says that each
    column's total row is the sum of its other rows.
    """

    id: str
    title: str
    unit: str
    dimensions: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    method: str
    source: str
    period: str
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class CurvePoint:
    """One time of a survival curve: days since index, women at risk before it, events, censored.

    `estimate` is the cumulative share (0 to 1) with an event by then; `lower` and `upper` bound it
    at 95%.
    """

    day: int
    at_risk: int
    events: int
    censored: int
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class CurveFinding:
    """A cumulative incidence curve with the women it rests on."""

    id: str
    title: str
    unit: str
    points: tuple[CurvePoint, ...]
    women: int
    events: int
    method: str
    source: str
    period: str
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Findings:
    """All that one dataset has to say."""

    tables: tuple[TableFinding, ...]
    curves: tuple[CurveFinding, ...]
    facts: dict[str, str] = field(default_factory=dict)
    """Facts about the study that carry no count: dates, versions, parameters (`about`)."""

    def table(self, finding_id: str) -> TableFinding:
        """Return the table with this id."""
        return next(table for table in self.tables if table.id == finding_id)

    def curve(self, finding_id: str) -> CurveFinding:
        """Return the curve with this id."""
        return next(curve for curve in self.curves if curve.id == finding_id)

"""What a finding is: tables, charts, JSON and prose are all made from these and nothing else.

Values here are exact. Nothing in this module may be shown to anyone: `disclosure` turns findings
into released ones, and the report accepts only those.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Estimator: TypeAlias = Literal["kaplan_meier", "aalen_johansen"]
End: TypeAlias = Literal["", "least", "most"]
Area: TypeAlias = Literal["authority", "national"]


@dataclass(frozen=True)
class Count:
    """How many women, children or removals; a whole number that disclosure control applies to.

    `basis` is how many women stand behind a number that counts something else of theirs, where
    they can be fewer than it says.
    """

    n: int
    basis: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Share:
    """`n` of `of`, with a 95% interval (proportions between 0 and 1).

    `rests_on` names the columns of the same row whose counts it gives away, so that it is hidden
    where one of them is withheld.
    """

    n: int
    of: int
    lower: float | None = None
    upper: float | None = None
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sum:
    """A count that adds up counts released by themselves elsewhere, such as T3 and T4."""

    parts: tuple[int, ...]

    @property
    def n(self) -> int:
        """Return the exact sum."""
        return sum(self.parts)


@dataclass(frozen=True)
class Top:
    """How much of an amount the two people (or families) have who have most of it."""

    largest: int
    second: int = 0


@dataclass(frozen=True)
class Ratio:
    """`n` divided by `of`, both counts: a mean such as children removed for each woman.

    Where `n` is an amount, `top` says who has most of it.
    """

    n: int
    of: int
    unit: str = ""
    top: Top | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Amount:
    """So much of something (weeks) that `basis` people had between them, as a whole number.

    `top` is never released: it decides whether the amount is.
    """

    n: int
    basis: int
    top: Top | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Rate:
    """`n` events in `days` of people's time, to be said for each year of one person.

    `rests_on` names the columns of the same row whose counts it gives away, so that it is hidden
    where one of them is withheld.
    """

    n: int
    days: int
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A number read off the curve with this id: its estimate on `day`, its women or its events.

    `median` is the time by which half had an event, in months.

    A table that reads off a curve can never say anything that the curve does not.
    """

    curve: str
    what: Literal["estimate", "women", "events", "median"] = "estimate"
    day: float = 0.0


What: TypeAlias = Literal["mean", "median", "least", "greatest"]
EXTREMES: frozenset[What] = frozenset({"least", "greatest"})


@dataclass(frozen=True)
class Statistic:
    """A number that is not a count (`what` it is), resting on `basis` people."""

    value: float | None
    basis: int
    unit: str = ""
    what: What = "mean"


@dataclass(frozen=True)
class Comparison:
    """A test whether the groups behind these curves differ: `p` is how often chance does as much.

    None of the numbers where fewer than two groups could have events.
    """

    curves: tuple[str, ...]
    p: float | None = None
    chi_square: float | None = None
    df: int = 0


@dataclass(frozen=True)
class Text:
    """Words that carry no figure."""

    text: str


Cell: TypeAlias = (
    Count | Share | Sum | Ratio | Rate | Amount | Reading | Statistic | Comparison | Text
)


@dataclass(frozen=True)
class Row:
    """One row: its label cells, then one value cell for each value column of the table.

    `total` marks a row (never a column) that sums the rows above it, so that disclosure control
    can make totals from released cells. `end` marks one that gives the least, or the most, of the
    rows above it, which disclosure control takes from released cells too.
    """

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: bool = False
    end: End = ""


@dataclass(frozen=True)
class TableFinding:
    """A table that finds something: `title` says the subject, `unit` what is counted.

    `dimensions` name the label columns and `columns` the value columns. `parts` names the columns
    that add up, row by row, to a total known from elsewhere; the first of them is the one that the
    table is about. `flow` says that the rows are a flow diagram: the last label of each is `stock`,
    `out` or `tier`, and every stock is the sum of all outs and tiers below it. `sums` lists rows
    (by number) that add up, column by column, to a figure of another table. `nested` lists columns,
    or first labels of rows, each of which counts all that the one before it does. `area` says
    whether the figures are one authority's or the whole country's, which some rules tell apart.
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
    parts: tuple[str, ...] = ()
    flow: bool = False
    sums: tuple[tuple[int, ...], ...] = ()
    area: Area = "authority"
    nested: tuple[tuple[str, ...], ...] = ()


class CurvePoint(NamedTuple):
    """One time of a survival curve: days since index, women at risk before it, events, censored.

    `estimate` is the cumulative share (0 to 1) with an event by then; `lower` and `upper` bound it
    at 95%. `competing` are those of the censored who met a competing end.
    """

    day: int
    at_risk: int
    events: int
    censored: int
    estimate: float
    lower: float
    upper: float
    competing: int = 0


@dataclass(frozen=True)
class CurveFinding:
    """A cumulative incidence curve with the women it rests on.

    `inner` marks one that is never shown: tables read single numbers off it. `part_of` names the
    curve of all the women whom `division` divides into groups, this one among them; `within` names
    a curve of the same women whose events include all of this one's.
    """

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
    inner: bool = False
    estimator: Estimator = "kaplan_meier"
    part_of: str = ""
    division: str = ""
    within: str = ""


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

"""What each kind of chart shows, as plain data; a hidden figure is None and is never drawn."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Bar:
    """One bar from zero: its label, its length, the words at its end, and its interval if any.

    `beside` are figures from elsewhere on the same line, to set the scene.
    """

    label: str
    value: float | None
    shown: str
    lower: float | None = None
    upper: float | None = None
    beside: tuple[float, ...] = ()


@dataclass(frozen=True)
class Bars:
    """Bars from a true zero, one under another. `top` fixes the end of the scale (1 for shares)."""

    rows: tuple[Bar, ...]
    top: float | None = None


@dataclass(frozen=True)
class Band:
    """A published or practical range to hold figures against, in the chart's own units."""

    label: str
    lower: float
    upper: float


@dataclass(frozen=True)
class Intervals:
    """Points with their intervals on a scale from zero; `percent` says the values are shares.

    `places` is how many decimals the figures have, where they are neither counts nor shares;
    `beside` says what the rows' figures from elsewhere are.
    """

    rows: tuple[Bar, ...]
    percent: bool = False
    band: Band | None = None
    places: int = 0
    beside: str = ""


@dataclass(frozen=True)
class Series:
    """One line over the years: values in the order of the chart's `labels`."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Lines:
    """Lines over equal steps of time, from a true zero, each named at its end."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Share:
    """One whole divided: the size of each part, in the order of the chart's `parts`.

    Neighbouring parts that are hidden (None) are drawn as one open rest of the `whole`.
    """

    label: str
    values: tuple[float | None, ...]
    whole: float | None


@dataclass(frozen=True)
class Shares:
    """Wholes divided into the same named parts, drawn to 100%."""

    parts: tuple[str, ...]
    rows: tuple[Share, ...]


@dataclass(frozen=True)
class CurvePoint:
    """Where a curve stands from this many years on."""

    years: float
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Curve:
    """A cumulative share over time with its band; `at_risk` stands under each year of the axis."""

    label: str
    points: tuple[CurvePoint, ...]
    at_risk: tuple[str, ...]


@dataclass(frozen=True)
class Curves:
    """Curves from 0 at year 0; `yardsticks` are published figures drawn as marks at their year."""

    years: tuple[int, ...]
    curves: tuple[Curve, ...]
    yardsticks: tuple[Band, ...] = ()
    yardstick_years: tuple[int, ...] = ()


@dataclass(frozen=True)
class CurvePanels:
    """One curve to a panel, all on one scale; `whole` is drawn quietly in each to compare with.

    A curve without points is hidden: it has no panel, and is named below the others.
    """

    years: tuple[int, ...]
    curves: tuple[Curve, ...]
    whole: Curve | None = None


@dataclass(frozen=True)
class FlowStep:
    """One line of the flow: `stock` (who is left), `out` (who leaves, and why) or `tier`."""

    kind: str
    label: str
    shown: str


@dataclass(frozen=True)
class Flow:
    """How everybody recorded comes down to the tiers."""

    steps: tuple[FlowStep, ...]


@dataclass(frozen=True)
class Panel:
    """One small chart among several: its title and its values, in the order of the labels."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Panels:
    """Small bar charts over the same steps of time, each on a scale of its own from zero."""

    labels: tuple[str, ...]
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Link:
    """How many go from one box of a stage to one of the next; both by their place, from 0."""

    start: int
    end: int
    value: float


@dataclass(frozen=True)
class Pathway:
    """Where people go from stage to stage: bands as thick as the number that they stand for.

    `stages` name the boxes of each stage; `links` lie between each stage and the next. A hidden
    number has no link.
    """

    stages: tuple[tuple[str, ...], ...]
    links: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True)
class Combination:
    """One combination: which of the sets are in it, and how many have it; hidden, no value."""

    members: tuple[bool, ...]
    value: float | None
    shown: str


@dataclass(frozen=True)
class Combinations:
    """How many have each combination of the named sets; nobody is in two rows."""

    sets: tuple[str, ...]
    rows: tuple[Combination, ...]


@dataclass(frozen=True)
class Mark:
    """A named place on an axis."""

    label: str
    at: float


@dataclass(frozen=True)
class Decision:
    """Where an answer flips: pounds (a straight line) against a rate, from the rate 0 to the last.

    `line` holds its two ends as (rate, pounds); `marks` are rates to compare with, `local` the
    range of the study's own, `flip` the rate at which the pounds are 0, `flips` that rate's range.
    A `low` one leaves room on a page for more than itself.
    """

    line: tuple[tuple[float, float], tuple[float, float]]
    across: str
    up: str
    marks: tuple[Mark, ...] = ()
    local: Band | None = None
    flip: Mark | None = None
    flips: tuple[float, float] | None = None
    low: bool = False


@dataclass(frozen=True)
class Swing:
    """What one input does: pounds at its low and its high end, and the two ends in words."""

    label: str
    low: float
    high: float
    low_words: str
    high_words: str


@dataclass(frozen=True)
class Tornado:
    """How far each input moves a result in pounds from its `middle`, the furthest first."""

    rows: tuple[Swing, ...]
    middle: float
    middle_words: str


Chart: TypeAlias = (
    Bars
    | Intervals
    | Lines
    | Shares
    | Curves
    | CurvePanels
    | Flow
    | Panels
    | Pathway
    | Combinations
    | Decision
    | Tornado
)


def is_empty(chart: Chart) -> bool:  # noqa: PLR0911, C901 — one return for each kind of chart
    """Say whether every figure of a chart is hidden or missing, or no bar has a length."""
    match chart:
        case Bars() | Combinations():
            return not any(row.value for row in chart.rows)
        case Intervals():
            return all(row.value is None for row in chart.rows)
        case Lines():
            return all(value is None for one in chart.series for value in one.values)
        case Shares():
            return not any(row.whole and any(row.values) for row in chart.rows)
        case Curves() | CurvePanels():
            return not any(curve.points for curve in chart.curves)
        case Flow():
            return not chart.steps
        case Panels():
            return all(value is None for one in chart.panels for value in one.values)
        case Pathway():
            return not any(chart.links)
        case Decision():
            return False
        case Tornado():
            return not chart.rows

"""Draws any chart twice: for a desk or a printed page, and for a phone; the page shows one."""

from collections.abc import Callable
from functools import lru_cache

from casescope.report.charts import (
    bars,
    combinations,
    curve_panels,
    curves,
    decision,
    flow,
    intervals,
    lines,
    panels,
    pathway,
    shares,
    tornado,
)
from casescope.report.charts.canvas import NARROW, WIDE
from casescope.report.charts.kinds import (
    Bars,
    Chart,
    Combinations,
    CurvePanels,
    Curves,
    Decision,
    Flow,
    Intervals,
    Lines,
    Panels,
    Pathway,
    Shares,
    Tornado,
)

_BY_KIND: dict[type, Callable[..., str]] = {
    Bars: bars.draw,
    Intervals: intervals.draw,
    Lines: lines.draw,
    Shares: shares.draw,
    Curves: curves.draw,
    CurvePanels: curve_panels.draw,
    Flow: lambda chart, width, _prefix, css_class: flow.draw(chart, width, css_class),
    Panels: panels.draw,
    Pathway: pathway.draw,
    Combinations: combinations.draw,
    Decision: decision.draw,
    Tornado: tornado.draw,
}


_KEPT = 64
"""Charts whose drawings a process remembers: some five reports."""


@lru_cache(maxsize=_KEPT)
def drawn(chart: Chart, chart_id: str) -> str:
    """Return the wide and the narrow `<svg>` of a chart; its words stand beside it, in the page."""
    return "".join(
        _BY_KIND[type(chart)](chart, width, f"{chart_id}-{name}", name)
        for width, name in ((WIDE, "wide"), (NARROW, "narrow"))
    )

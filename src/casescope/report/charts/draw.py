"""Draws any chart twice: for a desk or a printed page, and for a phone; the page shows one."""

from casescope.report.charts import (
    bars,
    curves,
    decision,
    flow,
    intervals,
    lines,
    panels,
    shares,
    tornado,
)
from casescope.report.charts.canvas import NARROW, WIDE
from casescope.report.charts.kinds import (
    Bars,
    Chart,
    Curves,
    Decision,
    Flow,
    Intervals,
    Lines,
    Panels,
    Shares,
    Tornado,
)


def drawn(chart: Chart, chart_id: str) -> str:
    """Return the wide and the narrow `<svg>` of a chart; its words stand beside it, in the page."""
    return "".join(
        _draw(chart, width, f"{chart_id}-{name}", name)
        for width, name in ((WIDE, "wide"), (NARROW, "narrow"))
    )


def _draw(  # noqa: PLR0911, C901 — one return for each kind of chart
    chart: Chart, width: int, prefix: str, css_class: str
) -> str:
    match chart:
        case Bars():
            return bars.draw(chart, width, prefix, css_class)
        case Intervals():
            return intervals.draw(chart, width, prefix, css_class)
        case Lines():
            return lines.draw(chart, width, prefix, css_class)
        case Shares():
            return shares.draw(chart, width, prefix, css_class)
        case Curves():
            return curves.draw(chart, width, prefix, css_class)
        case Flow():
            return flow.draw(chart, width, css_class)
        case Panels():
            return panels.draw(chart, width, prefix, css_class)
        case Decision():
            return decision.draw(chart, width, prefix, css_class)
        case Tornado():
            return tornado.draw(chart, width, prefix, css_class)

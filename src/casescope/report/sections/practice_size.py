"""How many women there are for one practice: T1 under each count beside the size of a practice."""

from casescope.disclosure.released import ReleasedTable
from casescope.report.charts.kinds import Band, Bar, Intervals
from casescope.report.document import Figure
from casescope.report.figures import figure, rounded_by
from casescope.report.prose import span
from casescope.report.reading import value_of

PRACTICE = Band("One practice works with 21 to 24 women", 21, 24)
"""Three practitioners with 7 or 8 women each (Bristol Health and Wellbeing Board minutes)."""

_COUNTS = (
    ("Broad", "Broad: every removal"),
    ("Strict", "Strict: court or emergency only"),
    ("Wide", "Wide: and moves by order without care"),
)


def practice_figure(tiers: ReleasedTable) -> Figure | None:
    """Return T1 under each count, beside the size of one practice; none if all are hidden."""
    bars = tuple(t1_bar(tiers, column, words) for column, words in _COUNTS)
    chart = Intervals(bars, band=PRACTICE)
    title = practice_title(bars, rounded_by(tiers))
    made = figure(tiers, title, practice_alt(bars), chart)
    return made if isinstance(made, Figure) else None


def t1_bar(tiers: ReleasedTable, column: str, words: str) -> Bar:
    """Return T1 under one count, as a range up to T1 with those whose care is unknown."""
    at = tiers.columns.index(column)
    found = {row.labels[0]: row.cells[at] for row in tiers.rows}
    least, most = found.get("T1"), found.get("T1 at most")
    if least is None or least.hidden or least.value is None:
        return Bar(words, None, least.shown if least else "not known")
    upper = value_of(most)
    shown = span(least.shown, most.shown) if most and upper is not None else least.shown
    return Bar(words, least.value, shown, least.value, upper or least.value)


def practice_title(bars: tuple[Bar, ...], within: int = 0) -> str:
    """Return the title: T1 (broad) against a practice of 24 women, sure by its rounding too.

    `within` is by how much the count may differ from the true one.
    """
    value = bars[0].value if bars else None
    if value is None:
        return "The size of T1 can’t be shown"
    least, most = value - within, value + within
    if most < PRACTICE.lower:
        return "T1 is smaller than one practice"
    times = int(least // PRACTICE.upper)
    if times >= 2:
        return f"T1 is at least {times} times one practice’s size"
    if most < 2 * PRACTICE.upper:
        return "T1 is less than twice the size of one practice"
    return "T1 is about twice the size of one practice"


def practice_alt(bars: tuple[Bar, ...]) -> str:
    """Return the chart in words: T1 under each count, and the size of one practice."""
    said = "; ".join(f"{bar.label}: {bar.shown}" for bar in bars)
    return f"Women in T1 under three counts of removals. {said}. {PRACTICE.label}."

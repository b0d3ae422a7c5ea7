"""How many women there are for one practice: T1 under each count beside the size of a practice."""

from math import inf

from casescope.disclosure.released import Released, ReleasedTable
from casescope.findings.value.results import is_pool_enough
from casescope.report.charts.kinds import Band, Bar, Intervals
from casescope.report.document import Figure
from casescope.report.figures import figure, least_in, most_in, rounded_by
from casescope.report.prose import plural, span
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.study import StudyFacts

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


_USUAL = "Published practices drew on groups four to six times their size."


def enough_words(released: Released, study: StudyFacts) -> str:
    """Return how T1 stands to the places of a practice, as sure as its rounding lets it be."""
    headline = table_of(released, "headline")
    t1 = cell_of(headline, "Number", "Women in T1")
    size = study.value.women * study.value.cohorts
    if headline is None or t1 is None or most_in(headline, t1) == inf:
        return f"The number of women in T1 can’t be shown. {_USUAL}"
    there = plural(t1.value or 0, "There is 1 woman", f"There are {t1.shown} women")
    there = f"{there} in T1 for {size} places{_in_turn(study)}"
    least, most = least_in(headline, t1), most_in(headline, t1)
    if most < size:
        return f"{there}: too few to fill them. {_USUAL}"
    enough = "That is enough"
    if not is_pool_enough(least, size):
        more = is_pool_enough(most, size)
        enough = "That is about the least of these" if more else "That is fewer than usual"
    return f"{there}. {_USUAL} {enough}."


def _in_turn(study: StudyFacts) -> str:
    cohorts = study.value.cohorts
    return "" if cohorts == 1 else f" ({cohorts} groups of {study.value.women}, one after another)"

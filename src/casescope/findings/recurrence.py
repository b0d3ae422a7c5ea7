"""How soon again: from a woman's first removal event to the next with a new child."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from casescope.findings.cohort import with_total
from casescope.findings.finding import CurveFinding, Reading, Row, TableFinding, Text
from casescope.findings.reader import Reader
from casescope.findings.survival import Step, product_limit
from casescope.kernel.dates import DAYS_PER_YEAR

YEARS = (1, 3, 5, 7, 10)
AT_INDEX = {
    "under_20": "Under 20", "20_24": "20–24", "25_29": "25–29", "30_34": "30–34",
    "35_over": "35 and over", "not_known": "Not known",
}  # fmt: skip
"""Age at the first event: the end of the curve's id, and the band's label."""

_PUBLISHED = {5: "22%", 7: "about 24% to 25%", 10: "29%"}
"""Return to care proceedings, mothers, England; evidence for the strict count only."""

_BANDS = (
    ("Under 12 months", 1), ("12 to 23 months", 2), ("24 to 35 months", 3),
    ("36 to 59 months", 5), ("60 months or more", 10**6),
)  # fmt: skip
"""Label, and the years below which an interval belongs to it."""

_METHOD = (
    "Kaplan–Meier, with 95% interval on the log-minus-log scale. Women who died, reached the age "
    "limit, left the area or came to the end of the records are followed until then."
)

_Spells = list[dict[str, Any]]


def measures(reader: Reader) -> tuple[list[TableFinding], list[CurveFinding]]:
    """Return the recurrence tables and curves."""
    spells = reader.rows("spells", first_index_day=reader.first_index_day)
    broad = [spell for spell in spells if spell["removals"] == "broad"]
    strict = [spell for spell in spells if spell["removals"] == "strict"]
    curves = [
        _curve(reader, "recurrence_broad", "Women with a further removal, broad count", broad),
        _curve(reader, "recurrence_strict", "Women with a further removal, strict count", strict),
    ]
    for name, label in AT_INDEX.items():
        band = [spell for spell in broad if spell["band"] == label]
        title = f"Women with a further removal, first at {label.lower()}"
        curves.append(_curve(reader, f"recurrence_age_{name}", title, band))
    return [_at_years(reader), _by_age(reader), _interval(reader)], curves


def _caveats(reader: Reader) -> tuple[str, ...]:
    years = reader.parameters.washout_years
    return (
        f"A first event counts only {years} years or more after the records begin.",
        "A removal before the records begin, or by another authority, is not seen.",
        "The curve is made of rounded counts: with few women, it moves in large steps.",
    )


def steps_of(spells: Iterable[dict[str, Any]]) -> list[Step]:
    """Return spells grouped by days, bands put together."""
    events: Counter[int] = Counter()
    censored: Counter[int] = Counter()
    for spell in spells:
        events[spell["day"]] += spell["events"]
        censored[spell["day"]] += spell["censored"]
    return [Step(day, events[day], censored[day]) for day in sorted(events)]


def _curve(reader: Reader, finding_id: str, title: str, spells: _Spells) -> CurveFinding:
    points = product_limit(steps_of(spells))
    return CurveFinding(
        finding_id, title, "women", points,
        women=sum(point.events + point.censored for point in points),
        events=sum(point.events for point in points),
        method=_METHOD, source=reader.source, period=reader.observed, caveats=_caveats(reader),
    )  # fmt: skip


def _at_years(reader: Reader) -> TableFinding:
    rows = [
        Row((str(year),),
            (Reading("recurrence_broad", day=year * DAYS_PER_YEAR),
             Reading("recurrence_strict", day=year * DAYS_PER_YEAR),
             Text(_PUBLISHED.get(year, ""))))
        for year in YEARS
    ]  # fmt: skip
    return reader.table(
        "recurrence_at", "Women with a further removal by years since the first",
        unit="% of women", dimensions=("Years since first event",),
        columns=("Broad", "Strict", "England, return to proceedings"), rows=rows,
        method=_METHOD, period=reader.observed,
        caveats=(*_caveats(reader),
                 "The published figures count return to care proceedings, not removals; compare "
                 "them with the strict count only."),
    )  # fmt: skip


def _by_age(reader: Reader) -> TableFinding:
    def row(label: str, curve: str) -> Row:
        at_five = Reading(curve, day=5 * DAYS_PER_YEAR)
        return Row((label,), (Reading(curve, "women"), Reading(curve, "events"), at_five))

    rows = [row(label, f"recurrence_age_{name}") for name, label in AT_INDEX.items()]
    return reader.table(
        "recurrence_by_age", "Further removals by the woman's age at first",
        unit="women", dimensions=("Age at first event",),
        columns=("Women", "With a next event", "Share by 5 years"),
        rows=[*rows, row("All", "recurrence_broad")],
        method=_METHOD + " Broad count.", period=reader.observed, caveats=_caveats(reader),
    )  # fmt: skip


def _band(day: int) -> str:
    return next(label for label, years in _BANDS if day < years * DAYS_PER_YEAR)


def _interval(reader: Reader) -> TableFinding:
    found: Counter[tuple[str, str]] = Counter()
    for row in reader.rows("intervals"):
        found[_band(row["days"]), row["removals"]] += row["intervals"]
    labels, counts = tuple(label for label, _ in _BANDS), ("broad", "strict")
    return reader.table(
        "interval", "Time between consecutive removal events", unit="intervals",
        dimensions=("Time",), columns=("Broad", "Strict"),
        rows=with_total(labels, 2, lambda label, column: found[label, counts[column]]),
        method="From each removal event of a woman to her next, whether or not a new child was in "
               "it; a month is a twelfth of 365.25 days.",
        period=reader.observed,
        caveats=("Long times are under-counted: for women first seen lately they lie ahead.",
                 "Totals add up the rounded figures above them."),
    )  # fmt: skip

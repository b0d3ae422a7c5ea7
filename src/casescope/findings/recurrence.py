"""How soon again: from a woman's first removal event to the next with a new child."""

from collections import Counter

from casescope.findings import recurrence_groups
from casescope.findings.cohort import with_total
from casescope.findings.finding import (
    Count,
    CurveFinding,
    Reading,
    Row,
    Share,
    Sum,
    TableFinding,
    Text,
)  # fmt: skip
from casescope.findings.intervals import wilson
from casescope.findings.reader import Reader
from casescope.findings.recurrence_curves import (
    COMPETING_METHOD,
    METHOD,
    YEARS,
    Spells,
    caveats,
    curve,
    steps_of,
)  # fmt: skip
from casescope.kernel.dates import DAYS_PER_YEAR

__all__ = ["YEARS", "measures", "steps_of"]

_COUNTS = ("broad", "strict")
_PUBLISHED = {5: "22%", 7: "about 24% to 25%", 10: "29%"}
"""Return to care proceedings, mothers, England; evidence for the strict count only."""

_PUBLISHED_NEWBORNS = "60%"
"""Repeat care proceedings with a child under four weeks, England (Broadhurst and others 2017)."""

_PUBLISHED_NEWBORN_CURVE = {10: "about 20% (second-hand)"}
"""Return with a new baby, England and Wales: Nuffield Family Justice Observatory, as told by Local
Government Lawyer; its own text was not read."""

_BANDS = (
    ("Under 12 months", 1), ("12 to 23 months", 2), ("24 to 35 months", 3),
    ("36 to 59 months", 5), ("60 months or more", 10**6),
)  # fmt: skip
"""Label, and the years below which an interval belongs to it."""


def measures(reader: Reader) -> tuple[list[TableFinding], list[CurveFinding]]:
    """Return the recurrence tables and curves."""
    spells = reader.rows("spells", first_index_day=reader.first_index_day)
    newborn = reader.rows("newborn_spells", first_index_day=reader.first_index_day)
    compared, groups = recurrence_groups.measures(reader, _of(spells, "broad"))
    curves = [
        *(_whole(reader, count, _of(spells, count)) for count in _COUNTS),
        *(_competing(reader, count, _of(spells, count)) for count in _COUNTS),
        *(_newborn(reader, count, _of(newborn, count)) for count in _COUNTS),
        *groups,
    ]
    tables = [_at_years(reader), _newborn_at_years(reader), *compared,
              _interval(reader), _repeat_newborns(reader)]  # fmt: skip
    return tables, curves


def _of(spells: Spells, count: str) -> Spells:
    return [spell for spell in spells if spell["removals"] == count]


def _whole(reader: Reader, count: str, spells: Spells) -> CurveFinding:
    title = f"Women with a further removal, {count} count"
    return curve(reader, f"recurrence_{count}", title, spells)


def _competing(reader: Reader, count: str, spells: Spells) -> CurveFinding:
    title = f"Women with a further removal, {count} count, competing ends"
    return curve(reader, f"recurrence_{count}_competing", title, spells,
                 estimator="aalen_johansen")  # fmt: skip


def _newborn(reader: Reader, count: str, spells: Spells) -> CurveFinding:
    title = f"Women with a further removal of a newborn, {count} count"
    return curve(reader, f"recurrence_newborn_{count}", title, spells,
                 within=f"recurrence_{count}")  # fmt: skip


def _at_years(reader: Reader) -> TableFinding:
    curves = [f"recurrence_{count}{kind}" for count in _COUNTS for kind in ("", "_competing")]
    rows = [
        Row((str(year),), (*(Reading(name, day=year * DAYS_PER_YEAR) for name in curves),
                           Text(_PUBLISHED.get(year, ""))))
        for year in YEARS
    ]  # fmt: skip
    return reader.table(
        "recurrence_at", "Women with a further removal by years since the first",
        unit="% of women", dimensions=("Years since first event",),
        columns=("Broad", "Broad, competing ends", "Strict", "Strict, competing ends",
                 "England, return to proceedings"),
        rows=rows, method=f"{METHOD} Competing ends: {COMPETING_METHOD}", period=reader.observed,
        caveats=(*caveats(reader),
                 "The published figures count return to care proceedings, not removals; compare "
                 "them with the strict count only."),
    )  # fmt: skip


def _newborn_at_years(reader: Reader) -> TableFinding:
    rows = [
        Row((str(year),),
            (*(Reading(f"recurrence_newborn_{count}", day=year * DAYS_PER_YEAR)
               for count in _COUNTS), Text(_PUBLISHED_NEWBORN_CURVE.get(year, ""))))
        for year in YEARS
    ]  # fmt: skip
    return reader.table(
        "recurrence_newborn_at", "Women with a further removal of a newborn, by years",
        unit="% of women", dimensions=("Years since first event",),
        columns=("Broad", "Strict", "England and Wales, return with a new baby"), rows=rows,
        method=f"{METHOD} The event is the removal of a new child under 28 days old, whatever "
        "other removals come before it.",
        period=reader.observed,
        caveats=(*caveats(reader),
                 "The published figure counts return to care proceedings with a new baby (how "
                 "young is not said), not removals of newborns. It is second-hand: quoted from "
                 "Local Government Lawyer’s account of a Nuffield Family Justice Observatory "
                 "paper that we have not read."),
    )  # fmt: skip


def _band(day: int) -> str:
    return next(label for label, years in _BANDS if day < years * DAYS_PER_YEAR)


def _interval(reader: Reader) -> TableFinding:
    found: Counter[tuple[str, str]] = Counter()
    for row in reader.rows("intervals"):
        found[_band(row["days"]), row["removals"]] += row["intervals"]
    labels = tuple(label for label, _ in _BANDS)
    return reader.table(
        "interval", "Time between consecutive removal events", unit="intervals",
        dimensions=("Time",), columns=("Broad", "Strict"),
        rows=with_total(labels, 2, lambda label, column: found[label, _COUNTS[column]]),
        method="From each removal event of a woman to her next, whether or not a new child was in "
               "it; a month is a twelfth of 365.25 days.",
        period=reader.observed,
        caveats=("Long times are under-counted: for women first seen lately they lie ahead.",),
    )  # fmt: skip


def _repeat_newborns(reader: Reader) -> TableFinding:
    found = {row["removals"]: row for row in reader.rows("repeat_newborns")}
    columns = ("With a child under 28 days", "Older children only", "Repeat removals",
               "Share with a child under 28 days", "England, repeat proceedings")  # fmt: skip
    rows = []
    for count in _COUNTS:
        row = found.get(count, {"repeat_events": 0, "with_newborn": 0})
        newborn, older = row["with_newborn"], row["repeat_events"] - row["with_newborn"]
        lower, upper = wilson(newborn, newborn + older) or (None, None)
        rows.append(Row((count.capitalize(),), (
            Count(newborn), Count(older), Sum((newborn, older)),
            Share(newborn, newborn + older, lower, upper, columns[:2]),
            Text(_PUBLISHED_NEWBORNS if count == "strict" else ""),
        )))  # fmt: skip
    return reader.table(
        "repeat_newborns", "Repeat removals with a child under 28 days old", unit="removal events",
        dimensions=("Count",), columns=columns, rows=rows, parts=columns[:2],
        method="Later removal events with a new child, all of them, whenever the first was; a new "
        "child was under 28 days old at removal. Wilson 95% interval.",
        period=reader.observed,
        caveats=("The published figure is of repeat care proceedings with a child under four weeks "
                 "(Broadhurst and others 2017, as reported by the Nuffield Foundation and Family "
                 "Law Week), not of removals; it covers England, and the child’s age is at the "
                 "proceedings. Compare it with the strict count only.",
                 "A woman with several repeat removals counts several times, so the true range is "
                 "somewhat wider."),
    )  # fmt: skip

"""What happened: removals by year, by the child's age and by route, repeats and re-entries."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from casescope.dataset.schema import AGE_GROUPS
from casescope.findings.cohort import with_total
from casescope.findings.finding import Count, Row, TableFinding
from casescope.findings.reader import Reader
from casescope.kernel.codes import REMOVAL_COUNTS, ROUTES

_COUNTS = ("Broad", "Strict", "Wide")
_Found = Mapping[str, Mapping[str, Any]]
_MADE = (
    ("Removals", "removals_made"),
    ("Removed children", "children"),
    ("Removals of children under 28 days old", "newborns"),
    ("Women with a removal", "women"),
    ("Removal events", "events"),
    ("Repeat removal events", "repeat_events"),
)
_REPEATED = (
    ("Women with a removal", "women"),
    ("Women with a repeat removal", "women_with_repeat"),
    ("Women with a multiple removal and no repeat", "women_with_multiple"),
    ("Women with a child taken again after going home", "women_with_reentry"),
    ("Removals of a child taken again after going home", "reentries"),
)


def tables(reader: Reader) -> list[TableFinding]:
    """Return every table about removals."""
    found = _found(reader)
    return [
        _counts(reader, found),
        _repeats(reader, found),
        _by_year(reader),
        _by_band(reader, "removals_by_age", "Removals by age of the child", "Age", AGE_GROUPS),
        _by_band(reader, "removals_by_route", "Removals by route into care", "Route", ROUTES),
    ]


def _found(reader: Reader) -> _Found:
    found: dict[str, dict[str, Any]] = {removals: {} for removals in REMOVAL_COUNTS}
    for statement in ("removal_counts", "events", "reentries"):
        for row in reader.rows(statement):
            renamed = {"women": "women_with_reentry"} if statement == "reentries" else {}
            found[row["removals"]] |= {renamed.get(k, k): v for k, v in row.items()}
    return found


def _three(found: _Found, name: str) -> tuple[Count, ...]:
    return tuple(Count(int(found[removals].get(name) or 0)) for removals in REMOVAL_COUNTS)


def _counts(reader: Reader, found: _Found) -> TableFinding:
    return reader.table(
        "removal_counts", "Removals under the broad, strict and wide counts",
        unit="removals, children, women or events", dimensions=("Measure",), columns=_COUNTS,
        rows=[Row((label,), _three(found, name)) for label, name in _MADE],
        method="Removals within a few days of each other are one event of one woman.",
        period=reader.observed,
        caveats=("Only removals of children whose mother was found.",
                 "Kin placements are under-counted where no proceedings or orders were given."),
    )  # fmt: skip


def _repeats(reader: Reader, found: _Found) -> TableFinding:
    return reader.table(
        "repeat_and_multiple", "Repeat removals, multiple removals and re-entries",
        unit="women or removals", dimensions=("Measure",), columns=_COUNTS,
        rows=[Row((label,), _three(found, name)) for label, name in _REPEATED],
        method="A repeat removal holds a child who was in no earlier event; a child taken again "
               "after going home is counted apart.",
        period=reader.observed,
    )  # fmt: skip


def _by_year(reader: Reader) -> TableFinding:
    found = {row["year"]: row for row in reader.rows("removals_by_year")}
    years = tuple(str(year) for year in range(min(found), max(found) + 1)) if found else ()
    names = ("removals_made", "first_removals")
    rows = with_total(
        years, len(names), lambda year, column: found.get(int(year), {}).get(names[column], 0)
    )
    return reader.table(
        "removals_by_year", "Removals in each calendar year", unit="removals",
        dimensions=("Year",), columns=("Removals", "First removal of a child"), rows=rows,
        method="Broad count, by the day of removal.", period=reader.observed,
        caveats=("The first and last years may be incomplete.",),
        nested=(("First removal of a child", "Removals"),),
    )  # fmt: skip


def _by_band(
    reader: Reader, finding_id: str, title: str, dimension: str, bands: tuple[str, ...]
) -> TableFinding:
    found = Counter(
        {(row["band"], row["removals"]): row["removals_made"] for row in reader.rows(finding_id)}
    )
    rows = with_total(bands, len(_COUNTS),
                      lambda band, column: found[band, REMOVAL_COUNTS[column]])  # fmt: skip
    return reader.table(
        finding_id, title, unit="removals", dimensions=(dimension,), columns=_COUNTS, rows=rows,
        method="At the day of removal.", period=reader.observed,
        nested=(("Strict", "Broad", "Wide"),),
    )  # fmt: skip

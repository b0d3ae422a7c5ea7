"""What became of the children: where they lived, how care ended, how long permanence took."""

from collections import Counter
from typing import Any

from casescope.dataset.care_course import CARE_ENDINGS, PLACEMENT_KINDS
from casescope.dataset.schema import AGE_GROUPS
from casescope.findings.cohort import with_total
from casescope.findings.finding import (
    Amount,
    Count,
    CurveFinding,
    Ratio,
    Reading,
    Row,
    TableFinding,
    Text,
    Top,
)
from casescope.findings.reader import Reader
from casescope.findings.recurrence import steps_of
from casescope.findings.survival import product_limit
from casescope.kernel.dates import DAYS_PER_YEAR, add_years

KINDS = dict(zip(PLACEMENT_KINDS, (
    "Fostered by relatives or friends", "Fostered by others", "Placed for adoption",
    "Children’s home or other residential", "With parents, in care", "Other or not known",
), strict=True))  # fmt: skip
"""Kinds of placement in a reader's words."""

OUTCOMES = dict(zip(CARE_ENDINGS, (
    "Adopted", "Special guardianship", "Child arrangements", "Returned to parents",
    "Left for adult life", "Other or not known", "Still in care",
), strict=True))  # fmt: skip
"""How care ended in a reader's words."""

PERMANENCE_AT = {
    "all": "All ages", "under_1": "under 1", "1_4": "1–4", "5_9": "5–9", "10_15": "10–15",
    "16_17": "16–17", "not_known": "not known",
}  # fmt: skip
"""Age at the first removal: the end of the curve's id, and the band's label."""

FOLLOWED_YEARS = 4
"""How long ago the children of a path were first removed, at least: as long as the horizon that
leads, so that care within it is seen in full and recent removals don't make it look short."""

PATHS, CHILDREN = "care_paths", "Children"

_WHOSE = "Removed children of women in T1 to T3, from their first removal on; broad count."
_LASTS = "A placement lasts until the next in the same period of care begins."
_ENDED = "How care ended is the reason of its latest end; a child in care again is still in care."
_SEEN = "Only what these records reach: care before they begin, or elsewhere, is not seen."
_PERMANENCE = (
    "Kaplan–Meier, with 95% interval on the log-minus-log scale, from the first removal to the "
    "first end of care by adoption, special guardianship or child arrangements; the others are "
    "followed while they are known to be in care."
)
_PERMANENCE_CAVEATS = (
    "Children who went home, grew up or left in another way are followed until then. So this says "
    "how long permanence takes where it is the way, not how many children reach it.",
    "A removal near the end of the records is followed for a short time only.",
)


def measures(reader: Reader) -> tuple[list[TableFinding], list[CurveFinding]]:
    """Return the tables of the children's course, and the curves that one of them reads off."""
    found = reader.rows("care_outcomes")
    return [
        _weeks(reader),
        _grid(reader, found, "care_outcomes", ("age_group", "ending"),
              "How care ended, by age at the first removal"),
        _grid(reader, found, "care_kinds_by_age", ("age_group", "kind"),
              "Where children lived longest, by age at the first removal"),
        _grid(reader, found, "care_outcomes_by_kind", ("kind", "ending"),
              "How care ended by where children lived longest"),
        _permanence(reader),
        _paths(reader),
    ], _curves(reader)  # fmt: skip


def weeks_of(days: int) -> int:
    """Return days as whole weeks, halves up."""
    return (2 * days + 7) // 14


def _weeks(reader: Reader) -> TableFinding:
    found = {row["kind"]: row for row in reader.rows("care_weeks")}
    rows = []
    for kind, label in KINDS.items():
        children, days = (found.get(kind, {}).get(name, 0) for name in ("children", "days"))
        weeks, top = weeks_of(days), _top(found.get(kind, {}))
        rows.append(Row((label,), (Count(children), Amount(weeks, children, top),
                                   Ratio(weeks, children, top=top))))  # fmt: skip
    total = sum(weeks_of(row["days"]) for row in found.values())
    all_children = sum(row["children"] for row in found.values())
    rows.append(Row(("Total",), (Text(""), Amount(total, all_children), Text("")), total=True))
    return reader.table(
        "care_weeks", "Weeks in care since first removal by kind of placement",
        unit="children, or weeks", dimensions=("Placement",),
        columns=("Children with any", "Weeks", "Weeks for each of them"), rows=rows,
        method=f"{_WHOSE} {_LASTS}", period=reader.observed,
        caveats=("A child can have been in several kinds of placement, so children are not "
                 "added up.", "The total adds up the weeks that are shown above it.", _SEEN),
    )  # fmt: skip


def _top(row: dict[str, Any]) -> Top | None:
    """Return the weeks of the two families whose children had most of them."""
    if not row:
        return None
    return Top(weeks_of(row["most_days"]), weeks_of(row["second_most_days"]))


_AXES: dict[str, dict[str, str]] = {
    "age_group": {age: age for age in AGE_GROUPS},
    "kind": KINDS,
    "ending": OUTCOMES,
}
_NAMES = {"age_group": "Age at first removal", "kind": "Longest placement"}


def _grid(
    reader: Reader, found: list[dict[str, Any]], name: str, axes: tuple[str, str], title: str
) -> TableFinding:
    """Return children counted by two things at once; both ways, the cells add up."""
    down, across = (_AXES[axis] for axis in axes)
    counts: Counter[tuple[str, str]] = Counter()
    for row in found:
        counts[down[row[axes[0]]], across[row[axes[1]]]] += row["children"]
    columns = tuple(across.values())
    rows = with_total(tuple(down.values()), len(columns),
                      lambda label, column: counts[label, columns[column]])  # fmt: skip
    return reader.table(
        name, title, unit="children", dimensions=(_NAMES[axes[0]],), columns=columns, rows=rows,
        method=f"{_WHOSE} {_ENDED if axes[1] == 'ending' else _LASTS}", period=reader.observed,
        caveats=(_SEEN,), parts=columns,
    )  # fmt: skip


def _curves(reader: Reader) -> list[CurveFinding]:
    rows = reader.rows("care_permanence")
    made = []
    for name, label in PERMANENCE_AT.items():
        points = product_limit(
            steps_of(row for row in rows if name == "all" or row["band"] == label)
        )
        made.append(CurveFinding(
            f"permanence_{name}", f"Children in a permanent home, {label}", "children", points,
            women=sum(point.events + point.censored for point in points),
            events=sum(point.events for point in points),
            method=f"{_PERMANENCE} {_WHOSE}", source=reader.source, period=reader.observed,
            caveats=_PERMANENCE_CAVEATS, inner=True,
            part_of="" if name == "all" else "permanence_all",
            division="age_at_removal",
        ))  # fmt: skip
    return made


def _permanence(reader: Reader) -> TableFinding:
    rows = []
    for name, label in PERMANENCE_AT.items():
        curve = f"permanence_{name}"
        rows.append(Row((label,), (
            Reading(curve, "women"), Reading(curve, "events"), Reading(curve, "median"),
            Reading(curve, day=DAYS_PER_YEAR), Reading(curve, day=2 * DAYS_PER_YEAR),
        )))  # fmt: skip
    return reader.table(
        "care_permanence", "Months from the first removal to permanence", unit="children",
        dimensions=("Age at first removal",),
        columns=("Children", "Reached permanence", "Median months", "Share by 1 year",
                 "Share by 2 years"),
        rows=rows, method=f"{_PERMANENCE} {_WHOSE}", period=reader.observed,
        caveats=_PERMANENCE_CAVEATS,
    )  # fmt: skip


def _paths(reader: Reader) -> TableFinding:
    """Return the course of care by age and outcome, of children followed for equally long."""
    latest = add_years(reader.reference_date, -FOLLOWED_YEARS)
    found = {
        (row["age_group"], row["ending"]): row
        for row in reader.rows(PATHS, latest_first_day=(latest - reader.reference_date).days)
    }
    rows = [
        Row((age, label), _path(found.get((age, ending), {})))
        for age in AGE_GROUPS
        if age != "not known"
        for ending, label in OUTCOMES.items()
    ]
    return reader.table(
        PATHS, "Weeks in care by age and outcome",
        unit="children, or weeks", dimensions=("Age at first removal", "How care ended"),
        columns=(CHILDREN, *KINDS.values()), rows=rows,
        method=f"{_WHOSE} Only children first removed at least {FOLLOWED_YEARS} years before the "
        f"reference date. Weeks are those of all children of the row together. {_ENDED}",
        period=reader.observed,
        caveats=("Children removed later are left out: their care has only begun.",
                 "Care of children who are still in care goes on: their weeks are too few.",
                 _SEEN),
    )  # fmt: skip


def _path(row: dict[str, int]) -> tuple[Count | Amount, ...]:
    weeks = (
        Amount(weeks_of(row.get(f"{kind}_days", 0)), row.get(f"{kind}_children", 0))
        for kind in KINDS
    )
    return (Count(row.get("children", 0)), *weeks)

"""What the women live with: each issue of the coding frame as yes, recorded no or not recorded."""

from typing import Any

from casescope.dataset.frame import FRAME
from casescope.dataset.schema import TIMINGS
from casescope.findings.cohort import Cohort
from casescope.findings.finding import Count, Row, Share, TableFinding
from casescope.findings.intervals import wilson
from casescope.findings.reader import Records

GROUPS = {"t1": ("T1",), "t1_t3": ("T1", "T2", "T3")}
_OF = {"t1": "T1", "t1_t3": "T1–T3"}
_WHEN = {
    "at_latest_removal": "around the latest removal",
    "current": "now",
    "ever": "at any time",
}
_PERIOD = {
    "at_latest_removal": "365 days before to 90 days after her latest removal",
    "current": "12 months to the reference date",
    "ever": "All records",
}
_SOURCE = "From structured records alone; what is read in case files would stand by itself."

_COLUMNS = ("Yes", "Recorded no", "Not recorded", "Share of all women", "Share of women recorded")


def tables(reader: Records) -> list[TableFinding]:
    """Return one table for each group of women and each time, that of latest removal first."""
    cohort = Cohort(reader)
    made = []
    for group, tiers in GROUPS.items():
        women = sum(cohort.number("women", tier) for tier in tiers)
        rows = reader.rows("issues", tiers=list(tiers))
        made += [_table(reader, group, timing, women, rows) for timing in TIMINGS]
    return made


def _table(
    reader: Records, group: str, timing: str, women: int, found: list[dict[str, Any]]
) -> TableFinding:
    numbers = {row["issue"]: row for row in found if row["timing"] == timing}
    rows = []
    for issue in FRAME:
        row = numbers.get(issue.id, {"yes": 0, "no": 0})
        rows.append(Row((issue.label,), _cells(row["yes"], row["no"], women)))
    return reader.table(
        f"issues_{group}_{timing}",
        f"Issues of women in {_OF[group]} {_WHEN[timing]}",
        unit="women", dimensions=("Issue",), columns=_COLUMNS, rows=rows, parts=_COLUMNS[:3],
        method="Structured records; Wilson 95% intervals. Broad count of removals.",
        period=_PERIOD[timing],
        caveats=(_SOURCE, "Not recorded is not no: nobody may have asked.",
                 "Records of a parent’s need do not say which parent."),
    )  # fmt: skip


def _cells(yes: int, no: int, women: int) -> tuple[Count | Share, ...]:
    return (
        Count(yes), Count(no), Count(women - yes - no),
        share(yes, women, _COLUMNS[:1]), share(yes, yes + no, _COLUMNS[:2]),
    )  # fmt: skip


def share(n: int, of: int, rests_on: tuple[str, ...]) -> Share:
    """Return the share with its Wilson interval."""
    bounds = wilson(n, of)
    if bounds is None:
        return Share(n, of, rests_on=rests_on)
    return Share(n, of, bounds.lower, bounds.upper, rests_on)

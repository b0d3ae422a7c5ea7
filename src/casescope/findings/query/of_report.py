"""The sets of women behind the report's own tables, so that no query comes too near to them.

They are asked for in the words of a query, and pass the same vetting.
"""

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from casescope.dataset.schema import TIMINGS
from casescope.findings.query.counting import Counted, count
from casescope.findings.query.vetting import vetted

_AT_MOST = (
    "CASE WHEN w.tier = 'T1' OR (w.tier = 'T2' AND w.in_her_care = 'unknown' AND NOT w.pregnant) "
    "THEN 'T1 at most' END"
)
_T1_TO_T3 = "CASE WHEN w.tier IN ('T1', 'T2', 'T3') THEN 'T1–T3' END"
_REPEAT = "w.intervals NOT IN ('none', 'no removal')"
_REMOVED = "WHERE w.children <> '0'"
_GROUPS = ("w.tier", _AT_MOST, _T1_TO_T3)
_BANDS = ("w.age", "w.ethnicity", "w.area", "w.in_her_care", "w.pregnant", "w.care_experienced",
          _REPEAT)  # fmt: skip
_LINES = ("w.children", "w.intervals", "w.index_period", "w.followed", "w.ending", "w.child_ages")
_MEMBERS = ("'domestic_abuse'", "'mental_health'", "'alcohol', 'drugs'")
_NO = "'no'"
_WITHIN = ("WHERE w.tier = 'T1'", "WHERE w.tier IN ('T1', 'T2', 'T3')")


def sets_of_report(connection: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Return every set of women that a table of the report counts, whatever becomes of it there."""
    found: dict[int, None] = {}
    for sql in _queries():
        found.update(dict.fromkeys(_counted(sql, connection).sets))
    for where in _WITHIN:
        found.update(dict.fromkeys(_of_issues(where, connection)))
    return tuple(found)


def _counted(sql: str, connection: duckdb.DuckDBPyConnection) -> Counted:
    return count(vetted(sql, connection), connection)


def _queries() -> Iterator[str]:
    for group in _GROUPS:
        yield f"SELECT {group} FROM shared_woman w"
        for band in _BANDS:
            yield f"SELECT {group}, {band} FROM shared_woman w"
        yield f"SELECT {group}, {_DISABILITY} FROM shared_woman w"
    for line in _LINES:
        yield f"SELECT {line} FROM shared_woman w {_REMOVED}"
    for timing in ("at_latest_removal", "ever"):
        members = ", ".join(
            f"CASE WHEN {_has(issues, timing)} THEN 'yes' END" for issues in _MEMBERS
        )
        yield f"SELECT {members} FROM shared_woman w WHERE w.tier = 'T1'"


def _of_issues(where: str, connection: duckdb.DuckDBPyConnection) -> Iterator[int]:
    """Yield the women of whom an issue is told, yes or no, and those of whom it is not."""
    everybody = _counted(f"SELECT count(*) FROM shared_woman w {where}", connection).sets[-1]
    for timing in TIMINGS:
        rows = _counted(
            "SELECT i.issue, i.state FROM shared_woman w JOIN shared_issue i USING (woman) "
            f"{where} AND i.timing = '{timing}'", connection,
        )  # fmt: skip
        told: defaultdict[str, int] = defaultdict(int)
        for row, women in zip(rows.table.rows[:-1], rows.sets, strict=False):
            told[row.labels[0]] |= women
            yield women
        yield from (everybody & ~women for women in told.values())


def _has(issues: str, timing: str, states: str = "'yes'") -> str:
    return (
        f"w.woman IN (SELECT woman FROM shared_issue WHERE issue IN ({issues}) "
        f"AND timing = '{timing}' AND state IN ({states}))"
    )


_TWO = "'learning_disability', 'physical_health'"
_DISABILITY = (
    f"CASE WHEN {_has(_TWO, 'ever')} THEN 'yes' WHEN {_has(_TWO, 'ever', _NO)} THEN 'no' END"
)

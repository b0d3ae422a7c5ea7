"""Everything that a shared dataset has to say, and of each finding of the report what is left."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

import duckdb

from casescope.findings import issues, together
from casescope.findings.finding import Findings, Row, TableFinding, Text
from casescope.findings.shared_dataset import removed, who
from casescope.findings.shared_dataset.reader import SharedReader
from casescope.findings.surviving import Outcome, surviving_in

SURVIVING = "shared_surviving"

TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "removal_counts": ("shared_children",),
    "repeat_and_multiple": ("shared_further_events",),
    "removals_by_age": ("shared_child_ages", "shared_child_age_groups", "shared_child_under_1"),
    "removals_by_year": ("shared_index_period",),
    "interval": ("shared_intervals",),
}
"""Findings of the report that a table of another shape stands for here."""

_NOT_COMPUTED = "a curve from banded times is not worked out here; follow-up is shown as counts"

_NAMES = {
    "tiers": "Tiers", "headline": "The findings in brief", "tiers_by_events": "Tiers by events",
    "ages": "Age", "ethnicity": "Ethnic group", "areas": "Area", "disability": "Disability",
    "issues_t1_t3_*": "Issues, T1 to T3", "issues_together": "Issues together",
    "issues_t1_at_latest_removal": "Issues around the latest removal",
    "issues_t1_current": "Issues now", "issues_t1_ever": "Issues at any time",
    "removal_counts": "Numbers of removals", "repeat_and_multiple": "Repeat and multiple removals",
    "removals_by_age": "Removals by the child's age", "removals_by_year": "Removals by year",
    "interval": "Time between events", "recurrence_at": "How soon again, by years",
    "recurrence_broad": "How soon again", "flow": "Flow of records",
    "recurrence_broad_competing": "How soon again, competing ends",
    "recurrence_decade_*": "How soon again, by decade",
    "recurrence_strict*": "How soon again, strict count",
    "recurrence_newborn_*": "How soon a newborn", "repeat_newborns": "Newborns among repeats",
    "recurrence_index_newborn_*": "How soon again after a newborn",
    "recurrence_by_age": "How soon again, by her age",
    "recurrence_age_*": "How soon again, curves by her age",
    "recurrence_compared": "Groups compared", "rate": "Removal rate",
    "rate_by_age": "Removal rate by age", "rate_by_time": "Removal rate by time",
    "removals_by_route": "Removals by route", "care_*": "What became of the children",
}  # fmt: skip


def compute(connection: duckdb.DuckDBPyConnection) -> Findings:
    """Return all findings of one shared dataset, exact; its tables must be seen by name."""
    reader = SharedReader(connection)
    tables = [
        *who.tables(reader),
        *issues.tables(reader),
        *together.tables(reader),
        *removed.tables(reader),
    ]
    facts = {
        name: value for name, value in reader.about.items() if name in ("linkage", "removals")
    } | {"reference_period": reader.about.get("reference_period", "")}
    return Findings((*tables, _surviving(reader, tables)), (), facts)


def _surviving(reader: SharedReader, tables: list[TableFinding]) -> TableFinding:
    """Return each finding of the authority's report, what is left of it here, and why."""
    made = {table.id for table in tables}
    rows = []
    for one in surviving_in(reader.steps, everyone=reader.everyone, left_out={}):
        here = one.outcome is not Outcome.GONE
        computed = here and any(_stands_for(one.finding, made))
        said = one.outcome.value if computed else "not computed" if here else "gone"
        why = one.why if computed or not here else _NOT_COMPUTED
        rows.append(Row((_NAMES[one.finding],), (Text(said), Text(why))))
    return reader.table(
        SURVIVING, "What is left of the authority's findings", unit="", rows=rows,
        dimensions=("Finding",), columns=("Here", "Why"), period="",
        method="Each finding of the report, held against the step of each column.",
        caveats=("'As it is' holds of the women whom the package tells of. The authority's own "
                 "report counts those too who were left out.",),
    )  # fmt: skip


def _stands_for(finding: str, made: set[str]) -> Iterator[bool]:
    for table in made:
        yield fnmatchcase(table, finding) or table in TOLD_BY.get(finding, ())

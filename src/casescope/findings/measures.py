"""Everything the analysis dataset has to say, in the order a report would say it."""

from datetime import date

import duckdb

from casescope.findings import (
    care,
    cohort,
    equality,
    issues,
    quality,
    rate,
    recurrence,
    removals,
    sensitivity,
    together,
)
from casescope.findings.finding import Findings
from casescope.findings.reader import Reader
from casescope.governance.study_file.parameters import Parameters


def compute(
    con: duckdb.DuckDBPyConnection,
    *,
    linkage: str,
    parameters: Parameters,
    reference_date: date,
    authority: str = "",
) -> Findings:
    """Return all findings of one analysis dataset, exact; `con` must see its tables by name."""
    reader = Reader(con, linkage, parameters, reference_date, authority)
    again, curves = recurrence.measures(reader)
    courses, course_curves = care.measures(reader)
    varied, varied_curves = sensitivity.measures(reader)
    tables = [
        *cohort.tables(reader),
        *equality.tables(reader),
        *removals.tables(reader),
        *courses,
        *again,
        *rate.tables(reader),
        *issues.tables(reader),
        *together.tables(reader),
        *quality.tables(reader),
        *varied,
    ]
    return Findings(tuple(tables), (*curves, *course_curves, *varied_curves), _facts(reader))


def _facts(reader: Reader) -> dict[str, str]:
    start = reader.observation_start
    facts = {"linkage": reader.linkage, "reference_date": reader.reference_date.isoformat()}
    if reader.authority:
        facts["authority"] = reader.authority
    if start:
        facts["observation_start"] = start.isoformat()
        facts["first_index_date"] = reader.day(reader.first_index_day).isoformat()
    return reader.about | facts

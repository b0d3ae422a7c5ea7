"""The four quality sections as data for whoever shows them; for the council's own staff only."""

from typing import Any

import duckdb

MEANINGS: dict[str, tuple[str, str]] = {
    "no_relationship_table": (
        "No mother can be found for any child, so no woman can be counted.",
        "Ask for the relationship table (ssd_mother, or the case system's own), ended "
        "relationships included and without a time window.",
    ),
    "no_ended_relationships": (
        "Links that ended, most often at adoption, are missing, so removals are under-counted.",
        "Ask for relationships that have ended as well; stock extracts keep only open ones.",
    ),
    "six_year_window": (
        "Care that ended more than six years ago is missing, so first removals look like later "
        "ones and look-back is cut short.",
        "Ask for episodes and legal statuses without the six-year window.",
    ),
    "first_episode_not_a_start": (
        "Many children's first episode is not a start of care, so true dates of removal are "
        "earlier than the data say.",
        "Load the yearly returns before the first one as well.",
    ),
    "relationship_without_child": (
        "Relationships without a child link nobody.",
        "Ask why the child's id is empty; a left join in the extract does this.",
    ),
    "mother_without_name_or_birth": (
        "Mothers without name or date of birth can't be recognised in a second record, nor their "
        "age known.",
        "Ask for person rows of all mothers, whether or not they are clients themselves.",
    ),
}
"""For each sign of truncation: what it would do to the results, and what to ask the supplier."""


def sections(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return the four sections of the extract specification, from the quality and cohort layers.

    Needs the layers extract, quality, cohort and people attached under their names.
    """
    return {
        "tables": _tables(connection),
        "linkage_coverage": _coverage(connection),
        "truncation_signs": _signs(connection),
        "impossible_facts": _impossible(connection),
        "files_not_read": _rows(
            connection,
            "SELECT file, note AS reason FROM extract.source_file WHERE table_name IS NULL "
            "ORDER BY file",
        ),
    }


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _tables(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    tables = _rows(
        connection,
        'SELECT table_quality.table_name AS "table", table_quality.file, table_quality.rows_read, '
        "rows_used, first_date, last_date, encoding, extra_columns "
        "FROM quality.table_quality JOIN extract.source_file USING (file) ORDER BY ALL",
    )
    problems = _rows(
        connection,
        'SELECT table_name AS "table", file, column_name AS "column", kind, set_aside, rows '
        "FROM quality.problem_count ORDER BY ALL",
    )
    gaps = _rows(
        connection,
        'SELECT table_name AS "table", file, column_name AS "column", '
        "round(missing / rows, 4) AS share FROM quality.column_quality WHERE rows > 0 ORDER BY ALL",
    )
    for table in tables:
        table["problems"] = [
            {key: problem[key] for key in ("column", "kind", "rows", "set_aside")}
            for problem in problems
            if problem["file"] == table["file"]
        ]
        table["missing"] = {
            gap["column"]: gap["share"] for gap in gaps if gap["file"] == table["file"]
        }
    return tables


def _coverage(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "SELECT breakdown, value, removed_children, with_mother, "
        "removed_children - with_mother AS without_mother, CASE WHEN removed_children > 0 "
        "THEN round(with_mother / removed_children, 4) ELSE 0 END AS share "
        "FROM cohort.coverage ORDER BY breakdown, value",
    )


def _signs(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    found = _rows(connection, 'SELECT sign, seen, records, "of" FROM quality.sign')
    return [
        {**sign, "effect": MEANINGS[sign["sign"]][0], "ask_for": MEANINGS[sign["sign"]][1]}
        for sign in found
    ]


def _impossible(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "SELECT kind, count(*) AS records, list(id ORDER BY id) AS ids FROM quality.impossible "
        "GROUP BY kind ORDER BY kind",
    )

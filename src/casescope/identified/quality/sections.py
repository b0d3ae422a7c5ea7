"""The quality sections as data for whoever shows them; for the council's own staff only."""

from typing import Any

import duckdb

from casescope.dataset.schema import place_in_coverage
from casescope.dataset.signs import CONFLICTS, FACTS, SERIES, SIGN, SIGNS, year_words
from casescope.identified.quality.verdict import verdict

MEANINGS: dict[str, tuple[str, str]] = {sign.id: (sign.effect, sign.ask) for sign in SIGNS}
"""For each sign of truncation: what it would do to the results, and what to ask the supplier."""


def sections(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return the four sections of the extract specification, and what else is to be known.

    Needs the layers extract, quality, cohort and people attached under their names.
    """
    found = {
        "tables": _tables(connection),
        "linkage_coverage": _coverage(connection),
        "truncation_signs": _signs(connection),
        "impossible_facts": _impossible(connection),
        "source_conflicts": _conflicts(connection),
        "children_joined": _rows(
            connection, "SELECT how, children FROM quality.joined ORDER BY children DESC, how"
        ),
        "mother_links": _rows(
            connection,
            "SELECT links, doubtful, CASE WHEN links > 0 THEN round(doubtful / links, 4) ELSE 0 "
            "END AS share FROM quality.linked",
        )[0],
        "trends": _trends(connection),
        "files_not_read": _rows(
            connection,
            "SELECT file, note AS reason FROM extract.source_file WHERE table_name IS NULL "
            "ORDER BY file",
        ),
    }
    return {"verdict": verdict(found), **found}


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
        'SELECT table_name AS "table", file, column_name AS "column", kind, set_aside, rows, '
        "first_rows FROM quality.problem_count ORDER BY ALL",
    )
    gaps = _rows(
        connection,
        'SELECT table_name AS "table", file, column_name AS "column", '
        "round(missing / rows, 4) AS share FROM quality.column_quality WHERE rows > 0 ORDER BY ALL",
    )
    for table in tables:
        table["problems"] = [
            {key: problem[key] for key in ("column", "kind", "rows", "set_aside", "first_rows")}
            for problem in problems
            if problem["file"] == table["file"]
        ]
        table["missing"] = {
            gap["column"]: gap["share"] for gap in gaps if gap["file"] == table["file"]
        }
    return tables


def _coverage(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = _rows(
        connection,
        "SELECT breakdown, value, removed_children, with_mother, "
        "removed_children - with_mother AS without_mother, CASE WHEN removed_children > 0 "
        "THEN round(with_mother / removed_children, 4) ELSE 0 END AS share "
        "FROM cohort.coverage WHERE linkage = 'strict'",
    )
    return sorted(rows, key=lambda row: place_in_coverage(row["breakdown"], row["value"]))


def _signs(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = _rows(connection, 'SELECT sign, seen, records, "of", detail, since FROM quality.sign')
    found = {row["sign"]: row for row in rows}
    return [
        {
            **found[sign.id],
            "label": sign.label,
            "counted": sign.counted,
            "effect": sign.effect,
            "ask_for": sign.ask,
        }
        for sign in SIGNS
    ]


def _impossible(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = _rows(
        connection,
        "SELECT kind, count(*) AS records, list(id ORDER BY id) AS ids FROM quality.impossible "
        "GROUP BY kind",
    )
    order = [fact.id for fact in FACTS]
    return [
        {**row, "label": SIGN[row["kind"]].label, "effect": SIGN[row["kind"]].effect,
         "ask_for": SIGN[row["kind"]].ask}
        for row in sorted(rows, key=lambda row: order.index(row["kind"]))
    ]  # fmt: skip


def _conflicts(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    records = dict(connection.execute("SELECT name, records FROM cohort.caveat").fetchall())
    return [
        {"kind": conflict.id, "records": records[conflict.id], "label": conflict.label,
         "effect": conflict.effect, "ask_for": conflict.ask}
        for conflict in CONFLICTS
    ]  # fmt: skip


def _trends(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = _rows(connection, "SELECT series, year, rows FROM quality.trend ORDER BY year")
    return [
        {"series": series, "label": label, "years": [
            {"year": year_words(row["year"]), "rows": row["rows"]}
            for row in rows if row["series"] == series
        ]}
        for series, label in SERIES.items()
    ]  # fmt: skip

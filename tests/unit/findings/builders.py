"""An analysis dataset in memory, its rows drawn as small text tables."""

from datetime import date

import duckdb

from casescope import findings
from casescope.dataset.schema import TABLE, TABLES, ddl
from casescope.findings.finding import Findings
from casescope.governance.study_file.parameters import Parameters

LINKAGE = "strict"
REFERENCE = date(2025, 1, 1)

DEFAULTS = {
    "woman": {"age": "30", "age_basis": "known", "ethnicity": "White", "care_experienced": "false",
              "children": "2", "area": "Not~known"},
    "standing": {"removals": "broad", "removed_children": "1", "events": "1", "repeat_events": "0",
                 "multiple_removal": "false", "latest_day": "-100", "in_her_care": "no",
                 "pregnant": "false"},
    "removal": {"removals": "broad", "age_group": "1–4", "newborn": "false", "route": "court",
                "event": "1", "new_child": "true"},
    "spell": {"removals": "broad", "age_at_index": "27", "newborn_index": "false",
              "index_day": "-4000", "ending": "end_of_extract", "newborn_follow_up_days": "9000",
              "newborn_ending": "end_of_extract"},
    "exposure": {"removals": "broad", "age_band": "25–29", "since_event": "1 year"},
    "issue": {"removals": "broad", "source": "structured", "timing": "ever"},
    "flow": {"removals": "broad"},
    "care_course": {"removals": "broad", "woman": "ann", "first_day": "-700", "newborn": "false",
                    "age_group": "under~1", "days_relatives": "0", "days_foster": "0",
                    "days_adoption": "0", "days_residential": "0", "days_with_parent": "0",
                    "days_other": "0", "days_in_care": "0", "longest_kind": "none",
                    "ending": "still~in~care", "permanence": "none", "permanence_days": "700"},
    "event": {"removals": "broad", "children": "1", "new_children": "1", "newborn": "false",
              "route": "court"},
}  # fmt: skip


def dataset(**drawn: str) -> duckdb.DuckDBPyConnection:
    """Return a connection to the tables; each argument draws the rows of the table it names.

    The first line names columns; `-` is null, `~` a space; what is not drawn is as in DEFAULTS.
    """
    con = duckdb.connect()
    for table in TABLES:
        con.execute(ddl(table))
    for name, text in drawn.items():
        header, *lines = [line.split() for line in text.strip().splitlines()]
        for line in lines:
            insert(con, name, dict(zip(header, line, strict=True)))
    return con


def insert(con: duckdb.DuckDBPyConnection, name: str, row: dict[str, str]) -> None:
    columns = {column.name for column in TABLE[name].columns}
    linkage = {"linkage": LINKAGE} if "linkage" in columns else {}
    full = linkage | DEFAULTS.get(name, {}) | row
    values = [None if v == "-" else v.replace("~", " ") for v in full.values()]
    marks = ", ".join("?" * len(values))
    con.execute(f"INSERT INTO {name} ({', '.join(full)}) VALUES ({marks})", values)


def many(name: str, count: int, *columns: str) -> str:
    """Return `count` drawn rows, each column's `#` replaced by the row's number."""
    return "\n".join(" ".join(columns).replace("#", f"{name}{n}") for n in range(count))


def computed(
    con: duckdb.DuckDBPyConnection, parameters: Parameters | None = None, authority: str = ""
) -> Findings:
    return findings.compute(
        con, linkage=LINKAGE, parameters=parameters or Parameters(), reference_date=REFERENCE,
        authority=authority,
    )  # fmt: skip


def numbers(found: Findings, table: str) -> dict[str, tuple[object, ...]]:
    """Return the counts of a table by their first label; what isn't a count as it is."""
    return {
        row.labels[0]: tuple(getattr(cell, "n", cell) for cell in row.cells)
        for row in found.table(table).rows
    }

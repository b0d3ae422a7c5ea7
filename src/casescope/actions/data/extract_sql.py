"""Hand out the SQL that a reporting team can begin from; it touches no study and no data."""

from typing import Any

from casescope.identified.extract_sql import statements


def extract_sql(system: str, *, table: str = "") -> str:
    """Return the read-only statements for one case system, or one table's alone."""
    return statements.script(system, table=table)


def as_data(system: str, *, table: str = "") -> dict[str, Any]:
    """Return the same as data: statements by table, and why there are none for others."""
    return statements.as_data(system, table=table)


def brief() -> str:
    """Return the one page for the supplier or the reporting team."""
    return statements.brief()

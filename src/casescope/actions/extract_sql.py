"""Hand out the SQL that a reporting team can begin from; it touches no study and no data."""

from casescope.identified.extract_sql import statements


def extract_sql(system: str, *, table: str = "") -> str:
    """Return the read-only statements for one case system, or one table's alone."""
    return statements.script(system, table=table)


def brief() -> str:
    """Return the one page for the supplier or the reporting team."""
    return statements.brief()

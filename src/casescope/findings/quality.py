"""How far the figures can be trusted: children with a mother found, and doubtful records."""

from casescope.findings.finding import Count, Row, Sum, TableFinding
from casescope.findings.issues import share
from casescope.findings.reader import Reader

_BREAKDOWNS = {
    "all": "All", "year": "Year", "ended": "How care ended", "ethnicity": "Ethnic group",
}  # fmt: skip
_COLUMNS = ("Mother found", "No mother found", "Removed children", "Share found")


def tables(reader: Reader) -> list[TableFinding]:
    """Return the linkage coverage and the caveats' counts."""
    return [_coverage(reader), _caveats(reader)]


def _coverage(reader: Reader) -> TableFinding:
    rows = []
    order = list(_BREAKDOWNS)
    for row in sorted(reader.rows("coverage"), key=lambda row: order.index(row["breakdown"])):
        found, children = row["with_mother"], row["removed_children"]
        cells = (
            Count(found), Count(children - found), Sum((found, children - found)),
            share(found, children, _COLUMNS[:2]),
        )  # fmt: skip
        rows.append(Row((_BREAKDOWNS[row["breakdown"]], row["value"]), cells))
    return reader.table(
        "coverage", "Removed children whose mother was found", unit="children",
        dimensions=("By", "Group"), columns=_COLUMNS, rows=rows,
        method="Children with a broad removal; a mother is found through the relationship records "
               "given. Wilson 95% intervals.",
        period=reader.observed,
        caveats=("A child without a mother found makes some woman's count too low, most of all "
                 "where the link was closed at adoption.",),
    )  # fmt: skip


def _caveats(reader: Reader) -> TableFinding:
    rows = [Row((row["name"],), (Count(row["records"]),)) for row in reader.rows("caveats")]
    return reader.table(
        "caveats", "Records that are doubtful in one named way", unit="records",
        dimensions=("Doubt",), columns=("Records",), rows=rows,
        method="Counted when the files were read and joined.", period=reader.observed,
    )  # fmt: skip

"""The local removal rate: children newly removed for each year that a woman was followed."""

from collections.abc import Iterable
from typing import Any

from casescope.dataset.exposure_table import AGES_FOLLOWED, SINCE_EVENT
from casescope.findings.finding import Count, Rate, Row, TableFinding, Text
from casescope.findings.reader import Reader
from casescope.kernel.codes import LINKAGES
from casescope.kernel.dates import DAYS_PER_YEAR

CHILDREN, YEARS, RATE = "Children newly removed", "Woman-years", "For each woman-year"
COLUMNS = (CHILDREN, YEARS, RATE)
COUNTS = ("broad", "strict", "wide")

_METHOD = (
    "Each woman is followed from the day after the event at which she first had two removed "
    "children while of child-bearing age, to the reference date, her death, her known leaving or "
    "the end of child-bearing age. Children first removed in that time count; the exact Poisson "
    "interval (Garwood) is at 95%."
)
_CAVEATS = (
    "Her first two removed children are why a woman is counted, and are not in the rate.",
    "Women who move away unseen stay in view here, which makes the rate too low.",
    "Removals before the records begin are not all seen, so time before then counts too few.",
    "Children taken together each count, so the true range is somewhat wider.",
    "Children born before who were still at home count too: a programme that puts off births could "
    "not have avoided their removal.",
)

_Rows = list[dict[str, Any]]
_Women = dict[tuple[str, str, str], int]
"""Women followed, by count, linkage and band ('' for all of them)."""


def tables(reader: Reader) -> list[TableFinding]:
    """Return the rate under every count and linkage, and the leading one by age and by time."""
    found = reader.rows("exposure")
    women = {
        (row["removals"], row["linkage"], row["band"]): row["women"]
        for row in reader.rows("followed")
    }
    own = [row for row in found if (row["removals"], row["linkage"]) == ("broad", reader.linkage)]
    return [
        _by_count(reader, found, women),
        _by_band(reader, "rate_by_age", "by the woman’s age", "Age then", "age_band",
                 AGES_FOLLOWED, own, women),
        _by_band(reader, "rate_by_time", "by time since her latest event",
                 "Since her latest event", "since_event", SINCE_EVENT, own, women),
    ]  # fmt: skip


def rate_of(rows: Iterable[dict[str, Any]]) -> Rate:
    """Return the rate over some rows of woman-time."""
    listed = list(rows)
    return Rate(sum(row["children"] for row in listed), sum(row["days"] for row in listed),
                rests_on=(CHILDREN, YEARS))  # fmt: skip


def _cells(rate: Rate, women: int) -> tuple[Count, Count, Rate]:
    """Return children, woman-years and rate, all hidden where too few women stand behind them."""
    return Count(rate.n, women), Count(round(rate.days / DAYS_PER_YEAR), women), rate


def _by_count(reader: Reader, found: _Rows, women: _Women) -> TableFinding:
    rows = []
    for removals in COUNTS:
        for linkage in sorted(LINKAGES, key=lambda one: one != reader.linkage):
            key = (removals, linkage)
            rate = rate_of(r for r in found if (r["removals"], r["linkage"]) == key)
            followed = women.get((*key, ""), 0)
            rows.append(Row((removals.capitalize(), linkage.capitalize()),
                            (Count(followed), *_cells(rate, followed))))  # fmt: skip
    return reader.table(
        "rate", "Children newly removed for each year a woman was followed",
        unit="children, woman-years", dimensions=("Removals", "Linkage"),
        columns=("Women followed", *COLUMNS), rows=rows, method=_METHOD, period=reader.observed,
        caveats=_CAVEATS,
    )  # fmt: skip


def _by_band(
    reader: Reader,
    finding_id: str,
    by: str,
    dimension: str,
    column: str,
    bands: tuple[str, ...],
    found: _Rows,
    women: _Women,
) -> TableFinding:
    rows = [
        Row((label[:1].upper() + label[1:],),
            _cells(rate_of(row for row in found if row[column] == label),
                   women.get(("broad", reader.linkage, label), 0)))
        for label in bands
    ]  # fmt: skip
    children, years, _ = _cells(rate_of(found), women.get(("broad", reader.linkage, ""), 0))
    return reader.table(
        finding_id, f"Children newly removed, {by}", unit="children, woman-years",
        dimensions=(dimension,), columns=COLUMNS,
        rows=[*rows, Row(("Total",), (children, years, Text("")), total=True)],
        method=f"{_METHOD} Broad count.", period=reader.observed,
        caveats=_CAVEATS,
    )  # fmt: skip

"""How far the figures can be trusted: mothers found, links, doubtful records, signs, holes."""

from casescope.dataset.quality_tables import LINK_BREAKDOWNS
from casescope.dataset.schema import place_in_coverage
from casescope.dataset.signs import (
    CONFLICTS,
    FACTS,
    NOT_SEEN,
    SEEN,
    SERIES,
    SIGNS,
    Sign,
    year_words,
)
from casescope.findings.finding import Cell, Count, Row, Statistic, Sum, TableFinding, Text
from casescope.findings.issues import share
from casescope.findings.linkage_accuracy import Accuracy, Estimate, Stratum, accuracy
from casescope.findings.reader import Reader

_BREAKDOWNS = {
    "all": "All", "year": "Year", "age": "Age at first removal", "ended": "How care ended",
    "ethnicity": "Ethnic group",
}  # fmt: skip
_COLUMNS = ("Mother found", "No mother found", "Removed children", "Share found")
_LINKS_BY = {
    "all": "All", "ethnicity": "Ethnic group", "age": "Age", "latest_removal": "Latest removal",
    "ended": "How care ended",
}  # fmt: skip
_ESTIMATES = (
    "Precision, %", "Precision likely from", "Precision likely to",
    "Recall, %", "Recall likely from", "Recall likely to",
)  # fmt: skip


def tables(reader: Reader) -> list[TableFinding]:
    """Return coverage, links, caveats, signs of a cut, impossible facts, what each year holds."""
    return [
        _coverage(reader), _links(reader), _caveats(reader), _signs(reader), _impossible(reader),
        _trend(reader),
    ]  # fmt: skip


def _coverage(reader: Reader) -> TableFinding:
    rows = []
    for row in sorted(
        reader.rows("coverage"), key=lambda row: place_in_coverage(row["breakdown"], row["value"])
    ):
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
        caveats=("A child without a mother found makes some woman’s count too low, most of all "
                 "where the link was closed at adoption.",),
    )  # fmt: skip


def _links(reader: Reader) -> TableFinding:
    """Return precision and recall by group; how many pairs were judged stands in the first row.

    Judged pairs of all groups would give away the few of one, so a group shows its estimates alone.
    """
    strata: dict[tuple[str, str], list[Stratum]] = {}
    for row in reader.rows("links_reviewed"):
        strata.setdefault((row["breakdown"], row["value"]), []).append(
            Stratum(row["linked"], row["pairs"], row["judged"], row["one_woman"])
        )
    rows = []
    for breakdown, value in sorted(strata, key=lambda key: LINK_BREAKDOWNS.index(key[0])):
        found = accuracy(strata[breakdown, value])
        judged: tuple[Cell, ...] = (Text(""), Text(""))
        if breakdown == "all":
            judged = (Count(found.judged_linked), Count(found.judged_not_linked))
        rows.append(Row((_LINKS_BY[breakdown], value), (*judged, *_estimates(found))))
    return reader.table(
        "links_reviewed", "How right the computer’s links between women’s records are",
        unit="pairs of records", dimensions=("By", "Group"),
        columns=("Links made and judged", "Links not made and judged", *_ESTIMATES), rows=rows,
        method="Pairs drawn at random within bands of probability and judged by a person; shares "
               "weighted by the size of the bands; 95% intervals by recovered variances. Of the "
               "computer’s links, before any decision was applied.",
        period=reader.as_at,
        caveats=("Precision: of the links made, the share that is right. Recall: of the pairs "
                 "compared that are one woman, the share that was linked. Pairs that were never "
                 "compared are not among them, so true recall is somewhat lower.",),
    )  # fmt: skip


def _estimates(found: Accuracy) -> tuple[Statistic, ...]:
    """Return precision and recall in per cent; recall rests on the fewer of its two samples."""
    fewer = min(found.judged_linked, found.judged_not_linked)
    return (
        *_in_percent(found.precision, found.judged_linked),
        *_in_percent(found.recall, fewer),
    )


def _in_percent(estimate: Estimate | None, judged: int) -> tuple[Statistic, ...]:
    if estimate is None:
        return (Statistic(None, judged, "%"),) * 3
    shares = (estimate.share, *estimate.interval)
    return tuple(Statistic(100 * share, judged, "%") for share in shares)


def _caveats(reader: Reader) -> TableFinding:
    """Return the doubts by name, and after them what the two sources tell differently."""
    differ = [conflict.id for conflict in CONFLICTS]
    found = sorted(reader.rows("caveats"), key=lambda row: row["name"] in differ)
    rows = [Row((row["name"],), (Count(row["records"]),)) for row in found]
    return reader.table(
        "caveats", "Records that are doubtful in one named way", unit="records",
        dimensions=("Doubt",), columns=("Records",), rows=rows,
        method="Counted when the files were read and joined.", period=reader.observed,
    )  # fmt: skip


def _signs(reader: Reader) -> TableFinding:
    found = {row["name"]: row for row in reader.rows("signs")}
    rows = [
        Row((sign.label,), _sign(sign, found[sign.id]["seen"], found[sign.id]["records"],
                                 found[sign.id]["out_of"], found[sign.id]["detail"] or ""))
        for sign in SIGNS if sign.id in found
    ]  # fmt: skip
    return reader.table(
        "signs", "Signs that records are missing", unit="people or records",
        dimensions=("Sign",), columns=("Found", "Among", "Where"), rows=rows,
        method="Looked for in every table that was given. A sign is a reason to ask, not a proof.",
        period=reader.observed,
    )  # fmt: skip


def _sign(sign: Sign, seen: bool, records: int, out_of: int, detail: str) -> tuple[Cell, ...]:
    """Return a sign's cells: a count only where it was seen, and no words that would tell of one.

    A hidden count then says neither that a sign was seen rarely nor that it was not.
    """
    if sign.counted:
        return Count(records if seen else 0), Count(out_of), Text("")
    return (
        Text(SEEN if seen else NOT_SEEN),
        Text(""),
        Text(detail.replace("_", " ") if seen else ""),
    )


def _impossible(reader: Reader) -> TableFinding:
    found = {row["kind"]: row["records"] for row in reader.rows("impossible")}
    rows = [Row((fact.label,), (Count(found[fact.id]),)) for fact in FACTS if fact.id in found]
    return reader.table(
        "impossible", "Facts that cannot be", unit="people", dimensions=("Fact",),
        columns=("People",), rows=rows,
        method="Used as they stand, never mended; the authority has the list.",
        period=reader.observed,
    )  # fmt: skip


def _trend(reader: Reader) -> TableFinding:
    found: dict[int, dict[str, int]] = {}
    for row in reader.rows("trend"):
        found.setdefault(row["year"], {})[row["series"]] = row["rows"]
    rows = [
        Row((year_words(year),), tuple(Count(counts.get(series, 0)) for series in SERIES))
        for year, counts in sorted(found.items())
    ]
    return reader.table(
        "trend", "What the records hold, year by year", unit="records",
        dimensions=("Year from 1 April",), columns=tuple(SERIES.values()), rows=rows,
        method="By the day something began or ended; rows of a return by the year it is for.",
        period=reader.observed,
        caveats=("The first years and the last one may be incomplete.",),
    )  # fmt: skip

"""Who the women are: tiers, headline, flow, age and ethnic group."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from casescope.findings.finding import Count, Ratio, Row, Sum, TableFinding, Text
from casescope.findings.reader import Reader, Records
from casescope.kernel.codes import REMOVAL_COUNTS, TIERS

_WHO = {
    "T1": "Two or more children removed, none in her care",
    "T2": "Two or more children removed, a child in her care or pregnant",
    "T3": "One child removed",
    "T4": "Care-experienced, no removal, a child on a plan or in proceedings",
}
_UPPER = "T1 at most"
_T1, _NUMBER = ("T1", _UPPER), ("Number", "At most")
"""The first is part of the second, as column or row."""
_UNKNOWN = "T1, and women in T2 only because nobody knows where a child lives"
AGE_BANDS = ("Under 20", "20–24", "25–29", "30–34", "35–39", "40 and over")
ETHNIC_GROUPS = ("White", "Mixed", "Asian", "Black", "Other", "Not recorded")
_COUNTS_SAID = (
    "Broad counts all removals, strict those under a court or emergency status, wide adds children "
    "placed elsewhere by an order without a period of care."
)
_TIERS_TITLE = "Women in each tier under three counts of removals"
_TIER_METHOD = "Published criteria applied to each woman’s records; no score of any kind is used."

_Tier = tuple[str, str]


class Cohort:
    """The tiers' counts by count of removals and tier, read once and used by several tables."""

    def __init__(self, reader: Records) -> None:
        self.reader = reader
        self.found: dict[_Tier, dict[str, Any]] = {
            (row["removals"], row["tier"]): row for row in reader.rows("tiers")
        }

    def number(self, what: str, tier: str, removals: str = "broad") -> int:
        """Return one number of one tier; 0 where no woman is in it."""
        return int(self.found.get((removals, tier), {}).get(what, 0))

    def t1_at_most(self, removals: str = "broad") -> int:
        """Return T1 plus those in T2 only because of unknown care."""
        return self.number("women", "T1", removals) + self.number("only_unknown", "T2", removals)

    def t1_children_at_most(self) -> int:
        """Return the removed children of the women in T1 at most."""
        return self.number("removed_children", "T1") + self.number("only_unknown_children", "T2")

    def t1_by_events_at_most(self) -> tuple[int, int]:
        """Return how many of the women in T1 at most have two or more events, and how many one."""
        repeat = self.number("with_repeat", "T1") + self.number("only_unknown_with_repeat", "T2")
        return repeat, self.t1_at_most() - repeat


def tables(reader: Reader) -> list[TableFinding]:
    """Return every table about who the women are."""
    cohort = Cohort(reader)
    return [
        _headline(cohort, reader.lookback),
        tiers(cohort),
        tiers_by_events(cohort),
        _flow(reader),
        by_band(reader, "ages", "Women in tiers 1 to 3 by age", "Age", AGE_BANDS),
        by_band(reader, "ethnicity", "Women in tiers 1 to 3 by ethnic group", "Ethnic group",
                 ETHNIC_GROUPS),
    ]  # fmt: skip


def _headline(cohort: Cohort, lookback: str) -> TableFinding:
    t1, t1_children = cohort.number("women", "T1"), cohort.number("removed_children", "T1")
    t2_children = cohort.number("removed_children", "T2")
    none = Text("")
    t1_most, t1_children_most = cohort.t1_at_most(), cohort.t1_children_at_most()
    at_risk = Sum((cohort.number("women", "T3"), cohort.number("women", "T4")))
    repeat = sum(row["women_with_repeat"] for row in cohort.reader.rows("events")
                 if row["removals"] == "broad")  # fmt: skip
    rows = [
        Row(("Women in T1",), (Count(t1), Count(t1_most))),
        Row(("Women at risk (T3 and T4)",), (at_risk, none)),
        Row(("Children removed from women in T1",),
            (Count(t1_children), Count(t1_children_most))),
        Row(("Children removed from women in T1 and T2",),
            (Count(t1_children + t2_children), none)),
        Row(("Children removed for each woman in T1",),
            (Ratio(t1_children, t1), none)),  # of more women it may be less
        Row(("Women with a repeat removal",), (Count(repeat), none)),
    ]  # fmt: skip
    return cohort.reader.table(
        "headline", "Women whose children were removed, in brief", unit="women or children",
        dimensions=("Measure",), columns=("Number", "At most"), rows=rows, nested=(_NUMBER,),
        method=_TIER_METHOD + " Broad count of removals.", period=lookback,
        caveats=("'At most' adds women who are in T2 only because nobody knows where a child of "
                 "theirs lives now.",
                 "A repeat removal is a later event with a child who was in no earlier one, at "
                 "any time in the records."),
    )  # fmt: skip


def tiers(cohort: Cohort, counts: tuple[str, ...] = REMOVAL_COUNTS) -> TableFinding:
    """Return the women in each tier under these counts of removals."""
    rows = [
        Row((tier, _WHO[tier]),
            tuple(Count(cohort.number("women", tier, removals)) for removals in counts))
        for tier in TIERS
    ]  # fmt: skip
    upper = tuple(Count(cohort.t1_at_most(removals)) for removals in counts)
    return cohort.reader.table(
        "tiers", _TIERS_TITLE if len(counts) > 1 else "Women in each tier", unit="women",
        dimensions=("Tier", "Who"), columns=tuple(map(str.capitalize, counts)),
        rows=[*rows, Row((_UPPER, _UNKNOWN), upper)],
        method=_TIER_METHOD, period=cohort.reader.as_at, nested=(_T1,),
        caveats=(_COUNTS_SAID,) if len(counts) > 1 else (),
    )  # fmt: skip


def tiers_by_events(cohort: Cohort) -> TableFinding:
    """Return women in T1 and T2 by whether they had one removal event or more."""
    rows = []
    for tier in ("T1", "T2"):
        women, repeat = cohort.number("women", tier), cohort.number("with_repeat", tier)
        rows.append(Row((tier,), (Count(repeat), Count(women - repeat))))
    rows.append(Row((_UPPER,), tuple(map(Count, cohort.t1_by_events_at_most()))))
    columns = ("Two or more events", "One event")
    return cohort.reader.table(
        "tiers_by_events", "Women by number of removal events", unit="women",
        dimensions=("Tier",), columns=columns, rows=rows,
        method="Events that each hold a child who was in no earlier event; broad count.",
        period=cohort.reader.as_at, parts=columns, nested=(_T1,),
        caveats=("Research counts events; programmes count children.",
                 "Women in T3 and T4 have at most one such event by definition."),
    )  # fmt: skip


def _flow(reader: Reader) -> TableFinding:
    rows = [Row((row["name"], row["kind"]), (Count(row["women"]),)) for row in reader.rows("flow")]
    return reader.table(
        "flow", "From all person records to each tier", unit="women",
        dimensions=("Line", "Kind"), columns=("Women",), rows=rows, flow=True,
        method="Every woman leaves the diagram at one line only, for the first reason that holds.",
        period=reader.as_at,
        caveats=("The first lines count person records; a woman may have several.",
                 "Lines of women left add up the figures shown below them."),
    )  # fmt: skip


def by_band(
    reader: Records,
    finding_id: str,
    title: str,
    dimension: str,
    bands: tuple[str, ...],
    band_of: Callable[[str], str] = str,
) -> TableFinding:
    """Return women in T1 to T3 by band; `band_of` says in which band a value is counted."""
    found: Counter[tuple[str, str]] = Counter()
    for row in reader.rows(finding_id):
        band = band_of(row["band"])
        found[band, row["tier"]] += row["women"]
        found[band, _UPPER] += row["women"] if row["tier"] == "T1" else row["only_unknown"]
    tiers = ("T1", _UPPER, "T2", "T3")
    rows = with_total(bands, len(tiers), lambda band, column: found[band, tiers[column]])
    return reader.table(
        finding_id, title, unit="women", dimensions=(dimension,), columns=tiers, rows=rows,
        method="Broad count of removals.", period=reader.as_at, nested=(_T1,),
    )  # fmt: skip


def with_total(
    labels: tuple[str, ...], columns: int, number: Callable[[str, int], int]
) -> list[Row]:
    """Return a row of counts for each label, and the total row that sums them."""
    grid = [[number(label, column) for column in range(columns)] for label in labels]
    rows = [
        Row((label,), tuple(Count(n) for n in line))
        for label, line in zip(labels, grid, strict=True)
    ]
    totals = tuple(Count(sum(line[column] for line in grid)) for column in range(columns))
    return [*rows, Row(("Total",), totals, total=True)]

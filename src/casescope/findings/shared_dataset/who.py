"""Who the women of a shared dataset are: tier, age, ethnic group, area, and how they stand now."""

from collections import Counter
from collections.abc import Callable

from casescope.dataset.sharing.schema import NO_TIER
from casescope.findings import cohort, equality
from casescope.findings.cohort import Cohort
from casescope.findings.finding import Count, Row, Sum, TableFinding, Text
from casescope.findings.shared_dataset import domains
from casescope.findings.shared_dataset.reader import SharedReader

IN_NO_TIER = "In no tier"
IN_HER_CARE = {"no": "No child", "recorded": "A child", "unknown": "Not known"}
PREGNANT = {True: "Pregnant", False: "Not recorded as pregnant"}
CARE_EXPERIENCED = {True: "Recorded", False: "Not recorded"}

_METHOD = "Tiers as the authority assigned them, broad count of removals."
_REPEATS = "Women in T1 and T2 with a repeat removal"


def tables(reader: SharedReader) -> list[TableFinding]:
    """Return every table about who the women are that the steps allow."""
    found = Cohort(reader)
    return [
        _headline(found),
        cohort.tiers(found, ("broad",)),
        cohort.tiers_by_events(found),
        *_banded(reader, "ages", "age", "Age", domains.ages),
        *_banded(reader, "ethnicity", "ethnicity", "Ethnic group", domains.ethnic_groups),
        equality.disability(reader),
        *([equality.areas(reader)] if _is_told(reader, "area") else []),
        *_standing(reader),
    ]


def _is_told(reader: SharedReader, column: str) -> bool:
    return reader.steps[column] == 0


def _headline(found: Cohort) -> TableFinding:
    at_risk = Sum((found.number("women", "T3"), found.number("women", "T4")))
    none = Text("")
    rows = [
        Row(("Women in T1",), (Count(found.number("women", "T1")), Count(found.t1_at_most()))),
        Row(("Women at risk (T3 and T4)",), (at_risk, none)),
    ]  # fmt: skip
    return found.reader.table(
        "headline", "Women whose children were removed, in brief", unit="women",
        dimensions=("Measure",), columns=("Number", "At most"), rows=rows,
        nested=(("Number", "At most"),), method=_METHOD, period=found.reader.as_at,
        caveats=("'At most' adds women who are in T2 only because nobody knows where a child of "
                 "theirs lives now.",
                 "Children are not added up: they are told up to a top band only."),
    )  # fmt: skip


_TITLES = {"ages": "age", "ethnicity": "ethnic group"}


def _banded(
    reader: SharedReader,
    finding: str,
    column: str,
    dimension: str,
    domain: Callable[..., tuple[str, ...]],
) -> list[TableFinding]:
    """Return women in T1 to T3 by the bands of the column's step; nothing where it is withheld."""
    step = reader.step(column)
    if step.label == "withheld":
        return []
    title = f"Women in tiers 1 to 3 by {_TITLES[finding]}"
    told = {row["band"] for row in reader.rows(finding)}
    # an age that is not known is in no tier but T4; so there is no such line unless it is needed
    bands = tuple(band for band in domain(step) if band in told or band != "not known")
    return [cohort.by_band(reader, finding, title, dimension, tuple(map(_upper, bands)), _upper)]


def _upper(band: str) -> str:
    return band[:1].upper() + band[1:]


def _standing(reader: SharedReader) -> list[TableFinding]:
    return [
        _by_tier(reader, "in_her_care", "Women by whether a child is in their care now",
                 IN_HER_CARE, ("T2", "T3", "T4"),
                 "Nobody in T1 has a child in her care, or is pregnant, by definition."),
        _by_tier(reader, "pregnant", "Women by whether they are pregnant", PREGNANT,
                 ("T2", "T3", "T4"),
                 "An unborn child is recorded, expected on or after the reference date."),
        _by_tier(reader, "care_experienced", "Women by whether they were in care as children",
                 CARE_EXPERIENCED, ("T1", "T2", "T3"),
                 "Not recorded is not no. Everybody in T4 was in care, by definition."),
    ]  # fmt: skip


def _by_tier(
    reader: SharedReader,
    column: str,
    title: str,
    words: dict[str, str] | dict[bool, str],
    tiers: tuple[str, ...],
    caveat: str,
) -> TableFinding:
    counts: Counter[tuple[str, object]] = Counter()
    for row in reader.rows("standing"):
        counts[row["tier"], row[column]] += row["women"]
    lines = (*tiers, NO_TIER) if reader.everyone else tiers
    rows = [
        Row((IN_NO_TIER if tier == NO_TIER else tier,),
            tuple(Count(counts[tier, value]) for value in words))
        for tier in lines
    ]  # fmt: skip
    columns = tuple(words.values())
    return reader.table(
        f"shared_{column}", title, unit="women", dimensions=("Tier",), columns=columns, rows=rows,
        parts=columns, method=_METHOD, period=reader.as_at, caveats=(caveat,),
    )  # fmt: skip

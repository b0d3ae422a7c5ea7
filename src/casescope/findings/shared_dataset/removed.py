"""What happened to the women with a removed child: how many, when first, how soon again, how long.

Times are told in bands, so there are counts here and no curve.
"""

from collections import Counter
from collections.abc import Iterable

from casescope.dataset.schema import ENDINGS
from casescope.dataset.sharing.quasi import NO_REMOVAL
from casescope.findings.cohort import with_total
from casescope.findings.finding import Count, Row, TableFinding
from casescope.findings.shared_dataset import domains
from casescope.findings.shared_dataset.reader import SharedReader

ENDED = {
    "event": "A further removal event",
    "died": "Her death",
    "age_limit": "The age at which following stops",
    "left": "She left the area",
    "end_of_extract": "The reference date",
    NO_REMOVAL: "Not followed",
}
FURTHER = {"none": "None", "1 or more": "1 or more", "1": "1", "2 or more": "2 or more"}
_METHOD = "Women with a removed child, broad count of removals, each in one line."
_COHORT_ALONE = "Of women in a tier alone: the package tells of nobody else."
_YEARS = ("Under 1 year", "1 year", "2 years", "3 years", "4 years", "5 years or more")
_DAYS_A_YEAR = 365.25


def tables(reader: SharedReader) -> list[TableFinding]:
    """Return every table about removals that the steps allow."""
    found = reader.rows("removed")
    return [
        _children(reader, found),
        _again(reader, found),
        *_intervals(reader, found),
        *_periods(reader, found),
        *_followed(reader, found),
        _endings(reader, found),
        *_child_ages(reader),
    ]


def _caveats(reader: SharedReader, *more: str) -> tuple[str, ...]:
    return more if reader.everyone else (*more, _COHORT_ALONE)


def _lines(
    reader: SharedReader,
    name: str,
    title: str,
    dimension: str,
    found: Iterable[tuple[str, int]],
    labels: tuple[str, ...],
    *caveats: str,
) -> TableFinding:
    """Return a table of one column of women, each in one line, with a total."""
    counts: Counter[str] = Counter()
    for label, women in found:
        counts[label] += women
    rows = with_total(labels, 1, lambda label, _: counts[label])
    return reader.table(
        f"shared_{name}", title, unit="women", dimensions=(dimension,), columns=("Women",),
        rows=rows, method=_METHOD, period=reader.as_at, caveats=_caveats(reader, *caveats),
    )  # fmt: skip


def _children(reader: SharedReader, found: list[dict[str, object]]) -> TableFinding:
    return _lines(
        reader, "children", "Women by number of children removed", "Children removed",
        _pairs(found, "children"), domains.children(reader.step("children")),
    )  # fmt: skip


def further(told: str) -> str:
    """Return how many further events `intervals` tells, at whatever step it tells them."""
    if told in FURTHER:
        return FURTHER[told]
    first = told.split(", first")[0]
    return FURTHER.get(first) or ("2 or more" if "," in told else "1")


def _again(reader: SharedReader, found: list[dict[str, object]]) -> TableFinding:
    some = reader.step("intervals").label == "any"
    labels = ("None", "1 or more") if some else ("None", "1", "2 or more")
    pairs = [(further(told), women) for told, women in _pairs(found, "intervals")]
    return _lines(
        reader, "further_events", "Women by further removal events with a new child",
        "Further events", pairs, labels,
    )  # fmt: skip


def _intervals(reader: SharedReader, found: list[dict[str, object]]) -> list[TableFinding]:
    """Return the intervals themselves where they are told in years or finer, or in two bands."""
    step = reader.steps["intervals"]
    if step > 3:
        return []
    labels = _YEARS if step < 3 else ("Under 2 years", "2 years or more")
    counts: Counter[str] = Counter()
    basis: Counter[str] = Counter()
    for told, women in _pairs(found, "intervals"):
        bands = [interval_band(one) for one in told.split(", ") if told not in FURTHER]
        counts.update({band: women * number for band, number in Counter(bands).items()})
        basis.update(dict.fromkeys(bands, women))
    rows = [Row((label,), (Count(counts[label], basis[label]),)) for label in labels]
    return [reader.table(
        "shared_intervals", "Time from one removal event to the next", unit="intervals",
        dimensions=("Time",), columns=("Intervals",), rows=rows,
        method="Up to three intervals of each woman, between events with a new child.",
        period=reader.as_at, caveats=_caveats(reader),
    )]  # fmt: skip


def interval_band(told: str) -> str:
    """Return the band of years of one interval, told in days, months, years or two bands."""
    if told.endswith(" days"):
        years = int(int(told.removesuffix(" days")) // _DAYS_A_YEAR)
    elif told.endswith(" months"):
        years = int(told.split("–")[0]) // 12
    else:
        return told[:1].upper() + told[1:]
    return _YEARS[min(years, 5)]


def _periods(reader: SharedReader, found: list[dict[str, object]]) -> list[TableFinding]:
    step = reader.step("index_period")
    if step.label == "withheld" or "reference_period" not in reader.about:
        return []
    labels = domains.periods(step, reader.about["reference_period"])
    years = tuple(dict.fromkeys(map(_year, labels)))
    return [_lines(
        reader, "index_period", "Women by when their first removal event was", "First event",
        [(_year(told), women) for told, women in _pairs(found, "index_period")], years,
    )]  # fmt: skip


def _year(period: str) -> str:
    """Return the year of a quarter; a longer period stays as it is."""
    return period.split(" quarter ")[0].capitalize()


def _followed(reader: SharedReader, found: list[dict[str, object]]) -> list[TableFinding]:
    step = reader.step("followed")
    if step.label == "withheld":
        return []
    labels = tuple(map(_upper, domains.followed(step)))
    return [_lines(
        reader, "followed", "Women by how long they were followed after the first event",
        "Followed", [(_upper(told), women) for told, women in _pairs(found, "followed")], labels,
    )]  # fmt: skip


def _endings(reader: SharedReader, found: list[dict[str, object]]) -> TableFinding:
    pairs = [(ENDED[told], women) for told, women in _pairs(found, "ending")]
    return _lines(
        reader, "endings", "Women by what ended following them after the first event", "Ended by",
        pairs, tuple(ENDED[one] for one in (*ENDINGS, NO_REMOVAL)),
        "Not followed: she had died, or passed that age, by the first event.",
    )  # fmt: skip


def _child_ages(reader: SharedReader) -> list[TableFinding]:
    step = reader.step("child_ages")
    rows = reader.rows("child_ages")
    told = [(row["child_ages"], row["women"]) for row in rows]
    if step.label.startswith("each"):
        return [_each_child(reader, told)]
    if step.label == "which groups":
        return [_ever_removed(reader, told)]
    if step.label == "any under 1":
        labels = ("One under 1", "None under 1")
        return [_lines(reader, "child_under_1", "Women by whether a child was removed under 1",
                       "Youngest removed", [(_upper(one), women) for one, women in told],
                       labels)]  # fmt: skip
    return []


def _each_child(reader: SharedReader, told: list[tuple[str, int]]) -> TableFinding:
    counts, basis = _by_age(told, each=True)
    labels = _groups(reader)
    return reader.table(
        "shared_child_ages", "Removed children by age at first removal", unit="children",
        dimensions=("Age at first removal",), columns=("Children",),
        rows=[Row((label,), (Count(counts[label], basis[label]),)) for label in labels],
        method="The five youngest removed children of each woman, broad count of removals.",
        period=reader.as_at, caveats=_caveats(reader),
    )  # fmt: skip


def _ever_removed(reader: SharedReader, told: list[tuple[str, int]]) -> TableFinding:
    counts, _ = _by_age(told, each=False)
    return reader.table(
        "shared_child_age_groups", "Women by ages at which a child of theirs was removed",
        unit="women", dimensions=("Age at first removal",), columns=("Women",),
        rows=[Row((label,), (Count(counts[label]),)) for label in _groups(reader)],
        method="A woman is in every line that holds for one of her five youngest removed children.",
        period=reader.as_at, caveats=_caveats(reader),
    )  # fmt: skip


def _groups(reader: SharedReader) -> tuple[str, ...]:
    five = domains.child_ages()
    if reader.steps["child_ages"] == 0:
        return tuple(map(_upper, five))
    return ("Under 1", "1–4", "5 and over", "Not known")


def _by_age(told: list[tuple[str, int]], *, each: bool) -> tuple[Counter[str], Counter[str]]:
    """Return children (or women) by age, and the women behind them."""
    counts: Counter[str] = Counter()
    basis: Counter[str] = Counter()
    for said, women in told:
        ages = Counter(_upper(age) for age in said.split(", "))
        counts.update({age: women * (number if each else 1) for age, number in ages.items()})
        basis.update(dict.fromkeys(ages, women))
    return counts, basis


def _pairs(found: list[dict[str, object]], column: str) -> list[tuple[str, int]]:
    return [(str(row[column]), int(str(row["women"]))) for row in found]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]

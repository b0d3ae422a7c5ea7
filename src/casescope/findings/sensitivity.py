"""How far the headlines move: one thing varied at a time, and both linkages beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casescope.dataset.schema import NOTHING_VARIED, VARIED
from casescope.findings.finding import Cell, Count, CurveFinding, Reading, Row, TableFinding
from casescope.findings.reader import Reader
from casescope.findings.recurrence import steps_of
from casescope.findings.survival import product_limit, value_at
from casescope.kernel.codes import LINKAGES, REMOVAL_COUNTS
from casescope.kernel.dates import DAYS_PER_YEAR

FIVE_YEARS = 5 * DAYS_PER_YEAR
COLUMNS = (
    "T1", "T1 at most", "T1 and T2", "T3", "Women with a repeat removal", "Repeat removals",
    "Further removal within 5 years",
)  # fmt: skip
LEAST, MOST = ("Range", "least of these rows"), ("Range", "most of these rows")
OWN = "This study"
_OF_A_ROW = 2
"""Parts of a curve's id that name linkage and count."""
WORDS = {
    "event_window_days": ("Event window", "{} days"),
    "gap_days": ("Gap within care", "{} days"),
    "route_window_days": ("Route window", "{} days"),
    "max_age_at_removal": ("Age limit of removals", "{}"),
    "lookback_years": ("Look-back", "{} years"),
    "washout_years": ("Washout", "{} years"),
    "age_min": ("Youngest age", "{}"),
    "age_max": ("Oldest age", "{}"),
    "least_days": ("Left out", "removals under {} days"),
    "without_need": ("Left out", "removals for CIN need {}"),
    "without_first_at": ("Left out", "first removals at {}"),
}
"""Each variation in words, and how its setting is said."""

_METHOD = (
    "Everything was worked out again with one thing changed and all else as the study has it; "
    "strict and lenient linkage are also crossed with the three counts."
)
_CAVEATS = (
    "The first row is the study’s own. A range says how far these choices move a figure; it does "
    "not say how likely any of them is, and missed links can move it further.",
    "Where a row’s figure is hidden, the range is of those that are shown.",
    "A removal without a period of care has no known length or need, so it stays where short "
    "removals or those for disability are left out.",
)


@dataclass(frozen=True)
class Key:
    """Which row of the grid: linkage, count, and the one thing that is varied, to what."""

    linkage: str
    removals: str
    varied: str = NOTHING_VARIED
    setting: str = ""

    @property
    def curve(self) -> str:
        """Return the id of the curve that its recurrence is read off."""
        parts = ("sensitivity", self.linkage, self.removals, self.varied, self.setting)
        return "_".join(part for part in parts if part)


def read_off(curve: str) -> Key | None:
    """Return the row of the grid whose recurrence is read off the curve with this id, if any."""
    kind, *parts = curve.split("_", 3)
    if kind != "sensitivity" or len(parts) < _OF_A_ROW:
        return None
    linkage, removals, *more = parts
    if not more:
        return Key(linkage, removals)
    found = (name for name in VARIED if more[0].startswith(f"{name}_"))
    return next(
        (Key(linkage, removals, name, more[0].removeprefix(f"{name}_")) for name in found), None
    )


def own_name(key: Key, linkage: str) -> str:
    """Return how a choice is told from the study's own, where `linkage` leads; empty for these."""
    if key.varied != NOTHING_VARIED:
        return f"{WORDS[key.varied][0]}: {said_of(key.varied, key.setting)}"
    return "" if key.linkage == linkage else f"{key.linkage.capitalize()} linkage"


_Rows = Mapping[Key, Mapping[str, Any]]


def measures(reader: Reader) -> tuple[list[TableFinding], list[CurveFinding]]:
    """Return the sensitivity table and the headlines by linkage, with the curves they read off."""
    rows = {_key(row): row for row in reader.rows("sensitivity")}
    curves = {curve.id: curve for curve in _curves(reader, rows)}
    tables = [_by_linkage(reader, rows, curves), _table(reader, rows, curves)]
    read = {cell.curve for table in tables for row in table.rows for cell in row.cells
            if isinstance(cell, Reading)}  # fmt: skip
    return tables, [curve for name, curve in curves.items() if name in read]


def _key(row: Mapping[str, Any]) -> Key:
    return Key(row["linkage"], row["removals"], row["varied"], row["setting"])


def _curves(reader: Reader, rows: _Rows) -> list[CurveFinding]:
    spells: dict[Key, list[dict[str, Any]]] = {key: [] for key in rows if rows[key]["recurs"]}
    for spell in reader.rows("sensitivity_spells"):
        spells[_key(spell)].append(spell)
    return [_curve(reader, key, found) for key, found in spells.items()]


def _curve(reader: Reader, key: Key, spells: list[dict[str, Any]]) -> CurveFinding:
    points = product_limit(steps_of(spells))
    return CurveFinding(
        key.curve, "Women with a further removal, to five years", "women", points,
        women=sum(point.events + point.censored for point in points),
        events=sum(point.events for point in points),
        method=_METHOD, source=reader.source, period=reader.observed, inner=True,
    )  # fmt: skip


def _cells(key: Key, rows: _Rows, curves: Mapping[str, CurveFinding]) -> tuple[Cell, ...]:
    row = rows[key]
    curve = key.curve if key.curve in curves else Key(key.linkage, key.removals).curve
    return (
        Count(row["t1"]), Count(row["t1"] + row["t2_only_unknown"]), Count(row["t1"] + row["t2"]),
        Count(row["t3"]), Count(row["repeat_women"]), Count(row["repeat_events"]),
        Reading(curve, day=FIVE_YEARS),
    )  # fmt: skip


def _table(reader: Reader, rows: _Rows, curves: Mapping[str, CurveFinding]) -> TableFinding:
    own = Key(reader.linkage, "broad")
    listed = [Row(labels, _cells(key, rows, curves)) for labels, key in _listed(own, rows)]
    if listed:
        listed += [Row(LEAST, _ends(listed, curves, most=False), end="least"),
                   Row(MOST, _ends(listed, curves, most=True), end="most")]  # fmt: skip
    return reader.table(
        "sensitivity", "How far the headlines move with other choices",
        unit="women or removals", dimensions=("What is changed", "To"), columns=COLUMNS,
        rows=listed, method=_METHOD, period=reader.observed, caveats=_CAVEATS,
    )  # fmt: skip


def _listed(own: Key, rows: _Rows) -> list[tuple[tuple[str, str], Key]]:
    """Return labels and key of each row: the study's own, linkage and count, then each choice."""
    if own not in rows:
        return []
    listed = [((OWN, f"{own.linkage} linkage, {own.removals} count"), own)]
    for linkage in sorted(LINKAGES, key=lambda name: name != own.linkage):
        for removals in REMOVAL_COUNTS:
            key = Key(linkage, removals)
            if key != own and key in rows:
                listed.append((("Linkage and count", f"{linkage} linkage, {removals} count"), key))
    for varied in VARIED[1:]:
        name = WORDS[varied][0]
        settings = [key.setting for key in rows if _is_of(key, own, varied)]
        for setting in sorted(settings, key=_size):
            listed.append(((name, said_of(varied, setting)),
                           Key(own.linkage, own.removals, varied, setting)))  # fmt: skip
    return listed


def said_of(varied: str, setting: str) -> str:
    """Return how a setting is said: of days and years, one has no s."""
    said = WORDS[varied][1]
    return (said.removesuffix("s") if setting == "1" else said).format(setting)


def _is_of(key: Key, own: Key, varied: str) -> bool:
    return (key.linkage, key.removals, key.varied) == (own.linkage, own.removals, varied)


def _size(setting: str) -> tuple[int, str]:
    return (int(setting), "") if setting.isdecimal() else (0, setting)


def _ends(rows: list[Row], curves: Mapping[str, CurveFinding], *, most: bool) -> tuple[Cell, ...]:
    """Return for each column the row's cell that is least, or most; a share nobody reached none."""
    chosen = []
    for column in range(len(COLUMNS)):
        known = [(value, place) for place, row in enumerate(rows)
                 if (value := _value(row.cells[column], curves)) is not None]  # fmt: skip
        if not known:
            chosen.append(rows[0].cells[column])
            continue
        value = (max if most else min)(value for value, _ in known)
        chosen.append(rows[next(place for one, place in known if one == value)].cells[column])
    return tuple(chosen)


def _value(cell: Cell, curves: Mapping[str, CurveFinding]) -> float | None:
    if isinstance(cell, Reading):
        found = value_at(curves[cell.curve].points, cell.day)
        return found and found.estimate
    return float(cell.n) if isinstance(cell, Count) else None


def _by_linkage(reader: Reader, rows: _Rows, curves: Mapping[str, CurveFinding]) -> TableFinding:
    """Return every headline under the linkage that leads and, beside it, under the other."""
    linkages = sorted(LINKAGES, key=lambda name: name != reader.linkage)
    keys = {linkage: Key(linkage, "broad") for linkage in linkages}
    listed = []
    if all(key in rows for key in keys.values()):
        cells = {linkage: _cells(key, rows, curves) for linkage, key in keys.items()}
        listed = [
            Row((name,), tuple(cells[linkage][place] for linkage in linkages))
            for place, name in enumerate(COLUMNS[:-1])
        ]
        listed += [
            Row((f"{COLUMNS[-1]}, {removals} count",),
                tuple(_cells(Key(linkage, removals), rows, curves)[-1] for linkage in linkages))
            for removals in ("broad", "strict")
        ]  # fmt: skip
    return reader.table(
        "headline_by_linkage", "The headlines under both linkages of women",
        unit="women or removals", dimensions=("Measure",),
        columns=tuple(f"{linkage.capitalize()} linkage" for linkage in linkages), rows=listed,
        method="Strict linkage joins records on declared identity only; lenient adds links that "
        "are probable.",
        period=reader.as_at,
        caveats=(f"The {reader.linkage} linkage leads in this study. Broad count but where said.",),
    )  # fmt: skip

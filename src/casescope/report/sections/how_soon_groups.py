"""How soon again for groups of women, and whether the groups differ by more than chance."""

from dataclasses import dataclass, replace

from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
from casescope.report.charts.kinds import Curve, CurvePanels
from casescope.report.document import Block, Figure, Paragraph, Section, Shelf
from casescope.report.figures import figure
from casescope.report.prose import in_words, plural
from casescope.report.reading import cell_of, curve_of, table_of, value_of
from casescope.report.sections.curves import curve_of_years
from casescope.report.tables import shown

_YEARS = (0, 3, 5, 7, 10)
_FEW_EVENTS = 30
"""With fewer events in a group its line is too uncertain to compare without a word of caution."""

_NOT_KNOWN = "Not known"

_CAUTION = (
    "Some of these groups are small. With few women in a group, chance alone moves its line a lot, "
    "and a difference that is there can go unseen."
)
_NOT_WHY = "Where groups differ, this does not say why, and it says nothing about any one woman."
_LINES = (
    "The dotted line is all women. A group’s line begins once enough of its women had a further "
    "removal to be shown."
)


@dataclass(frozen=True)
class Division:
    """What the women are divided by, in the ids of its findings and in the words of the report."""

    name: str
    compared: str
    groups: str
    differ: str
    alike: str
    untold: str


AGE = Division(
    "age", "Age at first event", "the age groups", "Age groups differ by more than chance",
    "Differences between age groups could be chance", "Further removals over time, by age",
)  # fmt: skip
NEWBORN = Division(
    "index_newborn", "Children of first event", "the two groups",
    "After newborns and older children: more than chance",
    "After newborns and older children: it could be chance",
    "Further removals over time, after newborns and others",
)  # fmt: skip
DECADE = Division(
    "decade", "Decade of first event", "the decades", "Decades differ by more than chance",
    "Differences between decades could be chance", "Further removals over time, by decade",
)  # fmt: skip


def by_children(released: Released) -> Section:
    """Return the section on women with and without a newborn in the first event."""
    return Section("by-newborn", "By whether a newborn was removed first",
                   blocks=blocks(released, NEWBORN))  # fmt: skip


def by_decade(released: Released) -> Section:
    """Return the section on the decades of first events, and the table of all comparisons."""
    compared = table_of(released, "recurrence_compared")
    return Section(
        "by-decade",
        "By the decade of her first removal",
        blocks=Shelf()
        .put(*blocks(released, DECADE), shown(compared, folded=True) if compared else None)
        .all(),
    )


def blocks(released: Released, division: Division) -> tuple[Block, ...]:
    """Return what is said of one division: the comparison in words, then a panel for each group."""
    table = table_of(released, f"recurrence_{division.name}_at")
    if table is None:
        return ()
    chance = chance_of(released, division)
    panels = _panels(released, division, table, title(division, chance))
    lines = f" {_LINES}" if isinstance(panels, Figure) else ""
    return (
        Shelf()
        .put(
            Paragraph(verdict(division, chance)),
            Paragraph(_CAUTION) if _is_small(table) else None,
            Paragraph(f"{_NOT_WHY}{lines}"),
            panels,
        )
        .all()
    )


def chance_of(released: Released, division: Division) -> ReleasedCell | None:
    """Return how often chance alone makes as great a difference between the groups."""
    compared = table_of(released, "recurrence_compared")
    return cell_of(compared, "Chance makes as much", division.compared)


def is_more_than_chance(chance: ReleasedCell | None) -> bool:
    """Say whether the test says that the groups differ; not where a group is too small for it."""
    value = value_of(chance)
    return value is not None and value < 1


def title(division: Division, chance: ReleasedCell | None) -> str:
    """Return whether the groups differ; no finding where that is not shown."""
    if value_of(chance) is None:
        return division.untold
    return division.differ if is_more_than_chance(chance) else division.alike


def verdict(division: Division, chance: ReleasedCell | None) -> str:
    """Return the log-rank test in plain words."""
    if chance is None or value_of(chance) is None:
        return f"At least one group is too small to say whether {division.groups} differ."
    how_often = f"chance alone would make as much in {chance.shown} such studies (log-rank test)."
    if is_more_than_chance(chance):
        return (f"The difference between {division.groups} is larger than chance would usually "
                f"make: {how_often}")  # fmt: skip
    return f"The difference between {division.groups} could be chance: {how_often}"


def _is_small(table: ReleasedTable) -> bool:
    events = [cell_of(table, "With a next event", *row.labels) for row in table.rows
              if row.labels[0] != _NOT_KNOWN]  # fmt: skip
    return any((value_of(cell) or 0) < _FEW_EVENTS for cell in events)


def _panels(released: Released, division: Division, table: ReleasedTable, title: str) -> Block:
    prefix = f"recurrence_{division.name}_"
    found = [curve for curve in released.curves if curve.id.startswith(prefix)]
    groups = [_begun(curve_of_years(curve, row.labels[0], _YEARS))
              for row, curve in zip(table.rows, found, strict=False)]  # fmt: skip
    drawn = tuple(curve for curve in groups if curve.points or curve.label != _NOT_KNOWN)
    if all(curve.label == _NOT_KNOWN for curve in drawn if curve.points):
        return shown(table)
    whole = curve_of(released, "recurrence_broad")
    everybody = curve_of_years(whole, "All women", _YEARS) if whole else None
    return figure(table, title, _alt(table, drawn), CurvePanels(_YEARS, drawn, everybody))


def _begun(curve: Curve) -> Curve:
    """Return the curve from its first step on: before it, events were too few to show, not none."""
    return replace(curve, points=tuple(point for point in curve.points if point.estimate > 0))


def _alt(table: ReleasedTable, drawn: tuple[Curve, ...]) -> str:
    """Return the panels in words: each group's share by 5 years, and how many are hidden."""
    said = [f"{curve.label}, {cell.shown}" for curve in drawn
            if (cell := cell_of(table, "By 5 years", curve.label)) and not cell.hidden]  # fmt: skip
    hidden = sum(not curve.points for curve in drawn)
    count = len(drawn) - hidden
    curves = plural(count, "rising curve, of one group", "rising curves, one for each group")
    parts = [f"{in_words(count).capitalize()} {curves}."]
    if said:
        parts.append(f"By 5 years: {'; '.join(said)}.")
    if hidden:
        parts.append(f"{in_words(hidden).capitalize()} {plural(hidden, 'group is', 'groups are')} "
                     "not shown.")  # fmt: skip
    return " ".join(parts)

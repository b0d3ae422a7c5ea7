"""Newborns: how many repeat removals hold one, and how soon the next newborn is removed."""

from casescope.disclosure.released import Released, ReleasedTable
from casescope.report.charts.kinds import Curves
from casescope.report.document import Block, Paragraph, Section, Shelf
from casescope.report.figures import figure
from casescope.report.prose import listed
from casescope.report.reading import cell_of, curve_of, table_of, value_of
from casescope.report.sections.curves import curve_of_years
from casescope.report.tables import shown

_YEARS = (0, 1, 3, 5, 7, 10)
SHARE = "Share with a child under 28 days"
_PUBLISHED = (
    "A study of family court records in England found that 60% of repeat proceedings involved a "
    "child under four weeks old (Broadhurst and others 2017, as reported by the Nuffield "
    "Foundation and Family Law Week). It counted proceedings, not removals, and took the child’s "
    "age in the proceedings. So compare it with the strict count only, and expect a difference."
)
_HOW = (
    "The chart follows the same women to the next removal of a newborn (a child under 28 days "
    "old), whatever other removals came before it. The upper line is the next removal of any other "
    "child, as above. Both are of the broad count."
)


def section(released: Released) -> Section:
    """Return the section on newborns."""
    share, at = table_of(released, "repeat_newborns"), table_of(released, "recurrence_newborn_at")
    return Section(
        id="newborns",
        title="Removals of newborns",
        blocks=Shelf()
        .put(
            Paragraph(said) if (said := share_said(share)) else None,
            Paragraph(_PUBLISHED),
            shown(share) if share else None,
            *(_next(released, at) if at else ()),
        )
        .all(),
    )


def share_said(table: ReleasedTable | None) -> str:
    """Return the share of repeat removals with a newborn, strict count; nothing if hidden."""
    cell = cell_of(table, SHARE, "Strict")
    if cell is None or cell.value is None or cell.hidden:
        return ""
    return (
        f"Of the removals that followed an earlier one and took another child, {cell.shown} "
        f"(likely range {cell.interval}) included a child under 28 days old (strict count)."
    )


def title_of(table: ReleasedTable) -> str:
    """Return the title: the broad share by the latest year, 5 at most, that can be shown."""
    for year in ("5", "3", "1"):
        cell = cell_of(table, "Broad", year)
        if cell is not None and value_of(cell) is not None:
            return f"{cell.shown} had a newborn removed by year {year} (broad)"
    return "How soon a newborn is removed"


def _next(released: Released, table: ReleasedTable) -> tuple[Block, ...]:
    found = {"Any child": curve_of(released, "recurrence_broad"),
             "Newborn": curve_of(released, "recurrence_newborn_broad")}  # fmt: skip
    drawn = tuple(curve_of_years(curve, label, _YEARS) for label, curve in found.items()
                  if curve is not None and not curve.hidden)  # fmt: skip
    if len(drawn) < len(found):
        return (shown(table),)
    return Paragraph(_HOW), figure(table, title_of(table), _alt(table), Curves(_YEARS, drawn))


def _alt(table: ReleasedTable) -> str:
    known = [f"{cell.shown} by year {row.labels[0]}" for row in table.rows
             if (cell := cell_of(table, "Broad", *row.labels)) and not cell.hidden]  # fmt: skip
    said = f" Removal of a newborn, broad count: {listed(known)}." if known else ""
    return "Two rising curves: women with a further removal, of any child and of a newborn." + said

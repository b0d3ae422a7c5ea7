"""How soon again: time from a first removal to the next one with another child."""

from casescope.disclosure.released import Released, ReleasedCell, ReleasedCurve, ReleasedTable
from casescope.report.charts.kinds import Band, Curves, Intervals
from casescope.report.document import Block, Callout, Paragraph, Section, Shelf
from casescope.report.figures import bar_figure, bars_alt, bars_of, figure, most_of
from casescope.report.prose import interval, listed
from casescope.report.reading import cell_of, curve_of, table_of, value_of
from casescope.report.sections import how_soon_groups as groups
from casescope.report.sections import how_soon_newborns as newborns
from casescope.report.sections.curves import curve_of_years
from casescope.report.tables import shown

YEARS = (0, 1, 3, 5, 7, 10)
PUBLISHED = (
    Band("22%", 0.22, 0.22),  # 5 and 10 years: Bedston and others 2019, mothers, England
    Band("24–25%", 0.24, 0.25),  # 7 years: Broadhurst and others 2015 and 2017
    Band("29%", 0.29, 0.29),
)
PUBLISHED_YEARS = (5, 7, 10)
_YARDSTICKS = (
    "Studies of family court records in England found that 22% of mothers returned within 5 years, "
    "24% to 25% within 7 and 29% within 10 (Bedston and others 2019; Broadhurst and others 2015 "
    "and 2017). They counted returns to court proceedings, not removals. Not every set of "
    "proceedings ends in a removal, and they see all of England, while this study sees one "
    "authority. So compare them with the strict count only. If the strict count is far away, check "
    "the links between mothers and children first; don’t adjust the figure."
)
_HOW = (
    "The chart follows women from their first removal that we can see. It shows the share who had "
    "a further removal of another child by each point in time. Shaded bands are likely ranges. The "
    "numbers underneath say how many women were still followed: where few are left, read the line "
    "with care."
)


def section(released: Released) -> Section:
    """Return the section on recurrence."""
    at = table_of(released, "recurrence_at")
    drawn = [curve_of(released, f"recurrence_{count}") for count in ("strict", "broad")]
    curves = [curve for curve in drawn if curve is not None and not curve.hidden]
    return Section(
        id="how-soon",
        title=title_of(at),
        short="How soon again",
        blocks=Shelf()
        .put(
            Paragraph(_HOW) if curves else Paragraph("Too few women stand behind this measure to "
                                                     "show it."),
            curve_figure(at, curves) if at and curves else None,
            Paragraph(competing) if (competing := competing_said(at)) else None,
            Callout("Published figures to compare with", (Paragraph(_YARDSTICKS),)),
        )
        .all(),
        sections=(
            newborns.section(released),
            _by_age(released),
            groups.by_children(released),
            groups.by_decade(released),
            _intervals(released),
        ),
    )  # fmt: skip


def title_of(at: ReleasedTable | None) -> str:
    """Return the title: the strict share at the latest year, 5 at most, that can be shown."""
    for year in ("5", "3", "1"):
        cell = cell_of(at, "Strict", year)
        if cell is not None and value_of(cell) is not None:
            years = "year" if year == "1" else "years"
            return f"{cell.shown} had a further removal within {year} {years} (strict count)"
    return "How soon a further removal follows"


def said(at: ReleasedTable | None) -> str:
    """Return the title's share of whom, with its likely range; "" where none is shown."""
    for year in ("5", "3", "1"):
        cell = cell_of(at, "Strict", year)
        if cell is not None and value_of(cell) is not None:
            years = "year" if year == "1" else "years"
            told = ", ".join(filter(None, ("strict count", interval(cell))))
            return (f"Of all women whose first removal we saw, {cell.shown} had a further removal "
                    f"within {year} {years} ({told}).")  # fmt: skip
    return ""


def curve_figure(at: ReleasedTable, curves: list[ReleasedCurve]) -> Block:
    """Return the curves with the women still followed and the published figures."""
    drawn = tuple(curve_of_years(one, _name(one), YEARS) for one in curves)
    chart = Curves(YEARS, drawn, PUBLISHED, PUBLISHED_YEARS)
    return figure(at, curve_title(at), curve_alt(at), chart)


def curve_title(at: ReleasedTable) -> str:
    """Return the title: the strict share at 5 years and at the latest year that can be shown."""
    known = [(year, cell.shown) for year in ("1", "3", "5", "7", "10")
             if (cell := cell_of(at, "Strict", year)) and value_of(cell) is not None]  # fmt: skip
    early = next((pair for pair in known if pair[0] == "5"), known[0] if known else None)
    if early is None or known[-1] == early:
        return "The share with a further removal, by time"
    (first, share), (last, later) = early, known[-1]
    years = "year" if first == "1" else "years"
    return f"Further removals: {share} by {first} {years}, {later} by {last}"


def curve_alt(at: ReleasedTable) -> str:
    """Return the curves in words: each count at each year, and the published figures."""
    parts = []
    for count in ("Strict", "Broad"):
        known = [
            f"{cell.shown} by {year} {'year' if year == '1' else 'years'}"
            for year in ("1", "3", "5", "7", "10")
            if (cell := cell_of(at, count, year)) and not cell.hidden and cell.value is not None
        ]
        if known:
            parts.append(f"{count} count: {listed(known)}.")
    published = (
        "Published for England, return to proceedings: 22% by 5 years, 24–25% by 7, 29% by 10."
    )
    return " ".join(
        ["Rising curves of the share of women with a further removal.", *parts, published]
    )


def _name(curve: ReleasedCurve) -> str:
    return "Strict" if curve.id.endswith("strict") else "Broad"


def competing_said(at: ReleasedTable | None) -> str:
    """Return the latest strict share that can be shown, up to 5 years, with competing ends."""
    for year in ("5", "3", "1"):
        cell = cell_of(at, "Strict, competing ends", year)
        chart = cell_of(at, "Strict", year)
        if cell and chart and cell.value is not None and not cell.hidden and not chart.hidden:
            break
    else:
        return ""
    years = "year" if year == "1" else "years"
    return (
        "The chart leaves out, from then on, women who died or reached the age at which we stop "
        "following. If they stay in the count as women who had no further removal, the strict "
        f"share by {year} {years} is {cell.shown} (likely range {cell.interval}), beside "
        f"{chart.shown} on the chart."
    )


def _by_age(released: Released) -> Section:
    table = table_of(released, "recurrence_by_age")
    return Section(
        id="by-age",
        title="By the woman’s age at her first removal",
        blocks=Shelf()
        .put(
            age_figure(table, groups.chance_of(released, groups.AGE)) if table else None,
            *groups.blocks(released, groups.AGE),
        )
        .all(),
    )


def _intervals(released: Released) -> Section:
    table = table_of(released, "interval")
    said = (
        "This is how long it took from each removal event of a woman to her next, whether another "
        "child was removed or the same child again."
    )
    drawn = bar_figure(table, "Broad", interval_title(table), "intervals") if table else None
    return Section(
        id="interval",
        title="Time between removals",
        blocks=Shelf().put(Paragraph(said), drawn).all(),
    )


_A_YEAR_WIDE = ("Under 12 months", "12 to 23 months", "24 to 35 months")
"""Bands that no other is narrower than: more in one of these is not for its width."""


def interval_title(table: ReleasedTable | None) -> str:
    """Return the title on intervals: the commonest band, where its width is not the reason."""
    most = most_of(table, "Broad")
    if len(most) != 1 or most[0] not in _A_YEAR_WIDE:
        return "Time from one removal to the next"
    return f"Next removals most often came after {most[0].lower()}".replace(
        "came after under", "came in under"
    )


def age_figure(table: ReleasedTable, chance: ReleasedCell | None = None) -> Block:
    """Return the share with a further removal by 5 years for each age group, with intervals."""
    bars = bars_of(table, "Share by 5 years")
    if all(bar.label in _NO_GROUP for bar in bars if bar.value is not None):
        return shown(table)
    alt = bars_alt(bars, "of women by 5 years")
    return figure(table, age_title(table, chance), alt, Intervals(bars, percent=True))


def age_title(table: ReleasedTable, chance: ReleasedCell | None) -> str:
    """Return the title: an age group that clearly stands above all women, if there is one.

    None is named unless the test of all groups together says that they differ: of many groups one
    may well stand out by chance.
    """
    everyone = value_of(cell_of(table, "Share by 5 years", "All"))
    above = [
        row.labels[0]
        for row in table.rows
        if everyone is not None
        and (cell := cell_of(table, "Share by 5 years", *row.labels))
        and cell.lower is not None
        and cell.lower > everyone
    ]
    if above and not groups.is_more_than_chance(chance):
        return _BY_AGE
    if len(above) == 1:
        return f"More often for women {_aged(above[0])} at first removal"
    if above and above == [row.labels[0] for row in table.rows][: len(above)]:
        return "Younger women more often had a further removal"
    if everyone is None or above:
        return _BY_AGE
    if any(
        cell.hidden
        for row in table.rows
        if row.labels[0] not in _NO_GROUP
        if (cell := cell_of(table, "Share by 5 years", *row.labels))
    ):
        return "No age group shown clearly differs from all women"
    return "No age group clearly differs from all women"


_NO_GROUP = ("All", "Not known")
_BY_AGE = "Further removals within 5 years, by age"


def _aged(band: str) -> str:
    return band.lower() if band.startswith("Under") else f"aged {band}"

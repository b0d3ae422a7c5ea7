"""What happened: removals by year, age and route; repeats, multiple removals, re-entries."""

from datetime import date

from casescope.disclosure.released import Released, ReleasedTable
from casescope.report.charts.kinds import Lines, Series
from casescope.report.document import Block, Figure, Paragraph, Section, Shelf
from casescope.report.figures import bar_figure, figure, least_in, most_in, most_of, slack
from casescope.report.prose import plural, women
from casescope.report.reading import cell_of, day_of, table_of, value_of
from casescope.report.study import StudyFacts
from casescope.report.tables import shown

_KIN = (
    "The files that show children placed with family by an order, without coming into care, were "
    "not given. So the wide count adds nothing here, and family placements are under-counted."
)
_THREE = (
    "Removals can be counted in three ways. Broad counts every removal. Strict counts only those "
    "with a court order or an emergency power behind them. Wide adds children who went to live "
    "elsewhere by an order without coming into care."
)
_YEARS = "The chart leaves out years that the records cover only in part. The table has them all."
_AGES = "Under 1 is one year of life. Each other age group is two to six years wide."
_REPEAT = (
    "Two children removed together are not a repeat: that is one event, and it is called a "
    "multiple removal. A repeat is a later removal of another child, often a new baby. A child who "
    "went home and was taken into care again is a re-entry, and is counted apart."
)


def section(released: Released, study: StudyFacts) -> Section:
    """Return the section on removals."""
    by_year = table_of(released, "removals_by_year")
    by_age = table_of(released, "removals_by_age")
    return Section(
        id="what-happened",
        title=age_title(by_age),
        short="What happened",
        sections=(
            _when(by_year, by_age, released, study),
            _counts(released, study),
            _repeats(released),
        ),
    )


def _when(
    by_year: ReleasedTable | None,
    by_age: ReleasedTable | None,
    released: Released,
    study: StudyFacts,
) -> Section:
    by_route = table_of(released, "removals_by_route")
    years = whole_years(day_of(released, "observation_start"), study.reference_date)
    years_drawn = year_figure(by_year, years) if by_year else None
    return Section(
        id="removals",
        title="Removals by year, age and route",
        blocks=Shelf()
        .put(
            years_drawn,
            Paragraph(_YEARS) if isinstance(years_drawn, Figure) else None,
            Paragraph(_AGES) if by_age else None,
            bar_figure(by_age, "Broad", "Removals by the child’s age", "removals")
            if by_age
            else None,
            bar_figure(by_route, "Broad", route_title(by_route), "removals") if by_route else None,
        )
        .all(),
    )


def year_figure(table: ReleasedTable, whole: range) -> Block:
    """Return the lines over the `whole` years; a hidden year is a gap."""
    rows = [row for row in table.rows if not row.total and int(row.labels[0]) in whole]
    years = tuple(row.labels[0] for row in rows)
    names = ("All", "Child’s first")
    series = tuple(
        Series(name, tuple(value_of(row.cells[at]) for row in rows))
        for at, name in enumerate(names)
    )
    title = year_title(years, series[0], slack(table))
    return figure(table, title, year_alt(years, series), Lines(years, series))


def whole_years(start: date | None, end: date) -> range:
    """Return the calendar years that lie wholly inside the records; all up to `end` if unknown."""
    first = 0 if start is None else start.year + ((start.month, start.day) > (1, 1))
    return range(first, end.year + ((end.month, end.day) == (12, 31)))


def year_title(years: tuple[str, ...], removals: Series, within: int) -> str:
    """Return the title: the year with most removals, where no other is `within` so many of it."""
    known = [(v, year) for year, v in zip(years, removals.values, strict=True) if v]
    most = max((v for v, _ in known), default=0)
    highest = [year for v, year in known if v >= most - within]
    if len(highest) != 1:
        return "Removals in each year"
    return f"Removals were highest in {highest[0]}, at {most:,.0f}"


def year_alt(years: tuple[str, ...], series: tuple[Series, ...]) -> str:
    """Return the lines in words: each at its first and last year that can be shown."""
    parts = []
    for one in series:
        known = [(year, v) for year, v in zip(years, one.values, strict=True) if v is not None]
        if known:
            (first, start), (last, end) = known[0], known[-1]
            parts.append(f"{one.label}: {start:,.0f} in {first}, {end:,.0f} in {last}.")
    hidden = sum(value is None for value in series[0].values) if series else 0
    if hidden:
        parts.append("Years with small figures are left blank.")
    return " ".join(["Line chart of removals by year.", *parts])


def age_title(table: ReleasedTable | None) -> str:
    """Return the title on ages: how many removals were of children under 1.

    Age groups are not equally wide, so which one has most removals says little.
    """
    babies = cell_of(table, "Broad", "under 1")
    total = next((row.cells[0] for row in table.rows if row.total), None) if table else None
    if babies is None or total is None or value_of(babies) is None or value_of(total) is None:
        return "What happened to the children"
    verb = plural(babies.value or 0, "was of a child", "were of children")
    return f"{babies.shown} of {total.shown} removals {verb} under 1"


def route_title(table: ReleasedTable | None) -> str:
    """Return the title on routes: the commonest, and whether it is more than half."""
    most = most_of(table, "Broad")
    if len(most) != 1 or table is None:
        return "Removals by route into care"
    way = {"Court order": "by court order", "Emergency power": "by emergency power",
           "By agreement": "by agreement"}[most[0]]  # fmt: skip
    cells = [row.cells[0] for row in table.rows if not row.total]
    top = max(cells, key=lambda cell: value_of(cell) or 0)
    others = sum(most_in(table, cell) for cell in cells if cell is not top)
    much = "Most removals were" if least_in(table, top) > others else "Removals were most often"
    return f"{much} {way}"


def _counts(released: Released, study: StudyFacts) -> Section:
    counts = table_of(released, "removal_counts")
    return Section(
        id="counts",
        title="Broad, strict and wide counts",
        blocks=Shelf()
        .put(
            Paragraph(_THREE),
            None if study.wide_inputs else Paragraph(_KIN),
            shown(counts) if counts else None,
        )
        .all(),
    )


def _repeats(released: Released) -> Section:
    table = table_of(released, "repeat_and_multiple")
    return Section(
        id="repeats",
        title=repeat_title(table),
        blocks=Shelf().put(Paragraph(_REPEAT), shown(table) if table else None).all(),
    )


def repeat_title(table: ReleasedTable | None) -> str:
    """Return the title: how many women had a repeat removal."""
    cell = cell_of(table, "Broad", "Women with a repeat removal")
    if value_of(cell) is None:
        return "Repeat removals, multiple removals and re-entries"
    return f"{women(cell)} had a repeat removal"

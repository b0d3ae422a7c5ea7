"""What became of the children: where they lived, how care ended, how long permanence took."""

from dataclasses import replace

from casescope.disclosure.released import Released, ReleasedTable
from casescope.findings.care import PATHS
from casescope.report.charts.kinds import Link, Pathway, is_empty
from casescope.report.document import Block, Figure, Paragraph, Section, Shelf, Table, TableRow
from casescope.report.figures import bar_figure, least_in, most_in
from casescope.report.model import Model
from casescope.report.prose import first_upper, in_words, listed, plural
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.sections.spent import spent
from casescope.report.study import StudyFacts
from casescope.report.tables import about, shown

_WHOSE = (
    "These are the children removed from the women in T1 to T3. Their time is counted from the "
    "first removal to the day of the study. Time at home in between is not counted as care."
)
_PERMANENT = (
    "A permanent home here is one with adopters, or with family or friends under a special "
    "guardianship or child arrangements order. Going home to a parent is an outcome of its own. "
    "The median is the time by which half would have a permanent home, if no child left care in "
    "another way first. Shares are told in the same way, so they are higher than of all children."
)
_NOT_LISTED = (
    "Ways not listed are too few to show, withheld, or nobody’s: the tables below say which."
)
_NOT_DRAWN = "Ways that are hidden are not drawn."
_FEW_PATHS = "Ages and outcomes with too few children to show are not listed."
_ENDED_WITH = {
    "Adopted": "adoption", "Special guardianship": "special guardianship",
    "Child arrangements": "child arrangements", "Returned to parents": "return to parents",
    "Left for adult life": "adult life",
}  # fmt: skip
"""Outcomes as a title says them; other outcomes, and being still in care, are no such end."""


def section(released: Released, study: StudyFacts, model: Model) -> Section:
    """Return the section on the course of the children's care."""
    outcomes = table_of(released, "care_outcomes")
    by_age = table_of(released, "care_kinds_by_age")
    by_kind = table_of(released, "care_outcomes_by_kind")
    return Section(
        id="children",
        title=outcome_title(outcomes, by_kind),
        short="What became of the children",
        blocks=Shelf()
        .put(
            Paragraph(_WHOSE),
            pathway(by_age, by_kind),
            *(shown(table, folded=True) for table in (by_age, by_kind, outcomes) if table),
            paths_table(table_of(released, PATHS)),
        )
        .all(),
        sections=(_weeks(released, study, model), _permanence(released)),
    )


def paths_table(table: ReleasedTable | None) -> Table | None:
    """Return weeks by age and outcome, without the rows in which everything is too few to show."""
    if table is None:
        return None
    rows = tuple(row for row in table.rows if not all(cell.hidden for cell in row.cells))
    if not rows:
        return None
    made = shown(replace(table, rows=rows), folded=True)
    return replace(made, notes=(*made.notes, _FEW_PATHS))


def outcome_title(by_age: ReleasedTable | None, by_kind: ReleasedTable | None = None) -> str:
    """Return the title: the commonest outcome of those whose care has ended, where one is.

    Totals leave out what is hidden, so each end is told by the least and the most children that it
    may have, over their ages and over where they lived.
    """
    found = {
        name: _bounds(tables, column)
        for column, name in _ENDED_WITH.items()
        if (tables := [one for one in (by_age, by_kind) if one and column in one.columns])
    }
    least = max((low for low, _ in found.values()), default=0.0)
    best = [name for name, (_, most) in found.items() if most >= least]
    if not least or len(best) > 2:
        return "What became of the children"
    return f"Care most often ended with {listed(best, 'or')}"


def _bounds(tables: list[ReleasedTable], column: str) -> tuple[float, float]:
    """Return the least and the most children of a column, as far as every table tells."""
    cells = [
        (table, [row.cells[table.columns.index(column)] for row in table.rows if not row.total])
        for table in tables
    ]
    return (
        max(sum(least_in(table, cell) for cell in of) for table, of in cells),
        min(sum(most_in(table, cell) for cell in of) for table, of in cells),
    )


def pathway(by_age: ReleasedTable | None, by_kind: ReleasedTable | None) -> Block | None:
    """Return the way from age at removal over the longest placement to how care ended."""
    if by_age is None or by_kind is None:
        return None
    chart = Pathway((_ages(by_age), by_age.columns, by_kind.columns),
                    (links(by_age), links(by_kind)))  # fmt: skip
    rows = (*_listed(by_age), *_listed(by_kind))
    table = Table(
        "figure-pathway-table", "Children by age at removal, longest placement and outcome",
        ("From", "To", "Children"), rows, labels=2,
        finding=by_age.id, notes=(_NOT_LISTED,),
    )  # fmt: skip
    if is_empty(chart):
        return None
    return Figure("figure-pathway", "From removal to outcome: where the children went",
                  pathway_alt(by_age, by_kind), chart, table,
                  f"{about(by_age)} {_NOT_DRAWN}")  # fmt: skip


def _ages(table: ReleasedTable) -> tuple[str, ...]:
    return tuple(_aged(row.labels[0]) for row in table.rows if not row.total)


def _aged(group: str) -> str:
    return "Age not known" if group == "not known" else f"{first_upper(group)} at removal"


def links(table: ReleasedTable) -> tuple[Link, ...]:
    """Return a table's cells that are shown as links from its rows to its columns."""
    rows = [row for row in table.rows if not row.total]
    return tuple(
        Link(start, end, value)
        for start, row in enumerate(rows)
        for end, cell in enumerate(row.cells)
        if (value := value_of(cell))
    )


def _listed(table: ReleasedTable) -> list[TableRow]:
    """Return one row for each way from a row of the table to a column of it that is shown."""
    name = _aged if table.id == "care_kinds_by_age" else first_upper
    return [
        TableRow((name(row.labels[0]), column, cell.shown))
        for row in table.rows
        if not row.total
        for column, cell in zip(table.columns, row.cells, strict=True)
        if value_of(cell)
    ]


def pathway_alt(by_age: ReleasedTable, by_kind: ReleasedTable) -> str:
    """Return the chart in words: its thickest bands, and how many are too thin to be shown."""
    parts = ["Chart of bands from age at removal, to the placement where children lived longest, "
             "to how care ended."]  # fmt: skip
    for table, said in ((by_age, "to a placement"), (by_kind, "to an outcome")):
        found = links(table)
        if found:
            most = max(found, key=lambda link: link.value)
            row = [row for row in table.rows if not row.total][most.start]
            start = _aged(row.labels[0]) if table is by_age else row.labels[0]
            children = f"{most.value:,.0f} {plural(most.value, 'child', 'children')}"
            parts.append(f"Thickest band {said}: {start} to {table.columns[most.end].lower()}, "
                         f"{children}.")  # fmt: skip
    hidden = sum(cell.hidden for table in (by_age, by_kind) for row in table.rows
                 if not row.total for cell in row.cells)  # fmt: skip
    if hidden:
        ways = plural(hidden, "way is", "ways are")
        parts.append(f"{in_words(hidden).capitalize()} {ways} not drawn: too few to show, "
                     "withheld, or nobody’s.")  # fmt: skip
    return " ".join(parts)


def _weeks(released: Released, study: StudyFacts, model: Model) -> Section:
    table = table_of(released, "care_weeks")
    return Section(
        id="care-weeks",
        title=weeks_title(table),
        blocks=Shelf()
        .put(
            bar_figure(table, "Weeks", "Weeks in care by kind of placement", "weeks")
            if table
            else None,
            spent(table, study, model) if table else None,
        )
        .all(),
    )


def weeks_title(table: ReleasedTable | None) -> str:
    """Return the title: how many weeks in care the children have had so far; hidden ones more."""
    cell = cell_of(table, "Weeks", "Total")
    if table is None or cell is None or value_of(cell) is None:
        return "Time in care so far"
    at = table.columns.index("Weeks")
    if any(row.cells[at].hidden for row in table.rows):
        return f"The children have spent {cell.shown} weeks or more in care"
    return f"The children have spent about {cell.shown} weeks in care"


def _permanence(released: Released) -> Section:
    table = table_of(released, "care_permanence")
    return Section(
        id="permanence",
        title=permanence_title(table),
        blocks=Shelf().put(Paragraph(_PERMANENT), shown(table) if table else None).all(),
    )


def permanence_title(table: ReleasedTable | None) -> str:
    """Return the title: the median time to permanence of children removed as babies."""
    cell = cell_of(table, "Median months", "under 1")
    if cell is None or value_of(cell) is None:
        return "How long permanence takes"
    return f"Babies’ wait for a permanent home: {cell.shown} months (median)"

"""Data quality: links reviewed, signs that records are missing, holes, faults, doubts."""

from collections.abc import Mapping

from casescope.dataset.signs import SEEN, SIGNS
from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
from casescope.report.charts.kinds import Panel, Panels
from casescope.report.document import Block, Paragraph, Points, Section, Shelf
from casescope.report.figures import figure
from casescope.report.prose import (
    first_upper,
    in_words,
    listed,
    long_date,
    percent,
    plural,
    span,
)
from casescope.report.reading import table_of, value_of
from casescope.report.sections.limits import coverage_words
from casescope.report.study import StudyFacts
from casescope.report.tables import shown

_FACTS = (
    "Some records contradict each other or what can be. They were used as they stand and listed "
    "for the authority’s analyst, so that they can be put right at the source."
)
_DOUBTS = (
    "Some records couldn’t be used as they stand, or are doubtful. They were counted by kind. The "
    "authority’s analyst has the list, by file and row, so that they can be put right at the "
    "source. Where the yearly return and the case system differ about one time, the return was "
    "used."
)
_NOT_REVIEWED = (
    "Too few links between women’s records have been reviewed to say how many are right and how "
    "many are missed. The authority’s analyst can draw some at random and judge them: casescope "
    "pairs HOME next --sample 100."
)
_TREND = (
    "A year without records among years that have them is more often a missing file than a quiet "
    "year. Each chart has its own scale. An open box stands for a figure too small to show."
)


def section(released: Released, study: StudyFacts) -> Section:
    """Return the section on data quality."""
    coverage = table_of(released, "coverage")
    return Section(
        id="quality",
        title="How good the records are",
        short="Data quality",
        blocks=Shelf()
        .put(
            Paragraph(_range(study)),
            Paragraph(
                f"{coverage_words(coverage)} The section on limits shows it by group.",
                lead="Mothers found.",
            )
            if coverage
            else None,
        )
        .all(),
        sections=(
            *_links(table_of(released, "links_reviewed")),
            _signs(table_of(released, "signs")),
            *_trend(table_of(released, "trend")),
            *_impossible(table_of(released, "impossible")),
            _doubts(table_of(released, "caveats")),
        ),
    )


def _range(study: StudyFacts) -> str:
    if study.extract_first is None or study.extract_last is None:
        return "The records do not say over which dates they reach."
    return (
        f"The records reach from {long_date(study.extract_first)} to "
        f"{long_date(study.extract_last)}. Facts dated after {long_date(study.reference_date)} are "
        "not used."
    )


def _links(table: ReleasedTable | None) -> tuple[Section, ...]:
    """Return how right the links are by what was reviewed, or what to do so that it can be said."""
    if table is None:
        return ()
    said = links_words(table)
    blocks: tuple[Block, ...] = (Paragraph(said or _NOT_REVIEWED),)
    if said:
        blocks += (shown(table, folded=True),)
    return (Section("links-reviewed", "How right the links between records are", blocks),)


def links_words(table: ReleasedTable) -> str:
    """Return the estimates for all links in sentences; empty where too few were reviewed."""
    row = next((row for row in table.rows if row.labels[0] == "All"), None)
    cells = dict(zip(table.columns, row.cells, strict=True)) if row else {}
    precision, recall = (_share_of_links(cells, which) for which in ("Precision", "Recall"))
    if not precision:
        return ""
    found = (f" Of the pairs compared that are one woman, it linked {recall}." if recall else
             " How many it missed can’t be said yet.")  # fmt: skip
    return (f"A person judged pairs of records drawn at random. Of the links that the computer "
            f"made, {precision} are right.{found} Both are before anybody’s decision was "
            "applied.")  # fmt: skip


def _share_of_links(cells: Mapping[str, ReleasedCell], which: str) -> str:
    """Return "98% (likely range 94% to over 99%)", or "" where there is no figure."""
    names = (f"{which}, %", f"{which} likely from", f"{which} likely to")
    values = [cells[name].value for name in names if name in cells]
    told = [percent(value / 100) for value in values if value is not None]
    if len(told) < len(names):
        return ""
    share, lower, upper = told
    return f"{share} (likely range {lower} to {upper})"


def _signs(table: ReleasedTable | None) -> Section:
    """Return the signs that may be said to be seen, each with its effect and what to ask for."""
    seen = (
        {row.labels[0]: row.cells for row in table.rows if _is_seen(row.cells[0])} if table else {}
    )
    points = tuple(
        Paragraph(f"{_extent(seen[sign.label])}{sign.effect} {sign.ask}", lead=f"{sign.label}.")
        for sign in SIGNS
        if sign.label in seen
    )
    return Section(
        id="signs",
        title=signs_title(len(points)),
        blocks=Shelf()
        .put(
            Paragraph("Each sign is a reason to ask the system’s supplier, not a proof. It says "
                      "what it would do to the results, then what to ask for.")
            if points else Paragraph(_nothing(table)),
            Points(points) if points else None,
            shown(table, folded=True) if table else None,
        )
        .all(),
    )  # fmt: skip


def signs_title(count: int) -> str:
    """Return the title: how many signs were seen."""
    if not count:
        return "No sign that records are missing"
    signs = plural(count, "sign", "signs")
    return f"{first_upper(in_words(count))} {signs} that records are missing"


def _nothing(table: ReleasedTable | None) -> str:
    if table is None:
        return "Signs that records are missing were not looked for."
    return (
        f"{len(table.rows)} signs that an extract was cut short were looked for. None was seen, or "
        "only in too few records to show."
    )


def _is_seen(cell: ReleasedCell) -> bool:
    return bool(value_of(cell)) if cell.kind == "count" else cell.shown == SEEN


def _extent(cells: tuple[ReleasedCell, ...]) -> str:
    """Return how far a sign reaches: how many of how many, or which tables or years."""
    found, among, where = cells
    if found.kind == "count":
        return f"{found.shown} of {among.shown}. "
    return f"In: {where.shown}. " if where.shown else ""


def _trend(table: ReleasedTable | None) -> tuple[Section, ...]:
    if table is None:
        return ()
    return (
        Section(
            id="trend",
            title="Year by year, so that a hole can be seen",
            blocks=(Paragraph(_TREND), trend_figure(table)),
        ),
    )


def trend_figure(table: ReleasedTable) -> Block:
    """Return the small charts, one for each thing that is counted by year."""
    years = tuple(row.labels[0] for row in table.rows)
    panels = tuple(
        Panel(name, tuple(value_of(row.cells[at]) for row in table.rows))
        for at, name in enumerate(table.columns)
    )
    return figure(table, "What the records hold in each year", trend_alt(years, panels),
                  Panels(years, panels))  # fmt: skip


def trend_alt(years: tuple[str, ...], panels: tuple[Panel, ...]) -> str:
    """Return the charts in words: the range of each, and the years between that have no bar."""
    parts = [f"{first_upper(in_words(len(panels)))} small bar charts over the same years, "
             f"{years[0]} to {years[-1]}."]  # fmt: skip
    for panel in panels:
        known = [at for at, value in enumerate(panel.values) if value]
        if not known:
            parts.append(f"{panel.label}: too few to show in any year.")
            continue
        values = [panel.values[at] or 0 for at in known]
        holes = [years[at] for at in range(known[0], known[-1]) if at not in known]
        said = f"{panel.label}: {span(f'{min(values):,.0f}', f'{max(values):,.0f}')} a year"
        parts.append(f"{said}; too few to show in {listed(holes)}." if holes else f"{said}.")
    return " ".join(parts)


def _impossible(table: ReleasedTable | None) -> tuple[Section, ...]:
    if table is None:
        return ()
    return (
        Section(
            id="impossible", title="Facts that can’t be", blocks=(Paragraph(_FACTS), shown(table))
        ),
    )


def _doubts(caveats: ReleasedTable | None) -> Section:
    blocks: tuple[Block, ...] = (Paragraph("No doubtful records were reported."),)
    if caveats:
        blocks = (Paragraph(_DOUBTS), shown(caveats))
    return Section(id="doubts", title="Doubtful records", blocks=blocks)

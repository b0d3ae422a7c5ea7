"""What the women live with: each issue as yes, recorded no, or not recorded."""

from dataclasses import replace

from casescope.dataset.frame import FRAME
from casescope.disclosure.released import Released, ReleasedCell, ReleasedRow, ReleasedTable
from casescope.report.charts.kinds import Bar, Intervals, Share, Shares
from casescope.report.document import (
    Block,
    Callout,
    Figure,
    Paragraph,
    Section,
    Shelf,
    Table,
    TableRow,
)
from casescope.report.figures import bar, bars_alt, figure, rounded_by
from casescope.report.prose import first_upper, interval, listed, percent, plural
from casescope.report.published_figures import on_issues
from casescope.report.reading import table_of, value_of
from casescope.report.sections import together
from casescope.report.tables import about, shown

LEAD = "issues_t1_at_latest_removal"
_OTHERS = (
    "issues_t1_current", "issues_t1_ever", "issues_t1_t3_at_latest_removal",
    "issues_t1_t3_current", "issues_t1_t3_ever",
)  # fmt: skip
_PARTS = ("Yes", "Recorded no", "Not recorded")
_ALL = "Share of all women"
_COUNTED_OTHERWISE = (
    "Other studies counted different women in different ways: see what other studies found, below."
)
_MOST = 3
"""How many issues the first page names."""

_SOURCES = tuple(issue.label for issue in FRAME if not issue.structured)


def section(released: Released) -> Section:
    """Return the section on issues; the time of the latest removal leads."""
    lead = table_of(released, LEAD)
    return Section(
        id="live-with",
        title=title_of(lead),
        short="What they live with",
        blocks=Shelf()
        .put(
            Paragraph("These figures say what was written down about women in T1 around their "
                      "latest removal: from a year before it to three months after. That is when "
                      "records are fullest. Later, most women have no new assessment."),
            three_state(lead) if lead else None,
            Callout("Not recorded doesn’t mean no", (Paragraph(
                "An issue that nobody wrote down may still be there. The bars show how much is "
                "not known. Records of a parent’s needs don’t always say which parent."),)),
            intervals(lead) if lead else None,
            _unseen(),
        )
        .all(),
        sections=(together.section(released), _other_times(released), _published()),
    )  # fmt: skip


def title_of(table: ReleasedTable | None) -> str:
    """Return the title: the issue recorded for most women, with its share."""
    best = _ranked(table)[:1] if table else []
    if not best or table is None:
        return "What the women live with"
    cell = best[0].cells[table.columns.index(_ALL)]
    return f"{best[0].labels[0]} is recorded for {cell.shown} of women"


def said(table: ReleasedTable | None) -> str:
    """Return the issues recorded for most women with their likely ranges; "" if none is shown."""
    best = _ranked(table)[:_MOST] if table else []
    if not best or table is None:
        return ""
    at = table.columns.index(_ALL)
    told = [_with_range(row.labels[0], row.cells[at], first=row is best[0]) for row in best]
    return f"{listed(told)}. A blank is not a no, and some records do not say which parent."


def _with_range(issue: str, cell: ReleasedCell, *, first: bool) -> str:
    if first:
        likely = interval(cell)
        return f"{issue} is recorded for {cell.shown} of women in T1{f' ({likely})' * bool(likely)}"
    return f"{issue.lower()} for {cell.shown}{f' ({cell.interval})' * bool(cell.interval)}"


def _ranked(table: ReleasedTable) -> list[ReleasedRow]:
    """Return the rows with a share that can be shown, the largest first."""
    at = table.columns.index(_ALL)
    known = [row for row in table.rows if value_of(row.cells[at])]
    return sorted(known, key=lambda row: -(row.cells[at].value or 0))


def _structured(table: ReleasedTable) -> list[ReleasedRow]:
    """Return the rows of issues that structured records can hold, the most frequent first."""
    ranked = _ranked(table)
    rest = [row for row in table.rows if row not in ranked and row.labels[0] not in _SOURCES]
    return ranked + rest


def three_state(table: ReleasedTable) -> Block:
    """Return what is recorded for each issue: yes, recorded no, not recorded."""
    rows = [
        Share(row.labels[0], tuple(value_of(cell) for cell in row.cells[:3]), _women(table))
        for row in _structured(table)
    ]
    title = state_title(rows, rounded_by(table))
    return figure(table, title, state_alt(rows), Shares(_PARTS, tuple(rows)))


def _women(table: ReleasedTable) -> float | None:
    """Return how many women the table is about, as released with any of its shares."""
    at = table.columns.index(_ALL)
    return max((row.cells[at].of or 0 for row in table.rows), default=0) or None


def state_title(rows: list[Share], within: int = 0) -> str:
    """Return the title: for how many issues most women have nothing recorded, at least.

    `within` is by how much a count may differ from the true one.
    """
    margin = 1.5 * within  # of a count, and of half of another
    over = [None if row.values[2] is None or not row.whole else row.values[2] - row.whole / 2
            for row in rows]  # fmt: skip
    blank = sum(one is not None and one > margin for one in over)
    if not blank:
        return "What is recorded about each issue"
    sure = all(one is not None and not -margin < one <= margin for one in over)
    few = "" if sure else "at least "
    return f"Most women have nothing recorded for {few}{blank} {plural(blank, 'issue', 'issues')}"


def state_alt(rows: list[Share]) -> str:
    """Return the bars in words: each issue's shares of yes, recorded no and not recorded."""
    said = "; ".join(f"{row.label}: {_state_words(row)}" for row in rows)
    return f"Bars divided in three for each issue. {said}."


def _state_words(row: Share) -> str:
    whole = row.whole
    if not whole or all(value is None for value in row.values):
        return "too few to show"
    known = [
        f"{part.lower()} {percent(value / whole)}"
        for part, value in zip(_PARTS, row.values, strict=True)
        if value is not None
    ]
    return ", ".join(known) + ("" if len(known) == len(_PARTS) else ", the rest not shown apart")


def intervals(table: ReleasedTable) -> Block | None:
    """Return each issue's share of all women with its likely range, published shares beside it."""
    at = table.columns.index(_ALL)
    ranked = _ranked(table)
    if not ranked:
        return None
    bars = tuple(
        replace(bar(row.labels[0], row.cells[at]), beside=_beside(row.labels[0])) for row in ranked
    )
    ranges = Table(
        "table-issue-ranges", "Share of all women in T1, with likely range",
        ("Issue", "Share", "Likely range (95%)", "Other studies"),
        tuple(TableRow((row.labels[0], row.cells[at].shown, row.cells[at].interval or "–",
                        listed([percent(one) for one in _beside(row.labels[0])]) or "–"))
              for row in ranked),
        finding=table.id, notes=(_COUNTED_OTHERWISE,),
    )  # fmt: skip
    return Figure(
        "figure-issue-ranges", "How sure the shares are, and what others found",
        f"{bars_alt(bars, 'of women')} {_beside_alt(bars)}".strip(),
        Intervals(bars, percent=True, beside="other studies, counted differently"
                  if any(one.beside for one in bars) else ""), ranges, about(table),
    )  # fmt: skip


def _beside(issue: str) -> tuple[float, ...]:
    """Return the published shares of women with an issue, the lowest first."""
    return tuple(sorted(one.value for one in on_issues() if one.issue == issue))


def _beside_alt(bars: tuple[Bar, ...]) -> str:
    said = [f"{one.label}, {listed([percent(value) for value in one.beside])}"
            for one in bars if one.beside]  # fmt: skip
    return f"Other studies, counted differently: {'; '.join(said)}." if said else ""


def _unseen() -> Block | None:
    if not _SOURCES:
        return None
    return Paragraph(
        f"{first_upper(listed([name.lower() for name in _SOURCES]))}: structured records have no "
        "place for these. Only reading case files would show them, and this study has not done so.",
        lead="What can’t be seen here.",
    )


def _other_times(released: Released) -> Section:
    tables = [table for name in _OTHERS if (table := table_of(released, name))]
    return Section(
        id="other-times",
        title="At other times, and for more women",
        blocks=(
            Paragraph("These tables show the same issues now, at any time, or for all women in "
                      "T1 to T3."),
            *(shown(table, folded=True) for table in tables),
        ),
    )  # fmt: skip


def _published() -> Section:
    return Section(
        id="published",
        title="What other studies found",
        blocks=(
            Paragraph("These figures set the scene. They counted different women, at different "
                      "times and in different ways, so they can’t be used to correct the figures "
                      "above. The same women can give quite different figures: in one Welsh study "
                      "mental ill-health was recorded for 29%, 53% or 77% of the same mothers, "
                      "depending on the source (Griffiths and others 2020; the last two "
                      "second-hand)."),
            Table("published-issues", "Published figures, for context",
                  ("Issue", "Share", "Who", "Source", "How it differs"),
                  tuple(TableRow((one.issue, one.share, one.who, one.said_by, one.differs))
                        for one in on_issues()), numeric=False),
        ),
    )  # fmt: skip

"""What the figures cannot say: linkage coverage first, then what the records do not hold."""

from collections.abc import Mapping
from dataclasses import replace

from casescope.disclosure.released import Released, ReleasedCell, ReleasedRow, ReleasedTable
from casescope.report.charts.kinds import Intervals
from casescope.report.document import (
    Block,
    Callout,
    Figure,
    Paragraph,
    Points,
    Section,
    Shelf,
    Table,
)
from casescope.report.figures import bar, bars_alt, figure
from casescope.report.prose import counted, interval, long_date
from casescope.report.reading import cell_of, day_of, table_of, value_of
from casescope.report.study import StudyFacts
from casescope.report.words import label

_MISSED = (
    "A child with no mother found makes some woman’s count too low. Most at risk of being missed "
    "are mothers of adopted children, whose link may have been closed. In a national study, "
    "mothers were also found less often if they were from ethnic minorities or older (Ireland and "
    "others 2024)."
)
_BLANK = (
    "Many issues are not recorded for many women. The shares of all women count a blank as if it "
    "were a no, so they may be too low. The shares of women recorded leave blanks out, and may be "
    "too high, because workers write down what worries them. Some records say that a parent has a "
    "need, and not which parent. Such a need counts as hers, and that makes both shares too high."
)
_UNKNOWABLE = (
    Paragraph("A removal by another council, or one before a woman moved here, is usually not in "
              "these records. A woman who leaves the area is lost from view. So the share with a "
              "further removal is a lowest estimate.", lead="Other places."),
    Paragraph("These are the council’s records of what workers wrote. Women’s own accounts aren’t "
              "in them.", lead="Women’s own view."),
    Paragraph("Nothing here says why a removal happened, or whether it was right.",
              lead="Reasons."),
    Paragraph("The figures describe groups. They say nothing about what any one woman will do, and "
              "must not be used to decide anything about her.", lead="Any one woman."),
    Paragraph("The study hasn’t compared women who had support with women who didn’t. It can’t say "
              "what a practice would change.", lead="What support would change."),
)  # fmt: skip


def section(released: Released, study: StudyFacts) -> Section:
    """Return the section on limits, linkage first."""
    coverage = table_of(released, "coverage")
    return Section(
        id="limits",
        title=title_of(coverage),
        short="Limits: what could be wrong",
        sections=(
            _linkage(coverage, study, released.facts),
            _start(released),
            Section("missing", "A blank is not a no", (Paragraph(_BLANK),)),
            *_kin(study),
            Section("unknowable", "What this study can’t know", (Points(_UNKNOWABLE),)),
        ),
    )  # fmt: skip


def coverage_cell(coverage: ReleasedTable | None) -> ReleasedCell | None:
    """Return the share of all removed children whose mother was found."""
    if coverage is None or "Share found" not in coverage.columns:
        return None
    at = coverage.columns.index("Share found")
    return next((row.cells[at] for row in coverage.rows if row.labels[0] == "All"), None)


def title_of(coverage: ReleasedTable | None) -> str:
    """Return the title: for how many of the removed children a mother was found."""
    cell = coverage_cell(coverage)
    if cell is None or (cell.hidden and not cell.shown.endswith("or more")):
        return "What could be wrong with these figures"
    return f"A mother was found for {cell.shown} of removed children"


def _linkage(
    coverage: ReleasedTable | None, study: StudyFacts, facts: Mapping[str, str]
) -> Section:
    blocks: list[Block | None] = [no_mothers(facts), Paragraph(_MISSED), Paragraph(_joined(study))]
    groups = None if coverage is None else coverage_figure(coverage)
    if coverage is not None:
        blocks += [Paragraph(coverage_words(coverage), lead="How much is linked.")]
    return Section(
        id="linkage",
        title="Links between mothers and children come first",
        blocks=Shelf().put(*blocks, groups if isinstance(groups, Figure) else None).all(),
        sections=_undrawn(groups),
    )


def _undrawn(groups: Block | None) -> tuple[Section, ...]:
    """Return the groups' table, folded, where none of its shares can be drawn."""
    if not isinstance(groups, Table):
        return ()
    told = Paragraph("No share can be drawn. Too few children are in a group, or a mother is "
                     "missing for too few of them.")  # fmt: skip
    return (Section("linkage-groups", "How much is linked, by group of children",
                    (told, replace(groups, folded=True))),)  # fmt: skip


def no_mothers(facts: Mapping[str, str]) -> Callout | None:
    """Return the warning that no mother could be found, where no relationships were given."""
    if facts.get("mothers_input") != "absent":
        return None
    return Callout(
        "The file that names mothers is missing",
        (Paragraph("Without relationship records no child can be linked to a mother, so no woman "
                   "can be counted. Load that file and run the study again."),),
    )  # fmt: skip


_ENOUGH = 0.9
"""Where so large a share of mothers is surely not found, the first page says so first."""


def few_mothers(coverage: ReleasedTable | None) -> Callout | None:
    """Return the warning that many mothers were not found, where even the likely most are few."""
    cell = coverage_cell(coverage)
    if coverage is None or cell is None or cell.hidden or (cell.upper or 1.0) >= _ENOUGH:
        return None
    return Callout(
        "Read this first: many mothers were not found",
        (Paragraph(f"{coverage_words(coverage)} Women whose link to a child is not in the files "
                   "are missing here, or have too low a count. So most numbers of women are too "
                   "low, some women stand in the wrong group, and how often it happens again can "
                   "be far from the truth. Get fuller relationship records before you decide "
                   "anything on these figures."),),
    )  # fmt: skip


_MANY_AGES = 0.1
"""From so large a share of women of no known age on, the first page says so first."""


def unknown_ages(flow: ReleasedTable | None) -> Callout | None:
    """Return the warning that many women have no known age: they can be in no group."""
    lost, women = (cell_of(flow, "Women", name, kind) for name, kind in
                   (("age_not_known", "out"), ("women_studied", "stock")))  # fmt: skip
    left, everybody = value_of(lost), value_of(women)
    if lost is None or women is None or not left or not everybody:
        return None
    if left < _MANY_AGES * everybody:
        return None
    return Callout(
        "Read this first: the ages of many women are not known",
        (Paragraph(f"Of {women.shown} women, {lost.shown} have no date of birth in the files. A "
                   "woman whose age is not known is in none of the groups T1 to T4, and is not "
                   "followed for the removal rate. So all of these numbers are too low. Get the "
                   "records of people, with dates of birth, before you decide anything on these "
                   "figures."),),
    )  # fmt: skip


def coverage_words(coverage: ReleasedTable) -> str:
    """Return the coverage over all children as a sentence."""
    row = next((row for row in coverage.rows if row.labels[0] == "All"), None)
    cell = coverage_cell(coverage)
    if row is None or cell is None:
        return "We can’t show for how many removed children a mother was found."
    of = row.cells[coverage.columns.index("Removed children")]
    found = row.cells[coverage.columns.index("Mother found")]
    if cell.hidden:
        return (f"Of {counted(of, 'removed child', 'removed children')}, a mother was found for "
                f"{cell.shown}.")  # fmt: skip
    likely = interval(cell)
    return (f"Of {counted(of, 'removed child', 'removed children')}, a mother was found for "
            f"{found.shown}: {cell.shown}{f' ({likely})' if likely else ''}.")  # fmt: skip


def coverage_figure(coverage: ReleasedTable) -> Block:
    """Return the share found in each group, with likely ranges."""
    at = coverage.columns.index("Share found")
    bars = tuple(bar(group_words(*row.labels), row.cells[at]) for row in drawn_of(coverage))
    return figure(coverage, coverage_title(coverage), bars_alt(bars, "of children"),
                  Intervals(bars, percent=True))  # fmt: skip


def drawn_of(coverage: ReleasedTable) -> tuple[ReleasedRow, ...]:
    """Return the groups that the chart shows; years are a long list, and stand in the table."""
    return tuple(row for row in coverage.rows if row.labels[0] != "Year")


_SAID_OF = {"Ethnic group": "ethnic group", "Age at first removal": "age at first removal"}
"""Breakdowns whose groups do not say by themselves what they are."""


def group_words(by: str, group: str) -> str:
    """Return one group of children in words."""
    if by == "All":
        return "All removed children"
    named = label("coverage", 1, group)
    return f"{named} ({_SAID_OF[by]})" if by in _SAID_OF else named


def coverage_title(coverage: ReleasedTable) -> str:
    """Return the title: a group whose mothers are clearly found less often, if there is one."""
    everyone = coverage_cell(coverage)
    at = coverage.columns.index("Share found")
    low = [
        row.labels
        for row in drawn_of(coverage)
        if everyone is not None
        and everyone.value is not None
        and (upper := row.cells[at].upper) is not None
        and upper < everyone.value
    ]
    if everyone is None or everyone.value is None:
        return "Mothers found, by group of children"
    if len(low) == 1:
        return f"Mothers clearly less often found: {group_words(*low[0])}"
    if low:
        return f"Mothers are found clearly less often in {len(low)} groups"
    return "No group clearly differs in mothers found"


def _joined(study: StudyFacts) -> str:
    if study.linkage == "strict":
        return (
            "Records of one woman are joined only where that is certain (strict linkage). A woman "
            "with two records that could not be joined is counted as two women with fewer "
            "removals each. What a looser joining of likely matches gives is shown beside it."
        )
    return (
        "Records of one woman are also joined where they very probably belong together (lenient "
        "linkage). A wrong join makes one woman out of two, a missed one two out of one. What "
        "strict linkage gives is shown beside it."
    )


def _start(released: Released) -> Section:
    start = day_of(released, "observation_start")
    since = day_of(released, "first_index_date")
    title = f"Removals before {long_date(start)} are not all seen" if start else (
        "Removals before the records begin are not all seen")  # fmt: skip
    told = f" Only first removals from {long_date(since)} on are used for it." if since else ""
    return Section(
        id="start",
        title=title,
        blocks=(
            Paragraph("Records begin at some point. The first removal that we see may not be a "
                      "woman’s first. To limit the damage, first removals soon after the records "
                      "begin are left out when the time to the next is measured." + told),
        ),
    )  # fmt: skip


def _kin(study: StudyFacts) -> tuple[Section, ...]:
    if study.wide_inputs:
        return ()
    return (
        Section(
            id="kin",
            title="Children placed with family are under-counted",
            blocks=(
                Paragraph("Some children go straight to family under an order and never come into "
                          "care. The files that would show this were not given. Women whose "
                          "children left that way are missing here, or have too low a count."),
            ),
        ),
    )  # fmt: skip

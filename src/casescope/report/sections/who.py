"""Who the women are: how everybody recorded comes down to the groups, their ages and origins."""

from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
from casescope.kernel.counting import counted
from casescope.report.charts.kinds import Flow, FlowStep
from casescope.report.document import Block, Paragraph, Section, Shelf
from casescope.report.figures import bar_figure, figure, most_of
from casescope.report.prose import listed, plural, women
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.sections.practice_size import practice_figure
from casescope.report.study import StudyFacts
from casescope.report.tables import shown
from casescope.report.words import label

_FLOW_NOTE = (
    "Nobody is left out without a reason. The diagram starts with every record in the case "
    "system. It says why people leave it, with one reason for each woman."
)
_DUTY = (
    "Councils must have due regard to equality when they decide (Equality Act 2010, section 149). "
    "These tables show the women by age, ethnic group and disability, as recorded. Here, "
    "disability means that a learning disability or difficulty, or physical ill-health or "
    "disability, is written down as a parent’s need. That isn’t the Act’s own test, and doesn’t "
    "always say which parent. Other protected characteristics have no table: records hold too "
    "little on them."
)
_AREA_NOTE = (
    "Areas are named as the council’s own place lookup names them, by each woman’s latest address: "
    "where she lives now says where a service would be needed. Areas with few women are taken "
    "together, and none is ranked."
)
_POOL_NOTE = (
    "Not every woman in T1 would want, or could have, such support. Where councils told of such "
    "studies, the group was four to six times the size of a practice."
)
_TIERS_NOTE = (
    "Women are grouped by published rules, not by a score. No woman is ranked. T1 is the group "
    "that programmes usually work with. T3 and T4 are at risk."
)


def section(released: Released, study: StudyFacts) -> Section:
    """Return the section on the cohort."""
    return Section(
        id="who",
        title=title_of(table_of(released, "headline")),
        short="Who they are",
        sections=(_groups(released, study), _origins(released), *_where(released)),
    )


def title_of(headline: ReleasedTable | None) -> str:
    """Return the section's title: how many women are in T1 and at risk, where that may be said."""
    t1 = cell_of(headline, "Number", "Women in T1")
    more = cell_of(headline, "Number", "Women at risk (T3 and T4)")
    if t1 is None or value_of(t1) is None:
        return "Who the women are"
    who = f"{women(t1)} {plural(t1.value or 0, 'is', 'are')} in T1"
    if more is None or value_of(more) is None:
        return who
    return f"{who} and {more.shown} more at risk"


def _groups(released: Released, study: StudyFacts) -> Section:
    p = study.parameters
    flow, tiers = table_of(released, "flow"), table_of(released, "tiers")
    events = table_of(released, "tiers_by_events")
    return Section(
        id="who-groups",
        title="How the women are grouped",
        blocks=Shelf()
        .put(
            Paragraph(_TIERS_NOTE),
            Paragraph(f"To be in T1, T2 or T3, a woman must be aged {p.age_min} to {p.age_max}, "
                      f"and her latest removal must be in the last "
                      f"{counted(p.lookback_years, 'year')}."),
            (practice_figure(tiers) or shown(tiers)) if tiers else None,
            Paragraph(_POOL_NOTE) if tiers else None,
            shown(events, folded=True) if events else None,
            Paragraph(_FLOW_NOTE) if flow else None,
            flow_figure(flow) if flow else None,
        )
        .all(),
    )  # fmt: skip


def flow_figure(flow: ReleasedTable) -> Block:
    """Return the flow diagram with its table."""
    steps = tuple(
        FlowStep(row.labels[1], *_step_words(row.labels[0], row.cells[0])) for row in flow.rows
    )
    return figure(flow, flow_title(steps), flow_alt(steps), Flow(steps))


def _step_words(name: str, cell: ReleasedCell) -> tuple[str, str]:
    """Return what a step counts, and its number; one is one, and a hidden number says so."""
    said = label("flow", 0, name)
    if not any(letter.isdigit() for letter in cell.shown):
        return said, f"{cell.shown}:"
    if cell.value == 1:
        said = said.replace("women", "woman", 1).replace("records", "record", 1)
    return said, cell.shown


def flow_title(steps: tuple[FlowStep, ...]) -> str:
    """Return the diagram's title: where it starts and where it ends."""
    if not steps or not steps[0].shown[:1].isdigit():
        return "How all records come down to the groups"
    return f"How {steps[0].shown} records come down to the groups"


def flow_alt(steps: tuple[FlowStep, ...]) -> str:
    """Return the diagram in words: everybody left, and the groups at the end."""
    stocks = [f"{s.shown} {s.label}" for s in steps if s.kind == "stock"]
    ends = [f"{s.label}: {s.shown.rstrip(':')}" for s in steps if s.kind == "tier"]
    outs = sum(step.kind == "out" for step in steps)
    return (f"Flow diagram. From {', then '.join(stocks)}. {outs} reasons for leaving are shown at "
            f"the side. At the end: {'; '.join(ends)}.")  # fmt: skip


def _origins(released: Released) -> Section:
    ages, ethnicity = table_of(released, "ages"), table_of(released, "ethnicity")
    disability = table_of(released, "disability")
    return Section(
        id="who-ages",
        title="Equality: age, ethnic group and disability",
        blocks=Shelf()
        .put(
            Paragraph(_DUTY),
            bar_figure(ages, "T1", ages_title(ages), "women") if ages else None,
            bar_figure(ethnicity, "T1", "Ethnic groups of women in T1, as recorded", "women")
            if ethnicity
            else None,
            Paragraph("Links between mothers and children can be found less often for some groups "
                      "than for others, so compare ethnic groups with care. See the section on "
                      "limits.") if ethnicity else None,
            shown(disability) if disability else None,
        )
        .all(),
    )  # fmt: skip


def _where(released: Released) -> tuple[Section, ...]:
    """Return the women by area; nothing where no place lookup names areas."""
    areas = table_of(released, "areas")
    if areas is None:
        return ()
    blocks = Shelf().put(
        Paragraph(_AREA_NOTE), bar_figure(areas, "T1", "Areas where women in T1 live", "women")
    )
    return (Section(id="who-areas", title="Where the women live now", blocks=blocks.all()),)


def ages_title(ages: ReleasedTable | None) -> str:
    """Return the title of the ages chart: the commonest age group or groups."""
    most = most_of(ages, "T1")
    if not most or len(most) > 2:
        return "Ages of women in T1"
    return f"Women in T1 are most often aged {listed([m.lower() for m in most], 'or')}"

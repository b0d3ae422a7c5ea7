"""The sections of the partner's edition: the dataset, its findings, what is left of the report."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from casescope.disclosure.released import Released, ReleasedTable
from casescope.findings.shared_dataset.measures import SURVIVING
from casescope.report.document import (
    Block,
    Callout,
    Definitions,
    Paragraph,
    Section,
    Shelf,
    Table,
    TableRow,
    Term,
)
from casescope.report.figures import bar_figure
from casescope.report.prose import first_upper, long_date
from casescope.report.reading import table_of
from casescope.report.sections import glossary, what_they_live_with
from casescope.report.tables import shown
from casescope.report.words import plain

if TYPE_CHECKING:
    from casescope.report.partner.package_facts import PackageFacts

_NOW = ("shared_in_her_care", "shared_pregnant", "shared_care_experienced")
_REMOVED = (
    "shared_children", "shared_further_events", "shared_intervals", "shared_index_period",
    "shared_child_ages", "shared_child_age_groups", "shared_child_under_1",
)  # fmt: skip
_FOLLOWED = ("shared_followed", "shared_endings")
_TITLES = {
    "shared_children": "How many children were removed",
    "shared_further_events": "Further removal events",
    "shared_intervals": "Time from one removal event to the next",
    "shared_index_period": "When the first removal event was",
    "shared_child_ages": "Ages of the removed children",
    "shared_child_age_groups": "Ages at which children were removed",
    "shared_child_under_1": "Whether a child was removed under 1",
    "shared_followed": "How long they were followed",
    "shared_endings": "What ended following them",
}


def all_of(released: Released, package: "PackageFacts") -> tuple[Section, ...]:
    """Return every section, in order."""
    return (
        _dataset(package),
        _who(released),
        what_they_live_with.section(released),
        _removed(released),
        _left(released),
        _disclosure(released),
        glossary.section(released.rules),
        _provenance(released, package),
    )


def _dataset(package: "PackageFacts") -> Section:
    women = f"{int(package.women):,}" if package.women.isdecimal() else "not stated"
    floor = package.floor or "a stated number of"
    return Section(
        id="dataset",
        title="What this is made of",
        blocks=(
            Paragraph("The dataset has one row for each woman. It has no names, no dates of birth, "
                      "no addresses and no words that anybody wrote. What could single a woman out "
                      f"is told in bands, so wide that each woman is among at least {floor} who "
                      "look alike. It is personal data all the same, shared under contract."),
            Definitions((
                Term("Women told of", women),
                Term("Women left out", f"{package.left_out or 'not stated'} (too few others "
                     "look like them, at these bands)"),
                Term("Linkage and count", f"{package.linkage or 'not stated'} linkage, broad count "
                     "of removals"),
                Term("Reference date", f"in {package.reference_period or 'a quarter not stated'}"),
            )),
            _told(package),
            Callout("Figures here can differ from the authority’s report", (Paragraph(
                "Women who are left out are in the report and not here. Bands here can be wider. "
                "Do not subtract one from the other: the difference would be about few women."),)),
        ),
    )  # fmt: skip


def _told(package: "PackageFacts") -> Table:
    return Table(
        id="told", caption="How each column is told", numeric=False,
        head=("Column", "What it is", "Told by"),
        rows=tuple(TableRow((plain(name), first_upper(meaning), told))
                   for name, meaning, told in package.steps),
    )  # fmt: skip


def _who(released: Released) -> Section:
    tiers = table_of(released, "tiers")
    blocks = Shelf().put(
        _plain(released, "headline"), shown(tiers) if tiers else None,
        _folded(released, "tiers_by_events"),
    )  # fmt: skip
    return Section(
        id="who", title="Who the women are", short="Who they are", blocks=blocks.all(),
        sections=(_origins(released), _now(released)),
    )  # fmt: skip


def _origins(released: Released) -> Section:
    titles = {
        "ages": "Ages of women in T1",
        "ethnicity": "Ethnic groups of women in T1, as recorded",
        "areas": "Areas where women in T1 live",
    }
    shelf = Shelf()
    for finding, title in titles.items():
        table = table_of(released, finding)
        shelf.put(
            bar_figure(table, "T1", title, "women") if table else
            Paragraph(f"{plain(finding)}: withheld in this package.")
        )  # fmt: skip
    return Section("who-origins", "Age, ethnic group, area and disability",
                   shelf.put(_plain(released, "disability")).all())  # fmt: skip


def _now(released: Released) -> Section:
    shelf = Shelf().put(*(_plain(released, finding) for finding in _NOW))
    return Section("who-now", "How they stand now", shelf.all())


def _removed(released: Released) -> Section:
    shelf = Shelf()
    shelf.put(Paragraph("Times are told in bands, so these are counts of women and there is no "
                        "curve of how soon it happens again."))  # fmt: skip
    for finding in _REMOVED:
        shelf.put(_bars(released, finding))
    followed = Shelf().put(*(_bars(released, finding) for finding in _FOLLOWED))
    return Section(
        id="removed", title="What happened to their children", short="What happened",
        blocks=shelf.all(),
        sections=(Section("followed", "After the first removal event", followed.all()),),
    )  # fmt: skip


def _bars(released: Released, finding: str) -> Block | None:
    table = table_of(released, finding)
    if table is None:
        return None
    return bar_figure(table, table.columns[0], _TITLES[finding], table.unit)


def _plain(released: Released, finding: str) -> Block | None:
    table = table_of(released, finding)
    return shown(table) if table else None


def _folded(released: Released, finding: str) -> Block | None:
    table = table_of(released, finding)
    return shown(table, folded=True) if table else None


def _left(released: Released) -> Section:
    table = table_of(released, SURVIVING)
    return Section(
        id="left",
        title="What is left of the authority’s findings",
        short="What is left of the report",
        blocks=Shelf()
        .put(
            Paragraph("The authority’s report says more than this dataset can. “As it is” means "
                      "that the same figures come out for the women told of, “coarser” that they "
                      "come in wider bands or fewer counts, and “gone” that the question cannot be "
                      "asked here."),
            replace(shown(table), numeric=False, finding="") if table else None,
        )
        .all(),
    )  # fmt: skip


def _disclosure(released: Released) -> Section:
    rules = released.rules
    return Section(
        id="disclosure",
        title="How the women are kept from being recognised",
        short="Protection",
        blocks=(
            Paragraph(f"{rules.brief} {released.audit.get('verdict', '')}".strip()),
            Paragraph("Answers to queries are held against the groups of this report and against "
                      "each other, two at a time. They have not been audited together.",
                      lead="Queries."),
            Table(
                id="record", caption="Figures shown and hidden in each table",
                head=("Finding", "Shown", "Hidden"),
                rows=tuple(_counted(table) for table in released.tables if table.id != SURVIVING),
            ),
        ),
    )  # fmt: skip


def _counted(table: ReleasedTable) -> TableRow:
    cells = [cell for row in table.rows for cell in row.cells if cell.kind != "text"]
    found = Counter(cell.hidden for cell in cells)
    return TableRow((table.title, str(found[False]), str(found[True])))


def _provenance(released: Released, package: "PackageFacts") -> Section:
    rules = released.rules
    facts = (
        ("Package", package.package), ("Version", package.version), ("Study", package.study),
        ("Authority", package.authority), ("Purpose", package.purpose),
        ("Lawful basis", package.lawful_basis), ("Agreement", package.agreement),
        ("Package made", _day(package.made_on)), ("To be destroyed after", _day(package.ends_on)),
        ("Rules against recognition", f"{rules.name}, version {rules.version}. {rules.says}"),
        ("Package made with", f"casescope {package.casescope}" if package.casescope else ""),
        ("Undertaking", package.undertaking),
    )  # fmt: skip
    return Section(
        id="provenance",
        title="Where these figures come from",
        short="Where the figures come from",
        blocks=(Definitions(tuple(Term(name, said or "not stated") for name, said in facts)),),
    )


def _day(text: str) -> str:
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text

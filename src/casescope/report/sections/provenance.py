"""Where every figure comes from and how to check that the report is the one that was made."""

from datetime import date

from casescope.disclosure.released import Released
from casescope.report.document import (
    Block,
    Definitions,
    Paragraph,
    Section,
    Shelf,
    Table,
    TableRow,
    Term,
)
from casescope.report.prose import long_date, long_time
from casescope.report.study import StudyFacts, parameter_lines


def section(released: Released, study: StudyFacts) -> Section:
    """Return the last section: dates, rules, versions and the ledger."""
    return Section(
        id="provenance",
        title="Where these figures come from",
        short="Where the figures come from",
        blocks=Shelf()
        .put(
            Paragraph("Every chart and table of counts names its finding. The same figures, in a "
                      "form that a computer can read, are in the file report.json beside this "
                      "report; what a practice would add stands there under “value”."),
            Definitions(_facts(released, study)),
            _versions(study),
            Paragraph("The study’s ledger records who did what and when. Each entry seals the one "
                      "before it, so a changed entry shows. To check it, run “casescope ledger "
                      "verify” at the authority and compare its newest entry with the one above. "
                      "Work done after this report was made adds entries after it.",
                      lead="How to check this report."),
        )
        .all(),
    )  # fmt: skip


def _facts(released: Released, study: StudyFacts) -> tuple[Term, ...]:
    rules = released.rules
    changed = [line for line in parameter_lines(study.parameters) if line.differs]
    said = ", ".join(f"{line.name} is {line.value}, not {line.default}" for line in changed)
    return (
        Term("Study", study.name),
        Term("Purpose", study.purpose or "not stated"),
        Term("Lawful basis", study.lawful_basis or "not stated"),
        *(Term(name, value) for name, value in study.references),
        Term("Records from", long_date(study.extract_first)),
        Term("Records to", long_date(study.extract_last)),
        Term("Reference date", long_date(study.reference_date)),
        Term("Changed from the usual", said or "no parameter was changed"),
        Term("Rules against recognition", f"{rules.name}, version {rules.version}, "
             f"dated {long_date(date.fromisoformat(rules.dated))}. {rules.says}"),
        *_small_counts(released, study),
        Term("Made", long_time(study.made_at)),
        Term("Newest ledger entry", study.ledger_head or "none yet"),
    )  # fmt: skip


def _small_counts(released: Released, study: StudyFacts) -> tuple[Term, ...]:
    """Return who allowed small counts, where this edition shows them."""
    if released.rules.publishable:
        return ()
    return (Term("Small counts allowed", study.small_counts or "not stated"),)


def _versions(study: StudyFacts) -> Block | None:
    if not study.versions:
        return None
    return Table(
        id="versions",
        caption="Software used",
        head=("Part", "Version"),
        rows=tuple(TableRow(pair) for pair in study.versions),
        numeric=False,
    )

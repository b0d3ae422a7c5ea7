"""Data quality: the records that are doubtful, each kind by name."""

from casescope.disclosure.released import Released
from casescope.report.document import Paragraph, Section, Shelf
from casescope.report.prose import long_date
from casescope.report.reading import table_of
from casescope.report.study import StudyFacts
from casescope.report.tables import shown


def section(released: Released, study: StudyFacts) -> Section:
    """Return the section on data quality."""
    caveats = table_of(released, "caveats")
    return Section(
        id="quality",
        title="How good the records are",
        short="Data quality",
        blocks=Shelf()
        .put(
            Paragraph(_range(study)),
            Paragraph("Some records couldn’t be used as they stand, or are doubtful. They were "
                      "counted by kind. The authority’s analyst has the list, by file and row, so "
                      "that they can be put right at the source.") if caveats else None,
            shown(caveats) if caveats else Paragraph("No doubtful records were reported."),
        )
        .all(),
    )  # fmt: skip


def _range(study: StudyFacts) -> str:
    if study.extract_first is None or study.extract_last is None:
        return "The records do not say over which dates they reach."
    return (
        f"The records reach from {long_date(study.extract_first)} to "
        f"{long_date(study.extract_last)}. Facts dated after {long_date(study.reference_date)} are "
        "not used."
    )

"""What only the public edition says: how people are protected, and where the figures come from."""

from casescope.disclosure.released import Rules
from casescope.report.document import Paragraph, Points, Section
from casescope.report.prose import long_date
from casescope.report.study import StudyFacts


def protection(rules: Rules) -> Section:
    """Return how nobody can be recognised in the figures."""
    return Section(
        id="protection",
        title="How people are kept from being recognised",
        short="How people are protected",
        blocks=(
            Points(
                (
                    Paragraph("No names, addresses or dates of birth of women or children are in "
                              "this report."),
                    Paragraph("Every figure was checked by the same rules before it was put in "
                              "this report."),
                    Paragraph(rules.brief),
                    Paragraph("Two people who did not write this report must agree before anybody "
                              "outside the council may read it."),
                    Paragraph("No woman was given a score. No woman was ranked."),
                    Paragraph("The figures describe groups. They must not be used to decide "
                              "anything about one woman."),
                )
            ),
        ),
    )  # fmt: skip


def sources(study: StudyFacts) -> Section:
    """Return where the figures come from, without the council's own references."""
    return Section(
        id="sources",
        title="Where these figures come from",
        short="Where the figures come from",
        blocks=(
            Paragraph(f"They come from the records of {study.authority}. They were counted as at "
                      f"{long_date(study.reference_date)}."),
            Paragraph("Each chart and table of counts has its own name, such as “headline”. The "
                      "same figures are in the plain tables that belong to this report."),
        ),
    )  # fmt: skip

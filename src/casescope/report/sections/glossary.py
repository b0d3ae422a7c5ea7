"""The words of the report and what they mean here."""

from casescope.disclosure.released import Rules
from casescope.report.document import Definitions, Paragraph, Section, Term

_TERMS = (
    Term("95% interval", "The likely range. If we could repeat the study many times, about 19 in "
         "20 such ranges would hold the true figure. A wide range means that few women stand "
         "behind the figure."),
    Term("Authority", "The council whose records these are, and who decides how they are used."),
    Term("Broad, strict and wide counts", "Three ways to count removals. Broad counts every "
         "removal. Strict counts only those in which a court order or an emergency power applied. "
         "Wide adds children who went to live elsewhere by an order without coming into care."),
    Term("Break-even", "The point at which what is saved is as much as what is spent. A practice "
         "pays for itself beyond it."),
    Term("Care-experienced", "She was in care herself when she was a child."),
    Term("Competing ends", "A woman’s death, or her reaching the age at which we stop following. "
         "After it she can have no further removal."),
    Term("Linkage", "Working out which records are about the same woman, and which children are "
         "hers."),
    Term("Log-rank test", "Asks whether groups of women differ by more than chance would usually "
         "make."),
    Term("Median", "The middle: for half it takes less time than this, for half more."),
    Term("Multiple removal", "Two or more children removed together, and no later removal of "
         "another child."),
    Term("Net value", "What is saved, less what is spent. Below zero, a practice costs more than "
         "it saves."),
    Term("Newborn", "A child under 28 days old when removed."),
    Term("Not recorded", "Nobody wrote down yes or no. It doesn’t mean no."),
    Term("Partner", "The charity that works with the authority on this study."),
    Term("Period of care", "A child’s time in care without a break. A move from one placement to "
         "another doesn’t start a new one."),
    Term("Practice", "A small team that works with a group of women whose children were removed, "
         "so that it need not happen again. Pause’s way of working."),
    Term("Programme", "What a practice does with one group of women, from beginning to end."),
    Term("Re-entry", "A child who went home and was taken into care again. Counted apart, never as "
         "a repeat removal by itself."),
    Term("Reference date", "The day as at which everything in this report is counted."),
    Term("Removal", "A child is separated from their mother because they come into care. Short "
         "breaks, remand, and young people who came to this country alone are not counted."),
    Term("Removal event", "All removals of a woman’s children that happen together, such as "
         "brothers and sisters on one day, or children in one set of court proceedings."),
    Term("Repeat removal", "A later removal event that includes a child who was not in an earlier "
         "one, often a new baby."),
    Term("T1, experienced", "Two or more children removed, no child in her care now, of "
         "child-bearing age, and the latest removal is recent."),
    Term("T2, experienced, not now eligible", "As T1, but a child is in her care, or may be, or "
         "she is pregnant."),
    Term("T3, at risk", "Exactly one child removed, and otherwise as T1."),
    Term("T4, at risk before any removal", "Care-experienced, no child removed, and a child of "
         "hers is on a child protection plan or in court proceedings now."),
    Term("Woman-year", "One woman followed for one year. Two women who were each followed for "
         "half a year make one woman-year."),
    Term("Women still followed", "How many women had not yet had another removal and were still in "
         "view at that time. The fewer there are, the less sure the figure."),
)  # fmt: skip


def section(rules: Rules) -> Section:
    """Return the glossary, with what was done so that nobody can be recognised."""
    terms = (*_TERMS, Term("Rounding and hiding", rules.brief))
    return Section(
        id="glossary",
        title="Words used in this report",
        short="Words used",
        blocks=(
            Paragraph("These words are used in the same way everywhere in the report."),
            Definitions(tuple(sorted(terms, key=lambda term: term.word))),
        ),
    )

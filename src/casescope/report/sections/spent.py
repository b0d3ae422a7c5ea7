"""What the children's time in care has cost so far, under unit costs that the authority states."""

from casescope.disclosure.released import ReleasedTable
from casescope.findings.care import KINDS
from casescope.findings.spend import WeeklyCosts, spend
from casescope.findings.value.money import Money
from casescope.governance.study_file.prices import priced, year_words
from casescope.governance.study_file.value import CostLines
from casescope.report.document import Paragraph
from casescope.report.model import Model
from casescope.report.prose import listed, pounds
from casescope.report.reading import value_of
from casescope.report.study import StudyFacts

_COST_LINES = {
    "relatives": ("kinship_week",),
    "foster": ("own_foster_week", "foster_week"),
    "adoption": ("placed_for_adoption_week",),
    "residential": ("residential_week",),
}
"""Lines of [costs] that price a week in each kind of placement, the first that is stated wins."""

_NONE = (
    "Weeks are what care costs are made of. No cost is put on them here, because the study states "
    "no cost for a week of its own that can be told in the study’s price year. A published average "
    "would mix babies, who mostly go to adopters or family, with teenagers in children’s homes."
)


def spent(table: ReleasedTable, study: StudyFacts, model: Model) -> Paragraph:
    """Return what the weeks that are shown have cost, or why no cost is put on them."""
    costs = _weekly(study.costs, model)
    weeks = _weeks(table)
    if not any(kind in costs for kind in weeks):
        return Paragraph(_NONE)
    found = spend(weeks, WeeklyCosts(model.stated.prices.base, costs))
    told = (
        f"At the authority’s own costs for a week, the weeks shown above have cost about "
        f"{pounds(found.pounds)} so far, in {year_words(found.price_year)} prices. Court, social "
        "work and allowances after care are not in it, nor weeks that are too few to show."
    )
    lacking = [f"“{KINDS[kind].lower()}”" for kind in found.unpriced]
    more = f" No cost was stated for: {listed(lacking)}." if lacking else ""
    return Paragraph(told + more, lead="Spent so far.")


def _weekly(lines: CostLines, model: Model) -> dict[str, float]:
    """Return pounds a week by kind of placement, as the study itself states them."""
    prices, published = model.stated.prices, CostLines()
    found: dict[str, float] = {}
    for kind, names in _COST_LINES.items():
        for name in names:
            text = getattr(lines, name)
            if text is None or text == getattr(published, name) or kind in found:
                continue
            one = priced(text)
            if not prices.lacking([one.year]):
                found[kind] = prices.told(Money(one.pounds, one.year)).pounds
    return found


def _weeks(table: ReleasedTable) -> dict[str, float]:
    at = table.columns.index("Weeks")
    shown = {row.labels[0]: value_of(row.cells[at]) for row in table.rows if not row.total}
    return {kind: weeks for kind, words in KINDS.items() if (weeks := shown.get(words))}

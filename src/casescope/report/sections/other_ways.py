"""Other ways than a practice, doing nothing among them, and what was found for whole areas."""

from casescope.report.document import Callout, Paragraph, Points, Section
from casescope.report.model import Model
from casescope.report.reading import value_of

_AREAS = (
    "One evaluation compared whole areas: 14.4 fewer infants a year came into care in each area "
    "with a Pause practice, and the benefit was put at £4.50 for each £1 over 4 years and £7.61 "
    "over 18 (Boddy and others 2020, quoted second-hand). These are results for areas, not for "
    "women: over the 20 to 24 women of one practice they would come to 0.60 to 0.72 removals "
    "avoided a year for each, more than either of Pause’s own rates. They enter no figure here."
)
_NOTHING = "No practice and no other service. It costs nothing at first, and the women get no help."
_AS_NOW = "The rate above is what that looks like from these records."
_SERVICES = Paragraph(
    "Support after a removal that asks nothing about contraception. In 2021 services other than "
    "Pause ran for these women in 33 authorities, beside 28 Pause practices (Mason and Wilkinson "
    "2021). What they ask for, cost and achieve is not in this model; ask before deciding.",
    lead="Services without a condition.",
)
_NOT_MONEY = (
    "Money is not the reason to help anybody, and a saving is not the measure of it. What a "
    "removal means to a woman and her child has no price here."
)


def section(model: Model) -> Section:
    """Return the section on other ways; doing nothing is what the rate is of, where it is shown."""
    nothing = f"{_NOTHING} {_AS_NOW}" if value_of(model.rate) is not None else _NOTHING
    ways = (Paragraph(nothing, lead="Doing nothing."), _SERVICES)
    return Section(
        "alternatives", "Other ways, and doing nothing",
        (Points(ways), Paragraph(_NOT_MONEY),
         Callout("What was found for whole areas", (Paragraph(_AREAS),))),
    )  # fmt: skip

"""What is missing before a saving can be worked out, and the condition that needs none of it."""

from casescope.kernel.counting import counted
from casescope.report.document import Block, Callout, Paragraph, Points
from casescope.report.model import Model, is_published
from casescope.report.prose import in_words, pounds
from casescope.report.sections.value_words import COUNTED, INPUT, years
from casescope.report.study import StudyFacts

_NO_SAVING = "No figure of a saving is given."
_UNSTATED = (
    "No figure of a saving is given while the study has not stated these. Nobody has published "
    "them; the study states them in study.toml, and the report then marks them as assumptions."
)
_UNSHOWN = {
    "rate": "Too few removals can be shown for a local removal rate",
    "pathways": "Too few children can be shown to say what happens to children removed, and the "
    "study states nothing on it",
}


def blocks(study: StudyFacts, model: Model) -> tuple[Block, ...]:
    """Return what is missing, and the conditions that can be stated without it."""
    lacking = [f"{_UNSHOWN[name]}." for name in model.stated.missing if name in COUNTED]
    if model.stated.undeflated:
        lacking.append("No price index tells prices of "
                       f"{years(model.stated.undeflated)} in one year.")  # fmt: skip
    unstated = [f"{INPUT[name]}." for name in model.stated.missing if name not in COUNTED]
    told = [(_NO_SAVING, lacking), (_UNSTATED, unstated)]
    said = [(Paragraph(opening), Points(tuple(map(Paragraph, points))))
            for opening, points in told if points]  # fmt: skip
    return (
        Callout("What is missing", tuple(block for pair in said for block in pair)),
        Paragraph(condition_words(study, model), lead="What can be said already."),
    )


def condition_words(study: StudyFacts, model: Model) -> str:
    """Return what each removal would have to save, if a practice avoided every one of them."""
    cell, practice = model.rate, model.stated.practice_cost
    if cell is not None and cell.value == 0 and cell.of:
        return (
            f"No further removal was seen in {cell.of:,} woman-years (likely range "
            f"{cell.interval} for each). None seen is not none to come: the range says how many "
            "there may be."
        )
    if cell is None or not cell.value or not cell.lower or not cell.upper or practice is None:
        return "The local removal rate can’t be shown, so no condition can be stated."
    years_run = study.value.months * study.value.cohorts / 12
    woman_years = study.value.women * years_run
    cost = practice[1].pounds * years_run
    low, high = cost / (woman_years * cell.upper), cost / (woman_years * cell.lower)
    women = counted(study.value.women, "woman", "women")
    more = counted(round(woman_years * cell.value), "more child", "more children")
    months = counted(study.value.months * study.value.cohorts, "month")
    return (
        f"At the local rate of {cell.shown} (likely range {cell.interval}), {women} would have "
        f"about {more} removed in {months} without a practice (likely range of the mean "
        f"{woman_years * cell.lower:.0f} to {woman_years * cell.upper:.0f}). A practice costs "
        f"about {pounds(cost)} in that time ({study.value.practice_cost_year} prices). Even "
        "if every one of these removals were avoided for good, each would have to save "
        f"{pounds(cost / (woman_years * cell.value))} (likely range {pounds(low)} to "
        f"{pounds(high)}) for the practice to pay for itself in that time. If fewer are avoided, "
        "each must save more."
    )


def lacking_words(study: StudyFacts, model: Model) -> str:
    """Return how much the study would have to state before the answer can be worked out."""
    unstated = [name for name in model.stated.missing if name not in COUNTED]
    count = len(unstated) + bool(model.stated.undeflated)
    if is_published(study) or model.rate is None or model.rate.value is None or not count:
        return "where a practice breaks even can’t be worked out"
    what = "one assumption is" if count == 1 else f"{in_words(count)} assumptions are"
    return f"where a practice breaks even can’t be worked out: {what} missing"

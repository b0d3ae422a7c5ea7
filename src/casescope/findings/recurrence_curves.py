"""The curves of recurrence: spells by days become steps, and steps a curve."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeAlias

from casescope.findings.finding import CurveFinding, Estimator
from casescope.findings.reader import Reader
from casescope.findings.survival import Step, cumulative_incidence, product_limit
from casescope.kernel.counting import counted

YEARS = (1, 3, 5, 7, 10)
Spells: TypeAlias = list[dict[str, Any]]

METHOD = (
    "Kaplan–Meier, with 95% interval on the log-minus-log scale. Women who died, reached the age "
    "limit, left the area or came to the end of the records are followed until then."
)
COMPETING_METHOD = (
    "Aalen–Johansen, with 95% interval on the log-minus-log scale. A woman who died or reached the "
    "age limit stays in the count as one who had no further removal."
)


def caveats(reader: Reader) -> tuple[str, ...]:
    """Return what every curve and every share read off one must say."""
    years = reader.parameters.washout_years
    return (
        f"A first event counts only {counted(years, 'year')} or more after the records begin.",
        "A removal before the records begin, or by another authority, is not seen.",
        "The curve is made of counts as they may be shown: with few women, its steps are large.",
    )


def steps_of(spells: Iterable[dict[str, Any]]) -> list[Step]:
    """Return spells grouped by days, bands put together."""
    events: Counter[int] = Counter()
    censored: Counter[int] = Counter()
    competing: Counter[int] = Counter()
    for spell in spells:
        events[spell["day"]] += spell["events"]
        censored[spell["day"]] += spell["censored"]
        competing[spell["day"]] += spell.get("competing", 0)
    return [Step(day, events[day], censored[day], competing[day]) for day in sorted(events)]


def curve(
    reader: Reader,
    finding_id: str,
    title: str,
    spells: Spells,
    *,
    estimator: Estimator = "kaplan_meier",
    part_of: str = "",
    division: str = "",
    within: str = "",
) -> CurveFinding:
    """Return the curve of these spells; the last three are as in `CurveFinding`."""
    of_competing = estimator == "aalen_johansen"
    points = (cumulative_incidence if of_competing else product_limit)(steps_of(spells))
    return CurveFinding(
        finding_id, title, "women", points,
        women=sum(point.events + point.censored for point in points),
        events=sum(point.events for point in points),
        method=COMPETING_METHOD if of_competing else METHOD,
        source=reader.source, period=reader.observed, caveats=caveats(reader),
        estimator=estimator, part_of=part_of, division=division, within=within,
    )  # fmt: skip

"""What is left of each finding of the report in a dataset shared person by person.

A rule for each finding says whose rows it needs and how finely each column must be told. It is *as
it is* where whoever holds the shared dataset comes to the same figures, *coarser* where she comes
to wider bands, fewer counts or a few women less, *gone* where she cannot ask the question.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fnmatch import fnmatchcase

from casescope.dataset.sharing.proposals import EVERYONE, Proposal
from casescope.dataset.sharing.quasi import QUASI_BY_NAME

Steps = Mapping[str, int]


class Outcome(Enum):
    """What is left of one finding."""

    EXACT = "as it is"
    COARSER = "coarser"
    GONE = "gone"


@dataclass(frozen=True)
class Need:
    """What some findings (ids of tables and curves, `*` for any ending) need of a shared dataset.

    `exact` and `coarser` are the coarsest steps at which columns still serve; None: they never do,
    and `why` says why. `tiers` are those whose women are counted; `everyone`: any with a removed
    child, so that the women in a tier are not enough.
    """

    findings: tuple[str, ...]
    exact: Steps | None = field(default_factory=dict)
    coarser: Steps | None = field(default_factory=dict)
    tiers: tuple[str, ...] = ("T1", "T2", "T3")
    everyone: bool = False
    why: str = ""


@dataclass(frozen=True)
class Surviving:
    """One finding, what is left of it, and why no more."""

    finding: str
    outcome: Outcome
    why: str


_ONE_COUNT = "one linkage and the broad count are shared"
_FIRST_ALONE = "only a child's first removal is shared, under the broad count"
_COURSE = "what became of the children is not shared: days by placement tell a child from others"


def _gone(*findings: str, why: str) -> Need:
    """Return the rule of findings that no shared dataset serves."""
    return Need(findings, exact=None, coarser=None, why=why)


NEEDS: tuple[Need, ...] = (
    Need(("tiers",), exact=None, tiers=("T1", "T2", "T3", "T4"), why=_ONE_COUNT),
    Need(("headline",), exact=None, tiers=("T1", "T2", "T3", "T4"),
         why="children are counted up to the top band"),
    Need(("tiers_by_events",), exact={"intervals": 6}, tiers=("T1", "T2")),
    Need(("ages",), exact={"age": 0}, coarser={"age": 1}),
    Need(("ethnicity",), exact={"ethnicity": 0}, coarser={"ethnicity": 1}),
    Need(("areas",), exact={"area": 0}, coarser={"area": 0}),
    Need(("disability", "issues_t1_t3_*")),
    Need(("issues_t1_at_latest_removal", "issues_t1_current", "issues_t1_ever", "issues_together"),
         tiers=("T1",)),
    Need(("removal_counts",), exact=None, coarser={"children": 1}, everyone=True, why=_FIRST_ALONE),
    Need(("repeat_and_multiple",), exact=None, coarser={"intervals": 5}, everyone=True,
         why=_FIRST_ALONE),
    Need(("removals_by_age",), exact=None, coarser={"child_ages": 1}, everyone=True,
         why=_FIRST_ALONE),
    Need(("removals_by_year",), exact=None, coarser={"index_period": 1, "intervals": 2},
         everyone=True, why="years of events, not of each child, are shared"),
    Need(("interval",), exact=None, coarser={"intervals": 3}, everyone=True, why=_FIRST_ALONE),
    Need(("recurrence_at", "recurrence_broad", "recurrence_broad_competing"), exact=None,
         coarser={"intervals": 4, "followed": 1, "index_period": 2}, everyone=True,
         why="times are in bands, and the washout is told by periods"),
    Need(("recurrence_decade_*",), exact=None,
         coarser={"intervals": 4, "followed": 1, "index_period": 1}, everyone=True,
         why="times are in bands"),
    _gone("recurrence_strict*", why=_ONE_COUNT),
    _gone("recurrence_newborn_*", "recurrence_index_newborn_*", "repeat_newborns",
          why="newborns are not told from other children under 1"),
    _gone("recurrence_by_age", "recurrence_age_*", "recurrence_compared",
          why="her age at the index event is not shared"),
    _gone("rate", "rate_by_age", "rate_by_time",
          why="the time after her second removed child is not shared"),
    _gone("removals_by_route", why="routes are not shared"),
    _gone("care_*", why=_COURSE),
    _gone("flow", why="person records and women who were never in question are not "
         "shared"),
)  # fmt: skip

ABOUT_RECORDS = (
    "coverage", "links_reviewed", "caveats", "signs", "impossible", "trend", "headline_by_linkage",
    "sensitivity",
)  # fmt: skip
"""Tables about the records and the method: counts that go with the report, and no question of a
person-level dataset."""


def need_of(finding: str) -> Need | None:
    """Return the rule of one table or curve; None where it is about the records, not the women."""
    return next(
        (need for need in NEEDS if any(fnmatchcase(finding, one) for one in need.findings)), None
    )


def surviving(proposal: Proposal) -> tuple[Surviving, ...]:
    """Return what one proposal leaves of every finding about women and children."""
    everyone = proposal.scope == EVERYONE
    return surviving_in(proposal.steps, everyone=everyone, left_out=proposal.left_out)


def surviving_in(
    steps: Steps, *, everyone: bool, left_out: Mapping[str, int]
) -> tuple[Surviving, ...]:
    """Return what a dataset at these steps leaves of every finding about women and children.

    `left_out` says by tier how many women it does not tell of; whoever holds it may not know.
    """
    return tuple(_all(steps, everyone, left_out))


def _all(steps: Steps, everyone: bool, left_out: Mapping[str, int]) -> Iterator[Surviving]:
    for need in NEEDS:
        why_gone = _why_gone(need, steps, everyone)
        outcome, why = (Outcome.GONE, why_gone) if why_gone else _left(need, steps, left_out)
        yield from (Surviving(finding, outcome, why) for finding in need.findings)


def _left(need: Need, steps: Steps, left_out: Mapping[str, int]) -> tuple[Outcome, str]:
    if need.exact is None:
        return Outcome.COARSER, need.why
    if coarse := _above(need.exact, steps):
        return Outcome.COARSER, f"the report has {coarse}"
    if any(left_out.get(tier) for tier in need.tiers):
        return Outcome.COARSER, "some of its women are left out"
    return Outcome.EXACT, ""


def _why_gone(need: Need, steps: Steps, everyone: bool) -> str:
    if need.coarser is None:
        return need.why
    if need.everyone and not everyone:
        return "needs every woman with a removed child, not those in a tier alone"
    too_coarse = _above(need.coarser, steps)
    return f"needs {too_coarse} or finer" if too_coarse else ""


def _above(limits: Steps, steps: Steps) -> str:
    """Return the first column told more coarsely than its limit, in words; empty for none."""
    return next(
        (
            f"{name.replace('_', ' ')} told by {QUASI_BY_NAME[name].steps[most].label}"
            for name, most in limits.items()
            if steps[name] > most
        ),
        "",
    )

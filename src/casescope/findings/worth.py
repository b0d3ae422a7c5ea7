"""Whether sharing person by person is worth it, by a rule that is stated with every verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from casescope.dataset.sharing.proposals import MOST_LEFT_OUT, Proposal
from casescope.findings.surviving import Outcome, surviving

LEAST_SERVED = 0.75
"""Share of the findings that an unbanded dataset of the same women would serve, as they are or
coarser."""

MOST_LOST = 0.4
"""Loss of detail; above it the columns say little that the report's tables do not."""

RULE = (
    f"A dataset is worth sharing person by person where some recoding that reaches the floor loses "
    f"at most {MOST_LOST:.0%} of the detail, leaves out at most {MOST_LEFT_OUT:.0%} of the women "
    f"and of those in T1, and still serves at least {LEAST_SERVED:.0%} of the findings that the "
    "same women's rows would serve without bands. Otherwise send the report's released figures."
)


@dataclass(frozen=True)
class Judged:
    """One proposal held to the rule: the share of findings it serves, and what speaks against."""

    proposal: Proposal
    served: float
    against: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Whether it is worth it, in one plain sentence, and each proposal's own judgement."""

    person_level: bool
    sentence: str
    judged: tuple[Judged, ...]


def verdict(proposals: Sequence[tuple[Proposal, Proposal]], women_in_t1: int) -> Verdict:
    """Return the verdict on proposals, each with the unbanded dataset of the same women."""
    judged = tuple(_judged(one, unbanded) for one, unbanded in proposals)
    good = [one for one in judged if not one.against]
    of_t1 = "1 woman in T1" if women_in_t1 == 1 else f"{women_in_t1:,} women in T1"
    if good:
        best = min(good, key=lambda one: one.proposal.loss)
        sentence = (
            f"With {of_t1}, a dataset of one row a woman is worth sharing, told as in the proposal "
            f"“{best.proposal.name}”. It stays personal data under contract."
        )
    elif judged:
        sentence = (
            f"With {of_t1}, a dataset of one row a woman is not worth its risk: told coarsely "
            "enough to hide each woman among others, it says little more than the report does. "
            "Send the report's released figures instead."
        )
    else:
        sentence = (
            f"With {of_t1}, no recoding hides each woman among others without leaving out too "
            "many. Send the report's released figures instead."
        )
    return Verdict(bool(good), sentence, judged)


def _judged(proposal: Proposal, unbanded: Proposal) -> Judged:
    could = _served(unbanded)
    served = _served(proposal) / could if could else 0.0
    tests = (
        (proposal.loss <= MOST_LOST, f"{proposal.loss:.0%} of the detail is lost"),
        (proposal.share_left_out() <= MOST_LEFT_OUT,
         f"{proposal.share_left_out():.1%} of the women are left out"),
        (proposal.share_left_out("T1") <= MOST_LEFT_OUT,
         f"{proposal.share_left_out('T1'):.1%} of the women in T1 are left out"),
        (served >= LEAST_SERVED, f"only {served:.0%} of the findings are served"),
    )  # fmt: skip
    return Judged(proposal, served, tuple(words for holds, words in tests if not holds))


def _served(proposal: Proposal) -> int:
    return sum(one.outcome is not Outcome.GONE for one in surviving(proposal))

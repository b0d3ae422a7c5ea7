"""What is worked out before anything is shared person by person: risk, recodings, a verdict."""

from collections.abc import Sequence
from typing import Any

import duckdb

from casescope.actions.gate.gate import Permit
from casescope.dataset.risk import check_floor
from casescope.dataset.sharing.proposals import (
    COHORT,
    EVERYONE,
    UNBANDED,
    Proposal,
    Purpose,
    evaluate,
    fresh_tokens,
    propose,
)
from casescope.dataset.sharing.quasi import QUASI_BY_NAME
from casescope.dataset.sharing.recode import Recoded, write
from casescope.dataset.sharing.schema import QUASI_COLUMNS, WOMAN
from casescope.dataset.sharing.siblings import Fingerprints, fingerprints
from casescope.dataset.sharing.subject import Subject, subjects
from casescope.findings.surviving import surviving
from casescope.findings.worth import RULE, Judged, Verdict, verdict
from casescope.kernel.errors import BelowFloor, NotFound
from casescope.kernel.progress import Progress

_NOTICE = "For the council's analyst and data protection officer: exact, and not for any report."


class Panel:
    """Everything the panel says of one dataset, worked out once."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, permit: Permit, progress: Progress
    ) -> None:
        self.floor, self._linkage = permit.study.risk_floor, permit.study.linkage
        self._connection = connection
        progress.start("risk as fine as could be")
        self.subjects = subjects(
            connection, linkage=self._linkage, reference_date=permit.study.reference_date
        )
        self._unbanded = {scope: self._as_fine_as_could_be(scope) for scope in (COHORT, EVERYONE)}
        self._siblings = fingerprints(self.subjects, self.floor)
        progress.finish(f"{len(self.subjects):,} women")
        progress.start("recodings that reach the floor")
        self.proposals = tuple(
            propose(connection, self.subjects, floor=self.floor, linkage=self._linkage)
        )
        self.verdict = self._verdict()
        progress.finish(f"{len(self.proposals)} proposals")

    def checked(self, recoding: str) -> BelowFloor | None:
        """Return the refusal with which sealing would meet this recoding, None where it may go."""
        chosen = self.named(recoding) if recoding else self._unbanded[EVERYONE]
        people = chosen.purposes[0].people(self.subjects)
        floor = self.floor if recoding else 1  # unbanded is checked as it is, nobody left out
        write(self._connection, people, Recoded(chosen.steps, floor, self._linkage),
              tokens=fresh_tokens(people))  # fmt: skip
        try:
            check_floor(self._connection, WOMAN.name, QUASI_COLUMNS, floor=self.floor)
        except BelowFloor as refusal:
            return refusal
        return None

    def to_json(self) -> dict[str, Any]:
        """Return the panel as plain values."""
        return {
            "notice": _NOTICE,
            "floor": self.floor,
            "linkage": self._linkage,
            "unbanded": self._unbanded[EVERYONE].risk.to_json(),
            "sibling_sets": _siblings(self._siblings),
            "proposals": [_proposal(one) for one in self.verdict.judged],
            "verdict": {
                "person_level": self.verdict.person_level,
                "sentence": self.verdict.sentence,
                "rule": RULE,
            },
        }

    def _as_fine_as_could_be(self, scope: str) -> Proposal:
        purposes = (Purpose("unbanded", "As fine as it could be shared", scope),)
        recoded = Recoded(UNBANDED, 1, self._linkage)
        return evaluate(self._connection, self.subjects, purposes, recoded)

    def _verdict(self) -> Verdict:
        pairs = [(one, self._unbanded[one.scope]) for one in self.proposals]
        return verdict(pairs, _in_tier(self.subjects, "T1"))

    def named(self, recoding: str) -> Proposal:
        """Return the proposal of that name, or refuse."""
        for one in self.proposals:
            if recoding in [purpose.name for purpose in one.purposes]:
                return one
        names = [purpose.name for one in self.proposals for purpose in one.purposes]
        raise NotFound(
            f"No recoding that reaches the floor is called '{recoding}'.",
            f"There are {', '.join(names)}." if names else "None reaches the floor.",
        )


def _in_tier(people: Sequence[Subject], tier: str) -> int:
    return sum(one.tier == tier for one in people)


def _siblings(found: Fingerprints) -> dict[str, Any]:
    return {
        "women": found.women,
        "shapes": found.shapes,
        "fit_one_woman": found.alone,
        "women_below_floor": found.below_floor,
        "fit_one_woman_with_intervals": found.with_intervals,
        "worst": [{"shape": shape.in_words(), "women": women} for shape, women in found.worst],
    }


def _proposal(judged: Judged) -> dict[str, Any]:
    one = judged.proposal
    return {
        "name": one.name,
        "purposes": [{"name": each.name, "title": each.title} for each in one.purposes],
        "scope": one.scope,
        "columns": {name: QUASI_BY_NAME[name].steps[step].label
                    for name, step in sorted(one.steps.items())},
        "loss": one.loss,
        "women": dict(one.women),
        "left_out": dict(one.left_out),
        "share_left_out": one.share_left_out(),
        "share_left_out_t1": one.share_left_out("T1"),
        "risk": one.risk.to_json(),
        "findings": [{"finding": each.finding, "outcome": each.outcome.value, "why": each.why}
                     for each in surviving(one)],
        "served": judged.served,
        "against": list(judged.against),
    }  # fmt: skip

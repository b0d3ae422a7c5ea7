"""How the review of links stands, and how right the links are by what was reviewed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from casescope.actions._gate import commit
from casescope.actions._reading import open_for_reading
from casescope.actions._review import (
    ids_in,
    in_sight,
    open_for_review,
    own_ids,
    reading,
    restricted,
    state_of,
)
from casescope.findings.linkage_accuracy import Accuracy, Stratum
from casescope.findings.linkage_accuracy import accuracy as estimated
from casescope.governance.link_decisions import LinkDecision
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.review.reading import hidden
from casescope.identified.review.sample import Counted, bands, counted, scored
from casescope.identified.review.standing import by_pair, drawn_now, numbers_of
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register

_SILENT = Silent()


def standing(
    home: Path, *, actor: Actor, today: date, progress: Progress = _SILENT
) -> dict[str, Any]:
    """Return how the review stands: what waits and what was decided; random ids, no names."""
    permit = open_for_review(
        home, Action.PAIRS, actor=actor, today=today, progress=progress, settled=True
    )
    register = open_register()
    with reading(permit) as connection:
        state = state_of(connection, permit)
        own = own_ids(connection, state)
        seen = in_sight(connection, permit, register.decisions(permit.study_id))
        numbers = numbers_of(connection, ids_in(seen))
    held = [each for each in seen if each.ended_as is None]
    drawn = [key for key in state.drawn if not set(key) & state.out_of_sight]
    commit(permit, detail={"waiting": len(own), "decided": len(held)})
    return {
        "waiting": len(own),
        "decided": dict(Counter(each.verdict.value for each in held)),
        "withheld": len(permit.decisions) - len(held),
        "drawn": len(drawn),
        "drawn_and_answered": sum(key in state.decided for key in drawn),
        "waiting_pairs": [
            {"one": one, "other": other, "probability": pair.probability, "why": pair.why}
            for (one, other), pair in zip(own, state.waiting, strict=True)
        ],
        "decisions": [_as_json(each, _bears_on(each, numbers)) for each in held],
        "ended": [_as_json(each, "") for each in seen if each.ended_as is not None],
    }


def accuracy(
    home: Path, *, actor: Actor, today: date, progress: Progress = _SILENT
) -> dict[str, Any]:
    """Return how right the computer's links are, in all and by group, by what was reviewed."""
    permit = open_for_reading(home, Action.PAIRS, actor=actor, today=today, progress=progress)
    numbers = permit.study.parameters
    within = bands(review_low=numbers.review_low, link_threshold=numbers.link_threshold)
    with reading(permit, "removals") as connection:
        unseen = hidden(connection, restricted(permit))
        pairs = scored(connection, within, reference_date=permit.study.reference_date,
                       out_of_sight=unseen)  # fmt: skip
        drawn = drawn_now(connection, open_register().drawn(permit.study_id))
        counts = counted(pairs, drawn, by_pair(connection, permit.decisions))
    commit(permit, detail={"scored": len(pairs), "drawn": len(drawn)})
    whole = counts.get(("all", "all"), [])
    return {
        "link_threshold": numbers.link_threshold,
        "all": _estimates(whole),
        "bands": [
            {"probability": each.band.name, "linked": each.band.linked, "pairs": each.pairs,
             "judged": each.told, "one_woman": each.same, "could_not_tell": each.unsure}
            for each in whole
        ],
        "groups": [
            {"breakdown": breakdown, "group": group, **_estimates(found)}
            for (breakdown, group), found in counts.items()
            if breakdown != "all"
        ],
    }  # fmt: skip


def _bears_on(decision: LinkDecision, numbers: Mapping[str, int]) -> str:
    """Say on whom a decision now bears."""
    first = {numbers[each] for each in decision.one if each in numbers}
    second = {numbers[each] for each in decision.other if each in numbers}
    if not first or not second:
        return "nobody: her record is not in the extract now"
    return "nobody: declared identity joins the two" if first == second else "two women"


def _as_json(decision: LinkDecision, bears_on: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "decision": decision.decision_id,
        "one": decision.one[0],
        "other": decision.other[0],
        "verdict": decision.verdict.value,
        "why": decision.why,
        "by": decision.by,
        "on": decision.on,
        "at": decision.at,
        "how": decision.how,
    }
    if decision.ended_as is None:
        return said | {"bears_on": bears_on}
    return said | {
        "ended_as": decision.ended_as.value,
        "ended_on": decision.ended_on,
        "ended_by": decision.ended_by,
        "ended_reason": decision.ended_reason,
    }


def _estimates(counts: Sequence[Counted]) -> dict[str, Any]:
    found = estimated(
        [Stratum(each.band.linked, each.pairs, each.told, each.same) for each in counts]
    )
    return {
        "precision": _estimate(found, "precision"),
        "recall": _estimate(found, "recall"),
        "pairs_linked": found.pairs_linked,
        "pairs_not_linked": found.pairs_not_linked,
        "judged_linked": found.judged_linked,
        "judged_not_linked": found.judged_not_linked,
        "could_not_tell": sum(each.unsure for each in counts),
    }


def _estimate(found: Accuracy, which: str) -> dict[str, float] | str:
    estimate = found.precision if which == "precision" else found.recall
    if estimate is None:
        return "too few reviewed"
    lower, upper = estimate.interval
    return {"share": estimate.share, "lower": lower, "upper": upper}

"""How the review of links stands, and how right the links are by what was reviewed."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from casescope.actions.checking._accuracy import accuracy_of
from casescope.actions.checking._review import (
    ids_in,
    in_sight,
    open_for_review,
    own_ids,
    reading,
    state_of,
)
from casescope.actions.data.reading import open_for_reading
from casescope.actions.gate.gate import commit
from casescope.actions.work.steps import vault_of
from casescope.governance.link_decisions import LinkDecision
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.review.standing import numbers_of
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
    with vault_of(permit).reading([permit.layers["reviewed"]]) as connection:
        found = accuracy_of(connection, link_threshold=permit.study.parameters.link_threshold)
    scored = sum(each["pairs"] for each in found["bands"])
    commit(permit, detail={"scored": scored, "judged": sum(e["judged"] for e in found["bands"])})
    return found


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

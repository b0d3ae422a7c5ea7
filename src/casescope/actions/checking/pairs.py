"""The review of doubtful links: who waits, one pair side by side, and what somebody decided."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casescope.actions.checking._review import (
    check_why,
    drawn_lots,
    in_sight,
    keep_lots,
    made,
    named_pair,
    open_for_review,
    own_ids,
    pair_of,
    reading,
    restricted,
    state_of,
)
from casescope.actions.gate.gate import commit
from casescope.governance.link_decisions import LinkDecision, Verdict, agreed, touches
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.ids import PersonId
from casescope.identified.review.reading import hidden
from casescope.identified.review.standing import by_pair, number_of, subjects_of
from casescope.identified.review.view import view_as_json, views
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.kernel.progress import Progress, Silent

if TYPE_CHECKING:
    import duckdb

_SILENT = Silent()


def waiting(
    home: Path,
    *,
    reason: str,
    sample: int = 0,
    seed: int = 1,
    unsure_again: bool = False,
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> list[tuple[str, str]]:
    """Return the pairs that wait, as the two women's own subject ids, in the order to look.

    With `sample`, that many are drawn at random, kept as drawn, and alone returned.
    """
    permit = open_for_review(
        home, Action.REVIEW, actor=actor, today=today, reason=reason, progress=progress,
        settled=True,
    )  # fmt: skip
    with reading(permit) as connection:
        lots = drawn_lots(connection, permit, sample, seed)
        state = state_of(connection, permit, drawn_too=lots, only_drawn=bool(sample),
                         unsure_again=unsure_again)  # fmt: skip
        own = own_ids(connection, state)
    commit(
        permit,
        detail={"waiting": len(own), "drawn": len(lots)},
        change=lambda register: keep_lots(register, permit, lots, seed),
    )
    return own


def look(
    home: Path,
    one: str,
    other: str,
    *,
    reason: str,
    unsure_again: bool = False,
    actor: Actor,
    today: date,
) -> dict[str, Any] | None:
    """Return one pair side by side; None if it no longer waits, decided or restricted meanwhile."""
    permit = open_for_review(home, Action.REVIEW, actor=actor, today=today, reason=reason)
    with reading(permit) as connection:
        try:
            key = named_pair(connection, permit, one, other)
        except (NotAllowed, NotFound):
            return None
        said = agreed(by_pair(connection, permit.decisions).get(key, []))
        if said is not None and not (unsure_again and said is Verdict.UNSURE):
            return None
        (view,) = views(
            connection,
            [pair_of(connection, permit, key)],
            out_of_sight=hidden(connection, restricted(permit)),
            until=permit.study.reference_date,
        )
    commit(permit, detail={"pairs": 1})
    return view_as_json(view)


def decide(
    home: Path,
    one: str,
    other: str,
    verdict: Verdict,
    *,
    why: str = "",
    how: str = "command",
    actor: Actor,
    today: date,
) -> dict[str, Any]:
    """Record what somebody says of two women, at once; an earlier decision is changed by it.

    `one` and `other` are case-system ids or subject ids of any of their records.
    """
    permit = open_for_review(home, Action.DECIDE, actor=actor, today=today)
    with reading(permit) as connection:
        key = named_pair(connection, permit, one, other)
        check_why(connection, permit, key, why)
        records = subjects_of(connection, key)
    decision = made(permit, [tuple(id_.value for id_ in records[number]) for number in key],
                    verdict, why=why, how=how)  # fmt: skip
    changed: list[LinkDecision] = []
    commit(
        permit,
        detail={"decisions": {decision.decision_id: verdict.value}},
        change=lambda register: changed.extend(register.decide(permit.study_id, [decision])),
    )
    return {
        "decision": decision.decision_id,
        "verdict": verdict.value,
        "changed": [{"verdict": old.verdict.value, "by": old.by, "on": old.on} for old in changed],
    }


def withdraw(home: Path, one: str, other: str, *, reason: str, actor: Actor, today: date) -> int:
    """Withdraw every decision in force on two women; return how many there were."""
    permit = open_for_review(home, Action.UNDECIDE, actor=actor, today=today, reason=reason)
    with reading(permit) as connection:
        first, second = (_records_of(connection, named) for named in (one, other))
        held = [each for each in permit.decisions if touches(each, first, second)]
        held = in_sight(connection, permit, held)
    if not held:
        raise NotFound(
            "No decision on these two is in force.",
            "casescope pairs HOME list shows those that are.",
        )
    ids = [each.decision_id for each in held]
    commit(
        permit,
        detail={"decisions": [*ids]},
        change=lambda register: register.undecide(
            permit.study_id, ids, on=permit.today, by=permit.actor.name, reason=permit.reason
        ),
    )
    return len(held)


def _records_of(connection: "duckdb.DuckDBPyConnection", named: str) -> tuple[str, ...]:
    """Return the subject ids of a woman's records; of one gone from the extract, the id itself."""
    number = number_of(connection, PersonId(named.strip()))
    if number is None:
        return (named.strip(),)
    return tuple(each.value for each in subjects_of(connection, [number])[number])

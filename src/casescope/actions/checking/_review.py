"""What every action of the review of links does: open, resolve the two women, keep out of sight."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.data.run import run
from casescope.actions.gate.gate import Permit, open_gate
from casescope.actions.work.steps import check_loaded, expected_keys, vault_of
from casescope.governance.link_decisions import LinkDecision, Verdict, check_names_nobody
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.ids import PersonId
from casescope.identified.review.reading import hidden, is_behind
from casescope.identified.review.sample import bands, draw
from casescope.identified.review.standing import (
    Key,
    Pair,
    asked,
    by_pair,
    drawn_now,
    key_of,
    number_of,
    numbers_of,
    probabilities,
    subjects_of,
    waiting,
)
from casescope.identified.review.view import views
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register

if TYPE_CHECKING:
    import duckdb

    from casescope.register.store import Register

_SILENT = Silent()
_LAYERS = ("extract", "links", "people")


def open_for_review(
    home: Path,
    action: Action,
    *,
    actor: Actor,
    today: date,
    reason: str = "",
    progress: Progress = _SILENT,
    settled: bool = False,
) -> Permit:
    """Return a permit from whose layers pairs can be shown, running what must run first.

    An answer makes women stale, and nobody should wait for the steps after every answer: unless
    all must be `settled`, only new extracts and new restrictions make the steps run.
    """
    permit = open_gate(home, action, actor=actor, today=today, reason=reason)
    check_loaded(permit)
    if not _must_run(permit, ("links", "people") if settled else ("links",)):
        return permit
    run(home, until="people", actor=actor, today=today, progress=progress)
    return open_gate(home, action, actor=actor, today=today, reason=reason)


def _must_run(permit: Permit, fresh: Sequence[str]) -> bool:
    keys = expected_keys(permit)
    if any(name not in permit.layers for name in _LAYERS):
        return True
    if any(permit.layers[name].step_key != keys[name] for name in fresh):
        return True
    if not permit.restrictions:
        return False
    with reading(permit) as connection:
        return is_behind(connection, restricted(permit))


@contextmanager
def reading(permit: Permit, *further: str) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Yield a connection to what a review reads, and to further layers."""
    layers = [permit.layers[name] for name in (*_LAYERS, *further)]
    with vault_of(permit).reading(layers) as connection:
        yield connection


def restricted(permit: Permit) -> list[str]:
    """Return the subject ids under restriction."""
    return [one.subject_id for one in permit.restrictions]


@dataclass(frozen=True)
class State:
    """How the review stands: pairs asked, decisions by pair, the place of those drawn, the unseen.

    `waiting` is in the order in which to look.
    """

    pairs: dict[Key, Pair]
    decided: dict[Key, list[LinkDecision]]
    drawn: dict[Key, int]
    out_of_sight: frozenset[int]
    waiting: list[Pair]


def state_of(
    connection: "duckdb.DuckDBPyConnection",
    permit: Permit,
    *,
    drawn_too: Sequence[tuple[str, str]] = (),
    only_drawn: bool = False,
    unsure_again: bool = False,
) -> State:
    """Return how the review stands; `drawn_too` are pairs drawn just now.

    With `only_drawn`, only pairs drawn at random wait, in the order in which they were drawn.
    """
    drawn = (*open_register().drawn(permit.study_id), *drawn_too)
    pairs, places = asked(connection, drawn), drawn_now(connection, drawn)
    decided = by_pair(connection, permit.decisions)
    unseen = hidden(connection, restricted(permit))
    found = waiting(
        (pair for pair in pairs.values() if not only_drawn or pair.key in places),
        decided,
        unseen,
        link_threshold=permit.study.parameters.link_threshold,
        unsure_again=unsure_again,
    )
    if only_drawn:
        found.sort(key=lambda pair: places[pair.key])
    return State(pairs, decided, places, unseen, found)


def named_pair(
    connection: "duckdb.DuckDBPyConnection", permit: Permit, one: str, other: str
) -> Key:
    """Return the two women whom these ids stand for, or refuse."""
    first, second = _number(connection, one), _number(connection, other)
    if first == second:
        raise NotAllowed(
            "The two ids are of one woman by declared identity, about which nothing is decided "
            "here.",
            "If they are two women, have the identifier that they share put right in the case "
            "system.",
        )
    if {first, second} & hidden(connection, restricted(permit)):
        raise NotAllowed("One of the two is restricted; nothing is shown of her or decided.")
    return key_of(first, second)


def _number(connection: "duckdb.DuckDBPyConnection", named: str) -> int:
    number = number_of(connection, PersonId(named.strip()))
    if number is None:
        raise NotFound(
            "One of the two ids is of nobody in the extract.",
            "Give case-system ids or the ids that casescope pairs HOME list shows.",
        )
    return number


def pair_of(connection: "duckdb.DuckDBPyConnection", permit: Permit, key: Key) -> Pair:
    """Return the pair with why it is asked, whether or not it is among those asked."""
    known = asked(connection, open_register().drawn(permit.study_id)).get(key)
    if known is not None:
        return known
    return Pair(key, probabilities(connection, [key]).get(key), "somebody named these two")


def drawn_lots(
    connection: "duckdb.DuckDBPyConnection", permit: Permit, sample: int, seed: int
) -> list[tuple[str, str]]:
    """Return as many pairs as were asked for, drawn at random within bands of probability."""
    if not sample:
        return []
    numbers = permit.study.parameters
    within = bands(review_low=numbers.review_low, link_threshold=numbers.link_threshold)
    unseen = hidden(connection, restricted(permit))
    lots = draw(connection, within, sample, seed=seed, out_of_sight=unseen)
    if not lots:
        raise NotAllowed("The computer scored no pair of women, so none can be drawn.")
    return lots


def keep_lots(
    register: "Register", permit: Permit, lots: Sequence[tuple[str, str]], seed: int
) -> None:
    """Keep which pairs were drawn, so that their answers count as drawn at random for good."""
    if lots:
        register.draw(permit.study_id, lots, seed=seed, on=permit.today, by=permit.actor.name)


def own_ids(connection: "duckdb.DuckDBPyConnection", state: State) -> list[tuple[str, str]]:
    """Return the waiting pairs as the two women's own subject ids."""
    records = subjects_of(connection, (number for pair in state.waiting for number in pair.key))
    return [
        (records[pair.key[0]][0].value, records[pair.key[1]][0].value) for pair in state.waiting
    ]


def made(
    permit: Permit, records: Sequence[tuple[str, ...]], verdict: Verdict, *, why: str, how: str
) -> LinkDecision:
    """Return a decision by the permitted person, of now, on the records of two women."""
    one, other = records
    return LinkDecision(
        decision_id=secrets.token_hex(8),
        one=one,
        other=other,
        verdict=verdict,
        on=permit.today,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        by=permit.actor.name,
        how=how,
        why=" ".join(why.split()),
    )


def check_why(connection: "duckdb.DuckDBPyConnection", permit: Permit, key: Key, why: str) -> None:
    """Refuse a reason that quotes what is known of the two women."""
    if not why.strip():
        return
    (view,) = views(
        connection,
        [pair_of(connection, permit, key)],
        out_of_sight=(),
        until=permit.study.reference_date,
    )
    check_names_nobody(why, [*view.one.private(), *view.other.private()])


def in_sight(
    connection: "duckdb.DuckDBPyConnection", permit: Permit, decisions: Sequence[LinkDecision]
) -> list[LinkDecision]:
    """Return the decisions that are on nobody restricted."""
    unseen, held = hidden(connection, restricted(permit)), set(restricted(permit))
    numbers = numbers_of(connection, ids_in(decisions))
    return [
        each
        for each in decisions
        if not any(id_ in held or numbers.get(id_) in unseen for id_ in ids_in([each]))
    ]


def ids_in(decisions: Iterable[LinkDecision]) -> list[str]:
    """Return every subject id that decisions name."""
    return [subject for each in decisions for subject in (*each.one, *each.other)]

"""Requests for release as the register keeps them: read back, told without breaking blindness."""

from collections.abc import Mapping

from casescope.actions.gate.gate import Permit
from casescope.actions.gate.release_key import ReleaseKey
from casescope.actions.report._told import made_from
from casescope.actions.work.steps import check_loaded, stale_steps
from casescope.governance.record.signing import Signed, read_signed
from casescope.governance.release.release import (
    ANSWER,
    ANSWERS_NEEDED,
    REQUEST,
    STATE_WORDS,
    Answer,
    Opening,
    Request,
    State,
    Words,
    answer_from,
    check_opening,
    opening_from,
    request_from,
    state_of,
)
from casescope.governance.release.sealing import unseal
from casescope.kernel.canonical import Json, digest
from casescope.kernel.errors import NotAllowed, SignatureRefused
from casescope.register import open_register
from casescope.register.records import AnswerRow, RequestRow

_REMEDY = "Write the report again (casescope report HOME), look at it, and ask for its release."


def check_fresh(permit: Permit, expected: str = "") -> str:
    """Return the digest of what a report is made from now, or refuse where it has changed.

    Without `expected`, it is held against the public edition that was written last.
    """
    check_loaded(permit)
    now = digest(made_from(permit))
    if not expected:
        public = [one for one in open_register().told(permit.study_id) if one.edition == "public"]
        expected = digest(public[-1].made_from) if public else ""
    if now != expected or stale_steps(permit):
        raise NotAllowed(
            "Layers, restrictions, parameters, rules or roles have changed since the report was "
            "written.",
            _REMEDY,
        )
    return now


def signed_request(row: RequestRow) -> tuple[Signed, Request]:
    """Return a kept request with its signature; refuse one that was changed in the register."""
    signed = read_signed(row.document, REQUEST, f"The request {row.release}")
    if signed.digest != row.digest:
        raise SignatureRefused(f"The request {row.release} in the register was changed.")
    return signed, request_from(signed.statement, f"The request {row.release}")


def opened(answer: Answer, sealed: str, key: ReleaseKey, called: str) -> tuple[Opening, Words]:
    """Return what a sealed answer says, or refuse where it is not what was signed."""
    content = unseal(sealed, key.sealing, about=answer.request, called=called)
    opening = opening_from(_mapping(content.get("opening")), called)
    words = _mapping(content.get("words"))
    said = Words(str(words.get("text", "")), str(words.get("nonce", "")))
    check_opening(answer, opening, called, said)
    return opening, said


def answers_of(row: RequestRow) -> list[tuple[Answer, Opening, str]]:
    """Return both answers, what they say, and whose key signed; empty until both are in."""
    if len(row.answers) < ANSWERS_NEEDED or any(one.opening is None for one in row.answers):
        return []
    return [(answer_of(one), _opening(one), one.fingerprint) for one in row.answers]


def state(row: RequestRow) -> State:
    """Return where a request stands."""
    return state_of(
        len(row.answers),
        [opening for _, opening, _ in answers_of(row)],
        replaced=row.ended_as == State.REPLACED.value,
        released=row.released_on is not None,
        withdrawn=row.withdrawn_on is not None,
    )


def told_of(row: RequestRow) -> dict[str, Json]:
    """Return how a request stands as plain values; nothing of one answer before both are in."""
    stands = state(row)
    _, request = signed_request(row)
    return {
        "release": row.release,
        "state": stands.value,
        "means": STATE_WORDS[stands],
        "author": row.author,
        "asked_on": row.on,
        "context": request.context,
        "reviewers": sorted(request.reviewers),
        "answered": len(row.answers),
        "answers": [
            {"reviewer": answer.reviewer, "on": answer.on, "outcome": opening.outcome,
             "reason": _reason(kept)}
            for kept, (answer, opening, _) in zip(row.answers, answers_of(row), strict=False)
        ],
        "files": dict(row.files or request.files),
        "released_on": row.released_on,
        "withdrawn_on": row.withdrawn_on,
        "withdrawn_reason": row.withdrawn_reason,
    }  # fmt: skip


def answer_of(kept: AnswerRow) -> Answer:
    """Return a kept answer; refuse one that was changed in the register."""
    called = f"The answer of {kept.reviewer}"
    signed = read_signed(kept.document, ANSWER, called)
    answer = answer_from(signed.statement, called)
    if (answer.reviewer, signed.fingerprint) != (kept.reviewer, kept.fingerprint):
        raise SignatureRefused(f"{called} in the register was changed.")
    return answer


def _opening(kept: AnswerRow) -> Opening:
    called = f"The answer of {kept.reviewer}"
    opening = opening_from(_mapping((kept.opening or {}).get("opening")), called)
    check_opening(answer_of(kept), opening, called)
    return opening


def _reason(kept: AnswerRow) -> str:
    return str(_mapping((kept.opening or {}).get("words")).get("text", ""))


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}

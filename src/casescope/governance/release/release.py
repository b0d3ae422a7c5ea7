"""Release by two others: who may answer, what an answer binds, what comes of two answers.

The states follow OpenSAFELY's Airlock: two people answer, blind to each other until both have.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass
from enum import Enum

from casescope.governance.roles import Reviewer
from casescope.kernel.canonical import Json, canonical_bytes
from casescope.kernel.errors import NotAllowed, SignatureRefused

REQUEST = "release request"
ANSWER = "release answer"
RECORD = "release record"
"""The kinds of signed files."""

FIGURES = ("rules", "facts", "tables", "curves")
"""What of report.json are figures that were released; `Request.figures` is their digest."""

ANSWERS_NEEDED = 2
LONGEST_REASON = 1500
"""Characters, so that every sealed answer can be padded to one length."""

OWN_KEY = "own.key"
"""The file of the key by which somebody answers as a reviewer; it is nobody else's."""

_NAME = re.compile(r"R[1-9][0-9]{0,5}")
"""What a release is called; an answer's file is named after it."""

_PLACE = re.compile(r"(tables/)?[A-Za-z0-9_-][A-Za-z0-9._-]*")
"""Where a file of a public edition may lie: nothing that leads out of a folder."""

_SEAL = object()


class Outcome(Enum):
    """What a reviewer answered."""

    ACCEPT = "accept"
    RETURN = "return"


class State(Enum):
    """Where a request for release stands."""

    ASKED = "asked"
    PARTLY_ANSWERED = "partly answered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CONFLICT = "conflict"
    REPLACED = "replaced"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


STATE_WORDS: dict[State, str] = {
    State.ASKED: "asked; nobody has answered yet",
    State.PARTLY_ANSWERED: "one of two answers is in; nothing is told of it before the other",
    State.ACCEPTED: "both accept; it may be published",
    State.RETURNED: "both return it to its author, who may ask anew",
    State.CONFLICT: "the two answers differ; its author may ask anew",
    State.REPLACED: "replaced by a later request",
    State.RELEASED: "released",
    State.WITHDRAWN: "released and later withdrawn; what is out is out",
}
"""How a sentence calls each state."""


@dataclass(frozen=True)
class Request:
    """What an author asks two others to let out: every file by its hash, and what it rests on.

    `files` maps a file's place in the public edition to its SHA-256. `figures` is the digest of
    the released figures in its report.json, `findings` of everything that was released to make
    it, `made_from` of what that was made from; `made` says when (as in its report.json). `record`
    is the disclosure record, `seal_to` the public key that answers are sealed to, `earlier` what
    came of earlier requests.
    """

    release: str
    study: str
    name: str
    authority: str
    author: str
    on: str
    context: str
    files: Mapping[str, str]
    figures: str
    findings: str
    made_from: str
    made: Mapping[str, str]
    rules: Mapping[str, str]
    record: Mapping[str, Json]
    reviewers: Mapping[str, str]
    seal_to: str
    earlier: Mapping[str, str]
    version: str


@dataclass(frozen=True)
class Answer:
    """One reviewer's answer as it is signed: to which request, by whom, and the commitment.

    `commitment` is the digest of the opening (outcome, reason, a random number): it binds the
    reviewer and tells nothing.
    """

    request: str
    release: str
    study: str
    reviewer: str
    on: str
    commitment: str


@dataclass(frozen=True)
class Opening:
    """What a commitment was to; `nonce` is random, so that nobody can guess it from the digest.

    `reason` is a commitment too: openings are published with the release, words are not.
    """

    outcome: str
    reason: str
    nonce: str


@dataclass(frozen=True)
class Words:
    """A reviewer's reason in words, and the random number under which it was committed to."""

    text: str
    nonce: str


def request_from(statement: Mapping[str, Json], called: str) -> Request:
    """Return the request that a signed statement makes, or refuse one of another shape."""
    texts = ("release", "study", "name", "authority", "author", "on", "context", "figures",
             "findings", "made_from", "seal_to", "version")  # fmt: skip
    maps = ("files", "made", "rules", "reviewers", "earlier")
    shaped = (
        set(statement) == set(Request.__dataclass_fields__)
        and all(isinstance(statement[name], str) for name in texts)
        and all(_is_texts(statement[name]) for name in maps)
        and isinstance(statement["record"], Mapping)
        and _NAME.fullmatch(str(statement["release"])) is not None
        and all(_PLACE.fullmatch(place) for place in _names(statement["files"]))
    )
    if not shaped:
        raise _misshaped(called)
    return Request(**statement)  # type: ignore[arg-type] # each field's kind was looked at above


def answer_from(statement: Mapping[str, Json], called: str) -> Answer:
    """Return the answer that a signed statement gives, or refuse one of another shape."""
    if set(statement) != set(Answer.__dataclass_fields__) or not _is_texts(statement):
        raise _misshaped(called)
    return Answer(**statement)  # type: ignore[arg-type] # all of them are texts


def opening_from(raw: Mapping[str, Json], called: str) -> Opening:
    """Return what was committed to, or refuse one of another shape; the refusal tells nothing."""
    known = {outcome.value for outcome in Outcome}
    if set(raw) != set(Opening.__dataclass_fields__) or not _is_texts(raw):
        raise _misshaped(called)
    if raw["outcome"] not in known:
        raise _misshaped(called)
    return Opening(**raw)  # type: ignore[arg-type] # all of them are texts


def check_opening(
    answer: Answer, opening: Opening, called: str, words: Words | None = None
) -> None:
    """Refuse an opening, or words, that are not what the reviewer committed to."""
    right = commitment_to(opening) == answer.commitment
    if not right or (words is not None and commitment_to(words) != opening.reason):
        raise SignatureRefused(
            f"{called} does not hold the answer that was signed.",
            "Ask the reviewer to make it again.",
        )


def commitment_to(what: Opening | Words) -> str:
    """Return the digest that binds a reviewer to an opening, or to words."""
    kind = type(what).__name__.lower().encode()
    return hashlib.sha256(kind + b"\n" + canonical_bytes(vars(what))).hexdigest()


def may_answer(reviewers: Sequence[Reviewer], author: str) -> tuple[Reviewer, ...]:
    """Return the approved reviewers who are others than the author."""
    return tuple(one for one in reviewers if one.name != author)


def check_may_ask(
    reviewers: Sequence[Reviewer], *, author: str, approved_by: str, context: str
) -> None:
    """Refuse a request that no two others could answer, or that gives them no context.

    Reviewers whom the author bound by an approval of their own don't count: they could be anyone.
    """
    if not context.strip():
        raise NotAllowed(
            "A request for release needs its context: what the report is for, who will read it.",
            "Give it with --context, without naming anybody.",
        )
    if approved_by == author:
        raise NotAllowed(
            "The approval in force, which names the reviewers, is the author’s own.",
            "Have somebody else with the role of approver approve the study, or ask for release.",
        )
    if len(may_answer(reviewers, author)) < ANSWERS_NEEDED:
        raise NotAllowed(
            "A release takes two reviewers other than its author, and the approval names "
            f"{len(may_answer(reviewers, author))}.",
            "Put them under [roles] reviewer in study.toml and have the study approved again.",
        )


def check_answer(
    answer: Answer,
    *,
    fingerprint: str,
    request: Request,
    digest: str,
    reviewers: Sequence[Reviewer],
    answered: Sequence[tuple[str, str]],
) -> None:
    """Refuse an answer that does not count; what it says is neither known here nor told.

    `fingerprint` is that of the key which signed it, `digest` the open request's, `reviewers`
    those in force, `answered` the (name, fingerprint) pairs of answers taken in before.
    """
    if answer.request != digest or answer.study != request.study:
        raise NotAllowed(
            f"This answer is to another request than {request.release}, the one that is open.",
            "Have the reviewer look at the request that is open and answer that.",
        )
    if answer.reviewer == request.author:
        raise NotAllowed("The author of a report does not answer on its release.")
    named = request.reviewers.get(answer.reviewer) == fingerprint
    if not named or Reviewer(answer.reviewer, fingerprint) not in reviewers:
        raise NotAllowed(
            "This answer is signed with a key that no approval binds to its reviewer.",
            "Compare its fingerprint (casescope release verify ANSWER) with [roles] reviewer.",
        )
    if any(answer.reviewer == name or fingerprint == key for name, key in answered):
        raise NotAllowed("This reviewer has answered already; an answer is given once.")
    if len(answered) >= ANSWERS_NEEDED:
        raise NotAllowed("Both answers to this request are in.")


def state_of(
    taken: int, openings: Sequence[Opening], *, replaced: bool, released: bool, withdrawn: bool
) -> State:
    """Return where a request stands; `openings` are empty until both answers are in."""
    if withdrawn or released:
        return State.WITHDRAWN if withdrawn else State.RELEASED
    if len(openings) == ANSWERS_NEEDED:
        said = {opening.outcome for opening in openings}
        if len(said) > 1:
            return State.CONFLICT
        if said == {Outcome.RETURN.value}:
            return State.RETURNED
    if replaced:
        return State.REPLACED
    if len(openings) == ANSWERS_NEEDED:
        return State.ACCEPTED
    return State.PARTLY_ANSWERED if taken else State.ASKED


@dataclass(frozen=True)
class Cleared:
    """Leave by two others to let these findings out; only `cleared` makes one."""

    release: str
    findings: str
    by: tuple[str, ...]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("Cleared is made by governance.release.release.cleared() only")


def cleared(request: Request, digest: str, answers: Sequence[tuple[Answer, Opening]]) -> Cleared:
    """Return leave to publish, or refuse unless two different others accepted this request.

    `digest` is what the request's signed file is referred to by.
    """
    names = {answer.reviewer for answer, _ in answers} - {request.author}
    accepted = all(
        answer.request == digest and opening.outcome == Outcome.ACCEPT.value
        for answer, opening in answers
    )
    for answer, opening in answers:
        check_opening(answer, opening, "An answer")
    if len(answers) != ANSWERS_NEEDED or len(names) != ANSWERS_NEEDED or not accepted:
        raise NotAllowed(
            f"{request.release} is not accepted by two others than its author.",
            "casescope release show HOME says how it stands.",
        )
    return Cleared(request.release, request.findings, tuple(sorted(names)), _SEAL)


def check_reason(outcome: Outcome, reason: str) -> None:
    """Refuse a return without a reason, and a reason that is too long to be sealed."""
    if outcome is Outcome.RETURN and not reason.strip():
        raise NotAllowed("A return needs a reason.", "Say with --reason what must change.")
    if len(reason) > LONGEST_REASON:
        raise NotAllowed(
            f"A reason is at most {LONGEST_REASON} characters long.", "Say it shorter."
        )


def check_withdrawal(state: State, release: str) -> None:
    """Refuse to withdraw what is not out."""
    if state is State.WITHDRAWN:
        raise NotAllowed(f"{release} was withdrawn already.")
    if state is not State.RELEASED:
        raise NotAllowed(f"{release} was never released.", "A new request replaces an open one.")


def _names(raw: Json) -> tuple[str, ...]:
    return tuple(raw) if isinstance(raw, Mapping) else ()


def _is_texts(raw: Json) -> bool:
    return isinstance(raw, Mapping) and all(isinstance(value, str) for value in raw.values())


def _misshaped(called: str) -> SignatureRefused:
    return SignatureRefused(
        f"{called} does not hold what a file of its kind holds.",
        "It may be of another version of casescope; ask for a new one.",
    )

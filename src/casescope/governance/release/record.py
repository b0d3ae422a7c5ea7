"""The signed record beside each released file (SATRE 3.3.09), and how anyone checks it offline."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from casescope.governance.record.signing import Signed, parsed, read_signed
from casescope.governance.release.release import (
    ANSWER,
    FIGURES,
    RECORD,
    REQUEST,
    Answer,
    Cleared,
    Opening,
    Request,
    answer_from,
    check_opening,
    cleared,
    opening_from,
    request_from,
)
from casescope.kernel.canonical import Json, digest
from casescope.kernel.errors import NotAllowed, SignatureRefused

SUFFIX = ".release.json"
"""What the name of a record adds to that of its file."""

UNABLE = "The people behind the fingerprints: compare them with those of the council's reviewers."


@dataclass(frozen=True)
class Reading:
    """What a signed file proves, in words; `fingerprints` by the name each is said to be of."""

    kind: str
    says: tuple[str, ...]
    fingerprints: Mapping[str, str]
    withdrawn: bool = False


def read_answers(
    signed: Sequence[Json], openings: Sequence[Json], called: str
) -> list[tuple[Answer, Opening, str]]:
    """Return answers with openings and fingerprints, each signed and as committed to."""
    found = []
    for raw, opened in zip(signed, openings, strict=True):
        one = read_signed(raw, ANSWER, called)
        answer = answer_from(one.statement, called)
        opening = opening_from(opened if isinstance(opened, Mapping) else {}, called)
        check_opening(answer, opening, called)
        found.append((answer, opening, one.fingerprint))
    return found


def check_approvals(request: Signed, answers: Sequence[tuple[Answer, Opening, str]]) -> Cleared:
    """Return the leave of two reviewers whom a request names and who accepted it; or refuse."""
    made = request_from(request.statement, "The request")
    for answer, _, fingerprint in answers:
        if made.reviewers.get(answer.reviewer) != fingerprint:
            raise NotAllowed("An answer is signed with a key that the request does not name.")
    if len({fingerprint for _, _, fingerprint in answers}) < len(answers):
        raise NotAllowed("Two answers are signed with one key: reviewers are different people.")
    return cleared(made, request.digest, [(answer, opening) for answer, opening, _ in answers])


def read_record(raw: object, called: str, file: bytes | None) -> Reading:
    """Return what a record proves of its file (None: not at hand), or refuse where it breaks."""
    signed = read_signed(raw, RECORD, called)
    told = signed.statement
    try:
        approvals = cast("Mapping[str, Json]", told["approvals"])
        named = cast("Mapping[str, str]", told["file"])
        request = read_signed(approvals["request"], REQUEST, called)
        answers = read_answers(
            cast("Sequence[Json]", approvals["answers"]),
            cast("Sequence[Json]", approvals["openings"]),
            called,
        )
        check_approvals(request, answers)
        made = request_from(request.statement, called)
        place, sha256, draft = named["name"], named["sha256"], named["draft_sha256"]
        withdrawn = told["withdrawn"]
        released_on = told["released_on"]
    except (KeyError, TypeError, ValueError, AttributeError, NotAllowed) as error:
        raise SignatureRefused(
            f"{called} does not hold two acceptances of what it releases.", "Do not rely on it."
        ) from error
    if place == "report.json" and file is not None:
        _check_figures(called, file, made)
    _check_file(called, file, sha256, (draft, made.files.get(place)), (signed.key, request.key))
    return Reading(
        RECORD,
        _record_words(made, place, str(released_on), answers, withdrawn, file is not None),
        {"the study": signed.fingerprint, **{one.reviewer: key for one, _, key in answers}},
        withdrawn is not None,
    )


def _check_file(
    called: str,
    file: bytes | None,
    sha256: str,
    drafts: tuple[str, str | None],
    keys: tuple[str, str],
) -> None:
    if keys[0] != keys[1]:
        raise SignatureRefused(
            f"{called} is signed with another key than the request in it.", "Do not rely on it."
        )
    if drafts[0] != drafts[1]:
        raise SignatureRefused(
            f"{called} names a draft that nobody answered on.", "Do not rely on it."
        )
    if file is not None and hashlib.sha256(file).hexdigest() != sha256:
        raise SignatureRefused(
            f"The file beside {called} is not the one that was released.", "Do not rely on it."
        )


def _check_figures(called: str, file: bytes, made: Request) -> None:
    """Refuse a report.json whose figures are not those that two people answered on."""
    told = parsed(file, called)
    figures = {name: told.get(name) for name in FIGURES} if isinstance(told, Mapping) else {}
    if digest(figures) != made.figures:
        raise SignatureRefused(
            "The figures in report.json are not those that were answered on.", "Do not rely on it."
        )


def _record_words(
    made: Request,
    place: str,
    released_on: str,
    answers: Sequence[tuple[Answer, Opening, str]],
    withdrawn: Json,
    at_hand: bool,
) -> tuple[str, ...]:
    names = " and ".join(sorted(answer.reviewer for answer, _, _ in answers))
    file = "is the file that was released" if at_hand else "was not at hand to compare"
    ended = []
    if isinstance(withdrawn, Mapping):
        ended = [f"WITHDRAWN on {withdrawn.get('on')}: do not use it."]
    return (
        *ended,
        f"{place} {file}: {made.release} of study {made.study}, {released_on}.",
        f"Asked for by {made.author} on {made.on}; accepted by {names}, each by a signature on "
        "the same draft and figures.",
        f"Rules: {made.rules.get('name')}, version {made.rules.get('version')}.",
    )

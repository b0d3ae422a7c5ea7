"""Release: the author asks, two others answer unseen by each other, then it may be published."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.gate.gate import Permit, commit, open_gate, refusals_recorded
from casescope.actions.gate.place import write_bytes
from casescope.actions.gate.release_key import ReleaseKey, release_key
from casescope.actions.gate.study_key import study_key
from casescope.actions.gate.where import check_apart_from
from casescope.actions.report import _archive as archive
from casescope.actions.report._disclosure_record import disclosure_record
from casescope.actions.report._public_edition import (
    Figures,
    by_place,
    check_same,
    faces_in,
    figures_now,
    files_on_disk,
    hashes,
    made_in,
    made_of,
)
from casescope.actions.report._requests import (
    answer_of,
    answers_of,
    check_fresh,
    opened,
    signed_request,
    state,
    told_of,
)
from casescope.actions.report._told import telling
from casescope.actions.work.steps import vault_of
from casescope.disclosure import publish as made_public
from casescope.governance.record.signing import LARGEST_BYTES, parsed, read_signed, sign
from casescope.governance.release import request_file
from casescope.governance.release.record import SUFFIX, check_approvals
from casescope.governance.release.release import (
    ANSWER,
    ANSWERS_NEEDED,
    REQUEST,
    STATE_WORDS,
    Answer,
    Request,
    State,
    answer_from,
    check_answer,
    check_may_ask,
    may_answer,
)
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.canonical import Json, digest
from casescope.kernel.counting import counted
from casescope.kernel.errors import Busy, NotAllowed, SignatureRefused
from casescope.kernel.given import read_given
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register
from casescope.register.records import AnswerRow, RequestRow, Told
from casescope.report import REQUESTS, told

if TYPE_CHECKING:
    from casescope.register.store import Register

_SILENT = Silent()


def ask(
    home: Path,
    *,
    context: str,
    record: Mapping[str, Json] | None = None,
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> Path:
    """Ask for the release of HOME's public edition as it lies there; return the request file.

    `record` is the audit of its figures; without one the request says that there was none. It is
    published with the release, so it holds no bound of any hidden cell.
    """
    reason = " ".join(context.split())
    permit = open_gate(home, Action.ASK_RELEASE, actor=actor, today=today, reason=reason)
    with refusals_recorded(permit):
        check_may_ask(
            permit.study.roles.reviewers, author=actor.name,
            approved_by=permit.approval.by if permit.approval else actor.name, context=reason,
        )  # fmt: skip
        stands_on = check_fresh(permit)
        files = files_on_disk(permit.home)
        progress.start("release")
        figures = figures_now(permit, made_in(files))
        check_same(files, by_place(made_of(figures, faces_in(files))))
        archive.tidy(permit.study_id, open_register().requests(permit.study_id))
        key = study_key(open_register(), permit.study_id)
        audit = record or figures.released.audit
        request = _request(permit, figures, files, stands_on, audit, key)
        signed = sign(REQUEST, vars(request), key.signing)
        row = RequestRow(request.release, signed.digest, signed.as_dict(), actor.name, today)
        path = permit.home / "report" / REQUESTS / f"{request.release}.request.zip"
        with vault_of(permit).writing():  # nobody is restricted between the record and the file
            commit(
                permit,
                detail={"release": request.release, "request": signed.digest, "files": len(files)},
                change=lambda register: register.ask(permit.study_id, row),
            )
            write_bytes(path, request_file.packed(signed, files))
    progress.finish(f"{request.release}: {counted(len(files), 'file')}")
    return path


def take(home: Path, file: Path, *, actor: Actor, today: date) -> dict[str, Json]:
    """Take a reviewer's answer in; return how the request stands, without what one answer says."""
    permit = open_gate(home, Action.TAKE_ANSWER, actor=actor, today=today)
    with refusals_recorded(permit):
        answer, kept = _read_answer(permit, file)
        commit(
            permit,
            detail={"release": answer.release, "reviewer": answer.reviewer,
                    "commitment": answer.commitment},
            change=lambda register: _take(register, permit, kept),
        )  # fmt: skip
    return told_of(open_register().request(permit.study_id, answer.release))


def publish(
    home: Path, *, actor: Actor, today: date, progress: Progress = _SILENT
) -> tuple[str, Path]:
    """Put the accepted edition into the archive, marked released; return its name and folder.

    Done again after a crash, it finishes.
    """
    permit = open_gate(home, Action.PUBLISH, actor=actor, today=today)
    with refusals_recorded(permit):
        row = _to_publish(permit)
        if archive.is_staged(permit.study_id, row):
            commit(permit, detail={"release": row.release, "finished": "after a crash"})
            return row.release, archive.settle(permit.study_id, row.release)
        progress.start("release")
        row, said = _staged(permit, row)
        commit(
            permit,
            detail={"release": row.release, "request": row.digest, "files": dict(row.files)},
            change=lambda register: _publish(register, permit, row, said),
        )
    progress.finish(f"{row.release}: {counted(len(row.files), 'file')}")
    return row.release, archive.settle(permit.study_id, row.release)


def _staged(permit: Permit, row: RequestRow) -> tuple[RequestRow, list[Told]]:
    """Write what was accepted beside the archive, as it will be; return it and what it tells.

    Refuses unless two others accepted, and the edition they answered on can be made to the byte.
    """
    check_apart_from(permit.home)
    archive.tidy(permit.study_id, open_register().requests(permit.study_id))
    signed, request = signed_request(row)
    leave = check_approvals(signed, answers_of(row))
    check_fresh(permit, request.made_from)
    draft, faces = figures_now(permit, request.made), faces_in(request.files)
    _check_draft(by_place(made_of(draft, faces)), request)
    on = row.released_on or permit.today
    made = made_of(Figures(made_public(draft.released, leave, on=on), draft.facts), faces)
    files = by_place(made)
    _check_again(row, files)
    row = row if row.released_on else _released(permit, row, files)
    archive.stage(permit.study_id, row.release, {**files, **_records(permit, row, request, files)})
    return row, telling(permit, made)


def _request(
    permit: Permit,
    figures: Figures,
    files: Mapping[str, bytes],
    stands_on: str,
    audit: Mapping[str, Json] | None,
    key: ReleaseKey,
) -> Request:
    figures_told = told(json.loads(files["report.json"]))
    before = open_register().requests(permit.study_id)
    study, rules = permit.study, figures.released.rules
    return Request(
        release=f"R{len(before) + 1}",
        study=permit.study_id,
        name=study.name,
        authority=study.authority,
        author=permit.actor.name,
        on=permit.today.isoformat(),
        context=permit.reason,
        files=hashes(files),
        figures=digest(figures_told),
        findings=figures.released.digest(),
        made_from=stands_on,
        made=made_in(files),
        rules={"name": rules.name, "version": rules.version, "dated": rules.dated,
               "says": rules.says},
        record=disclosure_record(figures_told, audit),
        reviewers={one.name: one.fingerprint
                   for one in may_answer(study.roles.reviewers, permit.actor.name)},
        seal_to=key.seal_to,
        earlier={row.release: "replaced" if row.is_open else state(row).value for row in before},
        version=metadata.version("casescope"),
    )  # fmt: skip


def _read_answer(permit: Permit, file: Path) -> tuple[Answer, AnswerRow]:
    """Return the answer in a file as it will be kept, or refuse one that does not count."""
    raw = parsed(read_given(file, LARGEST_BYTES), file.name)
    parts = raw if isinstance(raw, Mapping) else {}
    signed = read_signed(parts.get("answer"), ANSWER, file.name)
    answer, sealed = answer_from(signed.statement, file.name), str(parts.get("sealed", ""))
    row = next((one for one in open_register().requests(permit.study_id) if one.is_open), None)
    if row is None:
        raise NotAllowed("No request for release is open.", "Ask for a release first.")
    _check(permit, row, answer, signed.fingerprint)
    opened(answer, sealed, release_key(permit.study_id), file.name)
    return answer, AnswerRow(
        answer.reviewer, signed.fingerprint, signed.as_dict(), sealed, None,
        permit.today, permit.actor.name,
    )  # fmt: skip


def _check(permit: Permit, row: RequestRow, answer: Answer, fingerprint: str) -> None:
    signed, request = signed_request(row)
    check_answer(
        answer,
        fingerprint=fingerprint,
        request=request,
        digest=signed.digest,
        reviewers=permit.study.roles.reviewers,
        answered=[(one.reviewer, one.fingerprint) for one in row.answers],
    )


def _take(register: "Register", permit: Permit, kept: AnswerRow) -> None:
    """Add an answer, as things stand now; with the second, open both and see what comes of it."""
    answer = answer_of(kept)
    _check(permit, register.request(permit.study_id, answer.release), answer, kept.fingerprint)
    both = register.take(permit.study_id, answer.release, kept)
    if len(both) < ANSWERS_NEEDED:
        return
    key, said = release_key(permit.study_id), []
    for one in both:
        opening, words = opened(answer_of(one), one.sealed, key, f"The answer of {one.reviewer}")
        said.append({"opening": vars(opening), "words": vars(words)})
    register.reveal(permit.study_id, answer.release, said)
    stands = state(register.request(permit.study_id, answer.release))
    if stands in (State.RETURNED, State.CONFLICT):
        register.end_request(
            permit.study_id, answer.release, on=permit.today, ended_as=stands.value
        )


def _to_publish(permit: Permit) -> RequestRow:
    """Return the accepted request, or the released one whose folder a crash left unfinished."""
    rows = open_register().requests(permit.study_id)
    if not rows:
        raise NotAllowed(
            "Nobody has asked for a release.",
            "Ask first: casescope release ask HOME --context TEXT",
        )
    row = rows[-1]
    if row.released_on is None and state(row) is not State.ACCEPTED:
        raise NotAllowed(
            f"{row.release} is not accepted by two others: {STATE_WORDS[state(row)]}.",
            "casescope release show HOME says how it stands.",
        )
    if row.released_on is not None and archive.is_whole(permit.study_id, row):
        raise NotAllowed(f"{row.release} is published already.")
    return row


def _check_draft(draft: Mapping[str, bytes], request: Request) -> None:
    """Refuse where the edition that was answered on can no longer be made to the byte."""
    if hashes(draft) != dict(request.files):
        raise NotAllowed(
            "What casescope makes of the study now is not what was answered on.",
            "Write the report again and ask for its release anew.",
        )


def _check_again(row: RequestRow, files: Mapping[str, bytes]) -> None:
    """Refuse to finish a release with other files than those that were recorded."""
    if row.released_on is not None and hashes(files) != dict(row.files):
        raise SignatureRefused(
            f"The files of {row.release} cannot be made again as they were recorded.",
            "Put its folder back into the archive from where you keep copies of it.",
        )


def _released(permit: Permit, row: RequestRow, files: Mapping[str, bytes]) -> RequestRow:
    head = open_register().head(permit.study_id)
    return replace(
        row, released_on=permit.today, released_by=permit.actor.name, files=hashes(files),
        ledger=vars(head) if head else {},
    )  # fmt: skip


def _records(
    permit: Permit, row: RequestRow, request: Request, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the signed record of each file, by its place beside it."""
    key, kept = release_key(permit.study_id), row.answers
    shared: dict[str, Json] = {
        "release": row.release,
        "study": {"id": permit.study_id, "name": request.name, "authority": request.authority},
        "released_on": row.released_on,
        "released_by": row.released_by,
        "files": dict(row.files),
        "rules": dict(request.rules),
        "figures": {"digest": request.figures, "findings": request.findings},
        "disclosure": dict(request.record),
        "approvals": {
            "request": row.document,
            "answers": [one.document for one in kept],
            "openings": [(one.opening or {})["opening"] for one in kept],
        },
        "casescope": request.version,
        "ledger": dict(row.ledger),
        "withdrawn": None,
    }
    return {
        place + SUFFIX: archive.as_text(
            {**shared, "file": {"name": place, "sha256": row.files[place],
                                "bytes": len(content), "draft_sha256": request.files[place]}},
            key,
        ).encode()
        for place, content in files.items()
    }  # fmt: skip


def _publish(register: "Register", permit: Permit, row: RequestRow, said: list[Told]) -> None:
    """Record the release, unless an earlier try has; what it tells is known from then on."""
    kept = register.request(permit.study_id, row.release)
    if kept.released_on is not None and dict(kept.files) != dict(row.files):
        raise Busy(f"{row.release} was published meanwhile.", "casescope release show HOME")
    if kept.released_on is not None:
        return
    register.mark_released(
        permit.study_id, row.release, on=permit.today, by=permit.actor.name, files=row.files,
        ledger=row.ledger,
    )  # fmt: skip
    for one in said:
        register.tell(one)

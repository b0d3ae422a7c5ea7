"""A reviewer's side, on a machine of their own: a key, a look, an answer; and checking a file.

Nothing here touches a study or its records.
"""

import json
import os
import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import platformdirs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.governance.record.signing import (
    decoded,
    encoded,
    fingerprint,
    parsed,
    read_signed,
    sign,
)
from casescope.governance.release.record import SUFFIX, Reading, read_record
from casescope.governance.release.release import (
    ANSWER,
    OWN_KEY,
    RECORD,
    REQUEST,
    Answer,
    Opening,
    Outcome,
    Words,
    answer_from,
    check_reason,
    commitment_to,
)
from casescope.governance.release.request_file import LARGEST_WHOLE, RequestFile, unpacked
from casescope.governance.release.sealing import seal
from casescope.governance.roles import Actor
from casescope.kernel.canonical import Json
from casescope.kernel.counting import counted
from casescope.kernel.errors import NotAllowed, NotFound, SignatureRefused, VaultRefused
from casescope.kernel.given import read_given


def key(file: Path | None = None, *, name: str = "", actor: Actor) -> str:
    """Make the actor's own key, once; return the line that study.toml takes.

    `name` is their user name where the study is kept, if it is another one there.
    """
    path, called = file or own_key_file(), " ".join(name.split()) or actor.name
    private = Ed25519PrivateKey.generate()
    text = json.dumps({"name": called, "signing": encoded(private.private_bytes_raw())}) + "\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        raise NotAllowed(
            f"There is a key in {path} already: {line_of(path)}",
            "A key is made once; give another file with --key only if this one is lost or known.",
        ) from None
    except OSError as error:
        raise VaultRefused(f"{path} cannot be written.", "Name a file of yours.") from error
    return line_of(path)


def own_key_file() -> Path:
    """Return where the user's own key lies: in CASESCOPE_KEYS, else in the data directory."""
    named = os.environ.get("CASESCOPE_KEYS")
    folder = Path(named) if named else platformdirs.user_data_path("casescope") / "keys"
    return folder / OWN_KEY


def line_of(path: Path) -> str:
    """Return a key's owner and fingerprint, as study.toml takes them."""
    name, private = _own_key(path)
    return f"{name} {fingerprint(encoded(private.public_key().public_bytes_raw()))}"


def look(request: Path, *, to: Path | None = None) -> dict[str, Json]:
    """Return what a request asks to let out, all of it checked; write its files into `to`."""
    held = _request_in(request)
    if to is not None:
        _written(to, held.files)
    record = held.request.record
    return {
        **vars(held.request),
        "study_key": held.signed.fingerprint,
        "request": held.signed.digest,
        "verdict": _verdict(record),
        "figures_shown": _figures(record.get("tables")),
    }


def answer(
    request: Path,
    outcome: str,
    *,
    reason: str = "",
    key_file: Path | None = None,
    out: Path | None = None,
    today: date,
) -> Path:
    """Write a signed, sealed answer to a request; return its file.

    Sealed, because the file may pass through the other reviewer's hands.
    """
    held, path = _request_in(request), key_file or own_key_file()
    name, private = _own_key(path)
    said = Outcome(outcome)
    check_reason(said, reason)
    mine = fingerprint(encoded(private.public_key().public_bytes_raw()))
    _check_named(held, name, mine)
    words = Words(" ".join(reason.split()), secrets.token_hex(32))
    opening = Opening(said.value, commitment_to(words), secrets.token_hex(32))
    statement = Answer(
        held.signed.digest, held.request.release, held.request.study, name, today.isoformat(),
        commitment_to(opening),
    )  # fmt: skip
    content: dict[str, Json] = {"opening": vars(opening), "words": vars(words)}
    file = {
        "answer": sign(ANSWER, vars(statement), private).as_dict(),
        "sealed": seal(content, to=held.request.seal_to, about=held.signed.digest),
    }
    target = out or request.with_name(f"{held.request.release}.{mine[:4]}.answer.json")
    _new(target, json.dumps(file, indent=1).encode() + b"\n")
    return target


def verify(file: Path) -> Reading:
    """Return what a request, an answer or a record proves by itself, or refuse where it breaks."""
    raw, record = _read(file), file.with_name(file.name + SUFFIX)
    if record.is_file():
        return read_record(parsed(_read(record), record.name), record.name, raw)
    if raw[:2] == b"PK":
        return _request_reading(unpacked(raw, file.name))
    given = parsed(raw, file.name)
    if isinstance(given, Mapping) and "answer" in given:
        return _answer_reading(given, file.name)
    if isinstance(given, Mapping) and given.get("kind") == RECORD:
        beside = file.with_name(file.name.removesuffix(SUFFIX))
        about = beside.read_bytes() if beside != file and beside.is_file() else None
        return read_record(given, file.name, about)
    raise SignatureRefused(
        f"{file.name} is no request, answer or record, and has no record beside it.",
        "Name a released file with its record beside it.",
    )


def _request_reading(held: RequestFile) -> Reading:
    made = held.request
    return Reading(
        REQUEST,
        (
            f"{made.release} of study {made.study}, asked for by {made.author} on {made.on}.",
            f"{counted(len(held.files), 'file')}, each as it was when it was asked for.",
            f"Audit: {_verdict(made.record)}",
        ),
        {"the study": held.signed.fingerprint, **made.reviewers},
    )


def _answer_reading(given: Mapping[str, Json], called: str) -> Reading:
    signed = read_signed(given["answer"], ANSWER, called)
    made = answer_from(signed.statement, called)
    return Reading(
        ANSWER,
        (
            f"An answer of {made.reviewer} on {made.release} of study {made.study}, {made.on}.",
            "What it says is sealed: it is opened at the study when both answers are in.",
        ),
        {made.reviewer: signed.fingerprint},
    )


def _verdict(record: Mapping[str, Json]) -> str:
    audit = record.get("audit")
    return str(audit.get("verdict", "")) if isinstance(audit, Mapping) else "none"


def _figures(tables: Json) -> dict[str, int]:
    """Return how many figures the tables of a record show and hide."""
    counted = tables.values() if isinstance(tables, Mapping) else ()
    found = [one for one in counted if isinstance(one, Mapping)]
    whole = {
        name: sum(n for one in found if isinstance(n := one.get(name), int))
        for name in ("shown", "hidden")
    }
    return {"tables": len(found), **whole}


def _check_named(held: RequestFile, name: str, mine: str) -> None:
    if name == held.request.author:
        raise NotAllowed("The author of a report does not answer on its release.")
    if held.request.reviewers.get(name) != mine:
        raise NotAllowed(
            f"The request does not name {name} with the key {mine} as a reviewer.",
            "The approver puts the line that casescope release key prints into study.toml.",
        )


def _request_in(file: Path) -> RequestFile:
    return unpacked(_read(file), file.name)


def _read(file: Path) -> bytes:
    return read_given(file, LARGEST_WHOLE)


def _own_key(path: Path) -> tuple[str, Ed25519PrivateKey]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        private = Ed25519PrivateKey.from_private_bytes(decoded(raw["signing"]))
        return str(raw["name"]), private
    except FileNotFoundError:
        raise NotFound(f"There is no key in {path}.", "Make one: casescope release key") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise VaultRefused(f"The key in {path} is damaged.", "Put the whole file back.") from None


def _written(to: Path, files: Mapping[str, bytes]) -> None:
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise NotAllowed(f"{to} is not empty; nothing is written over.", "Name a new folder.")
    try:
        for place, content in files.items():
            (to / place).parent.mkdir(parents=True, exist_ok=True)
            (to / place).write_bytes(content)
    except OSError as error:
        raise VaultRefused(f"{to} cannot be written.", "Name a folder of yours.") from error


def _new(file: Path, content: bytes) -> None:
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise NotAllowed(f"{file} is already there.", "Name another with --out.") from None
    except OSError as error:
        raise VaultRefused(f"{file} cannot be written.", "Name a file of yours.") from error

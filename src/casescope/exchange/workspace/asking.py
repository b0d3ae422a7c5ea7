"""Asks for a lease and takes the answer: the one-time secret is this session's, and no other's."""

import contextlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from casescope.exchange.age import age
from casescope.exchange.form.message import growth_of, kind_of, read_message
from casescope.exchange.form.names import file_name
from casescope.exchange.form.shape import as_json, shaped
from casescope.exchange.messages.lease import (
    LEASE,
    REQUEST,
    Lease,
    LeaseKeys,
    Request,
    Terms,
    check_answers,
    lease_keys,
    lease_of,
    new_request,
)
from casescope.exchange.package.package import read
from casescope.exchange.workspace import standing
from casescope.exchange.workspace.messages import checked, put, written
from casescope.exchange.workspace.workspace import Workspace, held
from casescope.governance.record.ledger import Entry
from casescope.governance.record.signing import LARGEST_BYTES, Signed, parsed, read_signed
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LeaseRefused, LedgerBroken, SignatureRefused, UserError

_EVERY = 1.0
"""Seconds between two looks into the inbox."""


@dataclass(frozen=True, repr=False)
class Asked:
    """A request that went out: its digest, where its file lies, and the secret that it hangs on.

    `before` are the files that lay in the inbox when it was made: none of them can answer it.
    """

    request: Request
    digest: str
    path: Path
    secret: str
    before: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, repr=False)
class Answered:
    """A lease that answers this session's own request, what it brings, and what to keep of it."""

    lease: Lease
    keys: LeaseKeys
    kept: dict[str, Json]
    raw: bytes


def ask(
    workspace: Workspace, *, inbox: Path | None = None, outbox: Path | None = None, secret: str = ""
) -> Asked:
    """Write a request for a lease of the package that is held.

    `secret` is a one-time secret that outlives this session; without one it is made, and dies.
    """
    package = held(workspace)
    before = frozenset(mark for _, mark in _marked(inbox or workspace.place.inbox))
    one_time = age.identity_of(secret, "The kept secret") if secret else age.new_identity()
    request = new_request(
        study=package.study, package=package.package, version=package.version,
        partner=workspace.fingerprint, session=one_time.recipient, terms=terms(workspace),
        now=workspace.now(), casescope=workspace.version,
    )  # fmt: skip
    entry = workspace.add(standing.ASK, request=as_json(request))
    path = (outbox or workspace.place.outbox) / file_name(REQUEST, request.request)
    signed = _put(workspace, entry, path)
    return Asked(request, signed.digest, path, one_time.secret, before)


def asked_before(workspace: Workspace, secret: str, *, outbox: Path | None = None) -> Asked | None:
    """Return the newest request if it hangs on this secret; its file is written again."""
    entry = standing.last_of(workspace.book.entries, standing.ASK)
    if entry is None:
        return None
    request = shaped(Request, standing.detail_of(entry)["request"], "The ledger’s newest request")
    if request.session != age.identity_of(secret, "The kept secret").recipient:
        return None
    path = (outbox or workspace.place.outbox) / file_name(REQUEST, request.request)
    return Asked(request, _put(workspace, entry, path).digest, path, secret)


def _put(workspace: Workspace, entry: Entry, path: Path) -> Signed:
    detail = standing.detail_of(entry)
    raw = written(REQUEST, detail["request"], workspace.book.entries, entry.number,
                  workspace.private)  # fmt: skip
    put(path, raw)
    return read_signed(parsed(raw, path.name), REQUEST, path.name)


def terms(workspace: Workspace) -> Terms:
    """Return what the held package allows its leases."""
    package = held(workspace)
    told = read(workspace.place.package(package.package), key=package.authority_key).manifest
    if told.lease is None:
        raise SignatureRefused("The package states no terms of leases.", "Ask for a new one.")
    return told.lease


def answer_in(
    workspace: Workspace, asked: Asked, inbox: Path, seen: set[tuple[str, int]]
) -> Answered | UserError | None:
    """Look once into the inbox: the answer, why something that looked like one is none, or nothing.

    `seen` holds what was looked at already, so that each file is judged once.
    """
    refusal: UserError | None = None
    for path in _fresh(inbox, seen):
        try:
            found = _read(workspace, asked, path)
        except LedgerBroken:
            raise
        except UserError as error:
            refusal = error
        else:
            if found is not None:
                return found
    return refusal


def take_answer(workspace: Workspace, asked: Asked, raw: bytes, called: str) -> Answered:
    """Take a file's content as the answer, or refuse it."""
    package = held(workspace)
    signed = read_message(raw, LEASE, called, key=package.authority_key)
    lease = lease_of(signed, called)
    check_answers(lease, asked.request, asked.digest)
    kept = checked(
        growth_of(signed), workspace.book.entries, workspace.private, study=package.study,
        authority_key=package.authority_key, called=called,
    )  # fmt: skip
    return Answered(lease, lease_keys(lease, asked.secret), kept, raw)


def _fresh(inbox: Path, seen: set[tuple[str, int]]) -> Iterator[Path]:
    """Yield files that came or changed since they were looked at."""
    for path, mark in _marked(inbox):
        if mark not in seen:
            seen.add(mark)
            yield path


def _marked(inbox: Path) -> Iterator[tuple[Path, tuple[str, int]]]:
    """Yield what could be a message, with what tells it from an earlier file of that name."""
    for path in sorted(inbox.iterdir()) if inbox.is_dir() else ():
        with contextlib.suppress(OSError):  # it was there a moment ago
            about = path.stat()
            is_file = stat.S_ISREG(about.st_mode)
            if path.suffix == ".json" and is_file and about.st_size <= LARGEST_BYTES:
                yield path, (path.name, about.st_mtime_ns)


def _read(workspace: Workspace, asked: Asked, path: Path) -> Answered | None:
    """Return the answer in a file, None where it is no lease at all."""
    try:
        raw = path.read_bytes()
        if kind_of(raw, path.name) != LEASE:
            return None
    except (OSError, SignatureRefused):  # half-copied, or somebody's other file
        return None
    return take_answer(workspace, asked, raw, path.name)


def wait(
    workspace: Workspace, asked: Asked, inbox: Path, *, seconds: float,
    told: Callable[[float, UserError | None], None],
) -> Answered:  # fmt: skip
    """Watch the inbox until the answer comes; `told` hears how long, and of files that are none."""
    begun, seen = workspace.clocks.steady(), set(asked.before)
    while True:
        found = answer_in(workspace, asked, inbox, seen)
        waited = workspace.clocks.steady() - begun
        if isinstance(found, Answered):
            return found
        told(waited, found)
        if waited >= seconds:
            raise LeaseRefused(
                f"No answer came within {seconds:.0f} seconds.",
                "casescope partner analyse WORKSPACE asks again; a later answer to this request "
                "opens nothing.",
            )
        workspace.clocks.sleep(_EVERY)

"""Leases: a partner's session asks, the council answers for a time, or says why it does not.

The checks are made in an order, and the first that fails is told: who signed, whether that partner
counts, the study, the package, the terms, and last whether it was all seen before.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.gate import exchange_keys as keys
from casescope.actions.gate.gate import Permit, commit, open_gate, refusals_recorded
from casescope.actions.gate.place import write_bytes
from casescope.actions.gate.release_key import release_key
from casescope.actions.sharing import _outbox as box
from casescope.actions.sharing._contradiction import contradictions_kept
from casescope.actions.sharing._exchange_ledger import Seen, incoming_row, seen_from, shown_to
from casescope.actions.sharing._made_from import due
from casescope.actions.sharing.partners import card_of, partner_that_signed, read_given
from casescope.exchange.form.message import growth_of, kind_of, message, signed_by_anyone
from casescope.exchange.form.names import file_name
from casescope.exchange.form.shape import as_json
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT
from casescope.exchange.messages.lease import (
    LEASE,
    REQUEST,
    Lease,
    LeaseKeys,
    Request,
    Standing,
    check_grant,
    new_lease,
    request_of,
)
from casescope.exchange.messages.receipt import RECEIPT
from casescope.exchange.messages.receipt import sha256 as sha256_of
from casescope.exchange.package.manifest import Manifest, manifest_from
from casescope.governance.record.signing import Signed
from casescope.governance.roles import Actor
from casescope.governance.stages import Action, Stage
from casescope.kernel.canonical import Json
from casescope.kernel.commands import command
from casescope.kernel.counting import counted
from casescope.kernel.errors import LeaseRefused, NotAllowed
from casescope.register import open_register
from casescope.register.exchange_records import LeaseRow, MessageRow, PackageRow, PartnerRow

if TYPE_CHECKING:
    from casescope.register.store import Register


@dataclass(frozen=True)
class _Asked:
    """A request, the partner whose key signed it, and the package that it is for."""

    signed: Signed
    request: Request
    partner: PartnerRow
    package: PackageRow


def grant(
    home: Path,
    file: Path,
    *,
    hours: int | None = None,
    out: Path | None = None,
    actor: Actor,
    today: date,
    now: datetime,
) -> dict[str, Json]:
    """Answer a partner's request for a lease; return what was granted and where it lies.

    `hours` shortens it. The same request gets the same answer again, and never a longer one.
    """
    permit = open_gate(home, Action.GRANT_LEASE, actor=actor, today=today)
    with refusals_recorded(permit):
        box.finish(permit)
        asked = _asked(permit, read_given(file), file.name)
        _check(permit, asked, now)
        row = _granted_before(permit, asked, hours) or _granted(permit, asked, hours, now)
    path = out or box.outbox(permit.home) / row.file
    write_bytes(path, row.document.encode())
    return _told(row, asked.partner) | {"path": str(path)}


def leases(home: Path, *, actor: Actor, today: date) -> list[dict[str, Json]]:
    """Return every lease that was granted, oldest first."""
    permit = open_gate(home, Action.EXCHANGE, actor=actor, today=today)
    register = open_register()
    partners = {row.fingerprint: row for row in register.partners(permit.study_id)}
    return [_told(row, partners[row.partner]) for row in register.leases(permit.study_id)]


def _asked(permit: Permit, raw: bytes, called: str) -> _Asked:
    """Return who asks for what, or refuse what nobody known signed or no package is meant by."""
    if kind_of(raw, called) in (ACKNOWLEDGEMENT, RECEIPT):
        raise NotAllowed(f"{called} asks for no lease.", command("receive", "HOME", Path(called)))
    signed = signed_by_anyone(raw, REQUEST, called)
    partner = partner_that_signed(permit, signed.fingerprint, called)
    request = request_of(signed, called)
    found = [row for row in open_register().packages(permit.study_id)
             if (row.package, row.partner) == (request.package, partner.fingerprint)]  # fmt: skip
    if not found:
        raise LeaseRefused(
            "The request is for no package that was sent to this partner in this study.",
            "Ask the partner which package they mean to open.",
        )
    return _Asked(signed, request, partner, found[0])


def _check(permit: Permit, asked: _Asked, now: datetime) -> None:
    """Refuse with the first reason why this lease may not be given."""
    package, told = asked.package, _manifest(asked.package)
    newer = next((row.package for row in open_register().packages(permit.study_id)
                  if row.replaces == package.package), "")  # fmt: skip
    if told.lease is None or permit.ends_on is None:
        raise LeaseRefused("This package opens without a lease, or never.")
    standing = Standing(
        is_running=permit.stage in (Stage.RUNNING, Stage.REPORTING),
        last_day=permit.ends_on,
        suspended=asked.partner.suspended_on is not None,
        study=permit.study_id,
        package=package.package,
        partner=package.partner,
        terms=told.lease,
        superseded_by=newer,
    )
    check_grant(asked.request, standing, now=now)
    if package.made_from != due(permit):
        raise LeaseRefused(
            f"Version {package.version} is no longer what the study’s data say: a restriction, a "
            "correction, a load or a new approval came since it was made.",
            f"Send a new version: {command('send', 'HOME', '--to', asked.partner.name)}",
        )


def _granted_before(permit: Permit, asked: _Asked, hours: int | None) -> LeaseRow | None:
    """Return the lease that this very request got; refuse a session's key that was used before.

    A longer one than is wanted now is not given as if it were that.
    """
    rows = open_register().leases(permit.study_id)
    for row in rows:
        if row.request == asked.signed.digest:
            if hours is not None and hours < row.hours:
                raise NotAllowed(
                    f"This request got a lease of {counted(row.hours, 'hour')} already, and gets "
                    f"no other.",
                    "Leave out --hours to have that one written again.",
                )
            return row
    if any(row.session == asked.request.session for row in rows):
        raise LeaseRefused(
            "Another request with this session’s key got a lease already.",
            "A session asks once; let the partner open the package again.",
        )
    return None


def _granted(permit: Permit, asked: _Asked, hours: int | None, now: datetime) -> LeaseRow:
    """Make a lease and record it, with what the request and its answer prove of both ledgers."""
    key = release_key(permit.study_id)
    with contradictions_kept(
        permit, asked.partner.fingerprint,
        kind=REQUEST, digest=asked.signed.digest, document=asked.signed.as_dict(),
    ):  # fmt: skip
        seen = seen_from(
            permit, card_of(asked.partner), growth_of(asked.signed), key, "The lease request"
        )
    lease = _lease(permit, asked, hours, now)
    growth, size = shown_to(permit, asked.partner.fingerprint, key, now=now, seen=seen)
    document = message(LEASE, as_json(lease), growth=growth, private=key.signing).decode()
    row = _row(permit, asked, lease, document)
    commit(
        permit,
        detail=_detail(row),
        change=lambda register: _record(register, permit, asked, row, seen, size),
    )
    return row


def _lease(permit: Permit, asked: _Asked, hours: int | None, now: datetime) -> Lease:
    """Return the answer: for the hours that were asked, or fewer where the council says so."""
    request = asked.request
    if hours is not None and not 1 <= hours <= request.hours:
        raise NotAllowed(
            f"This request asks for {counted(request.hours, 'hour')}; a lease is for as many or "
            f"fewer.",
            f"Give --hours 1 to {request.hours}, or leave it out.",
        )
    halves = LeaseKeys(
        keys.authority_identity(permit.study_id, request.package).secret,
        keys.workspace_secret(permit.study_id, request.partner),
    )
    return new_lease(
        replace(request, hours=hours or request.hours),
        asked.signed.digest,
        halves,
        last_day=permit.ends_on or permit.today,
        now=now,
        casescope=metadata.version("casescope"),
    )


def _row(permit: Permit, asked: _Asked, lease: Lease, document: str) -> LeaseRow:
    return LeaseRow(
        partner=asked.partner.fingerprint,
        package=asked.package.package,
        lease=lease.lease,
        request=asked.signed.digest,
        session=lease.session,
        document=document,
        file=file_name("lease", lease.lease),
        mode=lease.mode,
        granted_on=permit.today,
        granted_at=lease.granted_at.isoformat(),
        granted_by=permit.actor.name,
        hours=lease.hours,
        last_day=lease.last_day,
    )


def _record(
    register: "Register", permit: Permit, asked: _Asked, row: LeaseRow, seen: Seen, size: int
) -> None:
    register.grant(permit.study_id, row)
    request = incoming_row(
        permit, row.partner, seen, kind=REQUEST, digest=asked.signed.digest,
        document=asked.signed.as_dict(), about=row.package,
    )  # fmt: skip
    register.keep_message(permit.study_id, request)
    answer = MessageRow(
        row.partner, incoming=False, kind=LEASE, digest=sha256_of(row.document), on=permit.today,
        by=permit.actor.name, about=row.package, sent_size=size,
    )  # fmt: skip
    register.keep_message(permit.study_id, answer)


def _manifest(row: PackageRow) -> Manifest:
    return manifest_from(row.document, f"The manifest of version {row.version}")


def _detail(row: LeaseRow) -> dict[str, Json]:
    return {
        "lease": row.lease,
        "package": row.package,
        "partner": row.partner,
        "request": row.request,
        "document": sha256_of(row.document),
        "mode": row.mode,
        "hours": row.hours,
        "last_day": row.last_day,
    }


def _told(row: LeaseRow, partner: PartnerRow) -> dict[str, Json]:
    return {
        "lease": row.lease,
        "package": row.package,
        "partner": partner.name,
        "fingerprint": partner.fingerprint,
        "mode": row.mode,
        "hours": row.hours,
        "last_day": row.last_day,
        "granted_on": row.granted_on,
        "granted_at": row.granted_at,
        "granted_by": row.granted_by,
        "file": row.file,
    }

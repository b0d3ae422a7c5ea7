"""How the exchange with partners stands: cards, versions, leases, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casescope.actions.gate import exchange_keys as keys
from casescope.actions.gate.gate import Permit, open_gate
from casescope.actions.gate.release_key import has_release_key, release_key
from casescope.actions.sharing import _outbox as box
from casescope.actions.sharing._made_from import due
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.canonical import Json
from casescope.register import open_register
from casescope.register.exchange_records import LeaseRow, MessageRow, PackageRow, PartnerRow


@dataclass(frozen=True)
class _Kept:
    """All that the register keeps of a study's exchange, and what a package would be made from."""

    packages: Sequence[PackageRow]
    leases: Sequence[LeaseRow]
    messages: Sequence[MessageRow]
    due: str


def exchange(home: Path, *, actor: Actor, today: date) -> dict[str, Json]:
    """Return every partner with the versions it was sent, its leases and what it sent back."""
    permit = open_gate(home, Action.EXCHANGE, actor=actor, today=today)
    register, study_id = open_register(), permit.study_id
    kept = _Kept(
        register.packages(study_id),
        register.leases(study_id),
        register.messages(study_id),
        due(permit) if "extract" in permit.layers else "",
    )
    return {
        "study": study_id,
        "ends_on": permit.ends_on,
        "fingerprint": release_key(study_id).fingerprint if has_release_key(study_id) else None,
        "partners": [_partner(permit, row, kept) for row in register.partners(study_id)],
    }


def _partner(permit: Permit, row: PartnerRow, kept: _Kept) -> dict[str, Json]:
    mine = [one for one in kept.messages if one.partner == row.fingerprint]
    return {
        "name": row.name,
        "fingerprint": row.fingerprint,
        "added_on": row.added_on,
        "suspended_on": row.suspended_on,
        "packages": [
            _package(permit, one, kept) for one in kept.packages if one.partner == row.fingerprint
        ],
        "received": [
            {"kind": one.kind, "on": one.on, "about": one.about, "digest": one.digest}
            for one in mine
            if one.incoming
        ],
        "ledger": {
            "of_ours_seen": max((one.countersigned_size or 0 for one in mine), default=0),
            "of_theirs_kept": max(map(_size, mine), default=0),
        },
    }


def _package(permit: Permit, row: PackageRow, kept: _Kept) -> dict[str, Json]:
    return {
        "package": row.package,
        "version": row.version,
        "replaces": row.replaces or None,
        "file": row.file,
        "sha256": row.sha256,
        "in_outbox": box.lies_there(permit.home, row),
        "sent_on": row.sent_on,
        "sent_by": row.sent_by,
        "superseded_on": row.superseded_on,
        "acknowledged_on": row.acknowledged_on,
        "new_version_due": bool(kept.due) and row.superseded_on is None
        and row.made_from != kept.due,
        "can_be_leased": row.superseded_on is None and row.made_from == kept.due
        and keys.has_authority_identity(permit.study_id, row.package),
        "leases": [
            {"lease": one.lease, "granted_at": one.granted_at, "mode": one.mode,
             "hours": one.hours, "last_day": one.last_day}
            for one in kept.leases
            if one.package == row.package
        ],
    }  # fmt: skip


def _size(message: MessageRow) -> int:
    size = (message.kept or {}).get("size", 0)
    return size if isinstance(size, int) else 0

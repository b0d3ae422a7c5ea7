"""How a workspace stands, as plain values."""

from typing import Any

from casescope.exchange.workspace import week
from casescope.exchange.workspace.standing import MEANINGS, Package, Standing
from casescope.exchange.workspace.workspace import Workspace
from casescope.governance.record.signing import fingerprint


def shown(workspace: Workspace) -> dict[str, Any]:
    """Return how it stands; nothing that only an open session knows."""
    now = workspace.standing
    return {
        "workspace": str(workspace.place.root),
        "name": now.name,
        "fingerprint": workspace.fingerprint,
        "keys": str(workspace.place.keys),
        "stage": _stage(now),
        "package": _package(now.held) if now.held else None,
        "days_left": (now.held.ends_on - workspace.now().date()).days if now.held else None,
        "confirmed_at": now.confirmed.isoformat() if now.confirmed else None,
        "earlier_versions": [one.version for one in now.packages[:-1]],
        "sessions": [
            {"opened_at": one.opened_at.isoformat(),
             "ended_at": one.ended_at.isoformat() if one.ended_at else None}
            for one in now.sessions
        ],
        "sealed_lines": now.lines,
        "lease_kept": week.is_kept(workspace),
        "ledger": {
            "entries": len(workspace.book.entries),
            "seen_by_the_council": now.seen,
            "last": MEANINGS[workspace.book.entries[-1].action],
        },
    }  # fmt: skip


def _package(held: Package) -> dict[str, Any]:
    return {
        "package": held.package,
        "version": held.version,
        "study": held.study,
        "name": held.name,
        "authority": held.authority,
        "authority_fingerprint": fingerprint(held.authority_key),
        "taken_in_at": held.taken_in_at.isoformat(),
        "ends_on": held.ends_on.isoformat(),
    }


def _stage(now: Standing) -> str:
    if now.receipt is not None:
        return "finished"
    if now.finishing is not None:
        return "finishing was cut off; run casescope partner finish again"
    return "holds a package" if now.held else "begun; no package yet"

"""A lease that survives a restart: its one-time secret on disk, sealed by a passphrase.

The price: whoever has a copy of the disk, the passphrase and the lease can open the package until
the lease's hours are over, which one that dies with its session never allows.
"""

import json
from dataclasses import dataclass, replace

from casescope.exchange.age import age
from casescope.exchange.messages.lease_time import Meter
from casescope.exchange.workspace import keys
from casescope.exchange.workspace.workspace import Workspace
from casescope.kernel import durable
from casescope.kernel.errors import NotAllowed, VaultRefused

SHORTEST = 12
"""Characters of a passphrase."""

TRADE_OFF = (
    "This study’s leases last through restarts. So the session’s secret is kept on this disk, "
    "sealed by a passphrase of yours. Until the lease ends, a copy of the disk and the passphrase "
    "open the data without the council being asked. Choose one that nobody guesses, and write it "
    "nowhere on this machine."
)


@dataclass(frozen=True, repr=False)
class Kept:
    """The one-time secret and, once it came, the lease that answers it."""

    secret: str
    lease: str = ""

    def answered(self, raw: bytes) -> "Kept":
        """Return it with its lease."""
        return replace(self, lease=raw.decode("utf-8"))


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is soon guessed."""
    if len(passphrase.strip()) < SHORTEST or len(set(passphrase)) < SHORTEST // 2:
        raise NotAllowed(
            f"The passphrase is too short: it needs {SHORTEST} characters, not all alike.",
            "Four words that have nothing to do with each other are easy to keep in mind.",
        )


def is_kept(workspace: Workspace) -> bool:
    """Say whether a one-time secret is kept."""
    return (workspace.place.keys / keys.WEEK).is_file()


def keep(workspace: Workspace, kept: Kept, passphrase: str) -> None:
    """Seal the secret, and the lease if it came, under a passphrase."""
    plain = json.dumps(vars(kept)).encode()
    sealed = age.sealed_by_passphrase(plain, passphrase)
    durable.write(workspace.place.keys / keys.WEEK, sealed, private=True)


def kept(workspace: Workspace, passphrase: str) -> Kept:
    """Return what is kept, or refuse a wrong passphrase."""
    raw = (workspace.place.keys / keys.WEEK).read_bytes()
    try:
        plain = age.opened_by_passphrase(raw, passphrase, "The kept lease")
    except VaultRefused as error:
        raise VaultRefused(
            error.sentence, "Try again. If it is lost, --new-lease asks for another lease."
        ) from error
    try:
        return Kept(**json.loads(plain))
    except (ValueError, TypeError) as error:
        raise VaultRefused("The kept lease is damaged.", "Ask for a new one.") from error


def forget(workspace: Workspace) -> None:
    """Destroy the kept secret: it opens nothing any more."""
    durable.destroy(workspace.place.keys / keys.WEEK)


def opened_before(workspace: Workspace, lease: str) -> Meter | None:
    """Return since when a lease has been running, by the ledger; None if it was not opened yet."""
    first = next((one for one in workspace.standing.sessions if one.lease == lease), None)
    if first is None:
        return None
    return Meter(first.opened_at, 0.0, first.opened_at, workspace.clocks.steady())

"""A session: the shared dataset in memory alone, for as long as its lease holds."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.exchange.messages.lease import Lease
from casescope.exchange.messages.lease_time import (
    Clock,
    Meter,
    check_holds,
    left,
    opened,
    resumed,
    ticked,
)
from casescope.exchange.package.manifest import Manifest
from casescope.exchange.package.package import opened_data, read_to_open
from casescope.exchange.workspace import keys, standing
from casescope.exchange.workspace.asking import Answered
from casescope.exchange.workspace.sealed_log import (
    SealedLog,
    SealedState,
    open_log,
    open_state,
    sealing_key,
)
from casescope.exchange.workspace.workspace import Workspace, held
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LeaseRefused
from casescope.kernel.progress import Progress, Silent

if TYPE_CHECKING:
    import duckdb

LOG, TOLD = "log.sealed", "told.sealed"
_SILENT = Silent()


@dataclass(repr=False)
class Session:
    """An open session: nothing of it is on disk but what `log` seals."""

    workspace: Workspace
    manifest: Manifest
    lease: Lease
    meter: Meter
    entry: int
    log: SealedLog
    told: SealedState
    data: "duckdb.DuckDBPyConnection | None" = field(default=None)
    outbox: Path | None = None
    """Where messages to the council go, if not into the workspace's own outbox."""

    def check(self) -> "duckdb.DuckDBPyConnection":
        """Return the data while the lease holds; else end, and refuse."""
        if self.data is None:
            raise LeaseRefused("This session has ended.", _AGAIN)
        self.meter = ticked(self.meter, self._clock())
        try:
            check_holds(self.lease, self.meter)
        except LeaseRefused:
            self.end("the lease ended")
            raise
        return self.data

    def left(self) -> timedelta:
        """Return how long the lease still holds."""
        return left(self.lease, ticked(self.meter, self._clock()))

    def keep(self, action: str, line: dict[str, Json], **detail: Json) -> None:
        """Seal a line, then say in the ledger that there is one more."""
        lines = self.log.add({"at": self.workspace.now().isoformat(timespec="seconds"), **line})
        self.workspace.add(action, lines=lines, **detail)

    def interrupt(self) -> None:
        """Stop whatever the data is being asked."""
        if self.data is not None:
            self.data.interrupt()

    def end(self, why: str) -> None:
        """Drop the data and the keys, and say so in the ledger; a second time does nothing."""
        if self.data is None:
            return
        self.data.close()
        self.data = None
        self.log.forget()
        self.told.forget()
        self.workspace.book.add(
            standing.END, self.workspace.latest(), opened=self.entry, lease=self.lease.lease,
            why=why,
        )  # fmt: skip

    def _clock(self) -> Clock:
        return self.workspace.clocks.read()


_AGAIN = "casescope partner analyse WORKSPACE asks for a new lease."


def begin(
    workspace: Workspace,
    answered: Answered,
    *,
    kept_since: Meter | None = None,
    progress: Progress = _SILENT,
) -> Session:
    """Open the data under a lease, in memory; `kept_since`: a lease that an earlier session had."""
    package = held(workspace)
    clock = workspace.clocks.read(workspace.book.newest)
    meter = (
        resumed(answered.lease, kept_since, clock) if kept_since else opened(answered.lease, clock)
    )
    check_holds(answered.lease, meter)
    progress.start("opening the dataset, in memory")
    sealed = read_to_open(workspace.place.package(package.package), key=package.authority_key)
    files = opened_data(
        sealed, keys.identity(workspace.place).secret, answered.keys.authority_identity
    )
    log, told = _sealed(workspace, answered)
    from casescope.dataset.sharing.opening import open_in_memory

    data = open_in_memory(files)
    progress.finish(f"{sum(len(one) for one in files.values()) / 1e6:,.1f} MB")
    entry = workspace.add(
        standing.OPEN, lease=answered.lease.lease, package=package.package,
        hours=answered.lease.hours, mode=answered.lease.mode, **answered.kept,
    )  # fmt: skip
    return Session(workspace, sealed.manifest, answered.lease, meter, entry.number, log, told, data)


def _sealed(workspace: Workspace, answered: Answered) -> tuple[SealedLog, SealedState]:
    """Open what the workspace sealed, which takes the council's secret and its own."""
    theirs, ours = answered.keys.workspace_secret, keys.workspace_secret(workspace.place)
    lines, told = (
        sealing_key(theirs, ours, f"{workspace.place.id} {name}") for name in (LOG, TOLD)
    )
    folder, now = workspace.place.sealed, workspace.standing
    return (
        open_log(folder / LOG, lines, least=now.lines),
        open_state(folder / TOLD, told, least=now.turns),
    )

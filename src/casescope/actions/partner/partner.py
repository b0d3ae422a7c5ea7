"""The partner's side: begin a workspace, take a package in, open it under a lease, finish."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casescope.actions.partner._workspace import begin_workspace, open_workspace
from casescope.exchange.workspace.beginning import Begun
from casescope.exchange.workspace.clocks import Clocks
from casescope.exchange.workspace.finishing import Finished, remember
from casescope.exchange.workspace.finishing import finish as finishing
from casescope.exchange.workspace.leasing import How, lease
from casescope.exchange.workspace.session import Session
from casescope.exchange.workspace.showing import shown
from casescope.exchange.workspace.taking import confirm, take_in
from casescope.governance.roles import Actor
from casescope.kernel.progress import Progress, Silent

_SILENT = Silent()


def init(
    root: Path, *, name: str, contact: str, actor: Actor, clocks: Clocks,
    declared: Sequence[str] = (),
) -> Begun:  # fmt: skip
    """Make a workspace with keys apart from it, and the card by which packages are made for it.

    `declared`: folders on a network drive, or synchronised, that the partner answers for.
    """
    return begin_workspace(
        root, name=name, contact=contact, actor=actor, clocks=clocks, declared=declared
    )


@contextmanager
def open_package(
    root: Path, package: Path, *, how: How, actor: Actor, clocks: Clocks, authority: str = ""
) -> Iterator[Session]:
    """Take a package in, acknowledge it, ask for a lease and yield the session that it opens."""
    with open_workspace(root, actor=actor, clocks=clocks) as workspace:
        remember(workspace.place, package)
        acknowledgement = take_in(
            workspace, package, authority=authority, outbox=how.outbox, progress=how.progress
        )
        how.teller.took_in(workspace, acknowledgement)
        with _ended(lease(workspace, how), how) as session:
            yield session


@contextmanager
def analyse(
    root: Path, *, how: How, actor: Actor, clocks: Clocks, authority: str = ""
) -> Iterator[Session]:
    """Open the package that is held once more, under a lease of its own."""
    with open_workspace(root, actor=actor, clocks=clocks) as workspace:
        if authority:
            confirm(workspace, authority)
        how.teller.took_in(workspace, None)
        with _ended(lease(workspace, how), how) as session:
            yield session


def finish(
    root: Path,
    folders: Sequence[Path] = (),
    *,
    actor: Actor,
    clocks: Clocks,
    remain: str = "",
    progress: Progress = _SILENT,
) -> Finished:
    """Look for copies, destroy what opens and what was held, and sign the receipt."""
    with open_workspace(root, actor=actor, clocks=clocks, ending=True) as workspace:
        return finishing(workspace, folders, remain=remain, progress=progress)


def show(root: Path, *, actor: Actor, clocks: Clocks) -> dict[str, Any]:
    """Return how a workspace stands, as plain values."""
    with open_workspace(root, actor=actor, clocks=clocks, ending=True) as workspace:
        return shown(workspace)


@contextmanager
def _ended(session: Session, how: How) -> Iterator[Session]:
    """Yield a session that sends where its messages go, and end it whatever happens."""
    session.outbox = how.outbox
    try:
        yield session
    finally:
        session.end("the session was left")

"""The gate of the partner's side: a workspace is opened once, checked, and its ledger kept.

A partner has no study, no register and no roles of ours: what binds is the package it holds.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from casescope.exchange.workspace.beginning import Begun, begin
from casescope.exchange.workspace.clocks import Clocks
from casescope.exchange.workspace.workspace import Workspace, opened
from casescope.governance.places import check_place
from casescope.governance.roles import Actor
from casescope.vault.keys import KeyRing


def begin_workspace(
    root: Path, *, name: str, contact: str, actor: Actor, clocks: Clocks, declared: Sequence[str]
) -> Begun:
    """Make a workspace, its keys where this machine keeps keys; both on disks of this machine."""
    keys = KeyRing.default().root
    _check_places(root, keys, declared, _DECLARE)
    return begin(root, keys, name=name, contact=contact, clocks=clocks, actor=actor.name,
                 declared=declared)  # fmt: skip


@contextmanager
def open_workspace(
    root: Path, *, actor: Actor, clocks: Clocks, ending: bool = False
) -> Iterator[Workspace]:
    """Open a workspace for this process alone: clock, ledger, head and end are checked.

    `ending`: though it is finished, or its study's last day is over.
    """
    version = metadata.version("casescope")
    keys = KeyRing.default().root
    with opened(
        root, keys, clocks=clocks, actor=actor.name, version=version, ending=ending
    ) as workspace:
        if not ending:  # what lies in the wrong place can be seen and ended
            _check_places(root, keys, workspace.standing.declared, _MOVE)
        yield workspace


_DECLARE = (
    "Begin on a disk of this machine; or, if the folder stays in the United Kingdom and you answer "
    "for it, add --declared-place FOLDER."
)
_MOVE = (
    "Move it to a disk of this machine. If it cannot be, finish this workspace and begin one with "
    "casescope partner init … --declared-place FOLDER."
)


def _check_places(root: Path, keys: Path, declared: Sequence[str], remedy: str) -> None:
    check_place(root, declared, "The workspace", remedy=remedy)
    check_place(keys, declared, "The key folder", remedy=remedy)

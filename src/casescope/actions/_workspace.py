"""The gate of the partner's side: a workspace is opened once, checked, and its ledger kept.

A partner has no study, no register and no roles of ours: what binds is the package it holds.
"""

from contextlib import AbstractContextManager
from importlib import metadata
from pathlib import Path

from casescope.exchange.workspace.beginning import Begun, begin
from casescope.exchange.workspace.clocks import Clocks
from casescope.exchange.workspace.workspace import Workspace, opened
from casescope.governance.roles import Actor
from casescope.vault.keys import KeyRing


def begin_workspace(
    root: Path, *, name: str, contact: str, actor: Actor, clocks: Clocks
) -> Begun:  # fmt: skip
    """Make a workspace, its keys where this machine keeps keys."""
    keys = KeyRing.default().root
    return begin(root, keys, name=name, contact=contact, clocks=clocks, actor=actor.name)


def open_workspace(
    root: Path, *, actor: Actor, clocks: Clocks, ending: bool = False
) -> AbstractContextManager[Workspace]:
    """Open a workspace for this process alone: clock, ledger, head and end are checked.

    `ending`: though it is finished, or its study's last day is over.
    """
    version = metadata.version("casescope")
    return opened(
        root, KeyRing.default().root, clocks=clocks, actor=actor.name, version=version,
        ending=ending,
    )  # fmt: skip

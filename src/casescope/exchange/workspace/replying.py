"""Findings made by the partner, sealed to the council's study alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from casescope.exchange.form.names import file_name
from casescope.exchange.package import package
from casescope.exchange.package.manifest import FINDINGS, UNSEALED, TableTold
from casescope.exchange.workspace import standing
from casescope.exchange.workspace.messages import growth_at
from casescope.exchange.workspace.session import Session


def reply(
    session: Session, files: Mapping[str, bytes], tables: Sequence[TableTold], outbox: Path
) -> Path:
    """Write a sealed package of findings into the outbox; return where it lies.

    The ledger says first that findings are sealed: a cut then leaves an entry without a package,
    never a package without an entry.
    """
    workspace, told = session.workspace, session.manifest
    name = package.new_id()
    entry = workspace.add(standing.SEND, package=name, files=len(files))
    growth = growth_at(workspace.book.entries, entry.number, workspace.private)
    path = outbox / file_name("package", name)
    package.write(
        path,
        replace(
            told, package=name, kind=FINDINGS, replaces=None, tables=tuple(tables),
            disclosure=None, lease=None, share=None, canaries=(), files={},
            data=UNSEALED, made_on=workspace.now().date(),
            ledger=growth.as_dict(), casescope=workspace.version,
        ),
        files,
        private=workspace.private,
    )  # fmt: skip
    return path

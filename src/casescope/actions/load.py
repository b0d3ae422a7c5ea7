"""Load a council's extract folders into the study, whole or not at all."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from casescope.actions._gate import commit, open_gate
from casescope.actions._work import writing
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.intake.load import FileRead, extract_files
from casescope.identified.intake.load import load as read_in
from casescope.kernel.canonical import digest
from casescope.kernel.progress import Progress, Silent
from casescope.vault.layers import drafting, file_sha256
from casescope.vault.steps import source_digest

_SILENT = Silent()


def load(
    home: Path,
    folders: Sequence[Path],
    *,
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> list[FileRead]:
    """Read every table in the folders into a new extract layer; return what became of each file.

    The previous extract stays in force if anything refuses, and is replaced if nothing does.
    """
    before = open_gate(home, Action.LOAD, actor=actor, today=today)
    key = digest(
        {
            "files": [file_sha256(path) for path in extract_files(folders)],
            "pivot": before.study.reference_date.year,
            "sources": source_digest("casescope.identified.intake"),
        }
    )
    with writing(before) as (permit, vault):
        with drafting(vault, name="extract", wing="identified", step_key=key, inputs={}) as draft:
            files = read_in(
                draft.connection,
                folders,
                reference_date=permit.study.reference_date,
                progress=progress,
            )
        layer = draft.published()
        commit(
            permit,
            detail={"files": len(files), "tables": layer.tables},
            layers=[layer],
        )
        superseded = permit.layers.get("extract")
        vault.sweep(
            [layer.file, *(one.file for one in permit.layers.values() if one is not superseded)]
        )
    return files

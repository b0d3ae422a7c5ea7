"""The study folder as the gate sees it: whose it is, what its study.toml says, its manifest."""

import json
from collections.abc import Mapping
from pathlib import Path

from casescope.governance.record.ledger import Head
from casescope.governance.study_file.study import Study, read_study
from casescope.kernel import durable
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotFound, StudyFileRefused, VaultRefused
from casescope.kernel.text_file import read_text

MARKER = ".casescope"
"""The file that holds the study's id; it is written last, so a folder without it is no study."""

STUDY_FILE = "study.toml"


def study_id_in(home: Path) -> str | None:
    """Return the id of the study whose folder `home` is, None if it is no study folder."""
    try:
        return (home / MARKER).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None


def find_study(home: Path) -> str:
    """Return the id of the study whose folder `home` is, or refuse."""
    study_id = study_id_in(home)
    if not study_id:
        raise NotFound(
            f"{home} is not a study folder.",
            "Look at the folder's name, or begin a study: casescope study new HOME",
        )
    return study_id


def read_file(home: Path) -> Study:
    """Return what the folder's study.toml states, or refuse."""
    return read_study(read_text(home / STUDY_FILE, StudyFileRefused))


def write_manifest(
    home: Path, study_id: str, layers: list[Mapping[str, Json]], head: Head | None
) -> None:
    """Write the list of layers for whoever finds the folder; casescope itself never reads it."""
    manifest = {"study": study_id, "layers": layers, "ledger": vars(head) if head else None}
    path = home / "vault" / "manifest.json"
    if path.parent.is_dir():
        write_whole(path, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that a crash leaves the old one or the new one."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.write(path, content)
    except OSError as error:
        raise VaultRefused(
            f"{path} cannot be written.", "Make its folder writable and run the command again."
        ) from error

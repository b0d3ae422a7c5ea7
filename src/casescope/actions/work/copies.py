"""The council's own copies: files outside the vault that the ledger knows of, looked for.

The ledger keeps where each was put or read, its size and its hash; of a folder the hashes of its
files, without their names, which might tell of somebody.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import cast

from casescope.governance.record.ledger import Entry
from casescope.identified.intake.folders import given_files
from casescope.kernel.canonical import Json, digest
from casescope.vault.layers import file_sha256

LISTED = 200
"""The most files of a folder whose hashes stand one by one; of more, only the hash of all."""

WHAT = {
    "extract": "extract that was loaded",
    "cohort list": "cohort list",
    "pairs": "workbook of doubtful links",
    "partner findings": "findings of a partner",
    "hold": "rows read from a hold",
}
"""What a copy is, as a sentence has it."""


class State(Enum):
    """What became of a copy, as far as looking where it was can tell."""

    UNCHANGED = "still there, unchanged"
    CHANGED = "still there, changed"
    GONE = "gone from where it was"
    UNREADABLE = "cannot be looked at"


@dataclass(frozen=True)
class Copy:
    """One copy: a file, or the files of a folder.

    `sha256` is the file's, or that of the folder's list of hashes; `each` that list, where it is
    not long.
    """

    what: str
    path: Path
    files: int
    bytes: int
    sha256: str
    is_folder: bool
    made_on: str
    made_by: str
    each: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """A copy with what became of it; `left` is how many of its files are there as they were."""

    copy: Copy
    state: State
    left: int


def file_copy(what: str, file: Path, content: bytes) -> dict[str, Json]:
    """Return what the ledger keeps of a file that is written, in its list of `copies`."""
    return {
        "what": what,
        "path": str(file.resolve()),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def folder_written(what: str, folder: Path, files: Mapping[str, bytes]) -> dict[str, Json]:
    """Return what the ledger keeps of files that are written into a folder of their own."""
    each = sorted(hashlib.sha256(content).hexdigest() for content in files.values())
    return _of_folder(what, folder.resolve(), each, sum(map(len, files.values())))


def folder_copies(folders: Sequence[Path], hashes: Mapping[Path, str]) -> dict[str, Json]:
    """Return what the ledger keeps of folders that are read, `hashes` being of their files."""
    whole = dict.fromkeys(folder.resolve() for folder in folders)
    found = [_folder_copy(folder, hashes) for folder in whole]
    return {"copies": found} if found else {}


def known_copies(entries: Iterable[Entry]) -> list[Copy]:
    """Return every copy that a ledger knows of, the newest of each path."""
    found: dict[tuple[str, str], Copy] = {}
    for entry in entries:
        detail = entry.detail if isinstance(entry.detail, Mapping) else {}
        did = detail.get("did")
        copies = did.get("copies", ()) if isinstance(did, Mapping) else ()
        for raw in cast("Sequence[Json]", copies):
            one = _copy(cast("Mapping[str, Json]", raw), entry)
            found[(one.what, str(one.path))] = one
    return list(found.values())


def look_for(copy: Copy) -> Seen:
    """Look where a copy was; somewhere else it may be all the same."""
    try:
        return _folder_seen(copy) if copy.is_folder else _file_seen(copy)
    except OSError:
        return Seen(copy, State.UNREADABLE, 0)


def _folder_copy(folder: Path, hashes: Mapping[Path, str]) -> dict[str, Json]:
    mine = {path: one for path, one in hashes.items() if path.is_relative_to(folder)}
    size = sum(path.stat().st_size for path in mine)
    return _of_folder("extract", folder, sorted(mine.values()), size)


def _of_folder(what: str, folder: Path, each: Sequence[str], size: int) -> dict[str, Json]:
    return {
        "what": what,
        "path": str(folder),
        "files": len(each),
        "bytes": size,
        "sha256": digest(each),
        "each": each if len(each) <= LISTED else [],
    }


def _copy(raw: Mapping[str, Json], entry: Entry) -> Copy:
    return Copy(
        what=str(raw["what"]),
        path=Path(str(raw["path"])),
        files=cast("int", raw.get("files", 1)),
        bytes=cast("int", raw["bytes"]),
        sha256=str(raw["sha256"]),
        is_folder="files" in raw,
        made_on=entry.on.isoformat(),
        made_by=entry.actor,
        each=tuple(cast("Sequence[str]", raw.get("each", ()))),
    )


def _file_seen(copy: Copy) -> Seen:
    if not copy.path.exists():
        return Seen(copy, State.GONE, 0)
    same = copy.path.is_file() and file_sha256(copy.path) == copy.sha256
    return Seen(copy, State.UNCHANGED, 1) if same else Seen(copy, State.CHANGED, 0)


def _folder_seen(copy: Copy) -> Seen:
    if not copy.path.is_dir():
        return Seen(copy, State.CHANGED if copy.path.exists() else State.GONE, 0)
    there = sorted(file_sha256(file.path) for file in given_files([copy.path]))
    if not there:
        return Seen(copy, State.GONE, 0)
    if digest(there) == copy.sha256:
        return Seen(copy, State.UNCHANGED, len(there))
    remaining = set(there)
    return Seen(copy, State.CHANGED, sum(one in remaining for one in copy.each))

"""The archive, which outlives studies: a release is one folder there, whole or not at all.

A folder is written under a name of its own, recorded, and then given its name: what lies under
that name is in the register, and a crash between is finished by the next command.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from casescope.actions.gate.place import write_whole
from casescope.actions.gate.release_key import ReleaseKey
from casescope.actions.gate.where import archive_root
from casescope.actions.report._public_edition import hashes
from casescope.governance.record.signing import parsed, read_signed, sign
from casescope.governance.release.record import SUFFIX
from casescope.governance.release.release import RECORD
from casescope.kernel.canonical import Json
from casescope.kernel.errors import SignatureRefused, VaultRefused
from casescope.register.records import RequestRow

NOTE = "WITHDRAWN.txt"


def folder_of_release(study_id: str, release: str) -> Path:
    """Return where a release lies, or will."""
    return archive_root() / study_id / release


def stage(study_id: str, release: str, files: Mapping[str, bytes]) -> None:
    """Write the files of a release beside where they will lie; an earlier try is cleared away."""
    part = _part(study_id, release)
    try:
        shutil.rmtree(part, ignore_errors=True)
        for place, content in files.items():
            path = part / place
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
    except OSError as error:
        raise VaultRefused(
            f"The archive {archive_root()} cannot be written.",
            "Point CASESCOPE_ARCHIVE at a folder of yours.",
        ) from error


def settle(study_id: str, release: str) -> Path:
    """Give a staged and recorded release its name, in the place of what lay there."""
    folder = folder_of_release(study_id, release)
    part = _part(study_id, release)
    try:
        if folder.exists():
            shutil.rmtree(folder)
        part.rename(folder)
    except OSError as error:
        raise VaultRefused(
            f"{folder} cannot be written.", "Make it writable and run the command again."
        ) from error
    return folder


def tidy(study_id: str, rows: Iterable[RequestRow]) -> None:
    """Finish what a crash left: a recorded release gets its name, an unrecorded one goes."""
    for row in rows:
        part = _part(study_id, row.release)
        if row.released_on is None:
            shutil.rmtree(part, ignore_errors=True)
        elif is_staged(study_id, row):
            settle(study_id, row.release)


def is_staged(study_id: str, row: RequestRow) -> bool:
    """Say whether a release is recorded and written, and only lacks its name."""
    part = _part(study_id, row.release)
    return row.released_on is not None and not is_whole(study_id, row) and _holds(part, row)


def is_whole(study_id: str, row: RequestRow) -> bool:
    """Say whether the archive holds every file of a release as it was released, with its record."""
    return _holds(folder_of_release(study_id, row.release), row)


def _holds(folder: Path, row: RequestRow) -> bool:
    return all((folder / (place + SUFFIX)).is_file() for place in row.files) and (
        hashes(_read(folder, row)) == dict(row.files)
    )


def released_files(study_id: str, row: RequestRow) -> dict[str, bytes]:
    """Return the files of a release, or refuse where one is not the one that was released."""
    folder = folder_of_release(study_id, row.release)
    files = _read(folder, row)
    for place, sha256 in row.files.items():
        if place not in files:
            raise VaultRefused(
                f"{place} of {row.release} is not in the archive {folder}.",
                "Put it back, or point CASESCOPE_ARCHIVE at the folder that holds it.",
            )
        if hashes({place: files[place]})[place] != sha256:
            raise SignatureRefused(
                f"{place} of {row.release} in the archive is not the file that was released.",
                "Tell the data protection officer; put the released file back.",
            )
    return files


def records_of(study_id: str, row: RequestRow) -> dict[str, dict[str, Json]]:
    """Return the record of each file by its place; each signed by the study and of that file."""
    folder, found = folder_of_release(study_id, row.release), {}
    for place in row.files:
        name = place + SUFFIX
        try:
            raw = (folder / name).read_bytes()
        except OSError as error:
            raise VaultRefused(f"{name} is not in the archive {folder}.", "Put it back.") from error
        signed = read_signed(parsed(raw, name), RECORD, name)
        named = signed.statement["file"]
        of_file = isinstance(named, Mapping) and named.get("sha256") == row.files[place]
        if not of_file or signed.key != row.document["key"]:
            raise SignatureRefused(
                f"{name} in the archive is not the record that was signed at the release.",
                "Tell the data protection officer; put the record back.",
            )
        found[place] = dict(signed.statement)
    return found


def mark_withdrawn(study_id: str, row: RequestRow, key: ReleaseKey) -> None:
    """Sign every record of a withdrawn release anew, saying so, and put a note beside them."""
    folder = folder_of_release(study_id, row.release)
    for place, record in records_of(study_id, row).items():
        if record["withdrawn"] is None:
            told = {**record, "withdrawn": {"on": row.withdrawn_on}}
            write_whole(folder / (place + SUFFIX), as_text(told, key))
    if row.withdrawn_on is not None:
        day = row.withdrawn_on.isoformat()
        write_whole(folder / NOTE, f"{row.release} was withdrawn on {day}. Do not use it.\n")


def as_text(record: Mapping[str, Json], key: ReleaseKey) -> str:
    """Return a record under the study's signature, as its file holds it."""
    signed = sign(RECORD, record, key.signing).as_dict()
    return json.dumps(signed, ensure_ascii=False, indent=1) + "\n"


def _part(study_id: str, release: str) -> Path:
    return folder_of_release(study_id, release).with_name(f".{release}.part")


def _read(folder: Path, row: RequestRow) -> dict[str, bytes]:
    return {
        place: (folder / place).read_bytes() for place in row.files if (folder / place).is_file()
    }

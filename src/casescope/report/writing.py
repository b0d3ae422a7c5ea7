"""Puts a report's files where they belong: whole, or not at all."""

from collections.abc import Collection, Sequence
from pathlib import Path

from casescope.disclosure.released import Released
from casescope.kernel import durable
from casescope.kernel.errors import VaultRefused
from casescope.report.edition import Edition
from casescope.report.face import Face
from casescope.report.rendering import Made, rendered
from casescope.report.study import StudyFacts

REQUESTS = "requests"
"""Under the report, where requests for its release lie: they hold the same figures."""


def write(
    folder: Path,
    released: Released,
    study: StudyFacts,
    *,
    editions: Sequence[Edition] = tuple(Edition),
    faces: Sequence[Face] = tuple(Face),
    to_staff: Released | None = None,
) -> list[Path]:
    """Write the report into `folder`, the public edition into `public` there; return the paths.

    Everything is made before anything is written, so a fault leaves the earlier report as it was.
    The working edition shows `to_staff` in place of `released` where it is given.
    """
    return put(folder, rendered(released, study, editions, faces, to_staff))


def places(folder: Path, made: Made) -> list[Path]:
    """Return where made files belong; the plain tables are one folder."""
    return [folder_of(folder, edition) / face.file for edition in made for face in made[edition]]


def put(folder: Path, made: Made) -> list[Path]:
    """Put made files where they belong, each in one step; return the paths.

    The plain tables are returned as their folder. Faces and editions that were not made stay as
    they are.
    """
    return [
        _written(folder_of(folder, edition), face, files)
        for edition, by_face in made.items()
        for face, files in by_face.items()
    ]


def folder_of(folder: Path, edition: Edition) -> Path:
    """Return where an edition's files lie."""
    return folder if edition is Edition.WORKING else folder / edition.value


def remove(folder: Path) -> list[Path]:
    """Remove a report that somebody has since left; what was handed out is beyond reach.

    With it goes what a command that was killed left half-written; so with no other writer. Returns
    what could not be removed: on Windows a file that is open in another program.
    """
    left = _clear(folder / REQUESTS, "*.zip")
    _drop_if_empty(folder / REQUESTS)
    for edition in Edition:
        place = folder_of(folder, edition)
        files = [place / face.file for face in Face if face is not Face.CSV]
        left += [path for path in files if not _is_removed(path)]
        left += _clear(place) + _clear(place / Face.CSV.file, "*.csv")
        _drop_if_empty(place / Face.CSV.file)
        if edition is not Edition.WORKING:
            _drop_if_empty(place)
    return left


def _is_removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _drop_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _written(folder: Path, face: Face, files: dict[str, bytes]) -> Path:
    place = folder / face.file if face is Face.CSV else folder
    for name, content in files.items():
        _replaced(place / name, content)
    _clear(place, *(("*.csv",) if face is Face.CSV else ()), keep=files)
    return folder / face.file


def _clear(folder: Path, *kinds: str, keep: Collection[str] = ()) -> list[Path]:
    """Remove files of these kinds, and what is half-written; return what is left of them."""
    return [path for kind in (*kinds, durable.PARTS) for path in folder.glob(kind)
            if path.name not in keep and not _is_removed(path)]  # fmt: skip


def _replaced(path: Path, content: bytes) -> None:
    """Write a file in one step, or refuse; on Windows one that is open elsewhere can't be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.write(path, content, private=True)
    except OSError as error:
        raise VaultRefused(
            f"{path} cannot be written.",
            "If it is open in Excel, Word or another program, close it there; else make its "
            "folder writable. Then run the command again.",
        ) from error

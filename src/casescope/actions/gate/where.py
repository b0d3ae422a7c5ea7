"""Where a study's data lies on this machine, and whether it may."""

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from casescope.governance.places import check_place
from casescope.governance.study_file.study import Study
from casescope.kernel.errors import PlaceRefused, VaultRefused
from casescope.register.opening import state_folder
from casescope.vault.keys import KeyRing

NOT_STATED = (
    "study.toml does not say where data is stored and worked on ([storage] stored_in and "
    "processed_in)."
)


def archive_root() -> Path:
    """Return the archive: CASESCOPE_ARCHIVE, else in the user's data directory."""
    named = os.environ.get("CASESCOPE_ARCHIVE")
    return Path(named) if named else platformdirs.user_data_path("casescope") / "archive"


def check_apart_from(home: Path) -> None:
    """Refuse an archive inside the study folder, which may be deleted when the study ends."""
    if archive_root().resolve().is_relative_to(home.resolve()):
        raise VaultRefused(
            f"The archive {archive_root()} lies inside the study folder.",
            "Point CASESCOPE_ARCHIVE at a folder that outlives the study.",
        )


def places_of(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield every folder that holds something of a study, and how a sentence calls it."""
    yield "The study folder", home
    for inside in ("vault", "outbox", "report", "holds", "partner"):
        if (home / inside).is_symlink():
            yield f"The folder {inside} of the study,", home / inside
    yield "The key folder", KeyRing.default().root
    yield "The register's folder", state_folder()
    yield "The archive", archive_root()


def check_places(home: Path, study: Study) -> None:
    """Refuse to work on data where it may leave the United Kingdom."""
    for what, path in places_of(home):
        check_place(path, study.storage.declared_places, what)


def refused_places(home: Path, study: Study) -> list[PlaceRefused]:
    """Return the refusal of every place that is none."""
    found = []
    for what, path in places_of(home):
        try:
            check_place(path, study.storage.declared_places, what)
        except PlaceRefused as refusal:
            found.append(refusal)
    return found

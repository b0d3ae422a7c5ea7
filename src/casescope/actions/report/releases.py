"""Releases that were asked for or are out: see, view, download, withdraw."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from casescope.actions.gate.gate import Permit, commit, open_gate, refusals_recorded
from casescope.actions.gate.place import write_bytes
from casescope.actions.gate.release_key import release_key
from casescope.actions.report import _archive as archive
from casescope.actions.report._requests import state, told_of
from casescope.governance.release.record import SUFFIX
from casescope.governance.release.release import State, check_withdrawal
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed, VaultRefused
from casescope.register import open_register
from casescope.register.records import RequestRow


def standing(home: Path, *, actor: Actor, today: date) -> list[dict[str, Json]]:
    """Return how every request of the study stands, oldest first; one answer alone is not told."""
    permit = open_gate(home, Action.RELEASES, actor=actor, today=today)
    return [told_of(row) for row in open_register().requests(permit.study_id)]


def view(home: Path, release: str, *, actor: Actor, today: date) -> dict[str, Json]:
    """Return what a release is and where it lies, its files checked; put the view in the ledger."""
    permit = open_gate(home, Action.VIEW_RELEASE, actor=actor, today=today)
    with refusals_recorded(permit):
        row, _ = _out(permit, release)
        commit(permit, detail={"release": release})
    return {
        **told_of(row),
        "folder": str(archive.folder_of_release(permit.study_id, release)),
    }


def download(home: Path, release: str, *, to: Path, actor: Actor, today: date) -> list[Path]:
    """Copy a release and its records into a new or empty folder; put the copy in the ledger."""
    permit = open_gate(home, Action.DOWNLOAD_RELEASE, actor=actor, today=today)
    with refusals_recorded(permit):
        row, files = _out(permit, release)
        _check_room(to)
        folder = archive.folder_of_release(permit.study_id, release)
        records = {place + SUFFIX: (folder / (place + SUFFIX)).read_bytes() for place in files}
        note = folder / archive.NOTE
        more = {archive.NOTE: note.read_bytes()} if row.withdrawn_on else {}
        # before the copy: what was copied unrecorded could be anywhere
        commit(permit, detail={"release": release, "files": len(files)})
    paths = []
    for place, content in {**files, **records, **more}.items():
        write_bytes(to / place, content)
        paths.append(to / place)
    return paths


def withdraw(home: Path, release: str, *, reason: str, actor: Actor, today: date) -> Path:
    """Withdraw a release: recorded, and marked in its records; what is out stays known.

    Returns its folder. Done again after a crash, it finishes the marking.
    """
    permit = open_gate(home, Action.WITHDRAW_RELEASE, actor=actor, today=today, reason=reason)
    with refusals_recorded(permit):
        register = open_register()
        row = register.request(permit.study_id, release)
        if not _is_half_marked(permit, row):
            check_withdrawal(state(row), release)
            commit(
                permit,
                detail={"release": release},
                change=lambda register: register.mark_withdrawn(
                    permit.study_id, release, on=today, by=actor.name, why=permit.reason
                ),
            )
        else:
            commit(permit, detail={"release": release, "marked": "again"})
        _mark(permit, register.request(permit.study_id, release))
    return archive.folder_of_release(permit.study_id, release)


def _out(permit: Permit, release: str) -> tuple[RequestRow, Mapping[str, bytes]]:
    """Return a release that is or was out with its files, all as they were released."""
    row = open_register().request(permit.study_id, release)
    if state(row) not in (State.RELEASED, State.WITHDRAWN):
        raise NotAllowed(
            f"{release} is not released.", "casescope release show HOME says how it stands."
        )
    archive.tidy(permit.study_id, [row])
    files = archive.released_files(permit.study_id, row)
    archive.records_of(permit.study_id, row)
    if row.withdrawn_on is not None:
        _mark(permit, row)  # a crash may have left it recorded and unmarked
    return row, files


def _is_half_marked(permit: Permit, row: RequestRow) -> bool:
    folder = archive.folder_of_release(permit.study_id, row.release)
    return row.withdrawn_on is not None and not (folder / archive.NOTE).is_file()


def _mark(permit: Permit, row: RequestRow) -> None:
    archive.tidy(permit.study_id, [row])
    archive.mark_withdrawn(permit.study_id, row, release_key(permit.study_id))


def _check_room(to: Path) -> None:
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise NotAllowed(f"{to} is not empty; nothing is written over.", "Name a new folder.")
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VaultRefused(f"{to} cannot be made.", "Name a folder of yours.") from error

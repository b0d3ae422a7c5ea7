"""The partner's end: look for copies, destroy what opens, sign what was done.

The ledger goes first at each step, so that a cut anywhere is gone on from.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casescope.exchange.form.names import file_name
from casescope.exchange.form.shape import moment, one_line
from casescope.exchange.messages.receipt import RECEIPT
from casescope.exchange.workspace import keys, standing
from casescope.exchange.workspace.messages import put
from casescope.exchange.workspace.place import Place
from casescope.exchange.workspace.receipting import receipt_file
from casescope.exchange.workspace.standing import Standing
from casescope.exchange.workspace.strays import Look, Marks, look
from casescope.exchange.workspace.strays.walk import BY_WORD
from casescope.exchange.workspace.workspace import Workspace
from casescope.kernel import durable
from casescope.kernel.canonical import Json
from casescope.kernel.counting import counted
from casescope.kernel.errors import LeakFound, NotFound
from casescope.kernel.progress import Progress

TAKEN_FROM = "taken-from.json"
"""Beside the keys: where packages were taken from, so that these files are looked for too."""

_NAMES = {
    keys.IDENTITY: "the age identity of the card",
    keys.SECRET: "the workspace’s half of the key of its notes",
    keys.WEEK: "the one-time secret of a lease",
}


@dataclass(frozen=True)
class Finished:
    """What came of finishing: the receipt, and the look that went before it (None: an earlier)."""

    receipt: Path
    look: Look | None


def finish(
    workspace: Workspace, folders: Sequence[Path], *, remain: str, progress: Progress
) -> Finished:
    """End the partner's part; goes on from wherever an earlier run was cut off.

    `remain`: why copies that were found stay where they are; without a reason they must go first.
    """
    if not workspace.standing.packages:
        raise NotFound(
            "No package was ever taken into this workspace, so there is nothing to finish.",
            "The folder and its keys can be deleted.",
        )
    found = None
    if workspace.standing.finishing is None:
        found = _looked(workspace, folders, remain, progress)
        workspace.add(standing.FINISH, inventory=_inventory(workspace), remain=remain)
    if workspace.standing.destroyed is None:
        _destroy(workspace.place)
        workspace.add(standing.DESTROY)
    if workspace.standing.receipt is None:
        workspace.add(standing.RECEIPT, receipt=secrets.token_hex(16), casescope=workspace.version)
    return Finished(_put(workspace), found)


def taken_from(place: Place) -> list[Path]:
    """Return where packages were taken from."""
    try:
        raw = json.loads((place.keys / TAKEN_FROM).read_text(encoding="utf-8"))
        return [Path(one) for one in raw]
    except (OSError, ValueError, TypeError):
        return []


def remember(place: Place, path: Path) -> None:
    """Remember where a package was taken from."""
    paths = list(dict.fromkeys([*map(str, taken_from(place)), str(path.resolve())]))
    durable.write(place.keys / TAKEN_FROM, json.dumps(paths).encode("utf-8"), private=True)


def marks(now: Standing, place: Place) -> Marks:
    """Return what gives a copy away: every version that was ever held, its tables, its rows."""
    files, words = dict[str, str](), dict[str, str]()
    for one in now.packages:
        files |= {one.file: f"the package, version {one.version}",
                  one.data: f"the sealed data of version {one.version}"}  # fmt: skip
        files |= dict.fromkeys(one.tables, f"a table of version {one.version}, not sealed")
        words |= dict.fromkeys(one.canaries, f"rows of version {one.version}{BY_WORD}")
    path = place.keys / keys.IDENTITY
    if path.is_file():
        words[hashlib.sha256(path.read_bytes().strip()).hexdigest()] = "a copy of the secret key"
    return Marks(files, words)


def _looked(workspace: Workspace, folders: Sequence[Path], remain: str, progress: Progress) -> Look:
    """Look for copies, say in the ledger what was found, and refuse if copies are there."""
    place, now = workspace.place, workspace.standing
    for folder in folders:
        if not folder.is_dir():
            raise NotFound(f"{folder} is not a folder.", "Give folders that are there.")
    found = look(
        [place.root, *folders], marks(now, place),
        also=[path for path in taken_from(place) if path.is_file()],
        besides=[*_files(place), *_keys(place), *_sent(workspace)], progress=progress,
    )  # fmt: skip
    outcome = f"remains: {one_line(remain)}" if remain else "the end was put off"
    workspace.add(standing.SEARCH, **_told(workspace, found, outcome))
    if found.strays and not remain:
        raise _strays_found(found)
    return found


def _told(workspace: Workspace, found: Look, outcome: str) -> dict[str, Json]:
    strays: list[Json] = [
        {"path": one_line(str(one.path)), "by": "canary" if one.why.endswith(BY_WORD) else "hash",
         "outcome": outcome}
        for one in found.strays
    ]  # fmt: skip
    return {
        "folders": [one_line(str(folder.absolute())) for folder in found.folders],
        "files": found.files,
        "unread": len({path for path, _ in found.unread}),
        "canaries": len({one for each in workspace.standing.packages for one in each.canaries}),
        "found": strays,
        "at": moment(workspace.now()).isoformat(),
    }


def _strays_found(found: Look) -> LeakFound:
    paths = sorted({str(one.path) for one in found.strays})
    shown = ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")
    return LeakFound(
        f"{len(paths)} {'file holds' if len(paths) == 1 else 'files hold'} copies of what must "
        f"go: {shown}.",
        "Remove them and run the command again; or say with --strays-remain REASON why they stay, "
        "which the receipt tells.",
    )


def _files(place: Place) -> list[Path]:
    """Return the files of the workspace that will be destroyed."""
    inbox = [path for path in place.inbox.glob("*") if _is_of_exchange(path)]
    asked = list(place.outbox.glob("*.lease-request.json"))
    return sorted(
        path for path in [*place.packages.glob("*"), *place.sealed.glob("*"), *inbox, *asked]
        if path.is_file() and not path.is_symlink()  # what a link leads to is not the workspace's
    )  # fmt: skip


def _keys(place: Place) -> list[Path]:
    """Return the keys that will be destroyed: they may lie in a folder that is looked through."""
    return [place.keys / name for name in keys.OPENING]


def _sent(workspace: Workspace) -> list[Path]:
    """Return the findings sealed for the council, which nobody here can open."""
    return [
        workspace.place.outbox / file_name("package", standing.detail_of(entry)["package"])
        for entry in workspace.book.entries if entry.action == standing.SEND
    ]  # fmt: skip


def _is_of_exchange(path: Path) -> bool:
    return path.name.endswith((".casepkg", ".lease.json"))


def _inventory(workspace: Workspace) -> list[str]:
    """Return what will be destroyed, in words; leases and requests are only counted."""
    place = workspace.place
    there = [what for name, what in _NAMES.items() if (place.keys / name).is_file()]
    files = [path.relative_to(place.root).as_posix() for path in _files(place)]
    asked = [name for name in files if name.endswith((".lease.json", ".lease-request.json"))]
    passed = f"requests for leases and their answers: {counted(len(asked), 'file')}"
    named = [one_line(f"the file {name}") for name in files if name not in asked]
    return [*there, *named, *([passed] if asked else [])]


def _destroy(place: Place) -> None:
    """Destroy what opens first, then what it would have opened; nothing there is well."""
    for path in _keys(place):
        durable.destroy(path)
    for path in _files(place):
        durable.destroy(path)
    durable.remove(place.keys / TAKEN_FROM)


def _put(workspace: Workspace) -> Path:
    """Write the receipt; it is the same however often it is written."""
    entry = standing.newest_of(workspace.book.entries, standing.RECEIPT)
    path = workspace.place.outbox / file_name(RECEIPT, standing.detail_of(entry)["receipt"])
    put(path, receipt_file(workspace.book.entries, entry.number, workspace.private))
    return path

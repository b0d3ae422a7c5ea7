"""Where the things of a workspace lie: the folder, and its keys apart from it."""

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock

from casescope.exchange.workspace.names import check_root
from casescope.kernel import durable
from casescope.kernel.errors import Busy, NotAllowed, NotFound, VaultRefused

MARKER, LEDGER = "workspace.json", "ledger.jsonl"
FOLDERS = ("inbox", "outbox", "packages", "sealed")
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Place:
    """A workspace's folder and the folder of its keys; `id` is random and joins the two."""

    id: str
    root: Path
    keys: Path

    @property
    def ledger(self) -> Path:
        """Return the file of the workspace's own ledger."""
        return self.root / LEDGER

    @property
    def packages(self) -> Path:
        """Return the folder of the package that is held."""
        return self.root / "packages"

    @property
    def sealed(self) -> Path:
        """Return the folder of what the partner wrote and was told, sealed."""
        return self.root / "sealed"

    @property
    def inbox(self) -> Path:
        """Return where answers are looked for."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Return where messages to the council are put."""
        return self.root / "outbox"

    @property
    def report(self) -> Path:
        """Return where the report goes unless another folder is named."""
        return self.root / "report"

    def package(self, package_id: str) -> Path:
        """Return where a package is kept."""
        return self.packages / f"{package_id}.casepkg"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the workspace for this process alone; the lock dies with it."""
        if not self.keys.is_dir():
            raise VaultRefused(
                f"The keys of this workspace are not in {self.keys}.",
                "Point CASESCOPE_KEYS at the folder in which they are; without them nothing opens.",
            )
        lock = filelock.FileLock(self.keys / "lock", timeout=0)
        try:
            lock.acquire()
        except filelock.Timeout:
            raise Busy(
                f"Another casescope session has {self.root} open.",
                "End that session, then run the command again.",
            ) from None
        except OSError as error:
            raise unwritable(self.keys) from error
        try:
            yield
        finally:
            lock.release()


def new_place(root: Path, keys_root: Path) -> Place:
    """Return where a new workspace will lie; refuse a folder in use, or keys inside it."""
    check_root(root)
    if root.exists():
        _clear(root)
    workspace = secrets.token_hex(16)
    place = Place(workspace, root, _keys_of(keys_root, workspace))
    check_apart(place)
    return place


def _clear(root: Path) -> None:
    """Take away what an interrupted beginning left; refuse a folder that holds anything else."""
    found = list(root.iterdir()) if root.is_dir() else []
    if not root.is_dir() or not all(map(_is_left_over, found)):
        raise NotAllowed(f"{root} is not empty.", "Name a new or an empty folder.")
    for path in found:
        if path.is_dir():
            path.rmdir()
        else:
            durable.remove(path)


def _is_left_over(path: Path) -> bool:
    """Say whether a begun workspace that was never marked could have left this."""
    if path.is_dir():
        return path.name in FOLDERS and not any(path.iterdir())
    if path.name.endswith(".card.json") and not (path.parent / LEDGER).is_file():
        return False  # the ledger is written before the card: this one is somebody's
    return path.name == LEDGER or path.name.endswith((".card.json", ".part"))


def find_place(root: Path, keys_root: Path) -> Place:
    """Return the places of a workspace that was begun, or refuse."""
    try:
        workspace = json.loads((root / MARKER).read_text(encoding="ascii"))["workspace"]
    except (OSError, ValueError, KeyError, TypeError):
        workspace = ""
    if not isinstance(workspace, str) or not _ID.fullmatch(workspace):
        raise NotFound(
            f"{root} is not a partner's workspace.",
            "Begin one: casescope partner init WORKSPACE --name NAME --contact ADDRESS",
        )
    place = Place(workspace, root, _keys_of(keys_root, workspace))
    check_apart(place)
    return place


def mark(place: Place) -> None:
    """Write which workspace a folder is; last of all, so that a folder without it is none."""
    text = json.dumps({"workspace": place.id}) + "\n"
    durable.write(place.root / MARKER, text.encode("ascii"))


def check_apart(place: Place) -> None:
    """Refuse keys inside the workspace: a copy of the folder would hold both."""
    if place.keys.resolve().is_relative_to(place.root.resolve()):
        raise VaultRefused(
            f"The key folder {place.keys} lies inside the workspace.",
            "Move it out of there and point CASESCOPE_KEYS at it.",
        )


def unwritable(path: Path) -> VaultRefused:
    """Return the refusal of a place that takes no more."""
    return VaultRefused(
        f"{path} cannot be written.",
        "Check that the disk is not full and that the folder is yours, then run the command again; "
        "it goes on from where it stopped.",
    )


def _keys_of(keys_root: Path, workspace: str) -> Path:
    return keys_root / "partner" / workspace

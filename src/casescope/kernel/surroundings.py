"""What this machine says of a folder: what kind of disk it is on, and who synchronises it.

Everything read here is local; nothing is asked of a network.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MARKERS: Mapping[str, str] = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive or SharePoint",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
}
"""What a synchronising program keeps at the top of what it synchronises."""

_FILES = (".dropbox",)
"""Markers only where they are files: Dropbox keeps its settings in a folder of that name."""

_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Variables in which OneDrive says where its folders are."""

_DRIVE_REMOTE = 4  # DRIVE_REMOTE of winbase.h

_PATIENCE = 10
"""Seconds after which a command of the system's own is given up."""


@dataclass(frozen=True)
class Mount:
    """Something mounted: where, of what kind, from what."""

    point: str
    kind: str
    source: str = ""


@dataclass(frozen=True)
class Seen:
    """What is known of one path: where it really is, its mount, what synchronises its parents.

    `synced` maps folders to the service that synchronises them.
    """

    path: Path
    real: Path
    mount: Mount | None
    synced: Mapping[Path, str]


def look(path: Path) -> Seen:
    """Return what this machine says of a path, which need not be there yet."""
    real = path.resolve()
    marked = {folder: MARKERS[name] for folder in (real, *real.parents) for name in MARKERS
              if _is_marker(folder / name)}  # fmt: skip
    return Seen(path, real, mount_of(real, _mounts()), {**_told_roots(), **marked})


def _is_marker(path: Path) -> bool:
    return path.is_file() if path.name in _FILES else path.exists()


def mount_of(real: Path, mounts: tuple[Mount, ...]) -> Mount | None:
    """Return the mount that a real path is in: the deepest, and of two at one place the later."""
    found = [one for one in mounts if real.is_relative_to(one.point)]
    return max(found, key=lambda one: (len(Path(one.point).parts), mounts.index(one)), default=None)


def _mounts() -> tuple[Mount, ...]:
    if sys.platform == "win32":
        return _drives()
    if sys.platform == "darwin":
        return _mounts_of_macos()
    try:
        return mounts_in(Path("/proc/self/mounts").read_text("utf-8", "surrogateescape"))
    except OSError:
        return ()


def mounts_in(table: str) -> tuple[Mount, ...]:
    """Return what a table in the manner of /proc/mounts holds."""
    rows = (line.split(" ") for line in table.splitlines())
    return tuple(
        Mount(_unescaped(row[1]), row[2], _unescaped(row[0])) for row in rows if len(row) > 2
    )


def _unescaped(text: str) -> str:
    """Return a name with its octal escapes undone: a space is written as a backslash and 040."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


@lru_cache(maxsize=1)
def _mounts_of_macos() -> tuple[Mount, ...]:
    import subprocess  # slow to import, and only needed here

    try:
        told = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, check=True, timeout=_PATIENCE
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return mounts_of_macos_in(told.stdout)


def mounts_of_macos_in(told: str) -> tuple[Mount, ...]:
    """Return what `mount` prints on macOS: `source on point (kind, option, …)`."""
    found = []
    for line in told.splitlines():
        source, _, rest = line.partition(" on ")
        point, _, options = rest.rpartition(" (")
        if point:
            found.append(Mount(point, options.rstrip(")").split(",")[0].strip(), source))
    return tuple(found)


@lru_cache(maxsize=1)
def _drives() -> tuple[Mount, ...]:
    """Return the mapped network drives of Windows."""
    if sys.platform != "win32":
        return ()
    import ctypes

    kind_of = ctypes.windll.kernel32.GetDriveTypeW
    roots = (f"{letter}:\\" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return tuple(Mount(root, "network drive") for root in roots if kind_of(root) == _DRIVE_REMOTE)


# --- who synchronises ----------------------------------------------------------------------------


def _told_roots() -> dict[Path, str]:
    """Return the folders that synchronising programs say are theirs."""
    found = {Path(os.environ[name]): "OneDrive" for name in _ONEDRIVE if os.environ.get(name)}
    found |= dict.fromkeys(_dropbox_roots(), "Dropbox")
    found |= dict.fromkeys(_onedrive_roots(), "OneDrive or SharePoint")
    found |= dict.fromkeys(_icloud_roots(), "iCloud")
    return {Path(os.path.realpath(folder)): service for folder, service in found.items()}


def _dropbox_roots() -> Iterator[Path]:
    """Yield what Dropbox's info.json says: one folder for each account."""
    folders = [Path(os.environ[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA")
               if os.environ.get(name)]  # fmt: skip
    for folder in (*folders, *(_home(".dropbox"))):
        try:
            accounts = json.loads((folder / "info.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(accounts, dict):
            yield from (Path(one["path"]) for one in accounts.values()
                        if isinstance(one, dict) and isinstance(one.get("path"), str))  # fmt: skip


def _onedrive_roots() -> Iterator[Path]:
    """Yield the folders that OneDrive keeps in step on Windows, libraries of SharePoint too."""
    if sys.platform != "win32":
        return
    import winreg

    name = r"Software\SyncEngines\Providers\OneDrive"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, name) as key:
            for place in range(winreg.QueryInfoKey(key)[0]):
                with winreg.OpenKey(key, winreg.EnumKey(key, place)) as one:
                    yield Path(winreg.QueryValueEx(one, "MountPoint")[0])
    except OSError:
        return


def _icloud_roots() -> Iterator[Path]:
    """Yield the desktop and documents of a Mac where iCloud keeps them."""
    for cloud in _home("Library/Mobile Documents/com~apple~CloudDocs"):
        for name in ("Desktop", "Documents"):
            if (cloud / name).exists():
                yield from _home(name)


def _home(within: str) -> Iterator[Path]:
    try:
        yield Path.home() / within
    except RuntimeError:  # a user without a home has nothing synchronised in it
        return

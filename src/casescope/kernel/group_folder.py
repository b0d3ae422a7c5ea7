"""Folders that somebody opened to a group: what is made in them stays open to that group."""

import os
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

_OPEN = stat.S_ISGID | stat.S_IRWXG


def is_open(folder: Path) -> bool:
    """Say whether whoever set a folder up opened it to its group (chmod 2770); never on Windows.

    There a folder hands its permissions down by itself.
    """
    return os.name == "posix" and _mode(folder) & _OPEN == _OPEN


def open_up(folder: Path, but: Collection[str] = ()) -> None:
    """Let the group do what the user may with all in an open folder that is this user's.

    Nobody else may do anything. Files of the names in `but`, and a folder that is not open, stay as
    they are.
    """
    if is_open(folder):
        for path in _ours(folder, but):
            with suppress(OSError):  # another process may have taken it away
                path.chmod(_opened(path.stat().st_mode))


def _ours(folder: Path, but: Collection[str]) -> Iterator[Path]:
    user = os.geteuid()
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *(one for one in files if one not in but)):
            path = Path(parent, name)
            with suppress(OSError):
                found = path.lstat()
                if found.st_uid == user and not stat.S_ISLNK(found.st_mode):
                    yield path


def _opened(mode: int) -> int:
    of_user = mode & stat.S_IRWXU
    return of_user | of_user >> 3 | (stat.S_ISGID if stat.S_ISDIR(mode) else 0)


def _mode(folder: Path) -> int:
    try:
        return folder.stat().st_mode
    except OSError:
        return 0

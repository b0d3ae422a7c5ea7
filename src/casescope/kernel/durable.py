"""Files that are whole or not there: written beside, flushed, renamed, and the folder flushed too.

Every change that must survive a power cut goes through here, so that a test can stop the machine
after any one of them (`AFTER`).
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

AFTER: list[Callable[[Path], None]] = []
"""Called after each durable change with its path; empty but in tests that cut the power."""

PARTS = ".*.part"
"""What files are called before they are whole."""

_BINARY = getattr(os, "O_BINARY", 0)
"""Without it Windows would write two bytes for each line end."""

_PIECE = 1 << 20
"""Bytes overwritten at a time: what is destroyed may not fit into memory."""


def write(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file so that a power cut leaves the old one or the new one; raises `OSError`.

    `private` files can be read by their user alone.
    """
    write_by(path, lambda file: file.write(content), private=private)


def write_by(path: Path, fill: Callable[[BinaryIO], object], *, private: bool = False) -> None:
    """Write a file as `write` does, its content put into the open file by `fill`."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    path.parent.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
    try:
        _fill(part, fill, private=private)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _settled(path)


def create(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a new file; `FileExistsError` if there is one, which is never written over."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    path.parent.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
    try:
        if path.exists():
            raise FileExistsError(path)
        _fill(part, lambda file: file.write(content), private=private)
        _named(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _settled(path)


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file; a power cut may leave a part of it, which a reader must tell."""
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _settled(path)


def flush(path: Path) -> None:
    """Have the disk take a file that another library wrote, before anything rests on it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def move(path: Path, to: Path) -> None:
    """Give a file its name, in the place of what has it."""
    path.replace(to)
    _settled(to)


def destroy(path: Path) -> None:
    """Overwrite and remove a file; none there is well.

    Overwriting cannot be promised on every disk (wear levelling, snapshots). Of a link the link
    goes: what it leads to is not ours.
    """
    if path.is_symlink():
        remove(path)
        return
    if not path.is_file():
        return
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(secrets.token_bytes(min(left, _PIECE)))
        file.flush()
        os.fsync(file.fileno())
    remove(path)


def remove(path: Path) -> None:
    """Remove a file; none there is well."""
    path.unlink(missing_ok=True)
    _settled(path)


def sweep(folder: Path) -> None:
    """Remove what an interrupted `write` or `create` left in a folder; with no other writer."""
    for part in folder.glob(PARTS):
        part.unlink(missing_ok=True)


def _fill(part: Path, fill: Callable[[BinaryIO], object], *, private: bool) -> None:
    mode = 0o600 if private else 0o666
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, mode)
    with os.fdopen(descriptor, "wb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _named(part: Path, path: Path) -> None:
    """Give a whole file a name that nobody has, or raise `FileExistsError`."""
    if os.name != "posix":
        part.rename(path)  # which refuses there; elsewhere it would write over what came in between
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # FAT and some shares give no file a second name: take it first
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(path)
        return
    part.unlink()


def _settled(path: Path) -> None:
    """Flush the folder, without which the name itself may be lost."""
    if os.name == "posix":  # other systems cannot open a folder to flush it
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    for after in AFTER:
        after(path)

"""Which files a load looks at, and what messages call them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from casescope.identified.intake.sheet import LeftOut
from casescope.kernel.errors import InputRefused, NotFound

NOT_GIVEN = (".", "~$")
"""How hidden files begin, and those that Office keeps beside a document while it is open."""


@dataclass(frozen=True)
class GivenFile:
    """One file of the extract; no other file has its label, which tells returns apart."""

    path: Path
    label: str


def given_files(folders: Sequence[Path]) -> list[GivenFile]:
    """Return each file in these folders once, in a steady order; links and hidden files aside."""
    for folder in folders:
        if not folder.is_dir():
            raise NotFound(f"There is no folder {folder}.", "Name the folder with the extract.")
    return list(_files(folders))


def check_entered(folders: Sequence[Path]) -> None:
    """Refuse a folder within these that cannot be looked into: what it holds would be missed."""
    for folder, name in _named(dict.fromkeys(folder.resolve() for folder in folders)):
        for _ in os.walk(folder, onerror=partial(_refuse, folder, name)):
            pass


def _refuse(folder: Path, name: str, fault: OSError) -> None:
    label = _label(name, Path(fault.filename or folder).relative_to(folder))
    raise InputRefused(
        f"The folder {label} cannot be looked into.",
        "See that you may open it, or take it out of what you load; then load again.",
    ) from fault


def links_left_out(folders: Sequence[Path]) -> list[LeftOut]:
    """Return each link in these folders: none is followed, and nobody should wonder at it."""
    return [
        LeftOut(_label(name, path.relative_to(folder)), "a link, which is not followed")
        for folder, name in _named(dict.fromkeys(folder.resolve() for folder in folders))
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() and not path.name.startswith(NOT_GIVEN)
    ]


def _label(folder: str, path: Path) -> str:
    """Return what to call a file, without signs that would steer a terminal."""
    signs = f"{folder}/{path.as_posix()}"
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in signs)


def _files(folders: Sequence[Path]) -> Iterator[GivenFile]:
    seen: set[Path] = set()
    for folder, name in _named(dict.fromkeys(folder.resolve() for folder in folders)):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith(NOT_GIVEN):
                if path not in seen:
                    yield GivenFile(path, _label(name, path.relative_to(folder)))
                seen.add(path)


def _named(folders: Iterable[Path]) -> list[tuple[Path, str]]:
    """Give each folder the shortest end of its path that, at one length, tells all apart."""
    paths = list(folders)
    longest = max((len(path.parts) for path in paths), default=1)
    for length in range(1, longest + 1):
        names = ["/".join(path.parts[-length:]) for path in paths]
        if len(set(names)) == len(names):
            break
    return list(zip(paths, names, strict=True))

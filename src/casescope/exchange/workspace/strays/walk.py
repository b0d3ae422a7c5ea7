"""Walks folders and says which files are copies of the dataset, and which could not be read."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casescope.exchange.workspace.strays.inside import BROKEN, Stream, Unread, closed, opener
from casescope.exchange.workspace.strays.scan import Scan, chunks
from casescope.kernel.counting import counted
from casescope.kernel.progress import Progress, Silent

_DEEPEST = 6
"""Archives within archives that are looked into."""

MOST = 8 << 30
"""Bytes that one file may unfold to."""

BY_WORD = ", told by tokens in them"
"""Ends why a file is known by what stands in it, not by its hash."""

_SILENT = Silent()


@dataclass(frozen=True)
class Marks:
    """What gives a copy away: hashes of files, and of words (tokens, keys); what each is."""

    files: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Stray:
    """One copy: its file, and the member of it where it lay inside another; why it is known."""

    path: Path
    member: str
    why: str


@dataclass
class Look:
    """What came of looking through folders; `unread` says why for each file, links are counted."""

    folders: tuple[Path, ...]
    files: int = 0
    bytes: int = 0
    links: int = 0
    strays: list[Stray] = field(default_factory=list)
    unread: list[tuple[Path, str]] = field(default_factory=list)


def look(
    folders: Sequence[Path],
    marks: Marks,
    *,
    also: Iterable[Path] = (),
    besides: Iterable[Path] = (),
    progress: Progress = _SILENT,
) -> Look:
    """Return which files in the folders are copies.

    `also` are files elsewhere that are looked at too; `besides` are known and not looked at.
    """
    found = Look(tuple(folders))
    known = {path.resolve() for path in besides}
    progress.start("looking for copies, MB")
    for path in _files(found, also):
        if path.resolve() not in known:
            _look_at(path, marks, found, progress)
            found.files += 1
    progress.finish(f"{counted(found.files, 'file')}")
    return found


def _files(found: Look, also: Iterable[Path]) -> Iterator[Path]:
    """Yield every file below the folders once; links lead elsewhere and are counted."""
    seen: set[Path] = set()

    def refuse(error: OSError) -> None:
        found.unread.append((Path(error.filename or "?"), "the folder cannot be read"))

    yield from (path for path in also if _is_new_file(path, found, seen))
    for folder in found.folders:
        for root, folders, names in os.walk(folder, onerror=refuse):
            found.links += sum((Path(root) / name).is_symlink() for name in folders)
            for name in sorted(names):
                path = Path(root) / name
                if _is_new_file(path, found, seen):
                    yield path


def _is_new_file(path: Path, found: Look, seen: set[Path]) -> bool:
    try:
        about = path.lstat()
    except OSError:
        found.unread.append((path, "it cannot be read"))
        return False
    if stat.S_ISLNK(about.st_mode):
        found.links += 1
        return False
    if not stat.S_ISREG(about.st_mode) or path.resolve() in seen:
        return False
    seen.add(path.resolve())
    return True


def _look_at(path: Path, marks: Marks, found: Look, progress: Progress) -> None:
    try:
        with path.open("rb") as file:
            _Through(path, marks, found, progress).stream(file, "", 0)
    except OSError:
        found.unread.append((path, "it cannot be read"))


class _Through:
    """One file, looked through with all that it holds."""

    def __init__(self, path: Path, marks: Marks, found: Look, progress: Progress) -> None:
        self._path, self._marks, self._found = path, marks, found
        self._progress = progress
        self._unfolded = 0

    def stream(self, stream: Stream, member: str, depth: int) -> None:
        """Look at a stream as it is, then at what it holds."""
        head = stream.read(512)
        stream.seek(0)
        scan = Scan(self._marks.words.keys())
        for chunk in chunks(stream):
            scan.feed(chunk)
            self._count(len(chunk), depth)
        if self._judge(scan, member):
            return
        if why := closed(head):
            self._unread(why)
        elif opens := opener(head):
            stream.seek(0)
            self._inside(opens(stream), member, depth + 1)

    def _inside(self, members: Iterator[tuple[str, Stream | Unread]], of: str, depth: int) -> None:
        if depth > _DEEPEST:
            return self._unread(f"archives lie in it more than {_DEEPEST} deep")
        try:
            for name, inner in members:
                if isinstance(inner, Unread):
                    self._unread(f"a part of it cannot be read: {inner}")
                else:
                    self.stream(inner, f"{of}/{name}" if of else name, depth)
        except Unread as why:
            self._unread(str(why))
        except BROKEN:
            self._unread("it is damaged, or of a form that casescope does not know")
        return None

    def _count(self, size: int, depth: int) -> None:
        if depth == 0:
            self._found.bytes += size
            self._progress.advance(self._found.bytes >> 20)
            return
        self._unfolded += size
        if self._unfolded > MOST:
            raise Unread(f"it unfolds to more than {MOST >> 30} GiB")

    def _judge(self, scan: Scan, member: str) -> bool:
        """Keep what a stream is a copy of; say whether it is one as a whole."""
        whys = [self._marks.files[scan.sha256]] if scan.sha256 in self._marks.files else []
        whys += sorted({self._marks.words[one] for one in scan.met})
        for why in whys:
            stray = Stray(self._path, "" if member.endswith("cells") else member, why)
            if stray not in self._found.strays:
                self._found.strays.append(stray)
        return scan.sha256 in self._marks.files

    def _unread(self, why: str) -> None:
        if (self._path, why) not in self._found.unread:
            self._found.unread.append((self._path, why))

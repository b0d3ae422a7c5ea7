"""A zip of tables: its members read as streams, never unpacked onto the disk."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from casescope.identified.intake.folders import NOT_GIVEN
from casescope.identified.intake.sheet import LeftOut
from casescope.identified.intake.sheets.source import HELD_IN_MEMORY, Source
from casescope.kernel.errors import InputRefused

_MOST_MEMBERS = 2_000
_LARGE = 64 << 20
_MOST_TIMES_LARGER = 300
"""Tables as text become 5 to 30 times smaller; only what is made to fill a disk, more."""

_ENCRYPTED = 0x1

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError,
    ValueError, KeyError, IndexError, OverflowError, RuntimeError, OSError,
)  # fmt: skip


@dataclass(frozen=True)
class MemberSource:
    """One member of a zip, as if it were a file."""

    outer: Source
    info: zipfile.ZipInfo

    @property
    def label(self) -> str:
        """Return the zip's label and the member's name."""
        return f"{self.outer.label}/{printable(self.info.filename)}"

    @property
    def suffix(self) -> str:
        """Return the end of the member's name."""
        return PurePosixPath(self.info.filename).suffix.lower()

    @property
    def size(self) -> int:
        """Return its size when unpacked; no more than that is ever read."""
        return self.info.file_size

    def open(self, *, measured: bool = False) -> BinaryIO:
        """Open the member as a stream; `measured` tells how far reading of the zip has come."""
        with whole(self.label), ExitStack() as held:
            outer = held.enter_context(self.outer.open(measured=measured))
            archive = held.enter_context(zipfile.ZipFile(outer))
            member = held.enter_context(archive.open(self.info))
            return io.BufferedReader(_Stream(member, self.label, held.pop_all()))

    def seekable(self) -> BinaryIO:
        """Hold the member in memory, where it is not too large for that."""
        if self.size > HELD_IN_MEMORY:
            raise InputRefused(
                f"{self.label} is too large to be read inside a zip.",
                "Unpack the zip into the folder and load again.",
            )
        with self.open() as stream:
            return io.BytesIO(stream.read())

    def reached(self, share: float) -> None:
        """Tell nothing: how far into the zip its member reaches is not known."""


class _Stream(io.RawIOBase):
    """A member being read; damage is refused in our words, and closing closes what is `held`."""

    def __init__(self, member: IO[bytes], label: str, held: ExitStack) -> None:
        self._member, self._label, self._held = member, label, held

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 -- any writable buffer, as io has it
        with whole(self._label):
            taken = self._member.read(len(buffer))
        buffer[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        self._held.close()
        super().close()


def names_in(source: Source) -> frozenset[str]:
    """Return the names of a zip's members, having refused a zip made to fill a disk."""
    return frozenset(info.filename for info in _infos(source))


def members(source: Source) -> Iterator[MemberSource | LeftOut]:
    """Yield the files in a zip in the order of their names; links are not followed."""
    for info in sorted(_infos(source), key=lambda info: info.filename):
        member = MemberSource(source, info)
        path = PurePosixPath(info.filename)
        if info.is_dir() or path.name.startswith(NOT_GIVEN) or "__MACOSX" in path.parts:
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            yield LeftOut(member.label, "a link, which is not followed")
        elif info.flag_bits & _ENCRYPTED:
            raise InputRefused(
                f"{member.label} is locked with a password.",
                "Unpack the zip into the folder and load again.",
            )
        else:
            yield member


def _infos(source: Source) -> list[zipfile.ZipInfo]:
    with whole(source.label), source.seekable() as stream, zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
    _check_size(source, infos)
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        raise InputRefused(
            f"{source.label} holds two files of one name.", "Pack the folder again and load again."
        )
    return infos


def _check_size(source: Source, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse a zip bomb by what it declares; more than that is never read of a member."""
    declared = [(info.file_size, info.compress_size) for info in infos]
    declared.append((sum(size for size, _ in declared), source.size))
    if len(infos) > _MOST_MEMBERS or any(
        size > _LARGE and size > packed * _MOST_TIMES_LARGER for size, packed in declared
    ):
        raise InputRefused(
            f"{source.label} unpacks to far more than a table would.",
            "Unpack it yourself, look what it holds, and load the tables.",
        )


@contextmanager
def whole(label: str) -> Iterator[None]:
    """Turn any damage met while a zip is read into a refusal that names it."""
    try:
        yield
    except _DAMAGED:
        raise InputRefused(
            f"{label} is damaged or unfinished, or packed in a way that casescope does not know.",
            "Pack or export it again and load again.",
        ) from None


def printable(name: str) -> str:
    """Return a name without signs that would steer a terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)

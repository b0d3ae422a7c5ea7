"""Where bytes come from: a file, or a member of a zip; opened anew for each reading."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from casescope.kernel.errors import InputRefused

HELD_IN_MEMORY = 256 << 20
"""Bytes of a zip's member that may be held at once, for kinds of file that cannot be streamed."""


@dataclass
class Gauge:
    """How many bytes there are to read, and how many have been; a file is read to its end once."""

    total: int = 0
    _passed: int = field(default=0, init=False)
    _here: int = field(default=0, init=False)

    def read_to(self, place: int) -> None:
        """Say how far into the present file reading has come."""
        self._here = place

    def passed(self, path: Path) -> None:
        """Say that a file is done with."""
        self._passed += path.stat().st_size
        self._here = 0

    def share(self) -> float | None:
        """Return how much of everything has been read, from 0 to 1; None where unknown."""
        return min((self._passed + self._here) / self.total, 1.0) if self.total else None


class Source(Protocol):
    """Bytes with a label; `suffix` is what its name promises (`.csv`), `size` in bytes."""

    @property
    def label(self) -> str:
        """What messages call it."""
        ...

    @property
    def suffix(self) -> str:
        """The end of its name, in lower case."""
        ...

    @property
    def size(self) -> int:
        """How many bytes it has."""
        ...

    def open(self, *, measured: bool = False) -> BinaryIO:
        """Open it from its beginning; `measured` tells the gauge how far reading comes."""
        ...

    def seekable(self) -> BinaryIO:
        """Open it for reading in any order, within bounded memory."""
        ...

    def reached(self, share: float) -> None:
        """Tell the gauge how much of it is done, from 0 to 1, where it isn't read as a stream."""
        ...


@dataclass(frozen=True)
class FileSource:
    """A file on disk."""

    path: Path
    label: str
    gauge: Gauge = field(default_factory=Gauge, compare=False)

    @property
    def suffix(self) -> str:
        """Return the end of its name."""
        return self.path.suffix.lower()

    @property
    def size(self) -> int:
        """Return its size on disk."""
        return self.path.stat().st_size

    def open(self, *, measured: bool = False) -> BinaryIO:
        """Open the file."""
        with reading(self.label):
            stream = self.path.open("rb")
        return io.BufferedReader(_Measured(stream, self.gauge)) if measured else stream

    def seekable(self) -> BinaryIO:
        """Open the file."""
        return self.open()

    def reached(self, share: float) -> None:
        """Tell the gauge."""
        self.gauge.read_to(int(share * self.size))


class _Measured(io.RawIOBase):
    """A file that tells a gauge how far it has been read."""

    def __init__(self, stream: io.BufferedReader, gauge: Gauge) -> None:
        self._stream, self._gauge = stream, gauge

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 -- any writable buffer, as io has it
        taken = self._stream.readinto(buffer)
        self._gauge.read_to(self._stream.tell())
        return taken

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def close(self) -> None:
        self._stream.close()
        super().close()


@contextmanager
def reading(label: str) -> Iterator[None]:
    """Turn a fault of disk or rights into a refusal that names the file."""
    try:
        yield
    except OSError:
        raise InputRefused(
            f"{label} cannot be read from the disk.",
            "Check that the file is there and that you may open it, then load again.",
        ) from None

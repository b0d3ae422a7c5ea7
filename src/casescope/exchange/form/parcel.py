"""Tar files of one form only: known members in a known order, plain ustar, fixed times and owners.

A header must be, byte for byte, the one that we would write, so that no link, odd name, second
member or lying size can be in a parcel, and no byte of one says anything that is not checked.
"""

import io
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from casescope.kernel.errors import SignatureRefused

BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * BLOCK)
_PIECE = 1 << 18
_SIZE = slice(124, 135)
"""Where a ustar header has the size: eleven octal digits."""


@dataclass(frozen=True)
class Part:
    """Where a member's bytes lie in a file."""

    offset: int
    size: int


def header(name: str, size: int) -> bytes:
    """Return a member's header: a plain file that all may read, of no time and nobody."""
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o644, 0
    return member.tobuf(tarfile.USTAR_FORMAT)


def padding(size: int) -> bytes:
    """Return the zeros that fill a member's last block."""
    return bytes(-size % BLOCK)


def packed(
    files: Mapping[str, bytes], watch: Callable[[str, memoryview], object] = lambda *_: None
) -> Iterator[bytes | memoryview]:
    """Yield a parcel of files piece by piece, in their order.

    `watch` is shown each piece of a file, with the file's name, just before it is yielded: small
    enough that whoever looks at it next finds it where the processor has it at hand.
    """
    for name, content in files.items():
        yield header(name, len(content))
        whole = memoryview(content)
        for at in range(0, len(whole), _PIECE):
            watch(name, whole[at : at + _PIECE])
            yield whole[at : at + _PIECE]
        yield padding(len(content))
    yield _END


def packed_size(sizes: Iterable[int]) -> int:
    """Return the size of a parcel of files of these sizes."""
    return sum(BLOCK + size + len(padding(size)) for size in sizes) + len(_END)


def parts(
    source: BinaryIO, names: Sequence[str], most: Mapping[str, int], called: str
) -> dict[str, Part]:
    """Return where exactly these members lie in a parcel, or refuse any other parcel.

    `most` is the greatest size of members that have one.
    """
    found = {}
    for name in names:
        head = source.read(BLOCK)
        size = _size(head)
        if head != header(name, size) or size > most.get(name, size):
            raise _refused(called)
        found[name] = Part(source.tell(), size)
        source.seek(size, 1)
        if source.read(len(padding(size))) != padding(size):
            raise _refused(called)
    if source.read(len(_END) + 1) != _END:
        raise _refused(called)
    return found


def _size(head: bytes) -> int:
    digits = head[_SIZE]
    return int(digits, 8) if digits.isdigit() and not set(digits) & set(b"89") else 0


def unpacked(
    pieces: Iterable[bytes | memoryview], sizes: Mapping[str, int], called: str
) -> dict[str, bytes]:
    """Return the files of a parcel given piece by piece; it must be that of these sizes."""
    frames = _Frames(pieces, called)
    files = {}
    for name, size in sizes.items():
        frames.expect(header(name, size))
        files[name] = frames.take(size)
        frames.expect(padding(size))
    frames.expect(_END)
    frames.end()
    return files


class _Frames:
    """Takes runs of bytes out of pieces."""

    def __init__(self, pieces: Iterable[bytes | memoryview], called: str) -> None:
        self._pieces = iter(pieces)
        self._rest: bytes | memoryview = b""
        self._called = called

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes."""
        held = io.BytesIO()  # which hands over what it holds without copying it
        while size:
            piece = self._rest or next(self._pieces, b"")
            if not piece:
                raise _refused(self._called)
            some = held.write(piece[:size])
            self._rest, size = piece[some:], size - some
        return held.getvalue()

    def expect(self, content: bytes) -> None:
        """Refuse unless these bytes come next."""
        if self.take(len(content)) != content:
            raise _refused(self._called)

    def end(self) -> None:
        """Refuse unless nothing comes any more; reads all pieces, so that their end is checked."""
        if len(self._rest) or any(len(piece) for piece in self._pieces):
            raise _refused(self._called)


def _refused(called: str) -> SignatureRefused:
    return SignatureRefused(
        f"{called} is not built as casescope builds it.", "Ask the sender for it as it was made."
    )

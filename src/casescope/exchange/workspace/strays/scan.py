"""Reads a stream once: its hash, and every run of hex digits long enough to be a token.

A token is 32 hex digits. In either byte order of UTF-16 there is a zero between each two of them.
"""

import hashlib
import re
from collections.abc import Iterator, Set
from typing import Protocol

TOKEN = 32
"""Hex digits of a token."""

CHUNK = 1 << 20
_OVERLAP = 2 * TOKEN + 80
"""Bytes of one chunk kept for the next: a token in UTF-16, or a key, may lie across them."""

_DIGITS = b"0123456789abcdefABCDEF"
_SHAPE = bytes(104 if one in _DIGITS else 48 if one == 0 else 46 for one in range(256))
"""Each byte as h (a hex digit), 0 (a zero) or a dot: runs are then found by plain search."""

_RUNS = (
    (b"h" * TOKEN, re.compile(b"h+")),
    (b"h0" * (TOKEN - 1) + b"h", re.compile(b"h(?:0h)+")),
)
_KEYS = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}")


class Readable(Protocol):
    """Something to read bytes from."""

    def read(self, size: int, /) -> bytes:
        """Return so many bytes, fewer at the end."""


class Scan:
    """What one stream holds: its hash and length, and which of the hashed words were met."""

    def __init__(self, hashed: Set[str]) -> None:
        self._hashed = hashed
        self._hash = hashlib.sha256()
        self._kept = b""
        self.met: set[str] = set()
        self.bytes = 0

    @property
    def sha256(self) -> str:
        """Return the hash of all that was fed."""
        return self._hash.hexdigest()

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._hash.update(chunk)
        self.bytes += len(chunk)
        window = self._kept + chunk
        shape = window.translate(_SHAPE)
        for least, whole in _RUNS:
            for start, end in _runs(shape, least, whole):
                self._tokens(window[start:end].replace(b"\x00", b"").lower())
        for key in _KEYS.finditer(window):
            self._meet(key.group())
        self._kept = window[-_OVERLAP:]

    def _tokens(self, run: bytes) -> None:
        """Look for a token at each place of a run of hex digits."""
        for start in range(len(run) - TOKEN + 1):
            self._meet(run[start : start + TOKEN])

    def _meet(self, word: bytes) -> None:
        sha256 = hashlib.sha256(word).hexdigest()
        if sha256 in self._hashed:
            self.met.add(sha256)


def _runs(shape: bytes, least: bytes, whole: re.Pattern[bytes]) -> Iterator[tuple[int, int]]:
    """Yield where runs of a shape begin and end, those only that are long enough."""
    start = shape.find(least)
    while start >= 0:
        found = whole.match(shape, start)
        end = found.end() if found else start + len(least)
        yield start, end
        start = shape.find(least, end)


def chunks(stream: Readable) -> Iterator[bytes]:
    """Yield a stream in pieces."""
    while chunk := stream.read(CHUNK):
        yield chunk

"""What lies inside a file: members of archives, cells of Parquet and Arrow files, as streams.

Each opener yields (name of the member, stream that can be sought). A member, or a whole file, that
cannot be looked into is an `Unread`, with words.
"""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, TypeAlias
from uuid import UUID

if TYPE_CHECKING:
    import pyarrow as pa

Stream: TypeAlias = IO[bytes]


class Unread(Exception):
    """Something that nobody could look into; its text says why."""


Members: TypeAlias = Iterator[tuple[str, Stream | Unread]]

BROKEN = (
    OSError, EOFError, ValueError, RuntimeError, LookupError, TypeError, ArithmeticError,
    MemoryError, struct.error, zlib.error, lzma.LZMAError,
    zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip
"""What readers raise over a damaged file."""


def opener(head: bytes) -> Callable[[Stream], Members] | None:
    """Return how a file with these first bytes is opened; None where it is looked at as it is."""
    for magic, opens in _OPENERS:
        if head.startswith(magic):
            return opens
    return _members_of_tar if head[257:262] == b"ustar" else None


def closed(head: bytes) -> str:
    """Return why a file with these first bytes can't be looked into; empty if it can."""
    if head[8:12] == b"DUCK":
        return "it is a DuckDB database, whose squeezed columns casescope does not read"
    return next((why for magic, why in _CLOSED if head.startswith(magic)), "")


def _members_of_zip(file: Stream) -> Members:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if member.flag_bits & 1:
                yield member.filename, Unread("it is locked by a password")
            elif not member.is_dir():
                with archive.open(member) as stream:
                    yield member.filename, stream


def _members_of_tar(file: Stream) -> Members:
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream


def _gzip(file: Stream) -> Members:
    yield "inside", io.BufferedReader(gzip.GzipFile(fileobj=file))


def _bzip2(file: Stream) -> Members:
    with bz2.BZ2File(file) as stream:
        yield "inside", stream


def _xz(file: Stream) -> Members:
    with lzma.LZMAFile(file) as stream:
        yield "inside", stream


def _cells_of_parquet(file: Stream) -> Members:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=65_536):
            yield from _cells(batch)
    except pa.ArrowException as error:
        raise Unread("it is a damaged or an encrypted Parquet file") from error


def _cells_of_arrow(file: Stream) -> Members:
    import pyarrow as pa

    try:
        reader = pa.ipc.open_file(file)
        for number in range(reader.num_record_batches):
            yield from _cells(reader.get_batch(number))
    except pa.ArrowException as error:
        raise Unread("it is a damaged Arrow file") from error


def _cells(batch: "pa.RecordBatch") -> Members:
    """Yield what each column holds, a cell on a line."""
    batch.validate(full=True)  # reading the cells of a damaged one could end the process
    for column in batch.columns:
        yield "cells", io.BytesIO(b"\n".join(map(_cell, column.to_pylist())))


def _cell(value: object) -> bytes:
    """Return a cell as bytes in which a token would show; a UUID may be kept as 16 bytes."""
    if isinstance(value, bytes):
        return value + b" " + value.hex().encode("ascii")
    if isinstance(value, str | list | dict):
        return str(value).encode("utf-8", "surrogatepass")
    return getattr(value, "hex", "").encode("ascii") if isinstance(value, UUID) else b""


_OPENERS: tuple[tuple[bytes, Callable[[Stream], Members]], ...] = (
    (b"PK\x03\x04", _members_of_zip),
    (b"\x1f\x8b", _gzip),
    (b"BZh", _bzip2),
    (b"\xfd7zXZ\x00", _xz),
    (b"PAR1", _cells_of_parquet),
    (b"ARROW1", _cells_of_arrow),
)

_CLOSED = (
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive, which casescope does not open"),
    (b"Rar!", "it is a rar archive, which casescope does not open"),
    (b"\xd0\xcf\x11\xe0", "it is an old or a locked Office file, which casescope does not open"),
    (b"%PDF", "it is a PDF, whose text casescope does not read"),
    (b"PARE", "it is an encrypted Parquet file"),
    (b"\x28\xb5\x2f\xfd", "it is compressed by zstd, which casescope does not open"),
    (b"Salted__", "it is encrypted"),
    (b"age-encryption.org/", "it is encrypted by age"),
    (b"-----BEGIN AGE ENCRYPTED", "it is encrypted by age"),
    (b"-----BEGIN PGP MESSAGE", "it is encrypted by PGP"),
)

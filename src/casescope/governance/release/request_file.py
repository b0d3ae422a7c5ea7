"""A request for release as one file: the signed request and the files it binds, as a zip."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from casescope.governance.record.signing import Signed, parsed, read_signed
from casescope.governance.release.release import REQUEST, Request, request_from
from casescope.kernel.canonical import canonical_bytes
from casescope.kernel.errors import SignatureRefused

INDEX = "request.json"
FOLDER = "files/"
LARGEST_FILE = 100_000_000
LARGEST_WHOLE = 500_000_000
"""Bytes of one file, and of all together, when unpacked; more is not read."""

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class RequestFile:
    """What a request file holds, all of it checked: the request, and its files by place."""

    signed: Signed
    request: Request
    files: Mapping[str, bytes]


def packed(signed: Signed, files: Mapping[str, bytes]) -> bytes:
    """Return the zip of a request and its files; the same inputs give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, INDEX, canonical_bytes(signed.as_dict()))
        for name, content in sorted(files.items()):
            _add(archive, FOLDER + name, content)
    return stream.getvalue()


def unpacked(raw: bytes, called: str) -> RequestFile:
    """Return what a request file holds, or refuse one in which anything is not as it was made."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_WHOLE:
                raise _changed(called, "unpacks to more than a report can be")
            signed = read_signed(parsed(_read(archive, INDEX), called), REQUEST, called)
            request = request_from(signed.statement, called)
            names = sorted(archive.namelist())
            if names != sorted([INDEX, *(FOLDER + name for name in request.files)]):
                raise _changed(called, "holds other files than it names")
            files = {name: _read(archive, FOLDER + name) for name in request.files}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError) as error:
        raise _changed(called, "is not a request for release, or is damaged") from error
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != request.files[name]:
            raise _changed(called, f"holds {name} changed")
    return RequestFile(signed, request, files)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    entry = archive.getinfo(name)
    if entry.file_size > LARGEST_FILE or entry.compress_type not in _PACKED:
        raise zipfile.BadZipFile(name)
    return archive.read(name)


def _changed(called: str, how: str) -> SignatureRefused:
    return SignatureRefused(
        f"{called} {how}.", "Ask the author for the file as it was made; do not answer this one."
    )

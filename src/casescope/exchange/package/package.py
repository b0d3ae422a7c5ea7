"""Packages: a signed manifest, and data that opens only with both sides' keys.

Four members, in this order: manifest.json, manifest.sig, share.age (not in a partner's findings)
and data.age. `data.age` is sealed to a fresh identity, whose secret lies in `share.age` under the
authority identity of this package and, over that, under the partner's card.
"""

import hashlib
import io
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casescope.exchange.age import age, stream
from casescope.exchange.form.message import as_file
from casescope.exchange.form.parcel import (
    Part,
    header,
    packed,
    packed_size,
    padding,
    parts,
    unpacked,
)
from casescope.exchange.form.shape import one_line
from casescope.exchange.package.beside import Beside, Flushing
from casescope.exchange.package.manifest import FINDINGS, Bytes, Manifest, manifest_from
from casescope.governance.record.signing import decoded, encoded, fingerprint
from casescope.kernel import durable
from casescope.kernel.errors import NotFound, SignatureRefused

MANIFEST, SIGNATURE, SHARE, DATA = "manifest.json", "manifest.sig", "share.age", "data.age"
LONGEST_MANIFEST = 4_000_000
_MOST = {MANIFEST: LONGEST_MANIFEST, SIGNATURE: 64, SHARE: 10_000}
_NAMED = 100
"""Bytes of a member's name at the beginning of its header."""
_SHOWN = 1_048_576
"""Bytes read at a time."""

_UNKNOWN = "0" * 64
"""Stands for a hash until it is known; a hash is as long."""


@dataclass(frozen=True)
class Package:
    """A package that was checked but not opened: its manifest and where its parts lie.

    `digest` is the SHA-256 of the manifest, by which everything of the package is known.
    """

    path: Path
    manifest: Manifest
    digest: str
    share: bytes
    data: Part

    @property
    def fingerprint(self) -> str:
        """Return what the key that signed it is called."""
        return fingerprint(self.manifest.signed_by)


def new_id() -> str:
    """Return a random id of a package."""
    return secrets.token_hex(16)


def write(
    path: Path, manifest: Manifest, files: Mapping[str, bytes], *, private: Ed25519PrivateKey,
    partner_recipient: str = "", authority_recipient: str = "",
) -> Manifest:  # fmt: skip
    """Write a package that is whole or not there; return its manifest with all hashes.

    A shared dataset takes both recipients; a partner's findings take none, for they are sealed to
    the manifest's `reply_to` alone.
    """
    building = _Building(manifest, files, private, (partner_recipient, authority_recipient))
    durable.write_by(path, building.into)
    return building.manifest


def build(
    manifest: Manifest, files: Mapping[str, bytes], *, private: Ed25519PrivateKey,
    partner_recipient: str = "", authority_recipient: str = "",
) -> bytes:  # fmt: skip
    """Return a package as bytes; `write` holds less in memory."""
    out = io.BytesIO()
    _Building(manifest, files, private, (partner_recipient, authority_recipient)).into(out)
    return out.getvalue()


class _Building:
    """One package being written: the data first, then the manifest in the room left before it."""

    def __init__(
        self, manifest: Manifest, files: Mapping[str, bytes], private: Ed25519PrivateKey,
        recipients: tuple[str, str],
    ) -> None:  # fmt: skip
        self._files, self._private = dict(sorted(files.items())), private
        self._recipient, self._share = _keys(manifest, recipients)
        size = stream.sealed_size(packed_size(map(len, self._files.values())))
        self.manifest = replace(
            manifest,
            files={name: Bytes(_UNKNOWN, len(content)) for name, content in self._files.items()},
            data=Bytes(_UNKNOWN, size),
            share=_told(self._share) if self._share else None,
            signed_by=encoded(private.public_key().public_bytes_raw()),
            name=one_line(manifest.name),  # people may have written on several lines
            authority=one_line(manifest.authority),
            purpose=one_line(manifest.purpose),
            lawful_basis=one_line(manifest.lawful_basis),
            agreement=one_line(manifest.agreement),
        )
        manifest_from(json.loads(as_file(self.manifest.as_json())), "The manifest")

    def into(self, out: BinaryIO) -> None:
        """Write the package into an empty file."""
        start = packed_size([len(self._manifest()), 64, *self._shares().values()]) - 2 * 512
        out.seek(start)
        out.write(header(DATA, self.manifest.data.bytes))
        files, data = self._sealed(out)
        out.write(padding(self.manifest.data.bytes) + bytes(2 * 512))
        self.manifest = replace(
            self.manifest, files=files, data=Bytes(data, self.manifest.data.bytes)
        )
        told = self._manifest()
        front = {MANIFEST: told, SIGNATURE: self._private.sign(told)}
        if self._share:
            front[SHARE] = self._share
        out.seek(0)
        out.write(b"".join(packed(front))[: -2 * 512])
        if out.tell() != start:
            raise AssertionError("the manifest does not fit the room that was left for it")

    def _sealed(self, out: BinaryIO) -> tuple[dict[str, Bytes], str]:
        """Seal the data into a file; return the hashes of what is inside and of the whole.

        While one hand hashes what goes in and seals it, another hashes what came out and writes it,
        and a third has the disk take it, so that little is left to wait for at the end.
        """
        found, inside = hashlib.sha256(), {name: hashlib.sha256() for name in self._files}

        def put(block: memoryview) -> None:
            found.update(block)
            out.write(block)
            flush(len(block))

        with Flushing(out) as flush, Beside(put) as write:
            pieces = packed(self._files, lambda name, piece: inside[name].update(piece))
            stream.seal(pieces, write, self._recipient)
            write.wait()
        return {
            name: Bytes(inside[name].hexdigest(), len(content))
            for name, content in self._files.items()
        }, found.hexdigest()

    def _manifest(self) -> bytes:
        return as_file(self.manifest.as_json())

    def _shares(self) -> dict[str, int]:
        return {SHARE: len(self._share)} if self._share else {}


def _keys(manifest: Manifest, recipients: tuple[str, str]) -> tuple[str, bytes]:
    """Return what the data is sealed to, and the share that opens it (none in findings)."""
    if manifest.kind == FINDINGS:
        return manifest.reply_to, b""
    partner, authority = recipients
    key = age.new_identity()
    return key.recipient, age.sealed(age.sealed(f"{key.secret}\n".encode(), authority), partner)


def _told(content: bytes) -> Bytes:
    return Bytes(hashlib.sha256(content).hexdigest(), len(content))


def is_package(path: Path) -> bool:
    """Say whether a file begins as a package does; nothing of it is checked."""
    if path.exists() and not path.is_file():  # a pipe would be waited for, a device has no end
        raise NotFound(f"{path} is not a file.", "Give the path of a file.")
    try:
        with path.open("rb") as source:
            return source.read(_NAMED) == header(MANIFEST, 0)[:_NAMED]
    except OSError as error:
        raise NotFound(f"{path} cannot be read.", "Give the path of the file.") from error


def read(path: Path, called: str = "", *, key: str = "") -> Package:
    """Return a package whose every byte was checked, unopened; or refuse it.

    `key` is the public key (base64) that must have signed; without it the caller compares.
    """
    return _read(path, called or path.name, key, data_later=False)


def read_to_open(path: Path, called: str = "", *, key: str = "") -> Package:
    """Return a package as `read` does, but leave the data to `opened_data`, which checks them."""
    return _read(path, called or path.name, key, data_later=True)


def _read(path: Path, called: str, key: str, *, data_later: bool) -> Package:
    try:
        with path.open("rb") as source:
            package = checked(source, path, called, data_later=data_later)
    except OSError as error:
        raise NotFound(f"{path} cannot be read.", "Give the path of a package.") from error
    if key and package.manifest.signed_by != key:
        raise SignatureRefused(
            f"{called} is signed with another key than the sender's.",
            "Do not open it; ask the sender, over the telephone, what they sent.",
        )
    return package


def checked(source: BinaryIO, path: Path, called: str, *, data_later: bool = False) -> Package:
    """Return the package in an open file after every byte of it was checked."""
    try:
        held = parts(source, (MANIFEST, SIGNATURE, SHARE, DATA), _MOST, called)
    except SignatureRefused:
        source.seek(0)
        held = parts(source, (MANIFEST, SIGNATURE, DATA), _MOST, called)
    small = {name: _bytes_of(source, part) for name, part in held.items() if name != DATA}
    manifest = _manifest_of(small[MANIFEST], small[SIGNATURE], called)
    share = small.get(SHARE, b"")
    data = manifest.data if data_later else _hashed_part(source, held[DATA])
    found = (_told(share) if SHARE in small else None, data, held[DATA].size)
    if (manifest.share, manifest.data, manifest.data.bytes) != found:
        raise SignatureRefused(
            f"{called} does not hold what its manifest says.", "Ask the sender for it anew."
        )
    digest = hashlib.sha256(small[MANIFEST]).hexdigest()
    return Package(path, manifest, digest, share, held[DATA])


def _manifest_of(raw: bytes, signature: bytes, called: str) -> Manifest:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        told = None
    manifest = manifest_from(told, f"The manifest of {called}")
    try:
        public = Ed25519PublicKey.from_public_bytes(decoded(manifest.signed_by))
        public.verify(signature, raw)
    except (ValueError, InvalidSignature) as error:
        raise SignatureRefused(
            f"The manifest of {called} was changed after it was signed.",
            "Ask the sender for it as it was made; do not rely on this one.",
        ) from error
    return manifest


def _bytes_of(source: BinaryIO, part: Part) -> bytes:
    source.seek(part.offset)
    return source.read(part.size)


def _hashed_part(source: BinaryIO, part: Part) -> Bytes:
    found, left = hashlib.sha256(), part.size
    source.seek(part.offset)
    while piece := source.read(min(left, _SHOWN)):
        found.update(piece)
        left -= len(piece)
    return Bytes(found.hexdigest(), part.size - left)


def opened_data(package: Package, partner_secret: str, authority_secret: str) -> dict[str, bytes]:
    """Return the files of a shared dataset, which takes the keys of both sides."""
    half = half_opened(package, partner_secret)
    inner = age.opened(half, authority_secret, f"The share of {package.path.name}")
    return _opened(package, inner.decode("ascii").strip())


def half_opened(package: Package, partner_secret: str) -> bytes:
    """Return what the partner's key opens of the share: proof that it fits, and no more."""
    return age.opened(package.share, partner_secret, f"The share of {package.path.name}")


def opened_findings(package: Package, reply_secret: str) -> dict[str, bytes]:
    """Return the files of a partner's findings, which the council's key opens."""
    return _opened(package, reply_secret)


def _opened(package: Package, secret: str) -> dict[str, bytes]:
    called = f"The data of {package.path.name}"
    sizes = {name: told.bytes for name, told in package.manifest.files.items()}
    found = hashlib.sha256()
    with package.path.open("rb") as source, Beside(found.update) as watch:
        source.seek(package.data.offset)
        pieces = stream.opened(source, package.data.size, secret, called, watch)
        files = unpacked(pieces, sizes, called)
    if found.hexdigest() != package.manifest.data.sha256:
        raise SignatureRefused(
            f"{called} changed since it was checked.", "Ask the sender for it anew."
        )
    return files

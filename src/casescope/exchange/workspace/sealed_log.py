"""What the partner wrote and was told, sealed line by line under a key that needs both sides.

Each line is bound to its place: none can be taken out, put elsewhere or added without the key. How
many lines there must be stands in the ledger, so that an older state put back is seen.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casescope.governance.signing import decoded, encoded
from casescope.kernel import durable
from casescope.kernel.canonical import Json, canonical_bytes
from casescope.kernel.errors import VaultRefused

_NONCE = 12


def sealing_key(theirs: bytes, ours: bytes, workspace: str) -> bytes:
    """Return the key of a workspace's log: it takes the council's secret and the partner's own."""
    info = b"casescope partner log\n" + workspace.encode()
    return HKDF(SHA256(), 32, salt=ours, info=info).derive(theirs)


@dataclass(repr=False)
class SealedLog:
    """The lines of one log in order, as they were written, and the file that holds them."""

    path: Path
    lines: list[dict[str, Any]]
    _key: bytes

    def add(self, line: Mapping[str, Json]) -> int:
        """Write one more line; return how many there are."""
        nonce, number = secrets.token_bytes(_NONCE), len(self.lines)
        plain = canonical_bytes(line)
        locked = nonce + ChaCha20Poly1305(self._key).encrypt(nonce, plain, _place(number))
        if not self.path.exists():
            durable.create(self.path, b"", private=True)
        durable.append(self.path, encoded(locked).encode("ascii") + b"\n")
        self.lines.append(json.loads(plain))
        return len(self.lines)

    def forget(self) -> None:
        """Drop what is in memory, as far as Python lets go of it."""
        self.lines.clear()
        self._key = b""


def open_log(path: Path, key: bytes, *, least: int) -> SealedLog:
    """Return a log with at least so many lines, or refuse what was changed or put back.

    A last line that a power cut left by halves is taken away: nobody was told it.
    """
    raw = path.read_bytes() if path.exists() else b""
    whole = raw[: raw.rfind(b"\n") + 1]
    if whole != raw:
        durable.write(path, whole, private=True)
    lines = [_unlocked(line, key, number) for number, line in enumerate(whole.splitlines())]
    if len(lines) < least:
        raise VaultRefused(
            f"{path.name} holds {len(lines)} lines, but the ledger says that {least} were written.",
            "An older copy was put back, or the file was cut. Put back the newest one.",
        )
    return SealedLog(path, lines, key)


def _unlocked(line: bytes, key: bytes, number: int) -> dict[str, Any]:
    try:
        raw = decoded(line.decode("ascii"))
        plain = ChaCha20Poly1305(key).decrypt(raw[:_NONCE], raw[_NONCE:], _place(number))
        value: dict[str, Any] = json.loads(plain)
    except (ValueError, InvalidTag) as error:
        raise VaultRefused(
            f"Line {number + 1} of what this workspace sealed does not open: it was changed, or "
            "belongs to another study.",
            "Put back the file as it was. A workspace serves one study and one council.",
        ) from error
    return value


def _place(number: int) -> bytes:
    return f"line {number}".encode()

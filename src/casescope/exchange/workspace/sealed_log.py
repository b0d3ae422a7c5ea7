"""What the partner wrote and was told, sealed under a key that needs both sides.

Each line is bound to its place: none can be taken out, put elsewhere or added without the key. How
many lines there must be stands in the ledger, so that an older state put back is seen. Beside them
lies what was told so far (`SealedState`), which is written anew each time and bound to its turn.
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

from casescope.exchange.workspace.lines import append_whole, whole_lines
from casescope.governance.record.signing import decoded, encoded
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
        append_whole(self.path, encoded(locked).encode("ascii") + b"\n")
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
    lines = [_unlocked(line, key, number) for number, line in enumerate(whole_lines(path))]
    if len(lines) < least:
        raise VaultRefused(
            f"{path.name} holds {len(lines)} lines, but the ledger says that {least} were written.",
            "An older copy was put back, or the file was cut. Put back the newest one.",
        )
    return SealedLog(path, lines, key)


@dataclass(repr=False)
class SealedState:
    """Bytes that are replaced as a whole; `turn` counts how often."""

    path: Path
    content: bytes
    turn: int
    _key: bytes

    def replace(self, content: bytes) -> int:
        """Write it anew; return its turn."""
        nonce, turn = secrets.token_bytes(_NONCE), self.turn + 1
        locked = nonce + ChaCha20Poly1305(self._key).encrypt(nonce, content, _turn(turn))
        durable.write(self.path, f"{turn}\n".encode("ascii") + locked, private=True)
        self.content, self.turn = content, turn
        return turn

    def forget(self) -> None:
        """Drop what is in memory."""
        self.content, self._key = b"", b""


def open_state(path: Path, key: bytes, *, least: int) -> SealedState:
    """Return a state of at least that turn, or refuse what was changed or put back."""
    if not path.exists() and not least:
        return SealedState(path, b"", 0, key)
    try:
        head, _, locked = path.read_bytes().partition(b"\n")
        turn = int(head)
        plain = ChaCha20Poly1305(key).decrypt(locked[:_NONCE], locked[_NONCE:], _turn(turn))
    except (OSError, ValueError, InvalidTag) as error:
        raise VaultRefused(
            "The record of what this workspace was told is missing, or does not open.",
            "Put back the file as it was; without it nothing more is told.",
        ) from error
    if turn < least:
        raise VaultRefused(
            "An older record of what this workspace was told was put back.",
            "Put back the newest one; without it nothing more is told.",
        )
    return SealedState(path, plain, turn, key)


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


def _turn(number: int) -> bytes:
    return f"turn {number}".encode()


def _place(number: int) -> bytes:
    return f"line {number}".encode()

"""age v1 (C2SP) for large files: pieces in, pieces out, one X25519 recipient.

Written here because pyrage reaches half the speed of `age` (ADR 31); OpenSSL does the ciphers,
pyrage judges keys, and tests hold both programs to open what this seals and the other way round.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from casescope.exchange.age.header import (
    LARGEST,
    NONCE_BYTES,
    SIZE,
    derived,
    file_key_of,
    for_passphrase,
    for_recipient,
)
from casescope.exchange.age.keys import identity_of, is_recipient
from casescope.kernel.errors import VaultRefused

CHUNK = 65_536
_TAG = 16
_CHUNKS = 16
_BLOCK = _CHUNKS * (CHUNK + _TAG)
"""What is read or written at a time: a megabyte."""

Piece = bytes | bytearray | memoryview


def sealed_size(plain: int) -> int:
    """Return how long `seal` makes a file of `plain` bytes."""
    chunks = max(1, -(-plain // CHUNK))
    return SIZE + NONCE_BYTES + plain + chunks * _TAG


def seal(pieces: Iterable[Piece], out: Callable[[memoryview], object], recipient: str) -> None:
    """Hand the sealed form of all pieces to `out`, block by block.

    A block stays as it is until the next call of `out` has returned.
    """
    if not is_recipient(recipient):
        raise ValueError("not a recipient of age")
    file_key = secrets.token_bytes(16)
    _seal(pieces, out, for_recipient(recipient, file_key), file_key)


def seal_by_passphrase(plain: bytes, out: Callable[[memoryview], object], passphrase: str) -> None:
    """Hand the sealed form of little to `out`; the passphrase opens it."""
    file_key = secrets.token_bytes(16)
    _seal([plain], out, for_passphrase(passphrase, file_key), file_key)


def _seal(
    pieces: Iterable[Piece], out: Callable[[memoryview], object], header: bytes, file_key: bytes
) -> None:
    nonce = secrets.token_bytes(NONCE_BYTES)
    out(memoryview(header + nonce))
    cipher = ChaCha20Poly1305(derived(file_key, nonce, b"payload"))
    rooms = cycle(memoryview(bytearray(_BLOCK)) for _ in range(2))
    room, filled = next(rooms), 0
    for number, (chunk, last) in enumerate(_chunks(pieces)):
        size = len(chunk) + _TAG
        cipher.encrypt_into(_counter(number, last=last), chunk, None, room[filled : filled + size])
        filled += size
        if filled == _BLOCK or last:
            out(room[:filled])
            room, filled = next(rooms), 0


def opened(
    source: BinaryIO, size: int, secret: str, called: str,
    watch: Callable[[bytes], object] = lambda _: None,
) -> Iterator[memoryview]:  # fmt: skip
    """Yield what was sealed in the next `size` bytes of a file; each block is good for one turn.

    Nothing of it may be relied on before the end, where a file cut short is told. `watch` is shown
    every sealed byte.
    """
    try:
        begun = source.read(min(size, LARGEST + NONCE_BYTES))
        file_key, at = file_key_of(begun, identity_of(secret, "The key").secret)
        head = begun[: at + NONCE_BYTES]
        source.seek(len(head) - len(begun), 1)
        watch(head)
        cipher = ChaCha20Poly1305(derived(file_key, head[at:], b"payload"))
        yield from _payload(source, size - len(head), cipher, watch)
    except (ValueError, InvalidTag, InvalidSignature) as error:
        raise VaultRefused(
            f"{called} cannot be opened: it was not sealed to this key, or was changed.",
            "Use the key and the file that belong together.",
        ) from error


def _payload(
    source: BinaryIO, left: int, cipher: ChaCha20Poly1305, watch: Callable[[bytes], object]
) -> Iterator[memoryview]:
    room, number = memoryview(bytearray(_CHUNKS * CHUNK)), 0
    while left or not number:
        block = source.read(min(left, _BLOCK))
        watch(block)
        left -= len(block)
        filled = 0
        for at in range(0, len(block) or 1, CHUNK + _TAG):
            sealed = memoryview(block)[at : at + CHUNK + _TAG]
            size = len(sealed) - _TAG
            if size <= 0 and (number or size):
                raise ValueError("no chunk, or an empty one after others")
            last = not left and at + len(sealed) == len(block)
            cipher.decrypt_into(_counter(number, last=last), sealed, None,
                                room[filled : filled + size])  # fmt: skip
            filled, number = filled + size, number + 1
        yield room[:filled]


def _chunks(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, bool]]:
    """Yield chunks of full size and a last one, which is empty only where all is."""
    held: Piece = b""
    for chunk in _cut(pieces):
        if held:
            yield held, False
        held = chunk
    yield held, True


def _cut(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces cut and joined to chunks; what lies in one piece is not copied."""
    rest = bytearray()
    for piece in pieces:
        whole, at = memoryview(piece), 0
        if rest:
            at = min(CHUNK - len(rest), len(whole))
            rest += whole[:at]
            if len(rest) < CHUNK:
                continue
            yield rest
            rest = bytearray()
        for start in range(at, len(whole) - CHUNK + 1, CHUNK):
            yield whole[start : start + CHUNK]
        rest += whole[at + (len(whole) - at) // CHUNK * CHUNK :]
    if rest:
        yield rest


def _counter(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])

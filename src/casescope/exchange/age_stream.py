"""age v1 (C2SP) for large files: pieces in, pieces out, one X25519 recipient.

Written here because pyrage reaches half the speed of `age` (ADR 31); OpenSSL does the ciphers,
pyrage judges keys, and tests hold both programs to open what this seals and the other way round.
"""

import base64
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casescope.exchange.age import identity_of, is_recipient
from casescope.kernel.errors import VaultRefused

CHUNK = 65_536
_TAG = 16
_CHUNKS = 16
_BLOCK = _CHUNKS * (CHUNK + _TAG)
"""What is read or written at a time: a megabyte."""

_NONCE = 16
_LARGEST_HEADER = 65_536
_LABEL = b"age-encryption.org/v1"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"(?:-> [!-~]+(?: [!-~]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+"
    rb"--- ([A-Za-z0-9+/]{43})\n"
)
_STANZA = re.compile(rb"^-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n", re.MULTILINE)
_ALIKE = re.compile(rb"^-> (?:X25519|scrypt)[ \n]", re.MULTILINE)
"""Stanzas that must be ours; a passphrase may not stand beside other recipients."""

Piece = bytes | bytearray | memoryview


def sealed_size(plain: int) -> int:
    """Return how long `seal` makes a file of `plain` bytes."""
    chunks = max(1, -(-plain // CHUNK))
    return len(_header(_PLACE, bytes(16))) + _NONCE + plain + chunks * _TAG


def seal(pieces: Iterable[Piece], out: Callable[[memoryview], object], recipient: str) -> None:
    """Hand the sealed form of all pieces to `out`, block by block.

    A block stays as it is until the next call of `out` has returned.
    """
    if not is_recipient(recipient):
        raise ValueError("not a recipient of age")
    file_key, nonce = secrets.token_bytes(16), secrets.token_bytes(_NONCE)
    out(memoryview(_header(_raw(recipient), file_key) + nonce))
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
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
        begun = source.read(min(size, _LARGEST_HEADER + _NONCE))
        file_key, at = _file_key(begun, identity_of(secret, "The key").secret)
        head = begun[: at + _NONCE]
        source.seek(len(head) - len(begun), 1)
        watch(head)
        cipher = ChaCha20Poly1305(_derived(file_key, head[at:], b"payload"))
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


def _header(recipient: bytes, file_key: bytes) -> bytes:
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    wrapped = _wrapper(shared, share, recipient).encrypt(bytes(12), file_key, None)
    head = b"%s\n-> X25519 %s\n%s\n---" % (_LABEL, _b64(share), _b64(wrapped))
    return head + b" " + _b64(_mac(file_key, head).finalize()) + b"\n"


def _file_key(begun: bytes, secret: str) -> tuple[bytes, int]:
    """Return the key of a file that begins so, and where its header ends."""
    found = _HEADER.match(begun)
    if not found or len(_STANZA.findall(found[0])) != len(_ALIKE.findall(found[0])):
        raise ValueError("no header of age")
    private = X25519PrivateKey.from_private_bytes(_raw(secret))
    own = private.public_key().public_bytes_raw()
    for share, wrapped in ((_unb64(a), _unb64(b)) for a, b in _STANZA.findall(found[0])):
        shared = private.exchange(X25519PublicKey.from_public_bytes(share))
        try:
            file_key = _wrapper(shared, share, own).decrypt(bytes(12), wrapped, None)
        except InvalidTag:
            continue
        _mac(file_key, begun[: found.start(1) - 1]).verify(_unb64(found[1]))
        return file_key, found.end()
    raise ValueError("not sealed to this key")


def _wrapper(shared: bytes, share: bytes, recipient: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derived(shared, share + recipient, _LABEL + b"/X25519"))


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def _mac(file_key: bytes, head: bytes) -> HMAC:
    mac = HMAC(_derived(file_key, b"", b"header"), SHA256())
    mac.update(head)
    return mac


def _counter(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _raw(key: str) -> bytes:
    """Return the 32 bytes in a key that pyrage found right: bech32 without its checksum."""
    digits = key.lower().rpartition("1")[2][:-6]
    number = 0
    for digit in digits:
        number = number * 32 + _BECH32.index(digit)
    return (number >> 4).to_bytes(32, "big")


def _b64(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    raw = base64.b64decode(text + b"=", validate=True)
    if _b64(raw) != text:  # unused bits at the end would let one header be written twice
        raise ValueError("not the one way to write these bytes")
    return raw


_PLACE = X25519PrivateKey.generate().public_key().public_bytes_raw()

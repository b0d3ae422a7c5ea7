"""The header of an age v1 file (C2SP): who can open it, and the file's own key.

pyrage judges keys; here is what it does not offer for files that are read and written in pieces.
"""

import base64
import hashlib
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 16
LARGEST = 65_536
"""A longer header is not read."""

WORK = 18
"""log2 of scrypt's cost: a second or so and 256 MB, which is age's own default."""

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

SIZE = 168
"""Bytes of a header for one recipient."""


def for_recipient(recipient: str, file_key: bytes) -> bytes:
    """Return the header of a file that one X25519 recipient can open."""
    to = _raw(recipient)
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(to))
    return _header(b"X25519 " + _b64(share), _wrapper(shared, share, to), file_key)


def for_passphrase(passphrase: str, file_key: bytes) -> bytes:
    """Return the header of a file that whoever knows the passphrase can open."""
    salt = secrets.token_bytes(16)
    wrap = hashlib.scrypt(
        passphrase.encode(), salt=_LABEL + b"/scrypt" + salt, n=1 << WORK, r=8, p=1, dklen=32,
        maxmem=1 << WORK + 11,
    )  # fmt: skip
    return _header(b"scrypt %s %d" % (_b64(salt), WORK), ChaCha20Poly1305(wrap), file_key)


def _header(stanza: bytes, wrapper: ChaCha20Poly1305, file_key: bytes) -> bytes:
    body = _b64(wrapper.encrypt(bytes(12), file_key, None))
    head = b"%s\n-> %s\n%s\n---" % (_LABEL, stanza, body)
    return head + b" " + _b64(_mac(file_key, head).finalize()) + b"\n"


def file_key_of(begun: bytes, secret: str) -> tuple[bytes, int]:
    """Return the key of a file that begins so, and where its header ends.

    `ValueError`, `InvalidTag` or `InvalidSignature` where it is damaged or sealed to others.
    """
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
    return ChaCha20Poly1305(derived(shared, share + recipient, _LABEL + b"/X25519"))


def derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes of HKDF-SHA-256."""
    return HKDF(SHA256(), 32, salt, info).derive(key)


def _mac(file_key: bytes, head: bytes) -> HMAC:
    mac = HMAC(derived(file_key, b"", b"header"), SHA256())
    mac.update(head)
    return mac


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

"""age v1 files put together by hand from the C2SP specification, right and wrong ones.

The cases are those of C2SP's CCTV test suite for X25519 files; nothing of the product is used.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHUNK = 65536
FILE_KEY = b"YELLOW SUBMARINE"
NONCE = bytes(range(16))
VERSION = b"age-encryption.org/v1\n"
SECRET = hashlib.sha256(b"an identity for tests").digest()
EPHEMERAL = hashlib.sha256(b"an ephemeral key for tests").digest()
LOW_ORDER = bytes(32)


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    """RFC 5869 for 32 bytes, by hand."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def b64(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def public(secret: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def bech32(hrp: str, raw: bytes) -> str:
    """BIP 173, by hand."""
    bits = "".join(f"{byte:08b}" for byte in raw)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    spread = [ord(one) >> 5 for one in hrp] + [0] + [ord(one) & 31 for one in hrp]
    check = 1
    generators = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    for value in [*spread, *values, 0, 0, 0, 0, 0, 0]:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(generators):
            check ^= generator if top >> at & 1 else 0
    check ^= 1
    values += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return f"{hrp}1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[one] for one in values)


IDENTITY = bech32("age-secret-key-", SECRET).upper()
RECIPIENT = bech32("age", public(SECRET))


def x25519(
    to: bytes = b"", *, key: bytes = FILE_KEY, name: bytes = b"X25519", extra: bytes = b"",
    share: bytes = b"",
) -> bytes:  # fmt: skip
    """A stanza; wrong ones by what is given."""
    to = to or public(SECRET)
    own = X25519PrivateKey.from_private_bytes(EPHEMERAL)
    shown = share or public(EPHEMERAL)
    shared = bytes(32) if share else own.exchange(X25519PublicKey.from_public_bytes(to))
    wrap = hkdf(shared, shown + to, b"age-encryption.org/v1/X25519")
    body = b64(ChaCha20Poly1305(wrap).encrypt(bytes(12), key, None))
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return b"-> " + name + b" " + b64(shown) + extra + b"\n" + b"\n".join(lines) + b"\n"


def header(*stanzas: bytes, key: bytes = FILE_KEY, version: bytes = VERSION) -> bytes:
    head = version + b"".join(stanzas) + b"---"
    return head + b" " + b64(hmac.digest(hkdf(key, b"", b"header"), head, "sha256")) + b"\n"


def stream(*chunks: tuple[bytes, bool], start: int = 0) -> bytes:
    """Chunks, each with whether it is marked as the last."""
    cipher = ChaCha20Poly1305(hkdf(FILE_KEY, NONCE, b"payload"))
    return b"".join(
        cipher.encrypt(number.to_bytes(11, "big") + bytes([last]), chunk, None)
        for number, (chunk, last) in enumerate(chunks, start)
    )


def whole(plain: bytes) -> bytes:
    """The payload of a file as it should be."""
    cuts: Sequence[int] = range(0, len(plain), CHUNK) or range(1)
    return stream(*((plain[at : at + CHUNK], at == cuts[-1]) for at in cuts))


def flipped(raw: bytes, at: int, by: int = 1) -> bytes:
    at %= len(raw)
    return raw[:at] + bytes([raw[at] ^ by]) + raw[at + 1 :]


def by_passphrase(plain: bytes, passphrase: bytes) -> bytes:
    """A file under a passphrase, with little work (2^10) so that tests are quick."""
    salt = b"age-encryption.org/v1/scrypt" + NONCE
    wrap = hashlib.scrypt(passphrase, salt=salt, n=2**10, r=8, p=1, dklen=32)
    body = b64(ChaCha20Poly1305(wrap).encrypt(bytes(12), FILE_KEY, None))
    return header(b"-> scrypt " + b64(NONCE) + b" 10\n" + body + b"\n") + NONCE + whole(plain)


HEAD = header(x25519())
FULL, LESS = b"a" * CHUNK, b"b" * 300
GOOD: dict[str, tuple[bytes, bytes]] = {
    "empty payload": (HEAD + NONCE + whole(b""), b""),
    "one byte": (HEAD + NONCE + whole(b"x"), b"x"),
    "last chunk full": (HEAD + NONCE + whole(FULL), FULL),
    "two chunks": (HEAD + NONCE + whole(FULL + LESS), FULL + LESS),
    "two chunks full": (HEAD + NONCE + whole(FULL + FULL), FULL + FULL),
    "three chunks": (HEAD + NONCE + whole(FULL + FULL + b"c"), FULL + FULL + b"c"),
    "grease": (header(b"-> grease 1 2 3\nAAAA\n", x25519(), b"-> joint !~\n" + b"A" * 64 + b"\n\n")
               + NONCE + whole(LESS), LESS),
    "multiple recipients": (header(x25519(public(EPHEMERAL)), x25519())
                            + NONCE + whole(LESS), LESS),
}  # fmt: skip

_BODY = x25519().split(b"\n")[1]
_LINE = x25519().split(b"\n")[0]
_MAC = HEAD.rpartition(b"--- ")[2]


def _headed(head: bytes) -> bytes:
    return head + NONCE + whole(LESS)


BAD: dict[str, bytes] = {
    "no final chunk": HEAD + NONCE + stream((LESS, False)),
    "no final chunk, full": HEAD + NONCE + stream((FULL, False)),
    "no final of two": HEAD + NONCE + stream((FULL, False), (LESS, False)),
    "no final of two, full": HEAD + NONCE + stream((FULL, False), (FULL, False)),
    "two final chunks": HEAD + NONCE + stream((LESS, True), (LESS, True)),
    "two final chunks, full": HEAD + NONCE + stream((FULL, True), (LESS, True)),
    "last chunk empty": HEAD + NONCE + stream((FULL, False), (b"", True)),
    "short chunk": HEAD + NONCE + stream((LESS, False), (FULL, True)),
    "short second chunk": HEAD + NONCE + stream((FULL, False), (LESS, False), (LESS, True)),
    "chunks in wrong order": HEAD + NONCE + stream((FULL, False), start=1)
    + stream((FULL, False), start=0) + stream((LESS, True), start=2),
    "first chunk twice": HEAD + NONCE + stream((FULL, False)) + whole(FULL + LESS),
    "begins at one": HEAD + NONCE + stream((LESS, True), start=1),
    "bad tag": HEAD + NONCE + flipped(whole(LESS), -1),
    "bad tag of second chunk": HEAD + NONCE + flipped(whole(FULL + LESS), -1),
    "bad tag of second chunk, full": HEAD + NONCE + flipped(whole(FULL + FULL), -1),
    "missing tag": HEAD + NONCE + whole(LESS)[:-16],
    "trailing garbage, short": HEAD + NONCE + whole(LESS) + b"x" * 10,
    "trailing garbage, long": HEAD + NONCE + whole(LESS) + b"x" * 100,
    "trailing garbage after full": HEAD + NONCE + whole(FULL) + b"x" * 17,
    "cut at a chunk": HEAD + NONCE + whole(FULL + LESS)[: CHUNK + 16],
    "no chunks": HEAD + NONCE,
    "no nonce": HEAD,
    "short nonce": HEAD + NONCE[:12],
    "nothing": b"",
    "version unsupported": _headed(header(x25519(), version=b"age-encryption.org/v1234\n")),
    "header with carriage returns": _headed(HEAD.replace(b"\n", b"\r\n")),
    "no stanzas": _headed(header()),
    "mac bad": _headed(flipped(HEAD, -5)),
    "mac missing": _headed(HEAD[: -len(_MAC) - 1] + b"\n"),
    "mac with no space": _headed(HEAD.replace(b"--- ", b"---")),
    "mac with extra space": _headed(HEAD.replace(b"--- ", b"---  ")),
    "mac with trailing space": _headed(HEAD[:-1] + b" \n"),
    "mac cut short": _headed(HEAD[:-3] + b"\n"),
    "mac with garbage": _headed(HEAD[:-1] + b"AAAA\n"),
    "mac not canonical": _headed(HEAD[:-2] + bytes([HEAD[-2] + 1]) + b"\n"),
    "wrong file key in the mac": _headed(header(x25519(), key=b"ANOTHER FILE KEY")),
    "long file key": _headed(header(x25519(key=FILE_KEY * 2), key=FILE_KEY * 2)),
    "no match": _headed(header(x25519(public(EPHEMERAL)))),
    "lower case": _headed(header(x25519(name=b"x25519"))),
    "extra argument": _headed(header(x25519(extra=b" 1234"))),
    "one of two has an extra argument": _headed(header(x25519(extra=b" 1234"), x25519())),
    "no share": _headed(header(b"-> X25519\n" + _BODY + b"\n")),
    "short share": _headed(header(_LINE[:-4] + b"\n" + _BODY + b"\n")),
    "long share": _headed(header(_LINE + b"AAAA\n" + _BODY + b"\n")),
    "share of low order": _headed(header(x25519(share=LOW_ORDER))),
    "share not canonical": _headed(header(flipped(_LINE, -1) + b"\n" + _BODY + b"\n")),
    "body not canonical": _headed(header(_LINE + b"\n" + flipped(_BODY, -1) + b"\n")),
    "body with bad tag": _headed(header(_LINE + b"\n" + flipped(_BODY, 2) + b"\n")),
    "body padded": _headed(header(_LINE + b"\n" + _BODY + b"=\n")),
    "body missing": _headed(header(_LINE + b"\n")),
    "body on two lines": _headed(header(_LINE + b"\n" + _BODY[:20] + b"\n" + _BODY[20:] + b"\n")),
    "stanza with a bad start": _headed(header(b"->X25519" + x25519()[9:])),
    "stanza with an empty argument": _headed(header(x25519(), b"-> a  b\nAAAA\n")),
    "stanza with no arguments": _headed(header(x25519(), b"-> \nAAAA\n")),
    "stanza with a control character": _headed(header(x25519(), b"-> a\x7f\nAAAA\n")),
    "stanza with a long line": _headed(header(x25519(), b"-> a\n" + b"A" * 68 + b"\n\n")),
    "stanza without its last line": _headed(header(x25519(), b"-> a\n" + b"A" * 64 + b"\n")),
    "stanza with a carriage return": _headed(header(x25519(), b"-> a\r\nAAAA\n")),
    "a passphrase beside a key": _headed(
        header(x25519(), b"-> scrypt " + b64(NONCE) + b" 10\n" + _BODY + b"\n")
    ),
}  # fmt: skip

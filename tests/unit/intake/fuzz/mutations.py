"""Ways in which a file can be wrong: each takes its bytes and a seeded source of chance."""

import codecs
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_INJECTIONS = (b'=cmd|"/C calc"!A0', b"@SUM(1+1)", b"+1+1", b"-2+3", b"=HYPERLINK(1)")
_DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def beheaded(content: bytes, chance: Random) -> bytes:
    return content[chance.randrange(len(content)) :]


def bytes_changed(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def bits_flipped(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 8))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def piece_repeated(content: bytes, chance: Random) -> bytes:
    begin = chance.randrange(len(content))
    end = min(len(content), begin + chance.randrange(1, 400))
    return content[:end] + content[begin:end] * chance.choice((1, 5, 200)) + content[end:]


def piece_lost(content: bytes, chance: Random) -> bytes:
    begin = chance.randrange(len(content))
    return content[:begin] + content[begin + chance.randrange(1, 300) :]


def pieces_exchanged(content: bytes, chance: Random) -> bytes:
    one, two = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[:one] + content[two:] + content[one:two]


def nulls(content: bytes, chance: Random) -> bytes:
    return _inserted(content, chance, b"\0" * chance.choice((1, 7, 4096)))


def quotes(content: bytes, chance: Random) -> bytes:
    return _inserted(content, chance, b'"' * chance.choice((1, 2, 3)))


def separators(content: bytes, chance: Random) -> bytes:
    return _inserted(content, chance, chance.choice((b",", b";", b"\t", b"\n", b"\r", b"\r\n\r\n")))


def formula(content: bytes, chance: Random) -> bytes:
    return _inserted(content, chance, chance.choice(_INJECTIONS))


def other_encoding(content: bytes, chance: Random) -> bytes:
    pieces = (
        "Zoë".encode(), "Zoë".encode("cp1252"), b"\x81\x8d\x9d", "Zoë".encode("utf-16"),
        b"\xed\xa0\x80", b"\xf4\x90\x80\x80", codecs.BOM_UTF8, codecs.BOM_UTF16_BE,
    )  # fmt: skip
    return _inserted(content, chance, chance.choice(pieces))


def marked(content: bytes, chance: Random) -> bytes:
    marks = (
        codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE,
        b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<", b"%PDF",
    )  # fmt: skip
    return chance.choice(marks) + content


def long_value(content: bytes, chance: Random) -> bytes:
    return _inserted(content, chance, b"x" * chance.choice((70_000, 200_000, 1_100_000)))


def long_line_of_columns(content: bytes, chance: Random) -> bytes:
    return _inserted(content, chance, b"," * chance.choice((10, 5_000)))


def header_twice(content: bytes, chance: Random) -> bytes:
    first, end, rest = content.partition(b"\n")
    return first + b"," + first + end + rest


def line_ends_lost(content: bytes, chance: Random) -> bytes:
    return content.replace(b"\n", b"", chance.choice((1, 2, -1)))


def entities(content: bytes, chance: Random) -> bytes:
    begin = max(content.find(b"<", chance.randrange(200)), 0)
    return content[:begin] + _DOCTYPE + content[begin:].replace(b"c1", b"&b;")


def tags(content: bytes, chance: Random) -> bytes:
    piece = chance.choice((b"<EPISODE>", b"</EPISODE>", b"<a>" * 300, b"</CHILD>", b"<![CDATA[",
                           b"<!--", b"&#0;", b"&lt;", b"<?x?>", b"<Assessments>"))  # fmt: skip
    begin = max(content.find(b"<", chance.randrange(max(len(content), 1))), 0)
    return content[:begin] + piece + content[begin:]


def emptied(content: bytes, chance: Random) -> bytes:
    return content[: chance.choice((0, 1, 2, 4))]


def _inserted(content: bytes, chance: Random, piece: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + piece + content[place:]


MUTATIONS: tuple[Mutation, ...] = (
    cut, beheaded, bytes_changed, bits_flipped, piece_repeated, piece_lost, pieces_exchanged, nulls,
    quotes, separators, formula, other_encoding, marked, long_value, long_line_of_columns,
    header_twice, line_ends_lost, entities, tags, emptied,
)  # fmt: skip

"""Which sets of women have been told of, as bytes that somebody else keeps under seal."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casescope.kernel.errors import InputRefused

_MAGIC = b"casescope told 1\n"
_HEAD = struct.Struct(">QQ")
"""After the magic: bytes of the tokens (one a line), and how many sets follow them."""


@dataclass(frozen=True)
class ToldSets:
    """Sets of women, a bit for each in the order of `tokens`."""

    tokens: tuple[str, ...]
    sets: tuple[int, ...] = ()

    def with_sets(self, more: Iterable[int]) -> "ToldSets":
        """Return these and more, each once."""
        return ToldSets(self.tokens, tuple(dict.fromkeys((*self.sets, *more))))

    def to_bytes(self) -> bytes:
        """Return what `read_told` reads again."""
        tokens = "\n".join(self.tokens).encode()
        width = _width(self.tokens)
        sets = [one.to_bytes(width, "big") for one in self.sets]
        return b"".join((_MAGIC, _HEAD.pack(len(tokens), len(sets)), tokens, *sets))


def read_told(raw: bytes, tokens: Sequence[str]) -> ToldSets:
    """Return what was told, of the women of today's dataset.

    After a correction the tokens of the women who stay are the same, and their sets are kept;
    who has gone is in none.
    """
    if not raw:
        return ToldSets(tuple(tokens))
    known, sets = _parted(raw)
    if known == list(tokens):
        return ToldSets(tuple(tokens), tuple(sets))
    return ToldSets(tuple(tokens), tuple(dict.fromkeys(_moved(sets, known, tokens))))


def _width(tokens: Sequence[str]) -> int:
    return (len(tokens) + 7) // 8


def _parted(raw: bytes) -> tuple[list[str], list[int]]:
    """Return the tokens and the sets of a record; refuse one that is not whole."""
    start = len(_MAGIC) + _HEAD.size
    if not raw.startswith(_MAGIC) or len(raw) < start:
        raise _unreadable()
    length, number = _HEAD.unpack(raw[len(_MAGIC) : start])
    known = raw[start : start + length].decode("utf-8", "replace").split("\n") if length else []
    width, start = _width(known), start + length
    if len(raw) != start + number * width:
        raise _unreadable()
    places = range(start, len(raw), width) if width else ()
    return known, [int.from_bytes(raw[at : at + width], "big") for at in places]


def _unreadable() -> InputRefused:
    return InputRefused(
        "The record of what was told cannot be read.",
        "Put it back as it was; without it nothing more is told.",
    )


def _moved(sets: Iterable[int], known: Sequence[str], tokens: Sequence[str]) -> Iterable[int]:
    """Yield the sets with each woman's bit where she stands today."""
    place = {token: len(tokens) - 1 - at for at, token in enumerate(tokens)}
    bits = [(len(known) - 1 - at, place[token]) for at, token in enumerate(known) if token in place]
    for one in sets:
        held = f"{one:0{len(known)}b}"[::-1]
        there = bytearray(b"0" * len(tokens))
        for old, new in bits:
            if held[old] == "1":
                there[len(tokens) - 1 - new] = ord("1")
        yield int(there or b"0", 2)

"""Which sets of women have been told of, as bytes that somebody else keeps under seal."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casescope.kernel.errors import InputRefused

_VERSION = 1


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
        told = {
            "version": _VERSION,
            "tokens": list(self.tokens),
            "sets": [f"{one:x}" for one in self.sets],
        }
        return zlib.compress(json.dumps(told).encode())


def read_told(raw: bytes, tokens: Sequence[str]) -> ToldSets:
    """Return what was told, of the women of today's dataset.

    After a correction the tokens of the women who stay are the same, and their sets are kept;
    who has gone is in none.
    """
    if not raw:
        return ToldSets(tuple(tokens))
    try:
        told = json.loads(zlib.decompress(raw))
        known = told["tokens"] if told["version"] == _VERSION else None
        sets = [int(one, 16) for one in told["sets"]]
    except (zlib.error, ValueError, KeyError, TypeError):
        known, sets = None, []
    if known is None:
        raise InputRefused("The record of what was told cannot be read.",
                           "Put it back as it was; without it nothing more is told.")  # fmt: skip
    if known == list(tokens):
        return ToldSets(tuple(tokens), tuple(sets))
    return ToldSets(tuple(tokens), tuple(_moved(sets, known, tokens)))


def _moved(sets: Iterable[int], known: Sequence[str], tokens: Sequence[str]) -> Iterable[int]:
    """Yield the sets with each woman's bit where she stands today."""
    place = {token: len(tokens) - 1 - at for at, token in enumerate(tokens)}
    bits = [(len(known) - 1 - at, place[token]) for at, token in enumerate(known) if token in place]
    for one in sets:
        yield sum(1 << new for old, new in bits if one >> old & 1)

"""The text of a mapping.toml as tables, with the line of each entry for whoever has to mend it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casescope.kernel.errors import InputRefused

Place = tuple[str, ...]
"""Where an entry stands: the table, which part of it counting from 0, and the keys below."""


@dataclass
class MappingText:
    """A mapping's text: its name in messages, its parts by table, and where each entry stands."""

    name: str
    parts: list[tuple[str, str, Mapping[str, Any]]]
    lines: dict[Place, int] = field(repr=False)

    def fault(self, place: Place, sentence: str, remedy: str) -> InputRefused:
        """Return the refusal of one entry, named by its line."""
        under: list[int] = []
        while place and not under:
            under = [line for at, line in self.lines.items() if at[: len(place)] == place]
            place = place[:-1]
        line = min(under, default=1)
        return InputRefused(f"{self.name}, line {line}: {sentence}", remedy)


def read_text(text: str, name: str) -> MappingText:
    """Return the tables of a mapping's text, or refuse what is not TOML."""
    text = text.removeprefix("\ufeff")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found[1] if found else str(text.count("\n") + 1)
        twice = "overwrite" in str(error) or "twice" in str(error)
        sentence = "the same name stands twice." if twice else "this is not readable as TOML."
        raise InputRefused(f"{name}, line {line}: {sentence}", "Mend that line.") from None
    parts = [
        (table, str(number), part)
        for table, given in tables.items()
        for number, part in enumerate(given if isinstance(given, list) else [given])
    ]
    return MappingText(name, parts, dict(_places(text)))


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """Yield where each entry that has a line of its own stands."""
    under: Place = ()
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        said = _read_alone(line)
        if said is None:
            continue
        keys = tuple(_keys(said))
        if not line.lstrip().startswith("["):
            yield (*under, *keys), number
            continue
        table = keys[0]
        if line.lstrip().startswith("[["):
            seen[table] = seen.get(table, -1) + 1
        under = (table, str(seen.get(table, 0)), *keys[1:])
        yield under, number


def _read_alone(line: str) -> Mapping[str, Any] | None:
    """Return what one line says by itself, None where it says nothing."""
    try:
        return tomllib.loads(line) or None
    except tomllib.TOMLDecodeError:
        return None


def _keys(said: object) -> Iterator[str]:
    """Yield the keys that lead to what a line says: a header's or a dotted key's parts."""
    while isinstance(said, Mapping | list) and said:
        if isinstance(said, list):
            said = said[0]
            continue
        key = next(iter(said))
        yield key
        said = said[key]

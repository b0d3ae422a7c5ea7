"""The shared texts of a workbook, which cells point to by number: each once, as Arrow holds it.

A sheet of a million rows may have a million different ids; as Python's texts these would take
five times the memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # the document type is refused below, as defusedxml does

import pyarrow as pa

from casescope.identified.intake.sheets.workbook_parts import Book, blocks
from casescope.identified.intake.sheets.xml_tags import refused

_BLOCK = 1 << 20
_LONGEST = 1 << 20
"""Excel's longest text is 32,767 characters."""

_ESCAPED = re.compile("_x((?!D[89A-F])[0-9A-F]{4})_", re.IGNORECASE)


def shared_texts(book: Book) -> pa.Array:
    """Return all shared texts in order; none where the workbook has no such part."""
    if book.texts is None:
        return pa.array([], pa.string())
    found = _Found(book.source.label)
    pieces = [pa.array(texts, pa.string()) for texts in _read(book, book.texts, found)]
    return pa.chunked_array(pieces, pa.string()).combine_chunks()


def _read(book: Book, part: str, found: "_Found") -> Iterator[list[str]]:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    parser.StartDoctypeDeclHandler = found.refuse
    for block, _ in blocks(book.source, part, _BLOCK, _BLOCK):
        yield _parsed(parser, found, block, last=False)
    yield _parsed(parser, found, b"", last=True)


def _parsed(parser: expat.XMLParserType, found: "_Found", block: bytes, *, last: bool) -> list[str]:
    try:
        parser.Parse(block, last)
    except (expat.ExpatError, LookupError, ValueError):
        raise refused(found.label) from None
    texts, found.texts = found.texts, []
    return texts


@dataclass
class _Found:
    """The texts met since they were last taken; how a text is said aloud (rPh) is no part of it."""

    label: str
    texts: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _in_text: bool = False
    _aloud: bool = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        bare = name.rpartition(":")[2]
        if bare == "t":
            self._in_text = not self._aloud
        elif bare == "rPh":
            self._aloud = True
        elif bare == "si":
            self._parts, self._length = [], 0

    def end(self, name: str) -> None:
        bare = name.rpartition(":")[2]
        if bare == "t":
            self._in_text = False
        elif bare == "rPh":
            self._aloud = False
        elif bare == "si":
            self.texts.append(_unescaped("".join(self._parts)))

    def text(self, text: str) -> None:
        if not self._in_text:
            return
        self._length += len(text)
        if self._length > _LONGEST:
            self.refuse()
        self._parts.append(text)

    def refuse(self, *_: object) -> None:
        raise refused(self.label)


def _unescaped(text: str) -> str:
    """Return a text with `_x000D_` and its like as the characters they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text

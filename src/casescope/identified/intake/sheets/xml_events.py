"""Reading XML as a stream of ends of elements; a document type, and so any entity, is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # the document type is refused below, as defusedxml does

from casescope.identified.intake.sheets.source import Source, reading
from casescope.kernel.errors import InputRefused

_CHUNK = 1 << 18
_LONGEST_TEXT = 1 << 20
_DEEPEST = 100


@dataclass(frozen=True)
class Started:
    """An element begins."""

    name: str


@dataclass(frozen=True)
class Ended:
    """An element ends; `text` is its own text, trimmed."""

    name: str
    text: str


Event = Started | Ended


def events(source: Source) -> Iterator[Event]:
    """Yield the beginning and end of every element, names without prefix, in bounded memory."""
    found = _Found(source.label)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    parser.StartDoctypeDeclHandler = found.document_type
    with reading(source.label), source.open(measured=True) as stream:
        chunk = stream.read(_CHUNK)
        while chunk:
            yield from _parsed(parser, found, chunk, final=False)
            chunk = stream.read(_CHUNK)
        yield from _parsed(parser, found, b"", final=True)


def _parsed(
    parser: expat.XMLParserType, found: "_Found", chunk: bytes, *, final: bool
) -> list[Event]:
    try:
        parser.Parse(chunk, final)
    except (expat.ExpatError, LookupError, ValueError):
        # its message may quote the file; the line is enough
        raise InputRefused(
            f"{found.label}, line {parser.ErrorLineNumber}: the XML is damaged or unfinished.",
            "Export the return again and load again.",
        ) from None
    events, found.events = found.events, []
    return events


@dataclass
class _Found:
    """What the parser has met since it was last asked."""

    label: str
    events: list[Event] = field(default_factory=list)
    _texts: list[list[str]] = field(default_factory=list)
    _length: int = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if len(self._texts) >= _DEEPEST:
            raise InputRefused(
                f"{self.label}: elements lie too deep in one another to be a return.",
                "Export the return again and load again.",
            )
        self._texts.append([])
        self._length = 0
        self.events.append(Started(_without_prefix(name)))

    def end(self, name: str) -> None:
        self.events.append(Ended(_without_prefix(name), "".join(self._texts.pop()).strip()))
        self._length = 0

    def text(self, text: str) -> None:
        self._length += len(text)
        if self._length > _LONGEST_TEXT:
            raise InputRefused(
                f"{self.label}: a value is longer than a million characters.",
                "Look for a tag that is never closed, mend it and load again.",
            )
        self._texts[-1].append(text)

    def document_type(self, *_: object) -> None:
        raise InputRefused(
            f"{self.label} declares a document type, which no return does.",
            "Remove the DOCTYPE at its beginning, or export the return again.",
        )


def _without_prefix(name: str) -> str:
    return name.rpartition(":")[2]

"""The beginnings of elements of a small XML part, with their attributes; no text, no entities."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat  # the document type is refused below, as defusedxml does

from casescope.kernel.errors import InputRefused


@dataclass(frozen=True)
class Tag:
    """One element's beginning; names are without prefix."""

    name: str
    attributes: Mapping[str, str]

    def of(self, attribute: str) -> str:
        """Return an attribute's value, empty where it has none."""
        return self.attributes.get(attribute, "")


def tags(label: str, content: bytes) -> list[Tag]:
    """Return every element's beginning, in order; refuse what is not whole or defines entities."""
    found: list[Tag] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append(
        Tag(_bare(name), {_bare(key): value for key, value in attributes.items()})
    )
    parser.StartDoctypeDeclHandler = lambda *_: _refuse(label)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        _refuse(label)
    return found


def outermost(beginning: bytes) -> str:
    """Return the name of the element that holds all others, empty where this begins no XML."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: found.append(_bare(name))
    parser.StartDoctypeDeclHandler = lambda *_: _refuse("")
    with suppress(expat.ExpatError, LookupError, ValueError, InputRefused):
        parser.Parse(beginning, False)
    return found[0] if found else ""


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(label: str) -> None:
    raise refused(label)


def refused(label: str) -> InputRefused:
    """Return the refusal of a workbook whose parts cannot be read."""
    return InputRefused(
        f"{label} cannot be read as a workbook: it is damaged or unfinished.",
        "Open it in Excel, save it as a new workbook (.xlsx), and load again.",
    )

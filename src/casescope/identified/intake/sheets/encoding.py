"""How a text file is encoded and how many lines it has, found by reading it once to its end."""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from casescope.identified.intake.sheets.source import Source
from casescope.kernel.errors import InputRefused

_BLOCK = 1 << 22

_START = 16
"""Bytes from which UTF-16 is told: eight letters of a header."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Text:
    """A text file looked through: utf-8-sig, cp1252 or a utf-16, and its lines, blank ones too."""

    encoding: str
    lines: int


def looked_through(source: Source) -> Text:
    """Return what a text file is after reading the whole of it; refuse any other encoding."""
    with source.open() as file:
        start = file.read(_START)
        if encoding := _utf16(start):
            return Text(encoding, _lines_of_utf16(file, start, encoding, source.label))
        return _utf8_or_cp1252(file, start, source.label)


def _utf16(start: bytes) -> str | None:
    """Return which UTF-16 a file begins as, if any.

    Without its mark, as SQL Server's bcp writes it, every other byte of the header is null.
    """
    if start.startswith(_UTF16):
        return "utf-16"
    even, odd = start[::2], start[1::2]
    if len(start) == _START and not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if len(start) == _START and not any(even) and all(odd) else None


@dataclass
class _Lines:
    """Counts line feeds in blocks; returns where there are none, as old Macs wrote them."""

    breaks: int = 0
    last: bytes = b""

    def see(self, block: bytes) -> None:
        if self.last == b"\r" and not block.startswith(b"\n"):
            self.breaks += 1
        self.breaks += block.count(b"\n") or block[:-1].count(b"\r")
        self.last = block[-1:] or self.last

    @property
    def number(self) -> int:
        return self.breaks + (self.last not in (b"\n", b""))


def _lines_of_utf16(file: BinaryIO, start: bytes, encoding: str, label: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, block = _Lines(), start
    while block:
        try:
            text = decoder.decode(block).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise _undecodable(label, "it begins as UTF-16 but does not go on so") from None
        _check_no_null(label, lines, text)
        lines.see(text)
        block = file.read(_BLOCK)
    if decoder.getstate()[0]:
        raise _undecodable(label, "it ends in the midst of a character")
    return lines.number


def _utf8_or_cp1252(file: BinaryIO, start: bytes, label: str) -> Text:
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8-sig")()
    cp1252 = codecs.getincrementaldecoder("cp1252")()
    lines, block = _Lines(), start
    while block:
        _check_no_null(label, lines, block)
        utf8 = _still_decodes(utf8, block)
        if utf8 is None and _still_decodes(cp1252, block) is None:
            raise InputRefused(
                f"{label} is neither UTF-8 nor Windows-1252 text.",
                "Export it again as CSV in UTF-8.",
            )
        lines.see(block)
        block = file.read(_BLOCK)
    is_utf8 = _still_decodes(utf8, b"", final=True) is not None
    return Text("utf-8-sig" if is_utf8 else "cp1252", lines.number)


def _still_decodes(
    decoder: codecs.IncrementalDecoder | None, block: bytes, *, final: bool = False
) -> codecs.IncrementalDecoder | None:
    if decoder is None:
        return None
    if block.isascii() and not final and not decoder.getstate()[0]:
        return decoder  # ASCII is the same in both; this is most of every file
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _undecodable(label: str, why: str) -> InputRefused:
    return InputRefused(
        f"{label} cannot be read as text: {why}.",
        "Export it again as CSV in UTF-8.",
    )


def _check_no_null(label: str, before: _Lines, block: bytes) -> None:
    if b"\0" in block:
        row = 1 + before.breaks + block[: block.index(0)].count(b"\n")
        raise InputRefused(
            f"{label}, row {row}: there is a null byte.",
            "The file is damaged or not text; save it again as CSV in UTF-8.",
        )

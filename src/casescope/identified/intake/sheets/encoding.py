"""How a text file is encoded, found by reading it once to its end."""

import codecs
from typing import BinaryIO

from casescope.identified.intake.sheets.source import Source
from casescope.kernel.errors import InputRefused

_BLOCK = 1 << 22

_START = 16
"""Bytes from which UTF-16 is told: eight letters of a header."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(source: Source) -> str:
    """Return utf-8-sig, cp1252 or a utf-16 after reading the whole source; refuse anything else."""
    with source.open() as file:
        start = file.read(_START)
        if encoding := _utf16(start):
            _check_utf16(file, start, encoding, source.label)
            return encoding
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


def _check_utf16(file: BinaryIO, start: bytes, encoding: str, label: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, block = 1, start
    while block:
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError:
            raise _undecodable(label, "it begins as UTF-16 but does not go on so") from None
        if "\0" in text:
            raise _null(label, line + text[: text.index("\0")].count("\n"))
        line += text.count("\n")
        block = file.read(_BLOCK)
    if decoder.getstate()[0]:
        raise _undecodable(label, "it ends in the midst of a character")


def _utf8_or_cp1252(file: BinaryIO, start: bytes, label: str) -> str:
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8-sig")()
    cp1252 = codecs.getincrementaldecoder("cp1252")()
    line, block = 1, start
    while block:
        if b"\0" in block:
            raise _null(label, line + block[: block.index(0)].count(b"\n"))
        utf8 = _still_decodes(utf8, block)
        if utf8 is None and _still_decodes(cp1252, block) is None:
            raise InputRefused(
                f"{label} is neither UTF-8 nor Windows-1252 text.",
                "Export it again as CSV in UTF-8.",
            )
        line += block.count(b"\n")
        block = file.read(_BLOCK)
    return "cp1252" if _still_decodes(utf8, b"", final=True) is None else "utf-8-sig"


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


def _null(label: str, row: int) -> InputRefused:
    return InputRefused(
        f"{label}, row {row}: there is a null byte.",
        "The file is damaged or not text; save it again as CSV in UTF-8.",
    )

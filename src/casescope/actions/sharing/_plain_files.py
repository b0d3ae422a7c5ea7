"""What a partner's findings may be: a few plain files that nothing runs when somebody opens them.

A signature says who sent them, not that the sender means well.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from unicodedata import normalize

from casescope.exchange.package.manifest import Manifest
from casescope.kernel.errors import SignatureRefused

LARGEST = 256_000_000
"""Bytes of all files together: they are opened in memory. Ours have some hundred thousand."""

ENDINGS = (".csv", ".json", ".txt")

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell (OWASP, CSV injection); a number may begin with a sign. Signs
of full width count as well, and blanks before one don't help."""

_ALSO_PARTS = re.compile("[;\t]")
"""What a spreadsheet may be set to part cells by."""

_ASK = "Ask the partner what they sent; do not open it in another way."


def check_plain(manifest: Manifest, called: str) -> None:
    """Refuse findings that are too long to be opened, or hold a file of another kind."""
    if sum(one.bytes for one in manifest.files.values()) > LARGEST:
        raise SignatureRefused(f"{called} is too long to be what a partner found.", _ASK)
    other = [name for name in manifest.files if PurePath(name).suffix not in ENDINGS]
    if other:
        raise SignatureRefused(
            f"{called} holds {other[0]}; findings are files that end in {', '.join(ENDINGS)}.", _ASK
        )


def check_no_formula(files: Mapping[str, bytes], called: str) -> None:
    """Refuse a table in which a spreadsheet would find something to run."""
    for name, content in files.items():
        if PurePath(name).suffix == ".csv" and _has_formula(content):
            raise SignatureRefused(
                f"{called} holds {name}, in which a spreadsheet would find a formula.", _ASK
            )


def _has_formula(content: bytes) -> bool:
    """Say whether a cell may be run; so may one of what can't be read here as spreadsheets do."""
    try:
        text = content.decode("utf-8-sig")
        return "\0" in text or any(map(_is_formula, _parts(text)))  # UTF-16 is full of zeros
    except (UnicodeDecodeError, csv.Error):
        return True


def _parts(text: str) -> Iterator[str]:
    """Yield each cell, and each part that a spreadsheet may make of it."""
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            yield cell
            yield from _ALSO_PARTS.split(cell)


def _is_formula(cell: str) -> bool:
    cell = normalize("NFKC", cell).lstrip(" ")
    if len(cell) == 1 or not cell.startswith(_BEGINS_A_FORMULA):
        return False
    return not cell[1:].replace(",", "").replace(".", "", 1).removesuffix("%").isdecimal()

"""Verify any file that casescope made: what it is, what it proves and what not; offline, no study.

Each kind is read by the room that makes it; here is only which one that is.
"""

from collections.abc import Callable
from pathlib import Path

from casescope.actions.answer import verify as read_released
from casescope.exchange.message import kind_of
from casescope.exchange.parcel import is_parcel
from casescope.exchange.reading import READERS, Reading, reading
from casescope.governance.signing import LARGEST_BYTES
from casescope.kernel.errors import NotFound, SignatureRefused

_WHOSE = "That the keys are those people’s: compare the fingerprints with theirs."


def verify(file: Path) -> Reading:
    """Return what a file proves by itself, or refuse where it was changed or is none of ours."""
    raw = _beginning(file)
    if is_parcel(raw):
        return reading(file)
    return _reader(raw, file.name)(file)


def _reader(raw: bytes, called: str) -> Callable[[Path], Reading]:
    try:
        kind = kind_of(raw, called)
    except SignatureRefused:
        return _released  # no JSON: a released page or table, with its record beside it
    return reading if kind in READERS else _released


def _released(file: Path) -> Reading:
    """Return what a released file, its record, a request for release or an answer proves."""
    found = read_released(file)
    return Reading(
        found.kind,
        found.says[0],
        tuple(("says", line) for line in found.says[1:]),
        ("It is as it was signed; not a byte was changed.",),
        (_WHOSE, "That what it states is true: a signature says who said it."),
        found.fingerprints,
    )


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(LARGEST_BYTES)
    except OSError as error:
        raise NotFound(f"{file} cannot be read.", "Give the path of a file.") from error

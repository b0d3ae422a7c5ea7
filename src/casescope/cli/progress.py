"""Progress drawn on the error stream: one line a piece of work, with how long it took."""

import sys
import time
from typing import TextIO

_TOO_EARLY = 2.0
_MINUTES = 120
"""Seconds: before the first nothing is foretold; from the second on minutes are enough."""


class Lines:
    """Draws `label … summary (seconds)`, a line for each piece of work."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._label = ""
        self._begun = 0.0

    def start(self, label: str) -> None:
        """Write the label and wait on the line."""
        self._label, self._begun = label, time.monotonic()
        if self._stream.isatty():
            self._stream.write(f"  {label} …")
            self._stream.flush()

    def advance(self, rows: int, of: int | None = None, *, share: float | None = None) -> None:
        """Rewrite the line with how far it has come, and how long the rest may take."""
        if self._stream.isatty():
            whole = f" of {of:,}" if of else ""
            left = time_left(time.monotonic() - self._begun, rows / of if of else share)
            self._stream.write(f"\r\x1b[2K  {self._label} … {rows:,}{whole}{left}")
            self._stream.flush()

    def finish(self, summary: str) -> None:
        """End the line."""
        took = time.monotonic() - self._begun
        lead = "\r\x1b[2K" if self._stream.isatty() else ""
        self._stream.write(f"{lead}  {self._label:<44} {summary:>16}  {took:6.1f} s\n")
        self._stream.flush()


def time_left(taken: float, share: float | None) -> str:
    """Say how long the rest takes if it goes on as it has; nothing before that can be told."""
    if not share or taken < _TOO_EARLY or share >= 1:
        return ""
    seconds = round(taken / share - taken)
    return (
        f", about {seconds // 60} min left" if seconds >= _MINUTES else f", about {seconds} s left"
    )

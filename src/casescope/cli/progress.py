"""Progress drawn on the error stream: one line a piece of work, with how long it took."""

import sys
import time
from typing import TextIO


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

    def advance(self, rows: int, of: int | None = None) -> None:
        """Rewrite the line with how far it has come."""
        if self._stream.isatty():
            share = f" of {of:,}" if of else ""
            self._stream.write(f"\r\x1b[2K  {self._label} … {rows:,}{share}")
            self._stream.flush()

    def finish(self, summary: str) -> None:
        """End the line."""
        took = time.monotonic() - self._begun
        lead = "\r\x1b[2K" if self._stream.isatty() else ""
        self._stream.write(f"{lead}  {self._label:<44} {summary:>16}  {took:6.1f} s\n")
        self._stream.flush()

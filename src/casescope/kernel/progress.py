"""How long work tells whoever waits; the command line draws it, tests ignore it."""

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know how far the work has come."""

    def start(self, label: str) -> None:
        """Begin one named piece of work."""

    def advance(self, rows: int, of: int | None = None, *, share: float | None = None) -> None:
        """Say how many rows are done, and out of how many where that is known.

        `share` is how much of the work is done, from 0 to 1, where it is not told by rows.
        """

    def finish(self, summary: str) -> None:
        """End the piece of work with a line about what came of it."""


class Silent:
    """A listener who hears nothing."""

    def start(self, label: str) -> None:
        """Ignore."""

    def advance(self, rows: int, of: int | None = None, *, share: float | None = None) -> None:
        """Ignore."""

    def finish(self, summary: str) -> None:
        """Ignore."""

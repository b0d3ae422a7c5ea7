"""What whoever is at the keyboard must be told beside the answer to a command."""

from collections.abc import Callable

LISTENERS: list[Callable[[str], None]] = []
"""Who hears a notice: the command line puts its ear here, a test that wants to know its own."""


def tell(notice: str) -> None:
    """Tell one line to everybody who listens."""
    for listener in LISTENERS:
        listener(notice)

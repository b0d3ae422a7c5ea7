"""What refuses a load, gathered in one pass over everything, so that it can be mended in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from casescope.kernel.errors import InputRefused

_TOLD = 10


class Refusals:
    """What was refused so far, each with its own sentence and remedy."""

    def __init__(self) -> None:
        self._held: list[InputRefused] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Hold a refusal of what is done inside, and go on."""
        try:
            yield
        except InputRefused as refusal:
            self._held.append(refusal)

    def check(self) -> None:
        """Raise what was refused: a single refusal as it is, several as one that lists them."""
        if len(self._held) == 1:
            raise self._held[0]
        if self._held:
            head = f"Nothing was loaded; {len(self._held):,} things are to be mended first."
            raise InputRefused(
                "\n  ".join([head, *self.told()]),
                "Mend them all and load again; what was loaded before still stands.",
            )

    def told(self) -> list[str]:
        """Return each of the first few with its remedy, and how many more there are."""
        more = len(self._held) - _TOLD
        return [*map(str, self._held[:_TOLD]), *([f"And {more:,} more."] if more > 0 else [])]

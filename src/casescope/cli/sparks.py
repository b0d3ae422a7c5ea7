"""A row of numbers as a row of small bars, for a terminal."""

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"
_NONE = "·"


def spark(values: Sequence[float]) -> str:
    """Return one character a value: the taller the more, a dot for none."""
    top = max(values, default=0)
    return "".join(_bar(value, top) for value in values)


def _bar(value: float, top: float) -> str:
    if value <= 0:
        return _NONE
    return _BARS[min(len(_BARS) - 1, int(len(_BARS) * value / top))]

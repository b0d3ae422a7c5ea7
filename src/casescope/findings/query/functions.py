"""The functions that a query may call: all of one row's text, none that could fail or draw lots."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Argument: TypeAlias = Literal["text", "place"]
Result: TypeAlias = Literal["text", "number", "truth"]


@dataclass(frozen=True)
class Signature:
    """What a function takes (a `place` is a whole number written out) and what it gives."""

    arguments: tuple[Argument, ...]
    gives: Result
    least: int = 0

    def takes(self, number: int) -> bool:
        """Say whether the function takes so many arguments."""
        return (self.least or len(self.arguments)) <= number <= len(self.arguments)

    def argument(self, at: int) -> Argument:
        """Return what stands in one place."""
        return self.arguments[at]


LIKES: Mapping[str, str] = {
    "~~": "LIKE", "!~~": "NOT LIKE", "~~*": "ILIKE", "!~~*": "NOT ILIKE",
}  # fmt: skip

FUNCTIONS: Mapping[str, Signature] = {
    **dict.fromkeys(("lower", "upper", "trim"), Signature(("text",), "text")),
    "length": Signature(("text",), "number"),
    **dict.fromkeys(("contains", "starts_with", "ends_with"), Signature(("text", "text"), "truth")),
    **dict.fromkeys(("substring", "substr"), Signature(("text", "place", "place"), "text", 2)),
    **dict.fromkeys(("left", "right"), Signature(("text", "place"), "text")),
    "split_part": Signature(("text", "text", "place"), "text"),
    "||": Signature(("text", "text"), "text"),
    **dict.fromkeys(LIKES, Signature(("text", "text"), "truth")),
}

"""A rule pack: which counts are hidden, how the others are rounded."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casescope.disclosure.released import Rules
from casescope.kernel.errors import NotBuiltYet, NotFound, one_of

BUILT = ("opensafely",)
NOT_BUILT = ("working", "hes", "ons10", "dfe")


@dataclass(frozen=True)
class RulePack:
    """The numbers of one rule pack; `packs/` holds a file for each."""

    rules: Rules
    hide_at_most: int
    hidden_words: str
    round_to: int
    midpoint_of: int
    companion_below: int
    least_width: int

    def hides(self, n: int) -> bool:
        """Say whether a count is too small to be shown."""
        return n <= self.hide_at_most

    def rounded(self, n: int) -> int:
        """Return a count that may be shown, rounded to the nearest; halves go up."""
        return (2 * n + self.round_to) // (2 * self.round_to) * self.round_to

    def midpoint(self, n: int) -> int:
        """Return a cumulative count of a curve; 0 as long as it is too small to be shown."""
        if self.hides(n):
            return 0
        return -(-n // self.midpoint_of) * self.midpoint_of - self.midpoint_of // 2

    def behind_midpoint(self, n: int) -> tuple[int, int]:
        """Return the least and the greatest count that would be shown as this one is."""
        if self.hides(n):
            return 0, self.hide_at_most
        shown, half = self.midpoint(n), self.midpoint_of // 2
        return max(shown - half + 1, self.hide_at_most + 1), shown + half


@cache
def load(name: str) -> RulePack:
    """Return the rule pack of this name."""
    if name in NOT_BUILT:
        raise NotBuiltYet(f"The rule pack '{name}' is not offered yet.",
                          f"Use one of: {', '.join(BUILT)}.")  # fmt: skip
    if name not in BUILT:
        near = one_of(BUILT + NOT_BUILT, name)
        remedy = f"Did you mean '{near}'?" if near else f"Use one of: {', '.join(BUILT)}."
        raise NotFound(f"There is no rule pack '{name}'.", remedy)
    text = files("casescope.disclosure").joinpath("packs", f"{name}.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    rules = Rules(*(raw.pop(key) for key in ("name", "version", "dated", "says")))
    return RulePack(rules, **raw)

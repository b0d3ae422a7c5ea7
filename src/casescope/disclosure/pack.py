"""A rule pack: which counts are hidden, how the others are rounded, what a reader can infer."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from casescope.disclosure.released import Rules
from casescope.findings.finding import Area
from casescope.kernel.errors import NotFound, one_of

PUBLIC = ("opensafely", "hes", "ons10", "dfe")
"""Packs whose figures may leave the council once they are released."""

WORKING = "working"
"""The pack for council staff who hold the records; what it shows never leaves the council."""

PACKS = (*PUBLIC, WORKING)

Totals: TypeAlias = Literal["shown", "own"]
Full: TypeAlias = Literal["nearly_all", "shown"]


@dataclass(frozen=True)
class Dominance:
    """Amounts that one or two people make most of: the limits of nk and of the p-ratio.

    Hidden where the `n` greatest contributions are more than `k` of the sum, or where all but the
    two greatest come to less than `p` of the greatest, so that the second person could work it out.
    """

    n: int
    k: float
    p: float


@dataclass(frozen=True)
class RulePack:
    """The numbers and words of one rule pack; `packs/` holds a file for each.

    A count of `hide_at_most` or fewer is hidden, 0 too unless `zero_shown`. `totals` are sums of
    what is shown, or `own` figures rounded like any other. `full` says what is told where all or
    nearly all of a group share something. `mean_from` is how few people a mean, median, rate or
    amount may rest on. `ours` lists what the rule's own source does not say, and we chose.
    """

    rules: Rules
    source: str
    ours: tuple[str, ...]
    hide_at_most: int
    zero_shown: bool
    hidden_words: str
    withheld_words: str
    round_to: int
    national_hide_at_most: int
    national_hidden_words: str
    national_round_to: int
    totals: Totals
    mean_from: int
    amounts_to: int
    full: Full
    extremes_shown: bool
    midpoint_of: int
    companion_below: int
    least_width: int
    dominance: Dominance | None

    @property
    def publishable(self) -> bool:
        """Say whether what the pack shows may leave the council once it is released."""
        return self.rules.publishable

    @property
    def threshold(self) -> int:
        """Return the greatest count that is too small to be shown."""
        return self.hide_at_most

    @property
    def is_exact(self) -> bool:
        """Say whether counts that are shown are not rounded."""
        return self.round_to == 1

    def hides(self, n: int) -> bool:
        """Say whether a count is too small to be shown."""
        return n <= self.hide_at_most and not (n == 0 and self.zero_shown)

    def is_few(self, n: int) -> bool:
        """Say whether so few people, nobody included, are too few for more to be told of them."""
        return self.hide_at_most > 0 and n <= self.hide_at_most

    def supports(self, basis: int) -> bool:
        """Say whether a mean, median, rate or amount may rest on so many people."""
        return basis >= self.mean_from

    def rounded(self, n: int) -> int:
        """Return a count that may be shown, rounded to the nearest; halves go up."""
        return (2 * n + self.round_to) // (2 * self.round_to) * self.round_to

    def behind(self, shown: int) -> tuple[int, int]:
        """Return the least and the greatest true count that would be shown as this one is.

        Raises `ValueError` for a number that the pack never shows.
        """
        least = max(0, shown - self.round_to // 2)
        greatest = shown + (self.round_to - 1) // 2
        if shown == 0 and self.zero_shown:
            return 0, 0
        least = max(least, self.hide_at_most + 1)
        if least > greatest or self.rounded(least) != shown:
            raise ValueError(f"the rule pack {self.rules.name} shows no count as {shown}")
        return least, greatest

    def behind_hidden(self) -> tuple[int, int | None]:
        """Return the least and the greatest true count that a hidden cell may hold.

        Where one word stands for a small count and for its companions, there is no greatest (None).
        """
        if self.hidden_words == self.withheld_words or not self.hide_at_most:
            return self.behind_withheld()
        return 1 if self.zero_shown else 0, self.hide_at_most

    def behind_withheld(self) -> tuple[int, int | None]:
        """Return what a cell may hold that is hidden because it would give another one away."""
        return 0, None

    def midpoint(self, n: int) -> int:
        """Return a cumulative count of a curve; 0 as long as it is too small to be shown."""
        if self.is_few(n):
            return 0
        return -(-n // self.midpoint_of) * self.midpoint_of - self.midpoint_of // 2

    def behind_midpoint(self, n: int) -> tuple[int, int]:
        """Return the least and the greatest count that would be shown as this one is."""
        if self.is_few(n):
            return 0, self.hide_at_most
        if n == 0:
            return 0, 0
        greatest = -(-n // self.midpoint_of) * self.midpoint_of
        return max(greatest - self.midpoint_of + 1, self.hide_at_most + 1), greatest

    def nearest_midpoint(self, n: float) -> int:
        """Return the cumulative count that a curve can show which lies nearest."""
        return min(self._midpoints_near(n), key=lambda one: (abs(one - n), one))

    def next_midpoint(self, n: int) -> int:
        """Return the least cumulative count that a curve can show and that is not below n."""
        return min(one for one in self._midpoints_near(n) if one >= n)

    def _midpoints_near(self, n: float) -> set[int]:
        near = max(round(n), 0)
        around = range(max(0, near - self.midpoint_of), near + self.midpoint_of + 1)
        return {self.midpoint(one) for one in (0, self.hide_at_most + 1, *around)}

    @property
    def few_in_a_curve(self) -> str:
        """Return the words for a small count of a curve, in which 0 is not told from a few."""
        if self.hidden_words == self.withheld_words or not self.zero_shown:
            return self.hidden_words
        return f"{self.hide_at_most} or fewer"

    def at(self, area: Area) -> "RulePack":
        """Return the pack as it treats a table of one authority, or of the whole country."""
        if area == "authority" or not self.national_round_to:
            return self
        return replace(self, hide_at_most=self.national_hide_at_most,
                       hidden_words=self.national_hidden_words,
                       round_to=self.national_round_to)  # fmt: skip


@cache
def load(name: str) -> RulePack:
    """Return the rule pack of this name."""
    if name not in PACKS:
        near = one_of(PACKS, name)
        remedy = f"Did you mean '{near}'?" if near else f"Use one of: {', '.join(PACKS)}."
        raise NotFound(f"There is no rule pack '{name}'.", remedy)
    return _read(tomllib.loads(text_of(name)))


def text_of(name: str) -> str:
    """Return the file of the rule pack of this name."""
    return files("casescope.disclosure").joinpath("packs", f"{name}.toml").read_text("utf-8")


def _read(raw: Mapping[str, Any]) -> RulePack:
    values = dict(raw)
    said = ("name", "version", "dated", "says", "brief", "totals_say", "publishable")
    rules = Rules(*(values.pop(key) for key in said))
    national = values.pop("national", {})
    dominance = values.pop("dominance", None)
    return RulePack(
        rules,
        ours=tuple(values.pop("ours")),
        national_hide_at_most=national.get("hide_at_most", 0),
        national_hidden_words=national.get("hidden_words", ""),
        national_round_to=national.get("round_to", 0),
        dominance=None if dominance is None else Dominance(**dominance),
        **values,
    )

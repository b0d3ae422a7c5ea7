"""The price index that comes with the model, for studies that list none of their own."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

IN_FIRST_YEAR = 0.75
"""The share of a financial year (from April) that lies in the calendar year it begins in."""


@dataclass(frozen=True)
class Index:
    """Levels of a price index by financial year (2017 is 2017-18), and where they come from."""

    levels: dict[int, float]
    name: str
    source: str
    dated: str
    seen: str

    @property
    def said_by(self) -> str:
        """Return the source with its date, and that it is second-hand where it is."""
        seen = f", {self.seen}" if self.seen == "second-hand" else ""
        return f"{self.source}, {self.dated}{seen}"


@cache
def shipped() -> Index:
    """Return the index; a financial year is three parts its first calendar year, one the next."""
    path = files("casescope.findings.value").joinpath("deflators.toml")
    read = tomllib.loads(path.read_text("utf-8"))
    of = {int(year): float(level) for year, level in read.pop("level").items()}
    levels = {
        year: IN_FIRST_YEAR * of[year] + (1 - IN_FIRST_YEAR) * of[year + 1]
        for year in of
        if year + 1 in of
    }
    return Index(levels, **read)

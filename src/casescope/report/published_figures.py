"""Published figures that a report shows for context, each with its source and how it differs."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class PublishedFigure:
    """One published share of some women with an issue, as it is printed.

    `seen` is `source`, or `second-hand` where only a report of the figure was read.
    """

    issue: str
    share: str
    who: str
    source: str
    differs: str
    seen: str

    @property
    def value(self) -> float:
        """Return the share as a number between 0 and 1."""
        return float(self.share.removesuffix("%")) / 100

    @property
    def said_by(self) -> str:
        """Return the source, and that it is second-hand where it is."""
        return f"{self.source} (second-hand)" if self.seen == "second-hand" else self.source


@cache
def on_issues() -> tuple[PublishedFigure, ...]:
    """Return the figures on issues, in the order of the file."""
    path = files("casescope.report").joinpath("published", "issues.toml")
    return tuple(PublishedFigure(**row) for row in tomllib.loads(path.read_text("utf-8"))["figure"])

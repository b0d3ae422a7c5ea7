"""Who contends in the removals benchmark, in which part, and how one is run in its own process."""

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from benchmarks.answer import Answer, check_same
from benchmarks.measure import Run, fresh

OURS, STATEMENT, POLARS, PANDAS = "casescope", "one DuckDB statement", "polars", "pandas"
PARTS = {
    "compute": "compute alone",
    "compute_numbered": "compute alone, people as numbers",
    "encrypted": "with encrypted reading and writing",
    "from_csv": "from CSV files to the end",
}
MOST_FROM_CSV = 1_000_000
"""Reading more than this is measured where reading is: by the benchmark of loading."""

_MODULES = {
    OURS: "benchmarks.removals_casescope",
    STATEMENT: "benchmarks.removals_statement",
    POLARS: "benchmarks.removals_polars_analyst",
    PANDAS: "benchmarks.removals_analyst",
}
_SIDES = {
    "compute": (OURS, STATEMENT, POLARS, PANDAS),
    "compute_numbered": (POLARS, PANDAS),
    "encrypted": (OURS,),
    "from_csv": (OURS, POLARS, PANDAS),
}


@dataclass(frozen=True)
class Side:
    """One contender in one part, on so many episodes."""

    contender: str
    part: str
    episodes: int

    @property
    def said(self) -> str:
        """Return what the part is called in tables."""
        return f"{self.episodes:,} episodes: {PARTS[self.part]}"

    @property
    def label(self) -> str:
        """Return what tells this side from all others."""
        return f"{self.said}: {self.contender}"

    def run(self, folder: Path) -> Run:
        """Run in a process of its own on the tables in a folder."""
        return fresh(_command("run", self.contender, self.part, str(folder)), says=True)

    def contend(self, folder: Path) -> tuple[float, float, Answer]:
        """Run in this process; return seconds (wall, processor) and the answer."""
        with tempfile.TemporaryDirectory(prefix="casescope-contender-") as work:
            module = import_module(_MODULES[self.contender])
            return cast(
                "tuple[float, float, Answer]", getattr(module, self.part)(folder, Path(work))
            )


def sides_of(episodes: int) -> list[Side]:
    """Return every side that runs on so many episodes."""
    return [
        Side(contender, part, episodes)
        for part, contenders in _SIDES.items()
        if part != "from_csv" or episodes <= MOST_FROM_CSV
        for contender in contenders
    ]


def made(folder: Path, *, episodes: int, seed: int) -> dict[str, int]:
    """Make the tables of one size and what is read from them; return how many rows each has."""
    rows = fresh(_command("make", str(folder), str(episodes), str(seed)), says=True).said
    fresh(_command("prepare", str(folder)), says=True)
    return {name: int(cast("int", count)) for name, count in rows.items()}


def check_answers(answers: Mapping[Side, Answer]) -> None:
    """Raise AssertionError unless all say the same.

    The statement keeps nothing of single removals, and is held to what all say of events and women.
    """
    whole = {side.label: said for side, said in answers.items() if side.contender != STATEMENT}
    check_same(whole)
    kept = {side.label: of_women(said) for side, said in answers.items()}
    check_same(kept)


def of_women(answer: Answer) -> Answer:
    """Return what an answer says of events and women: names that begin with a linkage."""
    return {name: value for name, value in answer.items() if name.startswith(("strict", "lenient"))}


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.contender", *words]


def as_json(taken: tuple[float, float, Answer]) -> str:
    """Return what one run prints."""
    return json.dumps(dict(zip(("seconds", "processor_seconds", "answer"), taken, strict=True)))

"""The removals step against the same in pandas: compute alone, and with reading and writing."""

import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import cast

from benchmarks.answer import Answer, check_same
from benchmarks.measure import Run, fresh, interleaved, medians, ratio
from benchmarks.results import Result, Target

OURS, THEIRS = "casescope", "pandas"
PARTS = {"compute": "compute alone", "read_and_write": "with reading and writing"}


def measure(*, episodes: int, repeats: int, seed: int = 1) -> Result:
    """Make the episodes, run both contenders in turn, and return medians and ratios.

    Raises AssertionError where the two do not come to the same answer.
    """
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        made = fresh(_command("make", folder, str(episodes), str(seed)), says=True)
        rows: list[dict[str, str | float]] = []
        targets: list[Target] = []
        for part, title in PARTS.items():
            runs = interleaved(
                {name: partial(_contend, name, part, folder) for name in (OURS, THEIRS)},
                repeats=repeats,
            )
            check_same({name: _answer(held[0]) for name, held in runs.items()})
            faster = ratio(runs, OURS, THEIRS, "seconds")
            memory = round(1 / ratio(runs, OURS, THEIRS, "peak_mb"), 2)
            rows += [
                {"what": title, "contender": name, **medians(held)} for name, held in runs.items()
            ]
            targets += _targets(title, faster, memory, held=part == "compute")
    return Result(
        name="removals",
        title=f"The removals step on {_said(made, 'episodes'):,} rows of episodes",
        rows=rows,
        targets=targets,
        notes={
            "rows": {name: count for name, count in made.said.items() if count},
            "answer": _answer(runs[OURS][0]),
            "seed": seed,
        },
    )


def _targets(title: str, faster: float, memory: float, *, held: bool) -> list[Target]:
    speed = Target(f"{title}: times faster than pandas", faster, "at least 6", met=faster >= 6)
    small = Target(f"{title}: memory, of pandas'", memory, "at most 0.5", met=memory <= 0.5)
    if held:
        return [speed, small]
    return [Target(one.what, one.value, "none set", met=None) for one in (speed, small)]


def _contend(name: str, part: str, folder: str) -> Run:
    return fresh(_command(name, folder, part), says=True)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.contender", *words]


def _answer(run: Run) -> Answer:
    return cast("Mapping[str, Answer]", run.said)["answer"]


def _said(run: Run, name: str) -> int:
    return int(cast("Mapping[str, int]", run.said)[name])


def contender_of(name: str) -> str:
    """Return the module that holds a contender's side."""
    return {OURS: "benchmarks.removals_casescope", THEIRS: "benchmarks.removals_analyst"}[name]


def agree(folder: Path, *, episodes: int, seed: int) -> dict[str, Answer]:
    """Return each contender's answer in each part, on a small pretend extract, in this process."""
    from importlib import import_module

    from benchmarks.pretend_care import make

    make(folder, episodes=episodes, seed=seed)
    answers: dict[str, Answer] = {}
    for name in (OURS, THEIRS):
        side = import_module(contender_of(name))
        for part in PARTS:
            work = folder / f"{name}-{part}"
            work.mkdir()
            answers[f"{name}, {PARTS[part]}"] = getattr(side, part)(folder, work)[-1]
    return answers

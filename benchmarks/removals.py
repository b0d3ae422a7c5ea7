"""The removals step beside the same in pandas, in polars and in one hand-written statement."""

import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from benchmarks.answer import Answer
from benchmarks.measure import Run, interleaved, medians, ratio
from benchmarks.removals_contenders import (
    OURS,
    PANDAS,
    POLARS,
    STATEMENT,
    Side,
    check_answers,
    made,
    sides_of,
)
from benchmarks.results import Result, Target

SIZES = (10_000, 1_000_000, 9_000_000)
_HELD = 9_000_000
"""The size for which targets are set; the same figures for other sizes are shown beside."""

_GROWS_FROM = 1_000_000

Runs = Mapping[str, Sequence[Run]]


def measure(*, sizes: Sequence[int] = SIZES, repeats: int, seed: int = 1) -> Result:
    """Make the episodes, run every side in turn, and return medians, ratios and targets.

    Each turn runs every contender on every size. Raises AssertionError as soon as a contender
    comes to another answer than those before.
    """
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        folders = {size: Path(folder) / str(size) for size in sizes}
        rows = {size: made(folders[size], episodes=size, seed=seed) for size in sizes}
        sides = [side for size in sizes for side in sides_of(size)]
        said: dict[int, dict[Side, Answer]] = {size: {} for size in sizes}
        runs = interleaved(
            {
                side.label: partial(_run, side, folders[side.episodes], said[side.episodes])
                for side in sides
            },
            repeats=repeats,
        )
    return Result(
        name="removals",
        title="The removals step",
        rows=[
            {"what": side.said, "contender": side.contender, **medians(runs[side.label])}
            for side in sides
        ],
        targets=[
            *[target for size in sizes for target in _targets(runs, size)],
            *_growth(runs, rows),
        ],
        notes={
            "rows": {str(size): held for size, held in rows.items()},
            "answers": {str(size): said[size][Side(OURS, "compute", size)] for size in sizes},
            "seed": seed,
        },
    )


def _run(side: Side, folder: Path, said: dict[Side, Answer]) -> Run:
    """Run one side, and hold what it says to what was said of the same episodes before."""
    run = side.run(folder)
    said[side] = cast("Answer", run.said["answer"])
    check_answers(said)
    return run


def _targets(runs: Runs, size: int) -> list[Target]:
    """Return what is asked of computing, which is held to it at the greatest size only."""
    times = {
        name: ratio(runs, _compute(OURS, size), _compute(name, size), "seconds")
        for name in (PANDAS, POLARS, STATEMENT)
    }
    of_statement = round(1 / times[STATEMENT], 2)
    peak = medians(runs[_compute(OURS, size)])["peak_mb"]
    figures = [
        ("times faster than pandas", times[PANDAS], "at least 6", times[PANDAS] >= 6),
        ("times faster than polars", times[POLARS], "at least 3", times[POLARS] >= 3),
        ("time, of one statement's", of_statement, "at most 1.3", of_statement <= 1.3),
        ("peak MB", peak, "under 1024", peak < 1024),
        *[
            (f"times faster than {name} with people as numbers",
             ratio(runs, _compute(OURS, size),
                   Side(name, "compute_numbered", size).label, "seconds"), "none set", None)
            for name in (PANDAS, POLARS)
        ],
        ("with encryption: peak MB",
         medians(runs[Side(OURS, "encrypted", size).label])["peak_mb"], "none set", None),
    ]  # fmt: skip
    return [
        Target(
            f"{size:,} episodes: {what}",
            value,
            target if size == _HELD else "none set",
            met=met if size == _HELD else None,
        )
        for what, value, target, met in figures
    ]


def _growth(runs: Runs, rows: Mapping[int, Mapping[str, int]]) -> list[Target]:
    """Return how many times longer a row takes at the great size than at the middle one."""
    if not {_GROWS_FROM, _HELD} <= set(rows):
        return []
    longer = ratio(runs, _compute(OURS, _GROWS_FROM), _compute(OURS, _HELD), "seconds")
    times = round(longer * rows[_GROWS_FROM]["episodes"] / rows[_HELD]["episodes"], 2)
    what = f"time for a row at {_HELD:,} episodes, of that at {_GROWS_FROM:,}"
    return [Target(what, times, "at most 1", met=times <= 1)]


def _compute(contender: str, size: int) -> str:
    return Side(contender, "compute", size).label

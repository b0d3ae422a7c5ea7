"""Loading an extract: rows a second and peak memory, at one million and ten million episodes."""

import sys
import tempfile
from functools import partial
from typing import cast

from benchmarks.measure import Run, fresh, interleaved, medians
from benchmarks.results import Result, Target

_MOST_MB = 2048
_TIMES = 10


def measure(*, episodes: int, repeats: int, seed: int = 1) -> Result:
    """Load pretend returns of `episodes` rows, and once of ten times as many.

    The larger is loaded once however many repeats there are: it is there for its memory.
    """
    rows: list[dict[str, str | float]] = []
    targets: list[Target] = []
    made: dict[int, int] = {}
    for size, times in ((episodes, repeats), (episodes * _TIMES, 1)):
        with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
            fresh(_command("benchmarks.intake_returns", folder, str(size), str(seed)), says=True)
            (runs,) = interleaved(
                {"casescope load": partial(_load, folder)}, repeats=times
            ).values()
        made[size] = int(cast("int", runs[0].said["rows"]))
        found = medians(runs)
        what = f"{made[size]:,} rows of CSV into an encrypted layer"
        rows.append({"what": what, "contender": "casescope", **found})
        targets += [
            Target(f"{what}: thousand rows a second",
                   round(made[size] / found["seconds"] / 1000), "none set", met=None),
            Target(f"{what}: peak MB", found["peak_mb"], f"under {_MOST_MB}",
                   met=found["peak_mb"] < _MOST_MB),
        ]  # fmt: skip
    return Result(
        name="intake",
        title="Loading an extract",
        rows=rows,
        targets=targets,
        notes={"rows": made, "seed": seed},
    )


def _load(folder: str) -> Run:
    return fresh(_command("benchmarks.intake_casescope", folder), says=True)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]

"""Loading an extract: rows a second and peak memory, of one and ten million rows and a workbook."""

import sys
import tempfile
from functools import partial
from typing import cast

from benchmarks.measure import Run, fresh, interleaved, medians
from benchmarks.results import Result, Target

_MOST_MB = 2048
_MOST_MB_OF_A_WORKBOOK = 700
_TIMES = 10
_FULL = 1_000_000
FULL_SHEET = 1_048_575
"""Rows below the header with which an Excel sheet ends."""


def measure(*, episodes: int, repeats: int, seed: int = 1) -> Result:
    """Load pretend returns of `episodes` rows, once of ten times as many, and a workbook.

    The largest is loaded once however many repeats there are: it is there for its memory. The
    workbook is one sheet, full to its last row where the returns are as many as a million rows.
    """
    rows: list[dict[str, str | float]] = []
    targets: list[Target] = []
    made: dict[str, int] = {}
    for kind, size, times in (
        ("CSV", episodes, repeats),
        ("CSV", episodes * _TIMES, 1),
        ("one sheet of a workbook", FULL_SHEET if episodes >= _FULL else episodes, repeats),
    ):
        runs = _loaded(kind, size, times, seed)
        read = int(cast("int", runs[0].said["rows"]))
        found = medians(runs)
        what = f"{read:,} rows of {kind} into an encrypted layer"
        most = _MOST_MB if kind == "CSV" else _MOST_MB_OF_A_WORKBOOK
        made[f"{kind}, {size}"] = read
        rows.append({"what": what, "contender": "casescope", **found})
        targets += [
            Target(f"{what}: thousand rows a second",
                   round(read / found["seconds"] / 1000), "none set", met=None),
            Target(f"{what}: peak MB", found["peak_mb"], f"under {most}",
                   met=found["peak_mb"] < most),
        ]  # fmt: skip
    return Result(
        name="intake",
        title="Loading an extract",
        rows=rows,
        targets=targets,
        notes={"rows": made, "seed": seed},
    )


def _loaded(kind: str, size: int, times: int, seed: int) -> list[Run]:
    """Make the files once and load them so many times."""
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        if kind == "CSV":
            made = ("benchmarks.intake_returns", folder)
        else:
            made = ("benchmarks.intake_workbook", f"{folder}/episodes.xlsx")
        fresh(_command(*made, str(size), str(seed)), says=True)
        runs = interleaved({"casescope load": partial(_load, folder)}, repeats=times)
    return runs["casescope load"]


def _load(folder: str) -> Run:
    return fresh(_command("benchmarks.intake_casescope", folder), says=True)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]

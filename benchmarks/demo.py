"""The whole demo, from a pretend county to its report: wall time and peak memory."""

import tempfile
from pathlib import Path

from benchmarks.measure import Run, fresh, interleaved, medians
from benchmarks.results import Result, Target
from benchmarks.start import casescope, kept_in

_MOST_SECONDS, _MOST_MB = 60, 1536


def measure(*, mothers: int, repeats: int) -> Result:
    """Run the demo afresh, several times, and return the medians."""
    runs = interleaved({"casescope demo": lambda: _demo(mothers)}, repeats=repeats)[
        "casescope demo"
    ]
    found = medians(runs)
    return Result(
        name="demo",
        title=f"casescope demo with {mothers:,} mothers",
        rows=[{"what": "whole demo", "contender": "casescope", **found}],
        targets=[
            Target("wall seconds", found["seconds"], f"under {_MOST_SECONDS}",
                   met=found["seconds"] < _MOST_SECONDS),
            Target("peak MB", found["peak_mb"], f"under {_MOST_MB}",
                   met=found["peak_mb"] < _MOST_MB),
        ],
        notes={"mothers": mothers},
    )  # fmt: skip


def _demo(mothers: int) -> Run:
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        words = ("demo", "--home", f"{folder}/demo", "--mothers", str(mothers))
        return fresh(casescope(*words), env=kept_in(Path(folder)), says=False)

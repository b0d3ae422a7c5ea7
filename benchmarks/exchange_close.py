"""How long closing a study takes, and how long anybody takes to verify its certificate."""

import sys
from statistics import median
from typing import cast

from benchmarks.measure import Run, fresh, interleaved, medians
from benchmarks.results import Result, Target

MOTHERS = 2_000
ENTRIES = 2_000
_MOST_SECONDS = 1.0


def measure(*, mothers: int = MOTHERS, entries: int = ENTRIES, repeats: int) -> Result:
    """Return the medians of closing, and of verifying the certificate with what lies beside it."""
    runs = interleaved({"close": lambda: _closed(mothers, entries)}, repeats=repeats)["close"]
    verified = round(median(_number(run, "verified") for run in runs), 4)
    return Result(
        name="exchange_close",
        title="Closing a study",
        rows=[
            {
                "what": f"a study of {mothers:,} mothers closed, one hold, {entries:,} entries",
                "contender": "casescope",
                **medians(runs),
            }
        ],
        targets=[
            Target("a certificate verified, seconds", verified, f"under {_MOST_SECONDS:g}",
                   met=verified < _MOST_SECONDS),
            Target("a study closed, seconds", medians(runs)["seconds"], "none set", met=None),
        ],
        notes={"mothers": mothers, "entries": entries,
               "certificate_kb": round(_number(runs[0], "kilobytes"))},
    )  # fmt: skip


def _number(run: Run, name: str) -> float:
    return float(cast("float", run.said[name]))


def _closed(mothers: int, entries: int) -> Run:
    command = [sys.executable, "-m", "benchmarks.exchange_close_contenders"]
    return fresh([*command, str(mothers), str(entries)], says=True)

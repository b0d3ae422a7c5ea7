"""Running a command in a fresh process and measuring it: wall time, processor time, peak memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Run:
    """One run of one contender; `said` is what it printed as JSON, if it does."""

    seconds: float
    processor_seconds: float
    peak_mb: float
    said: Mapping[str, object] = field(default_factory=dict)


def fresh(command: Sequence[str], *, env: Mapping[str, str] | None = None, says: bool) -> Run:
    """Run a command to its end in a process of its own; raise RuntimeError where it fails.

    Peak memory is the process's largest resident size (MB of 1,048,576 bytes), imports included.
    Where it measures itself (`seconds` among what it says), those times are taken instead.
    """
    begun = time.perf_counter()
    # The peak of a process cannot be lower than its parent's, so this module imports nothing large.
    process = subprocess.Popen(
        command, cwd=_ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE
    )
    with process:
        out = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed with code {process.returncode}")
    said = json.loads(out) if says else {}
    return Run(
        seconds=float(said.pop("seconds", seconds)),
        processor_seconds=float(said.pop("processor_seconds", used.ru_utime + used.ru_stime)),
        peak_mb=used.ru_maxrss / 1024,
        said=said,
    )


def interleaved(
    contenders: Mapping[str, Callable[[], Run]], *, repeats: int
) -> dict[str, list[Run]]:
    """Run every contender in turn, `repeats` times over, so that a busy moment hits them alike."""
    runs: dict[str, list[Run]] = {name: [] for name in contenders}
    for turn in range(repeats):
        for name, run in contenders.items():
            runs[name].append(run())
            last = runs[name][-1]
            print(f"  {turn + 1}/{repeats} {name}: {last.seconds:.2f} s, {last.peak_mb:,.0f} MB",
                  file=sys.stderr)  # fmt: skip
    return runs


def medians(runs: Sequence[Run]) -> dict[str, float]:
    """Return the medians of the runs of one contender."""
    return {
        "seconds": round(median(run.seconds for run in runs), 3),
        "processor_seconds": round(median(run.processor_seconds for run in runs), 3),
        "peak_mb": round(median(run.peak_mb for run in runs), 1),
    }


def ratio(runs: Mapping[str, Sequence[Run]], ours: str, theirs: str, of: str) -> float:
    """Return the median over turns of theirs divided by ours, each turn compared with itself."""
    pairs = zip(runs[ours], runs[theirs], strict=True)
    return round(median(float(getattr(two, of) / getattr(one, of)) for one, two in pairs), 2)

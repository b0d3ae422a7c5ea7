"""Linking women's records: casescope beside Splink at its defaults, recordlinkage and exact match.

All get the same files: the messy pretend county, and councils made otherwise (as in the tests).
Casescope alone gets larger ones, and those of the tests' two other makers.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.linkage_contenders import CONTENDERS, OURS
from benchmarks.measure import Run, fresh, interleaved, medians
from benchmarks.results import Result, Target

FILES = (("county", 8000), ("councils", 8000))
"""Kind of file and women in it; of the county, mothers."""

ALONE = {
    "large county": ("county", 16_000),
    "registers": ("registers", 4000),
    "desks": ("desks", 8000),
    "100k": ("councils", 30_000),
}
"""Files for casescope alone; the last, of about 100,000 records, is that for which time and memory
were promised."""

MOST = 30_000
"""Women in the largest file."""

Key = tuple[str, str]


def measure(*, women: int, repeats: int, seed: int = 1) -> Result:
    """Make the files, link each with every contender in turn, and return what came of it.

    `women` bounds the size of the files, so that a quick run is quick.
    """
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        files = {kind: (kind, min(size, women)) for kind, size in FILES}
        files |= {name: (kind, min(size, women)) for name, (kind, size) in ALONE.items()}
        records = {
            name: _make(Path(folder) / name, kind, size, seed)
            for name, (kind, size) in files.items()
        }
        keys = [(kind, contender) for kind, _ in FILES for contender in CONTENDERS]
        keys += [(name, OURS) for name in ALONE]
        runs = interleaved(
            {_label(key): partial(_run, Path(folder) / key[0], key[1]) for key in keys},
            repeats=repeats,
        )
    return Result(
        name="linkage",
        title="Linking women's records",
        rows=[
            {"what": f"{key[0]}: {records[key[0]]:,} records", "contender": key[1],
             **medians(runs[_label(key)])}
            for key in keys
        ],
        targets=_targets(runs, keys),
        notes={"records": records, "seed": seed},
    )  # fmt: skip


def _label(key: Key) -> str:
    return f"{key[0]}: {key[1]}"


def _make(folder: Path, kind: str, women: int, seed: int) -> int:
    command = _command("make", str(folder), kind, str(women), str(seed))
    made = subprocess.run(command, check=True, capture_output=True)
    return int(json.loads(made.stdout)["records"])


def _run(folder: Path, contender: str) -> Run:
    return fresh(_command("run", str(folder), contender), says=True)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "benchmarks.linkage_contenders", *words]


def _targets(runs: Mapping[str, Sequence[Run]], keys: Sequence[Key]) -> list[Target]:
    targets = []
    for key in keys:
        said = runs[_label(key)][-1].said
        ours, county = key[1] == OURS, key[1] == OURS and "county" in key[0]
        precision, recall = (round(float(str(said[of])), 4) for of in ("precision", "recall"))
        targets += [
            Target(f"{_label(key)}: precision", precision, "at least 0.995" if ours else "none set",
                   precision >= 0.995 if ours else None),
            Target(f"{_label(key)}: recall", recall, "at least 0.93" if county else "none set",
                   recall >= 0.93 if county else None),
        ]  # fmt: skip
    large = medians(runs[_label(("100k", OURS))])
    return [
        *targets,
        Target("100k: seconds", large["seconds"], "under 20", large["seconds"] < 20),
        Target("100k: peak MB", large["peak_mb"], "under 2048", large["peak_mb"] < 2048),
    ]

"""Sealing and opening a package of a million women beside the program `age` on the same bytes."""

import hashlib
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.answer import check_same
from benchmarks.measure import Run, fresh, interleaved, medians, ratio
from benchmarks.results import Result, Target

OURS, LAYER, PYRAGE, AGE = "casescope", "casescope, age alone", "pyrage", "age"
FLUSHED = "age, flushed to the disk"
"""A package is flushed before it counts as written; this is age with the same asked of its file."""

WOMEN = 1_000_000
_SEED = 1
_LEAST = 0.8

_Runs = dict[str, list[Run]]


def measure(*, women: int = WOMEN, repeats: int) -> Result:
    """Return the medians of all; raise AssertionError where two do not open the same bytes."""
    if shutil.which(AGE) is None:
        raise SystemExit("The program age is needed (apt-get install age).")
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        made = contend("make", folder, str(women), str(_SEED)).said
        seal = interleaved(contenders("seal", folder), repeats=repeats)
        opening = interleaved(contenders("open", folder), repeats=repeats)
    check_same({name: dict(runs[0].said) for name, runs in opening.items()})  # type: ignore[arg-type] # whole numbers
    size = int(str(made["bytes"]))
    parts = {"seal": seal, "open": opening}
    return Result(
        name="exchange_seal",
        title="Sealing and opening a package",
        rows=[
            {"what": f"{women:,} women, {size / 1e6:,.0f} MB: {part}", "contender": name,
             **medians(held)}
            for part, runs in parts.items() for name, held in runs.items()
        ],
        targets=[one for part, runs in parts.items() for one in _targets(part, runs, size)],
        notes={"seed": _SEED, **made},
    )  # fmt: skip


def contend(*words: str) -> Run:
    """Run one contender, or the maker of the files, in a process of its own."""
    return fresh([sys.executable, "-m", "benchmarks.exchange_seal_contenders", *words], says=True)


def contenders(part: str, folder: str) -> Mapping[str, Callable[[], Run]]:
    """Return what runs each contender of a part once; who opens also says what it opened."""
    ours = {name: partial(contend, part, folder, name) for name in (OURS, LAYER, PYRAGE)}
    age: dict[str, Callable[[], Run]] = {AGE: partial(_age, part, Path(folder))}
    if part == "seal":
        age[FLUSHED] = partial(_age_flushed, Path(folder))
    return {**ours, **age}


def _age(part: str, folder: Path) -> Run:
    """Run the program itself; its start is within its time, some milliseconds."""
    if part == "seal":
        return fresh(_sealing(folder), says=False)
    out = folder / "age.tar"
    ran = fresh([AGE, "-d", "-i", str(folder / "key"), "-o", str(out), str(folder / "age.age")],
                says=False)  # fmt: skip
    return replace(ran, said=opened(out.read_bytes()))


def _age_flushed(folder: Path) -> Run:
    """Run the program, and have its file flushed by another, whose start is within the time."""
    line = f"{shlex.join(_sealing(folder))} && sync {shlex.quote(str(folder / 'age.age'))}"
    return fresh(["sh", "-c", line], says=False)


def _sealing(folder: Path) -> list[str]:
    recipient = (folder / "key.pub").read_text(encoding="ascii").strip()
    return [AGE, "-r", recipient, "-o", str(folder / "age.age"), str(folder / "plain.tar")]


def opened(raw: bytes) -> dict[str, int]:
    """Return what says whether two opened the same bytes."""
    return {"bytes": len(raw), "hash": int(hashlib.sha256(raw).hexdigest()[:12], 16)}


def _targets(part: str, runs: _Runs, size: int) -> list[Target]:
    def rate(name: str) -> float:
        return round(size / 1e6 / medians(runs[name])["seconds"])

    beside = ratio(runs, OURS, AGE, "seconds")
    alone = {name: ratio(runs, name, AGE, "seconds") for name in (LAYER, PYRAGE)}
    flushed = [Target(f"{part}: whole package, of the speed of {FLUSHED}",
                      ratio(runs, OURS, FLUSHED, "seconds"), "none set", met=None)
               for name in runs if name == FLUSHED]  # fmt: skip
    return [
        Target(f"{part}: whole package, of age’s speed", beside, f"at least {_LEAST}",
               met=beside >= _LEAST),
        *(Target(f"{part}: {name}, of age’s speed", share, "none set", met=None)
          for name, share in alone.items()),
        *flushed,
        *(Target(f"{part}: {name}, MB/s", rate(name), "none set", met=None) for name in runs),
    ]  # fmt: skip

"""A benchmark's result: written as JSON and as Markdown, with the machine it was measured on."""

import json
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent / "results"
_README = Path(__file__).parent / "README.md"
_BETWEEN = re.compile(r"(<!-- measured -->\n).*(<!-- end of measured -->)", re.DOTALL)
_PACKAGES = ("casescope", "duckdb", "pandas", "polars", "numpy", "pyarrow", "highspy")


@dataclass(frozen=True)
class Target:
    """One figure that the project promised; `met` is nothing where no target was set."""

    what: str
    value: float
    target: str
    met: bool | None


@dataclass(frozen=True)
class Result:
    """What one benchmark measured: medians by contender, targets, and what was run."""

    name: str
    title: str
    rows: list[dict[str, str | float]]
    targets: list[Target]
    notes: dict[str, object]


@dataclass(frozen=True)
class Circumstances:
    """When, where and how often: without these a number says nothing."""

    day: str
    repeats: int
    machine: dict[str, str | int | float]


def circumstances(day: str, repeats: int) -> Circumstances:
    """Return the facts of this machine now; `load` is the one-minute load average at the start."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    machine: dict[str, str | int | float] = {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count() or 0,
        "memory_gb": round(pages / 2**30, 1),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
    }
    return Circumstances(day, repeats, machine)


def write(result: Result, measured: Circumstances) -> Path:
    """Write results/<name>.json, then the README's tables from all results there are."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{result.name}.json"
    said = {**asdict(result), "measured": asdict(measured)}
    path.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    tables = "\n".join(
        markdown(json.loads(held.read_text(encoding="utf-8")))
        for held in sorted(FOLDER.glob("*.json"))
    )
    text = _README.read_text(encoding="utf-8")
    _README.write_text(
        _BETWEEN.sub(lambda ends: f"{ends[1]}{tables}{ends[2]}", text), encoding="utf-8"
    )
    return path


def as_said(result: Result, measured: Circumstances) -> str:
    """Return the result as Markdown."""
    return markdown({**asdict(result), "measured": asdict(measured)})


def markdown(said: dict[str, object]) -> str:
    """Return one result, as its JSON holds it, as a heading, its circumstances and two tables."""
    found = json.loads(json.dumps(said))
    measured, machine = found["measured"], found["measured"]["machine"]
    packages = ", ".join(
        f"{name} {machine[name]}" for name in ("python", *_PACKAGES) if name in machine
    )
    rows = [
        [
            row["what"], row["contender"], f"{row['seconds']:,.2f}",
            f"{row['processor_seconds']:,.2f}", f"{row['peak_mb']:,.0f}",
        ]
        for row in found["rows"]
    ]  # fmt: skip
    targets = [
        [
            one["what"],
            f"{one['value']:g}",
            one["target"],
            {True: "yes", False: "no", None: ""}[one["met"]],
        ]
        for one in found["targets"]
    ]
    return (
        f"### {found['title']}\n\n"
        f"{measured['day']}; medians of {measured['repeats']}, interleaved; {machine['system']}, "
        f"{machine['cores']} cores, {machine['memory_gb']} GB, load {machine['load']} at the "
        f"start; {packages}.\n\n"
        + _table(["what", "contender", "wall s", "processor s", "peak MB"], rows, numbers=3)
        + "\n"
        + _table(["figure", "measured", "target", "met"], targets, numbers=0)
        + "\n"
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: int) -> str:
    rule = ["---"] * (len(head) - numbers) + ["---:"] * numbers
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, rule, *rows))

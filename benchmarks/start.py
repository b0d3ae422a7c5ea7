"""How long the command line takes to start, beside Python doing nothing."""

import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.measure import Run, fresh, interleaved, medians
from benchmarks.results import Result, Target

_HELP = "casescope --help"
_SHOW = "casescope study show"
_MOST_SECONDS = 0.3


def measure(*, repeats: int) -> Result:
    """Return the medians of starting: nothing, the help, and a small study shown."""
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        home = Path(folder) / "study"
        env = kept_in(Path(folder))
        fresh(casescope("study", "new", str(home)), env=env, says=False)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            _HELP: casescope("--help"),
            _SHOW: casescope("study", "show", str(home)),
        }
        runs = interleaved(
            {name: partial(_start, command, env) for name, command in commands.items()},
            repeats=repeats,
        )
    rows: list[dict[str, str | float]] = [
        {"what": "start", "contender": name, **medians(held)} for name, held in runs.items()
    ]
    helped = medians(runs[_HELP])["seconds"]
    return Result(
        name="start",
        title="Starting the command line",
        rows=rows,
        targets=[
            Target(
                f"{_HELP}, seconds", helped, f"under {_MOST_SECONDS}", met=helped < _MOST_SECONDS
            )
        ],
        notes={"python": ".".join(map(str, sys.version_info[:3]))},
    )


def casescope(*words: str) -> list[str]:
    """Return the command line of the installed `casescope`, as its users start it."""
    return [str(Path(sys.executable).with_name("casescope")), *words]


def kept_in(folder: Path) -> dict[str, str]:
    """Return the environment that keeps keys, register and archive inside a folder."""
    return {
        "CASESCOPE_KEYS": str(folder / "keys"),
        "CASESCOPE_STATE": str(folder / "state"),
        "CASESCOPE_ARCHIVE": str(folder / "archive"),
    }


def _start(command: list[str], env: dict[str, str]) -> Run:
    return fresh(command, env=env, says=False)

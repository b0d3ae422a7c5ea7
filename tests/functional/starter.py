"""Starts commands without waiting for an interpreter: it has the libraries imported, and forks.

Each command is a process of its own all the same, which imports what the doors are made of by
itself (cli, actions, register) and meets the same walls. `Place.process` uses it where there is
fork; `alone` there starts an interpreter for each command, as a person does.

    python -m tests.functional.starter

reads requests as lines of JSON, and answers each with its process id, then with its exit code.
"""

import atexit
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import Any

REPOSITORY = Path(__file__).parents[2]
LIBRARIES = (
    "click", "cryptography.fernet", "django.db.backends.sqlite3.base", "duckdb",
    "jinja2", "numpy", "openpyxl", "pyarrow.compute", "pyarrow.csv", "pyrage", "rich.console",
    "rich.progress", "splink", "sqlglot", "tomlkit",
)  # fmt: skip
ROOMS = ("kernel", "governance", "vault", "dataset", "identified", "findings", "exchange")
"""Our own packages that are imported once; none of them reads the environment as it is imported."""

_LOOKS_AGAIN = 0.02


class Starter:
    """The process that forks, and the way to it."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.functional.starter"],
            cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, words: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
        """Run `python -m WORDS`; return its exit code (as subprocess has it) and what it wrote."""
        with TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            self._start(words, environment, out, err)
            return self._told(), out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")

    def kill_when(self, said: str, words: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start `python -m WORDS`, and kill it once it says something that it must say."""
        with TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            child = self._start(words, environment, out, err)
            while not select([self._server.stdout], [], [], _LOOKS_AGAIN)[0]:
                if out.is_file() and said in out.read_text(encoding="utf-8"):
                    os.kill(child, signal.SIGKILL)  # nothing of the process runs any more
                    break
            assert self._told() == -signal.SIGKILL, err.read_text(encoding="utf-8")

    def _start(
        self, words: Sequence[str], environment: Mapping[str, str], out: Path, err: Path
    ) -> int:
        request = {"words": words, "environment": environment, "out": str(out), "err": str(err)}
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        return self._told()

    def _told(self) -> int:
        return int(self._server.stdout.readline())


@cache
def starter() -> Starter:
    """Return this process's starter; it ends when its standard input does."""
    return Starter()


def _serve() -> dict[str, Any] | None:
    """Fork for each request: in the child return it, in the parent None when there are no more."""
    for line in sys.stdin:
        request: dict[str, Any] = json.loads(line)
        child = os.fork()
        if child == 0:
            return request
        _tell(child)
        _tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    return None


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _become(request: dict[str, Any]) -> None:
    """Take the environment and the ends that were asked for, as a process of its own has them."""
    os.environ.clear()
    os.environ.update(request["environment"])
    ends = ((0, os.devnull), (1, request["out"]), (2, request["err"]))
    for number, path in ends:
        end = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(end, number)
        os.close(end)


def _run(words: Sequence[str]) -> int:
    """Run a module as `python -m` does; return its exit code."""
    sys.argv = list(words)
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            return ended.code or 0
        sys.stderr.write(f"{ended.code}\n")
        return 1
    except BaseException:  # noqa: BLE001 — as the interpreter does with what nobody caught
        traceback.print_exc()
        return 1
    return 0


def _import() -> None:
    for name in LIBRARIES:
        import_module(name)
    for room in ROOMS:
        package = import_module(f"casescope.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(found.name)


if __name__ == "__main__":
    _import()
    asked = _serve()
    if asked is not None:
        _become(asked)
        code = _run(asked["words"])
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        # libraries that take their threads down as they are unloaded look for those of the parent
        os._exit(code)

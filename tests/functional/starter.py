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
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
LIBRARIES = (
    "click", "cryptography.fernet", "django.db.backends.sqlite3.base", "duckdb",
    "jinja2", "numpy", "openpyxl", "pyarrow.compute", "pyarrow.csv", "pyrage", "rich.console",
    "rich.progress", "splink", "sqlglot", "tomlkit",
)  # fmt: skip
ROOMS = ("kernel", "governance", "vault", "dataset", "identified", "findings",
         "exchange")  # fmt: skip
"""Our own packages that are imported once; none of them reads the environment as it is imported."""


class Starter:
    """The process that forks, and the way to it."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.functional.starter"],
            cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    @contextmanager
    def started(
        self, words: Sequence[str], environment: Mapping[str, str], out: Path, err: Path
    ) -> Iterator["Started"]:
        """Start `python -m WORDS`; it is waited for at the end of the block."""
        self._ask({"words": words, "environment": environment, "out": str(out), "err": str(err)})
        started = Started(self._told())
        try:
            yield started
        finally:
            started.code = self._told()

    def _ask(self, request: dict[str, Any]) -> None:
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()

    def _told(self) -> int:
        return int(self._server.stdout.readline())


class Started:
    """A command: its process id, and when it has ended its exit code, as subprocess has it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.code: int | None = None


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

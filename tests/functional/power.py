"""Cuts the power after each durable change of a command, for real: a child process kills itself.

A durable change is one that `kernel.durable` settled, or a transaction of the register that ended.

    def test_killed_anywhere(...):
        at_every_cut(fresh, command, check)
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from casescope.kernel import durable

State = TypeVar("State")

MOST = 60
"""No command of ours makes so many durable changes: a loop that gets there does not end."""

_FAILED = 70


def at_every_cut(
    fresh: Callable[[], State],
    command: Callable[[State], object],
    check: Callable[[State, int], object],
) -> int:
    """Kill `command` after its first durable change, after its second, … until it ends by itself.

    Each time on a state that `fresh` makes, which `check` looks at afterwards (it runs the command
    again, and sees that there is one truth). Returns how often the power was cut.
    """
    for number in range(1, MOST):
        state = fresh()
        if is_completed(lambda: command(state), number):  # noqa: B023 — called before the next turn
            return number - 1
        check(state, number)
    raise AssertionError(f"the command still goes on after {MOST} durable changes")


def is_completed(command: Callable[[], object], cut: int) -> bool:
    """Run `command` in a child that is killed after durable change `cut`; say whether it ended."""
    _let_go()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    child = os.fork()
    if child == 0:
        _in_child(command, cut)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0, f"the command failed before its change number {cut}"
    return True


def changes(command: Callable[[], object]) -> list[str]:
    """Run `command` here; return what it changed for good, in order: what each cut comes after."""
    seen: list[str] = []
    with _told(seen.append):
        command()
    return seen


def _in_child(command: Callable[[], object], cut: int) -> None:
    """Run the command, and never return: nothing of the parent's own endings may run."""
    left = cut

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with _told(count):
            command()
        os._exit(0)
    except BaseException:  # noqa: BLE001 — whatever it is, the parent is told by the code
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(_FAILED)


@contextmanager
def _told(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of each durable change: the name of the file, or that the register took something in."""

    def settled(path: Path) -> None:
        tell(path.name)

    durable.AFTER.append(settled)
    try:
        with _register_told(tell):
            yield
    finally:
        durable.AFTER.remove(settled)


@contextmanager
def _register_told(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of each transaction of the register that ended; one within another is not over yet."""
    if "casescope.register.store" not in sys.modules:  # a partner has no register
        yield
        return
    from casescope.register.store import Register

    whole, depth = Register.transaction, 0

    @contextmanager
    def counted(register: Register) -> Iterator[None]:
        nonlocal depth
        depth += 1
        try:
            with whole(register):
                yield
        finally:
            depth -= 1
        if depth == 0:
            tell("the register")

    Register.transaction = counted
    try:
        yield
    finally:
        Register.transaction = whole


def _let_go() -> None:
    """Close the register: an open SQLite file must not be carried over a fork."""
    if "django.db" in sys.modules:
        from django.db import connections

        connections.close_all()

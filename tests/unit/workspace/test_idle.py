"""Somebody leaves a session open and goes home: at the lease's end it ends, with nobody typing."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="there is no terminal to pretend")


def read_until(master, words, seconds=40):
    said, until = b"", time.monotonic() + seconds
    while words not in said:
        assert time.monotonic() < until, said.decode(errors="replace")
        try:
            said += os.read(master, 4096)
        except OSError:
            break
    return said.decode(errors="replace")


def test_an_idle_session_ends_by_itself(side, council, keys_root):
    council.now = side.day.at = datetime.now(UTC).replace(microsecond=0)
    with side.open(council.send(ends_on=side.day.at.date().replace(year=2099)), council):
        pass
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unit.workspace.idle", "partner", "analyse", str(side.root)],
        stdin=slave, stdout=slave, stderr=slave, cwd=Path(__file__).parents[3],
        env={**os.environ, "CASESCOPE_KEYS": str(keys_root)},
    ) as process:  # fmt: skip
        os.close(slave)
        read_until(master, b"waiting for the lease")
        (request,) = set(side.outbox.glob("*request*")) - set(side.ear.requests)
        council.grants(request, side.inbox, last_day=side.day.at.date().replace(year=2099))
        said = read_until(master, b"never said: it reads to the end")
        assert process.wait(timeout=20) == 63
    os.close(master)
    assert "24 hours are spent" in said
    side.day.at = datetime.now(UTC)
    assert side.show()["sessions"][-1]["ended_at"] is not None

"""What time it is for a workspace: clocks that are handed in, and a past that binds.

The wall clock says the day. How long a session has lasted is told by a clock that nobody sets and
that goes on while the machine sleeps.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from casescope.exchange.messages.lease_time import Clock
from casescope.kernel.errors import LeaseRefused

SLACK = timedelta(minutes=2)
"""How far a clock may seem to go back: what time servers correct. It gives nobody a minute more,
because the newest time known is the one that counts."""


@dataclass(frozen=True)
class Clocks:
    """Where the time comes from: `wall` with its zone, `steady` in seconds; `sleep` waits."""

    wall: Callable[[], datetime]
    steady: Callable[[], float]
    sleep: Callable[[float], None]

    def read(self, newest: datetime | None = None) -> Clock:
        """Return the time that counts: never before the newest one known, else it is refused."""
        return Clock(settled(self.wall(), newest), self.steady())


def machine_clocks() -> Clocks:
    """Return the clocks of this machine."""
    return Clocks(lambda: datetime.now(UTC).astimezone(), _steady, time.sleep)


def _steady() -> float:
    """Return seconds since the machine started, those asleep included where it can tell."""
    number = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    if number is None:  # Windows: its monotonic clock counts sleep
        return time.monotonic()
    return time.clock_gettime(number)


def settled(now: datetime, newest: datetime | None) -> datetime:
    """Return the time that counts; refuse a clock that stands before what was written already."""
    if newest is None:
        return now
    if now < newest - SLACK:
        raise LeaseRefused(
            "This machine’s clock stands before the time at which the workspace was last used, "
            f"{newest.astimezone(UTC):%Y-%m-%d %H:%M} UTC.",
            "Set the clock right and run the command again; until then nothing opens.",
        )
    return max(now, newest.astimezone(now.tzinfo))

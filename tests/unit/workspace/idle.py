"""Runs `casescope partner analyse` on a clock that is far too quick; for a test alone."""

import sys
import time
from datetime import UTC, datetime

from casescope.cli.main import main
from casescope.exchange.workspace import clocks

BEGUN = time.monotonic()
QUICKER = 20_000


def quick() -> clocks.Clocks:
    def steady() -> float:
        return (time.monotonic() - BEGUN) * QUICKER

    return clocks.Clocks(lambda: datetime.now(UTC), steady, lambda _: time.sleep(0.05))


clocks.machine_clocks = quick
main(sys.argv[1:])

"""How long a lease holds: counted from opening by clocks that cannot be set back.

Time spent is the greater of what the steady clock and the wall clock say: the first goes on when
somebody sets the wall clock back, the second while a machine sleeps.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from casescope.exchange.messages.lease import CLOCKS_APART, Lease, end_of
from casescope.governance.study_file.exchange_lines import SESSION
from casescope.kernel.errors import LeaseRefused

_AGAIN = "Ask for a new lease: open the package again."


@dataclass(frozen=True)
class Meter:
    """What of a lease is spent, in seconds; kept beside it where the lease survives a restart.

    `latest` is the newest wall time seen, `steady` the steady clock (`time.monotonic`) at that
    moment, which means nothing in another process.
    """

    opened_at: datetime
    spent: float
    latest: datetime
    steady: float


@dataclass(frozen=True)
class Clock:
    """What a machine's clocks say now: wall time with its zone, and seconds of the steady clock."""

    wall: datetime
    steady: float


def opened(lease: Lease, clock: Clock) -> Meter:
    """Return a lease's meter as it is opened; refuses a clock that is before the granting."""
    if _between(lease.granted_at, clock.wall) < -CLOCKS_APART:
        raise LeaseRefused(
            "The lease is dated in the future by this machine’s clock.",
            "Set the clock right and ask for a new lease.",
        )
    meter = Meter(clock.wall, 0.0, clock.wall, clock.steady)
    check_holds(lease, meter)
    return meter


def ticked(meter: Meter, clock: Clock) -> Meter:
    """Return the meter later in the same process; a wall clock set back gives no time."""
    wall = _between(meter.latest, clock.wall)
    spent = max(0.0, clock.steady - meter.steady, wall.total_seconds())
    latest = clock.wall if wall > timedelta(0) else meter.latest
    return replace(meter, spent=meter.spent + spent, latest=latest, steady=clock.steady)


def resumed(lease: Lease, meter: Meter, clock: Clock) -> Meter:
    """Return the meter in another process, where only the wall clock tells what went by.

    Refuses a lease that dies with its session, a wall clock that was set back meanwhile, and a
    lease that has ended.
    """
    if lease.mode == SESSION:
        raise LeaseRefused("The lease ended with the session that it was given to.", _AGAIN)
    if _between(meter.latest, clock.wall) < timedelta(0):
        raise LeaseRefused(
            "This machine’s clock was set back since the lease was last used.",
            "Set the clock right; if it is right, ask for a new lease.",
        )
    again = ticked(replace(meter, steady=clock.steady), clock)
    check_holds(lease, again)
    return again


def check_holds(lease: Lease, meter: Meter) -> None:
    """Refuse to go on once the hours are spent or the study's last day is over."""
    if meter.spent >= lease.hours * 3600:
        raise LeaseRefused(f"The lease has ended: its {lease.hours} hours are spent.", _AGAIN)
    if meter.latest.date() > lease.last_day:
        raise LeaseRefused(
            "The study’s last day is over, and with it every lease.",
            "Finish: casescope partner finish WORKSPACE.",
        )


def left(lease: Lease, meter: Meter) -> timedelta:
    """Return how long the lease still holds, its hours and the end of the last day regarded."""
    to_the_end = _between(meter.latest, end_of(lease.last_day, meter.latest))
    spans = (timedelta(hours=lease.hours, seconds=-meter.spent), to_the_end)
    return max(timedelta(0), min(spans))


def _between(one: datetime, two: datetime) -> timedelta:
    """Return what lies between two moments, also where clocks are changed for the summer."""
    return two.astimezone(UTC) - one.astimezone(UTC)

"""The lines of study.toml on what is sent to a partner: how long a lease opens it, and where."""

from dataclasses import dataclass

from casescope.governance.study_file.line import Field, choice, whole

SESSION, WEEK = "session", "week"
MODES = (SESSION, WEEK)

LONGEST_HOURS = {SESSION: 24, WEEK: 7 * 24}
"""What a lease of each mode lasts at most."""

EXCHANGE_TABLE = (
    "What a partner's lease may be. Without a lease a package opens for nobody; a change counts "
    "from the next approval."
)


@dataclass(frozen=True)
class ExchangeLines:
    """[exchange]: the mode of a lease and the most hours of one."""

    lease_mode: str = SESSION
    lease_hours: int = 24


EXCHANGE_FIELDS = (
    Field("exchange", "lease_mode", "session: a lease opens the package for one sitting, its "
          "secret only in memory. week: for up to seven days, its secret on the partner's disk "
          "under a passphrase, so that it survives a restart and whoever gets both opens the "
          "package", choice(MODES), SESSION, later=True),
    Field("exchange", "lease_hours", "The most hours that a lease lasts from its opening: up to "
          "24 for a session, 168 for a week; never past the study's last day",
          whole(1, max(LONGEST_HOURS.values())), 24, later=True),
)  # fmt: skip


def hours_fault(mode: str, hours: int) -> str:
    """Say what is wrong with so many hours in a mode, nothing where all is well."""
    longest = LONGEST_HOURS[mode]
    if hours <= longest:
        return ""
    return f"exchange.lease_hours must not be above {longest} where lease_mode is {mode}"

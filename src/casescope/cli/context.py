"""What every command is told: who is at the keyboard, and what day it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from casescope.governance.roles import Actor


@dataclass(frozen=True)
class Context:
    """The person and the day; no flag and no environment variable sets either."""

    actor: Actor
    today: Callable[[], date]

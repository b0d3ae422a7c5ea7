"""Who is in the tests' study, where it lies, and how it is approved."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from casescope.actions.study import study as studies
from casescope.governance.roles import Actor

TODAY = date(2026, 11, 2)
ANN = Actor("ann")  # analyst
BOB = Actor("bob")  # approver
DEE = Actor("dee")  # data protection officer
DIR = Actor("dir")  # director
EVE = Actor("eve")  # nobody in this study

STORED = """
[storage]
stored_in = ["County Hall"]
processed_in = ["County Hall"]
"""

PEOPLE = f"""
[roles]
analyst = ["ann"]
approver = ["bob"]
dpo = ["dee"]
director = ["dir"]
{STORED}"""


@dataclass(frozen=True)
class Place:
    """Where one test's study, register and keys lie."""

    root: Path

    @property
    def home(self) -> Path:
        return self.root / "study"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    def edit(self, before: str, after: str) -> None:
        """Edit study.toml as a person would."""
        path = self.home / "study.toml"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def state_where(self) -> None:
        """Say in study.toml where the data lies, without which nobody approves it."""
        for name in ("stored_in", "processed_in"):
            self.edit(f"{name} = []", f'{name} = ["County Hall"]')


def approve(place: Place, *, actor: Actor = BOB, today: date = TODAY) -> None:
    studies.approve(
        place.home, dpia="D1", agreement="A1", notice="N1", basis="6(1)(e)",
        actor=actor, today=today,
    )  # fmt: skip


def days_later(days: int) -> date:
    return TODAY + timedelta(days=days)

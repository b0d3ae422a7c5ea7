"""A study with a report whose figures are made up, and three reviewers with keys of their own."""

import shutil
import sqlite3
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from casescope.actions.gate.gate import commit, open_gate
from casescope.actions.report import answer as reviewers_side
from casescope.actions.report import release, releases, report
from casescope.actions.study import study as studies
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.errors import NotAllowed
from casescope.register import open_register
from casescope.vault.layers import LayerRecord
from tests.integration.people import ANN, BOB, EVE, PEOPLE, TODAY, Place, approve
from tests.unit.report.county import county

FACES = ("json", "csv")
REVIEWERS = ("rae", "sam", "tom")
RAE, SAM = Actor("rae"), Actor("sam")


TABLES = ("flow", "tiers", "headline", "coverage", "caveats")


@cache
def figures(scale: float) -> Any:
    """A few tables of the made-up county: enough to release, and quick to write."""
    whole = county(scale)
    kept = tuple(table for table in whole.tables if table.id in TABLES)
    return replace(whole, tables=kept, curves=whole.curves[:1])


@dataclass
class Released:
    """A study of ann's, approved by bob with reviewers rae, sam and tom, its report written."""

    place: Place
    patch: pytest.MonkeyPatch
    scale: float = 1.0

    @property
    def home(self) -> Path:
        return self.place.home

    @property
    def study_id(self) -> str:
        return (self.home / ".casescope").read_text(encoding="ascii").strip()

    @property
    def archive(self) -> Path:
        return self.place.root / "archive" / self.study_id

    @property
    def public(self) -> Path:
        return self.home / "report" / "public"

    def key_of(self, name: str) -> Path:
        return self.place.root / f"{name}.key"

    def ledger(self):
        return open_register().entries(self.study_id)

    def load(self, step_key: str = "k1", today: date = TODAY) -> None:
        layers = [
            LayerRecord(name, "analysis", f"{name}.duckdb", step_key, "a" * 64, 10,
                        {"women": 3}, "2026-11-02T10:00:00+00:00")
            for name in ("extract", "dataset")
        ]  # fmt: skip
        permit = open_gate(self.home, Action.LOAD, actor=ANN, today=today)
        commit(permit, detail={"files": 1}, layers=layers)

    def report(self, today: date = TODAY) -> None:
        report.report(self.home, actor=ANN, today=today, edition="public", faces=FACES)

    def ask(self, actor: Actor = ANN, today: date = TODAY, **more) -> Path:
        return release.ask(self.home, context="for the committee", actor=actor, today=today, **more)

    def answer(self, request: Path, name: str, outcome: str = "accept", reason: str = "") -> Path:
        out = self.place.root / f"{request.stem}.{name}.{outcome}.json"
        out.unlink(missing_ok=True)
        return reviewers_side.answer(
            request, outcome, reason=reason or ("a table is wrong" if outcome == "return" else ""),
            key_file=self.key_of(name), out=out, today=TODAY,
        )  # fmt: skip

    def take(self, file: Path, actor: Actor = ANN, today: date = TODAY) -> dict[str, Any]:
        return release.take(self.home, file, actor=actor, today=today)

    def both_accept(self, request: Path) -> None:
        for name in ("rae", "sam"):
            self.take(self.answer(request, name))

    def publish(self, actor: Actor = ANN, today: date = TODAY) -> Path:
        return release.publish(self.home, actor=actor, today=today)[1]

    def row(self, name: str = "R1"):
        return open_register().request(self.study_id, name)


def lead_to(place: Place, patch: pytest.MonkeyPatch) -> Released:
    """Lead the environment to the place, and take made-up figures for what its data would give."""
    made = Released(place, patch)
    patch.setenv("CASESCOPE_STATE", str(place.state))
    patch.setenv("CASESCOPE_KEYS", str(place.keys))
    patch.setenv("CASESCOPE_ARCHIVE", str(place.root / "archive"))
    for module in ("data.reading", "report._requests"):
        patch.setattr(f"casescope.actions.{module}.stale_steps", lambda _: [])
    for module in ("report.report", "report._public_edition"):
        patch.setattr(f"casescope.actions.{module}.computed", lambda _: (figures(made.scale), {}))
    return made


def begin(made: Released) -> None:
    """Begin a study, approve it with reviewers, load made-up layers and write the report."""
    place = made.place
    given = place.root / "given.toml"
    given.write_text(PEOPLE, encoding="utf-8")
    studies.create(place.home, from_file=given, actor=BOB, today=TODAY)
    lines = [reviewers_side.key(made.key_of(name), actor=Actor(name)) for name in REVIEWERS]
    listed = ", ".join(f'"{line}"' for line in lines)
    place.edit("reviewer = []", f"reviewer = [{listed}]")
    approve(place)
    made.load()
    made.report()


def copied(place: Place, root: Path) -> Place:
    """Copy study, register, keys and archive; the copied register knows the copied folder."""
    shutil.copytree(place.root, root, dirs_exist_ok=True)
    copy = Place(root)
    with sqlite3.connect(copy.state / "register.sqlite3") as register:
        register.execute("UPDATE register_study SET home = ?", [str(copy.home.resolve())])
    register.close()
    return copy


def standing(made: Released):
    return releases.standing(made.home, actor=EVE, today=TODAY)


def state(made: Released) -> str:
    return standing(made)[-1]["state"]


def refused(made: Released, match: str, doing, *, kind=NotAllowed) -> None:
    """It is refused, and that is in the ledger in the same words."""
    with pytest.raises(kind, match=match) as caught:
        doing()
    assert made.ledger()[-1].detail == {"refused": caught.value.sentence}


def withdraw(made: Released, actor=BOB, reason="wrong", today=TODAY, release="R1"):
    return releases.withdraw(made.home, release, reason=reason, actor=actor, today=today)


def view(made: Released, actor=EVE):
    return releases.view(made.home, "R1", actor=actor, today=TODAY)


class Cut(BaseException):
    """Stands for the process being killed."""


def cut(*_, **__):
    raise Cut

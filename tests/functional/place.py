"""A study in folders of its own, worked on by real processes or by the actions themselves."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import tomlkit

from casescope.actions.checking.cohort import cohort
from casescope.actions.checking.quality import quality
from casescope.actions.data.load import load
from casescope.actions.data.run import run
from casescope.actions.report.findings import findings
from casescope.actions.report.report import report
from casescope.actions.study.study import approve, create
from casescope.cli.actor import current_actor
from casescope.synthetic import write_county
from tests.functional.starter import starter

ME = current_actor()
TODAY = datetime.now(UTC).astimezone().date()
"""The machine's day, for commands read it, and a study's days only go forwards."""
REPOSITORY = Path(__file__).parents[2]
APPROVAL = ("--dpia", "DPIA-7", "--agreement", "DSA-7", "--notice", "PN-7", "--basis", "6(1)(e)")
TRACEBACK = "Traceback"


@dataclass(frozen=True)
class Place:
    """Where one study, its register and its keys lie.

    `alone`: each command starts an interpreter of its own, as a person's does; else a process that
    is forked from one with the libraries imported.
    """

    root: Path
    alone: bool = False

    @property
    def home(self) -> Path:
        return self.root / "study"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "CASESCOPE_KEYS": str(self.keys),
            "CASESCOPE_STATE": str(self.state),
            "CASESCOPE_ARCHIVE": str(self.archive),
        }

    @property
    def is_forked(self) -> bool:
        return not self.alone and hasattr(os, "fork")

    @property
    def study_id(self) -> str:
        return (self.home / ".casescope").read_text(encoding="ascii").strip()

    def process(self, *words: object, module: str = "casescope") -> subprocess.CompletedProcess:
        """Run the command line as a person does: a process of its own, that reaches no network."""
        said = ["tests.functional.walled", module, *map(str, words)]
        if not self.is_forked:
            return subprocess.run(
                [sys.executable, "-m", *said],
                env=self.environment,
                cwd=REPOSITORY,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
        code, out, err = starter().run(said, self.environment)
        return subprocess.CompletedProcess(said, code, out, err)

    def say(self, *words: object) -> str:
        """Run a command that must succeed; return what it printed."""
        done = self.process(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, *words: object) -> Any:
        """Run a reading command with --json; return what it printed, parsed."""
        return json.loads(self.say(*words, "--json"))

    def refuse(self, *words: object) -> tuple[int, str]:
        """Run a command that must be refused by name; return its code and its words."""
        done = self.process(*words)
        assert 3 <= done.returncode <= 99, (done.returncode, done.stderr)
        assert TRACEBACK not in done.stderr
        first, *rest = [line for line in done.stderr.splitlines() if line.strip()]
        assert first.startswith("casescope: ")
        assert first.rstrip().endswith((".", "…"))
        assert len(rest) <= 1, "a sentence and a remedy"
        assert done.stdout == ""
        return done.returncode, done.stderr

    def layers(self) -> dict[str, str]:
        """Return the file of every layer in force, by name, as the register has it."""
        with sqlite3.connect(self.state / "register.sqlite3") as register:
            rows = register.execute(
                "SELECT name, file FROM register_layer WHERE superseded_at IS NULL ORDER BY id"
            ).fetchall()
        register.close()
        return dict(rows)

    def files(self) -> set[str]:
        """Return the names of the data files in the vault, whether in force or not."""
        return {
            path.name
            for path in (self.home / "vault").iterdir()
            if path.suffix in (".duckdb", ".part")
        }

    def copied(self, root: Path) -> "Place":
        """Copy study, register and keys; the copied register knows the copied folder."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        copy = Place(root)
        with sqlite3.connect(copy.state / "register.sqlite3") as register:
            register.execute("UPDATE register_study SET home = ?", [str(copy.home.resolve())])
        register.close()
        return copy


def write_extract(folder: Path, *, mothers: int, seed: int = 1) -> dict[str, Any]:
    """Write a pretend county; return its truth."""
    path = write_county(folder, mothers=mothers, seed=seed)
    return json.loads(path.read_text(encoding="utf-8"))


def stated(truth: dict[str, Any], **parameters: object) -> str:
    """Return a study.toml in which the user of this process holds every role."""
    names = [ME.name]
    return tomlkit.dumps(
        {
            "study": {
                "name": "A test",
                "authority": truth["authority"],
                "reference_date": date.fromisoformat(truth["reference_date"]),
            },
            "storage": {"stored_in": ["County Hall"], "processed_in": ["County Hall"]},
            "roles": {"analyst": names, "approver": names, "dpo": names, "director": names},
            "parameters": parameters,
        }
    )


def begin(place: Place, truth: dict[str, Any], *, today: date = TODAY) -> None:
    """Make and approve a study by the actions; the environment must lead to the place."""
    place.root.mkdir(parents=True, exist_ok=True)
    given = place.root / "given.toml"
    given.write_text(stated(truth), encoding="utf-8")
    create(place.home, from_file=given, actor=ME, today=today)
    approve(
        place.home, dpia="D", agreement="A", notice="N", basis="B", actor=ME, today=today
    )  # fmt: skip


def load_and_run(place: Place, *folders: Path, today: date = TODAY) -> None:
    load(place.home, folders, actor=ME, today=today)
    run(place.home, actor=ME, today=today)


def unreleased(place: Place, *, today: date = TODAY) -> dict[str, Any]:
    """Return what the council alone can read of a study, random ids left out."""
    told = {"actor": ME, "today": today}
    found: dict[str, Any] = {
        f"cohort {count}": without_random(
            cohort(place.home, reason="a test", everyone=True, removals=count, **told)
        )
        for count in ("broad", "strict", "wide")
    }
    found["quality"] = quality(place.home, **told)
    found["exact"] = findings(place.home, exact=True, **told)
    return found


def outputs(place: Place, *, with_report: bool = True, today: date = TODAY) -> dict[str, Any]:
    """Return everything that anybody can read of a study, random ids left out."""
    told = {"actor": ME, "today": today}
    found = unreleased(place, today=today)
    found["findings"] = findings(place.home, **told)
    if with_report:
        _, data = report(place.home, edition="working", faces=("html", "json"), **told)
        found["report"] = json.loads(data.read_text(encoding="utf-8"))
        found["report"].pop("provenance")
    return found


def without_random(found: dict[str, Any]) -> dict[str, Any]:
    """Return a cohort list without the ids that are drawn anew for each study."""
    women = [{k: v for k, v in woman.items() if k != "woman"} for woman in found["women"]]
    return {**found, "women": women}

"""The demo: a pretend county through the whole study, by pretend people, gates and all."""

import json
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import tomlkit

from casescope.actions.data.load import load
from casescope.actions.data.run import run
from casescope.actions.report.findings import findings
from casescope.actions.report.report import report
from casescope.actions.study.study import approve, create, show, withdraw
from casescope.governance.roles import Actor
from casescope.kernel.errors import NotAllowed, NotFound, VaultRefused
from casescope.kernel.progress import Progress, Silent
from casescope.synthetic import write_county

ANALYST = Actor("pretend.analyst", "pretended by the demo")
APPROVER = Actor("pretend.approver", "pretended by the demo")

_PRETENDED_VALUE = {
    "take_up": [0.65, 0.5, 0.8],
    "effect": [0.6, 0.4, 0.8],
    "effect_after": [0.2, 0.05, 0.4],
    "deferred": [0.35, 0.2, 0.5],
    "base_year": "2023-24",
}  # fmt: skip
"""Pretended, like everything in the demo: no share and no cost here has any source."""

_PRETENDED_COSTS = {
    "own_foster_week": "850 in 2023-24", "kinship_week": "400 in 2023-24",
    "placed_for_adoption_week": "100 in 2023-24", "residential_week": "6000 in 2023-24",
    "proceedings": "25000 in 2023-24", "adoption": "30000 in 2023-24",
    "guardianship_week": "150 in 2023-24",
    "cashable": ["own_foster_week", "kinship_week", "guardianship_week"],
}  # fmt: skip

_MARKER = ".casescope-demo"
_SILENT = Silent()


@dataclass(frozen=True)
class Demo:
    """Where the demo put things, and the released findings it came to."""

    study: Path
    county: Path
    truth: Path
    report: Path
    findings: dict[str, Any]


def demo(
    home: Path,
    *,
    mothers: int,
    seed: int,
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> Demo:
    """Invent a county, study it to its report, and return where everything is.

    An earlier demo in the same folder is withdrawn, keys and all, and made again. `actor` gets
    the pretend analyst's and approver's roles too, so that whoever ran the demo can go on from it.
    """
    _clear(home, actor, today)
    county, study = home / "county", home / "study"
    truth = write_county(county, mothers=mothers, seed=seed, progress=progress)
    stated = home / "study.toml"
    stated.write_text(_stated(truth, actor, today), encoding="utf-8")
    create(study, from_file=stated, actor=APPROVER, today=today)
    approve(
        study, dpia="DPIA-0 (pretend)", agreement="DSA-0 (pretend)", notice="PN-0 (pretend)",
        basis="None: every person in this study is invented", actor=APPROVER, today=today,
    )  # fmt: skip
    load(study, [county], actor=ANALYST, today=today, progress=progress)
    run(study, actor=ANALYST, today=today, progress=progress)
    paths = report(study, actor=ANALYST, today=today, progress=progress)
    found = findings(study, actor=ANALYST, today=today)
    return Demo(study, county, truth, paths[0], found)


def _clear(home: Path, actor: Actor, today: date) -> None:
    """Make room for the demo; refuse a folder that holds anything but an earlier demo."""
    if home.exists() and any(home.iterdir()) and not (home / _MARKER).is_file():
        raise NotAllowed(
            f"{home} holds files that are not an earlier demo's.",
            "Name an empty or a new folder with --home.",
        )
    study = home / "study"
    if (study / ".casescope").is_file() and _has_begun(study, actor, today):
        withdraw(study, reason="the demo is made again", actor=APPROVER, today=today)
    try:
        if home.exists():
            shutil.rmtree(home)
        home.mkdir(parents=True)
        (home / _MARKER).write_text(f"made by {actor.name}\n", encoding="utf-8")
    except OSError as error:
        raise VaultRefused(
            f"{home} cannot be made anew.",
            "Close what is open of it in other programs, or name a folder of yours with --home.",
        ) from error


def _has_begun(study: Path, actor: Actor, today: date) -> bool:
    """Say whether an earlier demo's study still has keys to destroy."""
    try:
        return show(study, actor=actor, today=today)["stage"] not in ("closed", "withdrawn")
    except NotFound:  # its register is gone, and so are its keys
        return False


def _stated(truth: Path, actor: Actor, today: date) -> str:
    """Return the study.toml of the pretend county's study."""
    county = json.loads(truth.read_text(encoding="utf-8"))
    return tomlkit.dumps(
        {
            "study": {
                "name": "Demonstration on a pretend county",
                "authority": county["authority"],
                "partner": "Pause",
                "reference_date": date.fromisoformat(county["reference_date"]),
            },
            "notice": {"published": today - timedelta(days=60)},
            "roles": {
                "analyst": [ANALYST.name, actor.name],
                "approver": [APPROVER.name, actor.name],
                "dpo": [actor.name],
            },
            "storage": {"stored_in": ["this machine"], "processed_in": ["this machine"]},
            "value": _PRETENDED_VALUE,
            "costs": _PRETENDED_COSTS,
        }
    )

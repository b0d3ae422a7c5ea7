"""The tutorial runs: every shell block is executed, and shows what the page says it shows."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from casescope.cli.main import COMMANDS
from tests.docs.pages import ROOT, Block, blocks

TUTORIAL = ROOT / "docs" / "tutorial" / "first-study.md"
NUMBER = r"[\d.,:-]*\d"


@pytest.fixture
def shell(tmp_path):
    """Run one block as a reader would, with study, keys and register in a folder of its own."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "CASESCOPE_KEYS": str(tmp_path / "keys"),
        "CASESCOPE_STATE": str(tmp_path / "state"),
        "CASESCOPE_ARCHIVE": str(tmp_path / "archive"),
    }
    environment.pop("DATABASE_URL", None)

    def run(text):
        return subprocess.run(
            ["sh", "-eu", "-c", text], cwd=tmp_path, env=environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def pattern(line: str) -> str:
    """Return what a shown line means: numbers, ids and days may differ, `…` stands for anything."""
    parts = re.split(r"(…|\d[\d.,:-]*\d|\d|\s+)", line.strip())
    meant = {"…": ".*"}
    return "".join(
        meant.get(part)
        or (NUMBER if part[:1].isdigit() else r"\s+" if part.isspace() else re.escape(part))
        for part in parts
        if part
    )


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        ("Loaded 12,401 rows", "Loaded 9 rows", True),
        ("on 2026-11-22.", "on 2027-01-02.", True),
        ("a … b", "a long way to b", True),
        ("identities   done", "  identities done", True),
        ("identities   done", "identities   unchanged", False),
        ("Loaded 12,401 rows", "Loaded no rows", False),
    ],
)
def test_shown_lines_match_loosely_but_not_anything(shown, said, same):
    assert bool(re.search(pattern(shown), said)) is same


def somebody(shell) -> str:
    """Return the case-system id of a woman in the cohort who has one record."""
    said = shell('casescope cohort study --reason "choosing a woman to restrict" --json')
    women = json.loads(said.stdout)["women"]
    return next(woman["person_ids"][0] for woman in women if len(woman["person_ids"]) == 1)


def told_by_telephone(shell) -> str:
    """Return the fingerprint of the charity's card, as its owner reads it out."""
    said = shell("casescope partner show charity --json").stdout
    fingerprint: str = json.loads(said)["fingerprint"]
    return fingerprint


def test_the_tutorial_runs(shell, tmp_path):
    said, person = "", "PERSON"
    for block in blocks(TUTORIAL):
        if block.language == "toml":
            (tmp_path / block.more).write_text(block.text, encoding="utf-8")
        elif block.language == "text":
            check_shown(block, said)
        elif block.language == "sh":
            if "PERSON" in block.text:
                person = somebody(shell)
            text = block.text
            if "FINGERPRINT" in text:
                text = text.replace("FINGERPRINT", told_by_telephone(shell))
            said = done(shell, replace(block, text=text), person)
            assert person not in said, "she who was restricted is named in what follows"
    assert person != "PERSON"
    assert not list((tmp_path / "study" / "vault").glob("*.duckdb"))
    assert (tmp_path / "study" / "report" / "report.html").is_file()


def done(shell, block: Block, person: str) -> str:
    expected = int(block.more.removeprefix("exit=") or 0)
    ran = shell(block.text.replace("PERSON", person))
    said = ran.stdout + ran.stderr
    assert ran.returncode == expected, f"{block.text}\n{said}"
    return said


def check_shown(block: Block, said: str) -> None:
    for line in filter(str.strip, block.text.splitlines()):
        assert re.search(pattern(line), said), f"not shown: {line}\n{said}"


def test_the_tutorial_meets_every_command():
    text = "".join(block.text for block in blocks(TUTORIAL) if block.language == "sh")
    missing = {name for name in COMMANDS if f"casescope {name}" not in text}
    assert missing == {"demo", "audit"}, "the README begins with one; the other has its own page"


def test_the_tutorial_names_the_pretend_council_rightly(tmp_path):
    from casescope.synthetic import write_county

    truth = json.loads(write_county(tmp_path, mothers=5, seed=1).read_text(encoding="utf-8"))
    stated = next(block.text for block in blocks(TUTORIAL) if block.language == "toml")
    assert f'"{truth["authority"]}"' in stated
    assert truth["reference_date"] in stated

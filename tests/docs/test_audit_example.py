"""The worked example runs: every command ends as the page says, and prints what the page shows."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Block, blocks

PAGE = ROOT / "docs" / "how-to" / "audit-published-tables.md"
EXAMPLE = ROOT / "docs" / "how-to" / "audit-example"


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the example, in which a command may be run."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


def ran(folder: Path, block: Block) -> str:
    words = block.text.split()
    command = [str(Path(sys.executable).with_name(words[0])), *words[1:]]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == int(block.more.removeprefix("exit=") or 0), done.stderr
    return done.stdout


def shown(line: str) -> str:
    """Return a line as a pattern: `…` stands for anything, spaces for any spaces."""
    parts = re.split(r"(…|\s+)", line.strip())
    return "".join(
        ".*" if part == "…" else r"\s+" if part.isspace() else re.escape(part) for part in parts
    )


def test_the_example_runs_and_writes_nothing(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said, commands = "", 0
    for block in blocks(PAGE):
        if block.language == "sh":
            said, commands = ran(folder, block), commands + 1
        elif block.more.startswith("file="):
            published = (EXAMPLE / block.more.removeprefix("file=")).read_text(encoding="utf-8")
            assert published.startswith(block.text)
        else:
            for line in block.text.splitlines():
                assert re.search(shown(line), said), f"not shown: {line}\n{said}"
    assert commands == 4
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_sum_in_the_text_is_the_tables():
    tables = EXAMPLE / "second"
    needs = (tables / "women-by-district-and-need.csv").read_text(encoding="utf-8")
    districts = (tables / "women-by-district.csv").read_text(encoding="utf-8")
    assert "Ashvale,94\n" in districts
    counts = re.findall(r"^Ashvale,[a-z ]+,(\d+)$", needs, flags=re.MULTILINE)
    assert counts == ["38", "22", "31"]
    assert 94 - 38 - 22 - 31 == 3
    text = PAGE.read_text(encoding="utf-8")
    assert "94 women in Ashvale, less 38, 22 and 31, are the 3 women" in text


def test_both_editions_hold_the_same_first_table():
    first, second = (EXAMPLE / part / "women-by-district-and-need.csv"
                     for part in ("first", "second"))  # fmt: skip
    assert first.read_bytes() == second.read_bytes()

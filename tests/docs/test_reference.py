"""The reference pages are what the code says, and name every command, code and table."""

import re
import shlex
from itertools import takewhile

import click
import pytest
from click.testing import CliRunner

from casescope.cli.main import COMMANDS, root
from casescope.cli.reference.__main__ import reference
from casescope.cli.reference.commands import EXAMPLES, every_command
from casescope.cli.reference.drawn import read_section
from casescope.cli.reference.pages import PAGES, differing, written
from casescope.cli.reference.rules import refusals
from casescope.cli.reference.study_file import accepted
from casescope.governance.study_file.fields import FIELDS
from tests.docs.pages import PAGES as EVERY_PAGE
from tests.docs.pages import ROOT, blocks

REFERENCE = ROOT / "docs" / "reference"
EVERY_COMMAND = list(every_command())


def test_the_pages_are_what_the_code_says():
    assert differing(REFERENCE) == [], "run make fix"


def test_a_page_that_differs_is_named_and_others_are_left_alone(tmp_path):
    written(tmp_path)
    (tmp_path / "by-hand.md").write_text("not made", encoding="utf-8")
    runner = CliRunner()
    assert runner.invoke(reference, ["--check", str(tmp_path)]).exit_code == 0
    page = tmp_path / "stages.md"
    page.write_text(page.read_text(encoding="utf-8") + "edited", encoding="utf-8")
    result = runner.invoke(reference, ["--check", str(tmp_path)])
    assert result.exit_code == 1
    assert f"{page} differs from what the code says; run make fix." in result.stderr
    assert (tmp_path / "by-hand.md").read_text(encoding="utf-8") == "not made"


def test_every_page_is_in_the_index():
    index = (REFERENCE / "README.md").read_text(encoding="utf-8")
    for page in REFERENCE.glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in index, page.name


@pytest.mark.parametrize(("words", "context"), EVERY_COMMAND, ids=lambda one: str(one)[:30])
def test_every_command_has_help_and_is_documented(words, context):
    assert (context.command.help or "").strip()
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert f" casescope {words}\n" in page


def test_every_command_but_a_group_has_an_example():
    single = {words for words, one in EVERY_COMMAND if not isinstance(one.command, click.Group)}
    assert set(EXAMPLES) == single


def test_the_help_says_the_same_in_the_list_and_by_itself():
    assert {words for words, _ in EVERY_COMMAND if " " not in words} == set(COMMANDS)


def command_lines() -> list[tuple[str, str]]:
    """Return every casescope command line in the pages, with the page it stands in."""
    return [
        (page.relative_to(ROOT).as_posix(), line.strip())
        for page in EVERY_PAGE
        for block in blocks(page)
        if block.language == "sh"
        for line in block.text.splitlines()
        if line.strip().startswith("casescope ")
    ]


@pytest.mark.parametrize(("page", "line"), command_lines())
def test_every_command_line_in_the_pages_is_understood(page, line, tmp_path, monkeypatch):
    """Parsed, not run; folders and files that the pages name are there."""
    monkeypatch.chdir(tmp_path)
    for folder in ("county", "EXTRACTS", "TABLES", "tables", "first", "second"):
        (tmp_path / folder).mkdir()
    for file in (
        "start.toml",
        "mapping.toml",
        "public-totals.csv",
        "package.casepkg",
        "post.casepkg",
        "new.casepkg",
        "ask.sql",
    ):
        (tmp_path / file).touch()
    words = shlex.split(line, comments=True)[1:]
    words = list(takewhile(lambda word: word not in (">", "&"), words))  # the rest is the shell's
    understood(root, "casescope", words, None)


def understood(command, name, words, parent) -> None:
    context = command.make_context(name, list(words), parent=parent)
    if isinstance(command, click.Group):
        named, inner, rest = command.resolve_command(
            context, context._protected_args + context.args
        )
        understood(inner, named, rest, context)


def test_every_exit_code_is_documented_once():
    page = (REFERENCE / "exit-codes.md").read_text(encoding="utf-8")
    kinds = list(refusals())
    assert len({kind.exit_code for kind in kinds}) == len(kinds) >= 8
    for kind in kinds:
        assert f"| {kind.exit_code} | {kind.__name__} |" in page
    for code in (0, 1, 2, 130):
        assert f"\n| {code} | " in page


@pytest.mark.parametrize("line", FIELDS, ids=lambda line: f"{line.table}.{line.name}")
def test_every_line_of_the_study_file_says_what_it_may_be(line):
    assert accepted(line).startswith("must be")
    row = rf"\| `{line.name}` \|.*must be"
    assert re.search(row, (REFERENCE / "parameters.md").read_text(encoding="utf-8"))


def test_bounds_stand_beside_the_parameters():
    page = (REFERENCE / "parameters.md").read_text(encoding="utf-8")
    assert re.search(r"`lookback_years` .* `5` .* between 1 and 30", page)


def test_a_page_is_made_for_each_entry_and_has_a_title():
    for name, (about, make) in PAGES.items():
        assert about
        assert make().startswith("# "), name


SPECIFICATION = '''
"""What a section says."""

from tests.worlds import world

ONE = ["2021-01-01 c1 court"]


def test_a_gap_of_one_day_joins(cohort_of):
    """ "or up to `gap_days` later" """
    answer = cohort_of(world(removals="strict", episodes=f"""
        CHILD | DECOM
        c1    | {start}
    """))
    assert answer.events("m1") == [*ONE, "2022-01-01 c2 court"]
'''


def test_a_specification_test_is_read_as_a_paragraph(tmp_path):
    path = tmp_path / "test_gaps.py"
    path.write_text(SPECIFICATION, encoding="utf-8")
    section = read_section(path)
    (paragraph,) = section.paragraphs
    assert (section.name, section.says) == ("gaps", "What a section says.")
    assert paragraph.title == "a gap of one day joins"
    assert paragraph.says == '"or up to `gap_days` later"'
    assert [name for name, _ in paragraph.drawn] == ["episodes"]
    assert "c1    | {start}" in paragraph.drawn[0][1]
    assert paragraph.given == ("removals='strict'",)
    assert paragraph.expected == (
        "events of 'm1' = ['2021-01-01 c1 court', '2022-01-01 c2 court']",
    )

"""What is typed wrongly is answered with what to type; each command is found by its purpose."""

from datetime import date

import pytest
from click.testing import CliRunner

from casescope.cli.context import Context
from casescope.cli.main import COMMANDS, SECTIONS, main, root
from casescope.governance.roles import Actor

CONTEXT = Context(Actor("jo"), lambda: date(2026, 11, 2))


def said(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(root, [str(word) for word in words], obj=CONTEXT)
    return done.exit_code, done.output


def test_the_help_lists_each_command_once_under_a_purpose():
    listed = [name for _, names in SECTIONS for name in names]
    assert sorted(listed) == sorted(COMMANDS)
    _, help_ = said("--help")
    assert all(title in help_ for title, _ in SECTIONS)
    assert "Begin with casescope demo" in help_


@pytest.mark.parametrize(("typed", "advice"), [
    ("lod", "did you mean load?"), ("cohorts", "did you mean cohort?"),
    ("xyzzy", "casescope --help lists them."),
])  # fmt: skip
def test_a_command_that_is_misspelt(typed, advice):
    code, output = said(typed, "study")
    assert code == 2
    assert f"There is no command '{typed}'; {advice}" in output


def test_pairs_takes_its_study_first_and_says_so():
    code, output = said("pairs", "list", "my study")
    assert code == 2
    assert "casescope pairs 'my study' list" in output


def test_a_refusal_to_the_partner_names_the_workspace(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["partner", "show", str(tmp_path / "of us")], context=CONTEXT)
    told = capsys.readouterr().err
    assert f"casescope partner init '{tmp_path / 'of us'}'" in told

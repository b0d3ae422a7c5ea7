"""What is typed wrongly is answered with what to type; each command is found by its purpose."""

import signal
from datetime import date

import pytest
from click.testing import CliRunner

from casescope.cli.context import Context
from casescope.cli.demo import _coverage
from casescope.cli.findings import in_words
from casescope.cli.main import COMMANDS, SECTIONS, main, root
from casescope.governance.roles import Actor
from casescope.kernel.notices import tell

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


@pytest.fixture
def heard():
    """Ctrl-C as at a keyboard: what runs in the background begins with it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_a_fault_that_ctrl_c_makes_is_no_fault_of_ours(capsys, monkeypatch):
    """A database that is stopped in a query says so by a fault of its own."""

    def stopped(*_, **__):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted") from None

    monkeypatch.setattr("casescope.cli.main.root.main", stopped)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(SystemExit) as ended:
        main(["run", "study"], context=CONTEXT)
    assert ended.value.code == 130
    assert capsys.readouterr().err == "casescope: stopped; what was finished before stands.\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_a_fault_by_itself_is_ours_and_its_message_is_not_told(capsys, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("Ada Lovelace, 1815-12-10")

    monkeypatch.setattr("casescope.cli.main.root.main", fails)
    with pytest.raises(SystemExit) as ended:
        main(["run", "study"], context=CONTEXT)
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert "a fault of ours, RuntimeError" in told
    assert "Ada" not in told


def test_a_notice_cannot_steer_the_terminal(capsys, monkeypatch):
    """It may quote a column of a mapping, or a path, that somebody else wrote."""
    monkeypatch.setattr("casescope.cli.main.root.main", lambda **_: tell("a column \x1b[2J"))
    with pytest.raises(SystemExit):
        main(["run", "study"], context=CONTEXT)
    assert capsys.readouterr().err == "casescope: a column \N{REPLACEMENT CHARACTER}[2J\n"


def test_findings_stand_in_columns():
    table = {
        "title": "Women by age", "dimensions": ["Age"], "columns": ["T1", "T1 at most"],
        "rows": [{"labels": [age], "cells": [{"shown": one}, {"shown": other}]}
                 for age, one, other in (("Under 20", "7 or fewer", "10"), ("20–24", "15", "20"))],
    }  # fmt: skip
    assert in_words({"tables": [table]}, exact=False).splitlines() == [
        "Women by age",
        "  Age               T1  T1 at most",
        "  Under 20  7 or fewer          10",
        "  20–24             15          20",
    ]


def test_a_county_where_nothing_can_be_written_is_refused_by_its_name(tmp_path, capsys):
    (tmp_path / "a file").touch()
    folder = tmp_path / "a file" / "county"
    with pytest.raises(SystemExit) as ended:
        main(["synth", str(folder), "--mothers", "5"], context=CONTEXT)
    assert ended.value.code == 30
    assert f"{folder} cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(("children", "share", "said"), [
    ("2,235", "99% or more", "found for 99% or more of 2,235 removed children"),
    ("40", "88%", "found for 88% of 40 removed children"),
    ("withheld", "7 or fewer", "too few children were removed to show it"),
    ("7 or fewer", "withheld", "too few children were removed to show it"),
])  # fmt: skip
def test_the_demo_says_its_coverage_as_a_sentence(children, share, said):
    row = {"labels": ["All", "All"], "cells": [{"shown": children}, {"shown": share}]}
    table = {"columns": ["Removed children", "Share found"], "rows": [row]}
    assert _coverage(table).endswith(said)

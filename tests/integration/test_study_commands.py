"""casescope study and casescope ledger, as typed."""

import json
import os
import shlex
import stat
from datetime import date

import click
import pytest
from click.testing import CliRunner

from casescope.actions.report.answer import key
from casescope.cli.actor import current_actor
from casescope.cli.context import Context
from casescope.cli.ledger import ledger
from casescope.cli.main import main, root
from casescope.cli.study import study
from casescope.governance.roles import Actor
from casescope.kernel import notices
from casescope.kernel.errors import UserError
from tests.integration.people import STORED, TODAY, Place


@click.group(context_settings=root.context_settings)  # a command keeps the help option it had first
def casescope() -> None:
    pass


casescope.add_command(study)
casescope.add_command(ledger)


@pytest.fixture
def run(place: Place):
    def typed(*words: object, by: str = "jo", on: date = TODAY, code: int = 0, answer: str = ""):
        context = Context(Actor(by), lambda: on)
        result = CliRunner().invoke(casescope, [str(word) for word in words], answer, obj=context)
        error = result.exception
        if error is not None and not isinstance(error, UserError | SystemExit):
            raise error
        got = error.exit_code if isinstance(error, UserError) else result.exit_code
        assert got == code, result.output
        return result.output

    return typed


@pytest.fixture
def begun(run, place: Place) -> Place:
    run("study", "new", place.home)
    place.state_where()
    return place


def approve(run, place: Place, **how) -> str:
    return run(
        "study", "approve", place.home, "--dpia", "D1", "--agreement", "A1",
        "--notice", "N1", "--basis", "6(1)(e)", **how,
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="Windows hands permissions down itself")
def test_what_one_makes_in_folders_of_a_group_is_the_groups_but_for_a_reviewers_key(place):
    """Whoever could read that key could answer for a release in the reviewer's name."""
    for folder in (place.keys, place.state):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o2770)
    key(actor=Actor("rae"))
    made = CliRunner().invoke(
        root, ["study", "new", str(place.home)], obj=Context(Actor("jo"), lambda: TODAY)
    )
    assert made.exit_code == 0, made.output
    modes = {path.name: stat.S_IMODE(path.stat().st_mode)
             for path in place.keys.rglob("*") if path.is_file()}  # fmt: skip
    assert modes.pop("own.key") == 0o600
    assert {"identified.key", "analysis.key"} <= set(modes)
    assert set(modes.values()) == {0o660}


def test_whoever_approves_is_told_that_nobody_said_where_the_data_lies(run, place, monkeypatch):
    """The privacy notice promises the United Kingdom; who approves answers for it."""
    told: list[str] = []
    monkeypatch.setattr(notices, "LISTENERS", [told.append])
    run("study", "new", place.home)
    approve(run, place)
    assert any("does not say where data is stored" in one for one in told)
    told.clear()
    place.state_where()
    approve(run, place)
    assert told == []


def test_new_says_where_and_what_next(run, place):
    output = run("study", "new", place.home)
    assert str(place.home / "study.toml") in output
    assert "casescope study approve" in output


def test_new_from_a_file(run, place):
    given = place.root / "given.toml"
    given.write_text('[study]\nauthority = "Somewhere County Council"\n')
    run("study", "new", place.home, "--from", given)
    assert "Somewhere County Council" in run("study", "show", place.home)


def test_the_life_of_a_study(run, begun):
    assert "2026-11-30" in approve(run, begun)
    shown = json.loads(run("study", "show", begun.home, "--json"))
    assert (shown["stage"], shown["approval"]["by"]) == ("approved", "jo")
    run("study", "withdraw", begun.home, "--reason", "no basis after all")
    assert json.loads(run("study", "show", begun.home, "--json"))["stage"] == "withdrawn"
    approve(run, begun, code=20)


def test_the_window_as_the_approver_states_it(run, begun):
    output = run(
        "study", "approve", begun.home, "--dpia", "D", "--agreement", "A", "--notice", "N",
        "--basis", "B", "--notice-published", "2026-10-01", "--objection-days", "10",
    )  # fmt: skip
    assert "2026-10-11" in output


def test_a_day_is_written_one_way(run, begun):
    output = run(
        "study", "extend", begun.home, "--until", "1/2/2027", "--reason", "r", "--notice", "N",
        code=2,
    )  # fmt: skip
    assert "2026-10-31" in output


def test_a_refusal_names_the_study_so_that_it_can_be_pasted(place, capsys):
    home = place.root / "Mary O'Brien"
    context = Context(Actor("jo"), lambda: TODAY)
    with pytest.raises(SystemExit) as ended:
        main(["run", str(home)], context=context)
    assert ended.value.code == 21
    assert f"casescope study new {shlex.quote(str(home))}\n" in capsys.readouterr().err
    for words, code in ((["study", "new", str(home)], 0), (["load", str(home), "."], 20)):
        with pytest.raises(SystemExit) as ended:
            main(words, context=context)
        assert ended.value.code == code
        told = capsys.readouterr()
        assert f"casescope study approve {shlex.quote(str(home))} --dpia" in told.out + told.err


def test_only_the_dpo_extends(run, begun):
    approve(run, begun)
    words = ("study", "extend", begun.home, "--until", "2027-03-01", "--reason", "r")
    run(*words, "--notice", "N2", code=20)


def test_leave_for_small_counts_is_given_and_withdrawn_by_the_dpo_alone(run, place):
    given = place.root / "given.toml"
    given.write_text('[roles]\nanalyst = ["jo"]\napprover = ["jo"]\ndpo = ["dee"]\n' + STORED)
    run("study", "new", place.home, "--from", given)
    words = ("study", "approve-working", place.home, "--reason", "a check against the records")
    run(*words, by="dee", code=20)  # a draft: nothing to give leave for
    approve(run, place)
    run(*words, by="jo", code=20)
    assert "--small-counts" in run(*words, by="dee")
    shown = json.loads(run("study", "show", place.home, "--json"))
    assert shown["small_counts"]["by"] == "dee"
    assert "small counts      allowed by dee on 2026-11-02" in run("study", "show", place.home)
    assert "follows the study's own rules again" in run(*words, "--withdraw", by="dee")
    assert json.loads(run("study", "show", place.home, "--json"))["small_counts"] is None


def test_closing_asks_unless_told_not_to(run, begun):
    approve(run, begun)
    assert "Go on?" in run("study", "close", begun.home, code=1, answer="n\n")
    assert json.loads(run("study", "show", begun.home, "--json"))["keys"] == "present"
    run("study", "close", begun.home, "--yes", code=20)  # nothing was loaded: withdraw instead


def test_a_stranger_is_refused_and_that_is_in_the_ledger(run, begun):
    approve(run, begun, by="eve", code=20)
    assert "eve" in run("ledger", "show", begun.home)
    entries = json.loads(run("ledger", "show", begun.home, "--json"))
    assert "eve does not hold" in entries[-1]["detail"]["refused"]


def test_check_exits_with_the_code_of_what_is_wrong(run, begun):
    assert "Nothing is wrong" in run("study", "check", begun.home)
    begun.edit("age_min = 16", "age_mim = 16")
    assert "did you mean age_min?" in run("study", "check", begun.home, code=11)
    result = json.loads(run("study", "check", begun.home, "--json", code=11))
    assert result["sound"] is False
    approve(run, begun, code=11)


def test_verify_says_what_is_broken(run, begun):
    assert "1 entry, sound" in run("ledger", "verify", begun.home)
    assert json.loads(run("ledger", "verify", "--json"))[0]["sound"] is True
    from casescope.register.models import LedgerEntry

    LedgerEntry.objects.update(actor="eve")
    assert "Entry 1: its content no longer" in run("ledger", "verify", begun.home, code=40)
    (verdict,) = json.loads(run("ledger", "verify", begun.home, "--json", code=40))
    assert verdict["faults"] == ["Entry 1: its content no longer has its hash."]
    run("ledger", "verify", code=40)


def test_a_folder_that_is_no_study(run, place):
    run("study", "show", place.home, code=21)


@pytest.mark.parametrize("name", ["USER", "LOGNAME", "USERNAME", "SUDO_USER", "LNAME"])
def test_the_actor_is_not_read_from_the_environment(monkeypatch, name):
    before = current_actor()
    monkeypatch.setenv(name, "somebody.else")
    assert current_actor() == before
    assert before.name != "somebody.else"

"""casescope release, as typed: what each command says, and to whom."""

import json

import pytest
from click.testing import CliRunner

from casescope.actions.report.answer import line_of
from casescope.cli.context import Context
from casescope.cli.main import root
from casescope.cli.reference.release_files import RECORD_HOLDS
from casescope.governance.roles import Actor
from casescope.kernel.errors import UserError
from tests.integration.people import TODAY
from tests.integration.releasing import Released


@pytest.fixture
def say(made: Released):
    def typed(*words: object, by: str = "ann", code: int = 0) -> str:
        context = Context(Actor(by), lambda: TODAY)
        result = CliRunner().invoke(root, ["release", *map(str, words)], obj=context)
        error = result.exception
        if error is not None and not isinstance(error, UserError | SystemExit):
            raise error
        got = error.exit_code if isinstance(error, UserError) else result.exit_code
        assert got == code, result.output
        return f"{result.output}{error if code else ''}"

    return typed


@pytest.fixture
def answered(made: Released, say):
    """Ask, and let two answer by command."""
    say("ask", made.home, "--context", "for  the\ncommittee")
    request = made.home / "report" / "requests" / "R1.request.zip"
    for name in ("rae", "sam"):
        out = made.place.root / f"{name}.json"
        say("answer", request, "--accept", "--key", made.key_of(name), "--out", out, by=name)
        say("take", made.home, out)
    return made


def test_a_key_is_made_once_and_its_line_is_what_study_toml_takes(made, say, monkeypatch):
    monkeypatch.setenv("CASESCOPE_KEYS", str(made.place.root / "rae-at-home"))
    line = say("key", by="rae").splitlines()[-1].strip().strip('"')
    name, fingerprint = line.rsplit(" ", 1)
    assert name == "rae"
    assert len(fingerprint) == 39
    assert line in say("key", by="rae", code=20), "it says what it is called"
    assert "una " in say("key", "--key", made.place.root / "una.key", "--name", "una", by="rae")


def test_the_approver_is_told_which_keys_they_answer_for(made, say):
    result = CliRunner().invoke(
        root,
        ["study", "approve", str(made.home), "--dpia", "D", "--agreement", "A", "--notice", "N",
         "--basis", "B"],
        obj=Context(Actor("bob"), lambda: TODAY),
    )  # fmt: skip
    for name in ("rae", "sam", "tom"):
        name, fingerprint = line_of(made.key_of(name)).rsplit(" ", 1)
        assert f"this key being that of {name}: {fingerprint}" in result.output


def test_looking_makes_no_answer(made, say):
    assert "R1.request.zip" in say("ask", made.home, "--context", "for the committee")
    request = made.home / "report" / "requests" / "R1.request.zip"
    said = say("answer", request, "--files", made.place.root / "look")
    assert "for the committee" in said
    assert "audit     Audited: no small group can be worked out" in said
    assert "opensafely" in said
    assert "No answer was made" in said
    assert (made.place.root / "look" / "report.json").is_file()
    assert "needs a reason" in say("answer", request, "--return", "--key", made.key_of("rae"),
                                   code=20)  # fmt: skip
    assert "There is no key" in say("answer", request, "--accept", code=21)


def test_the_way_from_asking_to_withdrawing(answered, say, tmp_path):
    home = answered.home
    shown = say("show", home)
    assert "both accept" in shown
    assert "for the committee" in shown
    assert "R1 is released" in say("publish", home)
    assert "released" in say("list", home)
    assert json.loads(say("list", home, "--json"))[0]["state"] == "released"
    assert str(answered.archive / "R1") in say("view", home, "R1", by="eve")
    assert "files to" in say("download", home, "R1", "--to", tmp_path / "copy", by="eve")
    said = say("verify", tmp_path / "copy" / "report.json")
    assert "accepted by rae and sam" in said
    assert "Not proved: that these keys are those people's." in said
    told = json.loads(say("verify", tmp_path / "copy" / "report.json", "--json"))
    assert told[0]["withdrawn"] is False
    say("withdraw", home, "R1", "--reason", "wrong", code=20)
    assert "cannot be called back" in say("withdraw", home, "R1", "--reason", "wrong", by="dee")
    assert "WITHDRAWN" in say("verify", answered.archive / "R1" / "report.json")
    assert "withdrawn 2026-11-02: wrong" in say("show", home, "R1")


def test_every_line_of_a_record_is_documented(answered, say):
    say("publish", answered.home)
    path = answered.archive / "R1" / "report.json.release.json"
    assert set(json.loads(path.read_text(encoding="utf-8"))["statement"]) == set(RECORD_HOLDS)


def test_before_anything_was_asked(made, say):
    assert "Nobody has asked" in say("list", made.home)
    assert "Nobody has asked" in say("show", made.home, code=21)
    assert "no release R7" in say("view", made.home, "R7", code=21)
    assert "cannot be read" in say("take", made.home, made.place.root / "none.json", code=21)
    assert "cannot be read" in say("verify", made.place.root / "none.json", code=21)


def test_what_is_no_file_of_a_release(made, say):
    file = made.place.root / "letter.txt"
    for content in (b"Dear reviewer", b'{"a": 1}', b"PK\x03\x04 and no more"):
        file.write_bytes(content)
        say("verify", file, code=42)


def test_words_in_a_request_do_not_steer_the_terminal(made, say):
    from casescope.cli.terminal import printable

    assert printable("red \x1b[31m and\u202e back\n") == "red �[31m and� back�"

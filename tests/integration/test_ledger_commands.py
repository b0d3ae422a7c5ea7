"""casescope ledger as a person says it: verify here or anywhere, export, against what was seen."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.cli.context import Context
from casescope.cli.main import root as casescope
from casescope.governance.record.checkpoint import Checkpoint, signed_note
from casescope.governance.record.export import Seen, export_of
from casescope.governance.record.merkle import EMPTY
from casescope.governance.roles import Actor
from casescope.kernel.errors import UserError
from tests.integration.people import TODAY, Place


@pytest.fixture
def run(place: Place):
    def typed(*words: object, code: int = 0) -> str:
        context = Context(Actor("jo"), lambda: TODAY)
        result = CliRunner().invoke(casescope, [str(word) for word in words], obj=context)
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


def test_the_commands_say_what_is_proved_and_what_is_not(run, begun):
    said = run("ledger", "export", begun.home, "--out", begun.root / "one.json")
    assert "1 entry written to" in said
    said = run("ledger", "verify", begun.root / "one.json")
    assert "1 entry, sound" in said
    assert "this alone cannot tell (--against)" in said
    run("run", begun.home, code=20)  # refused, and recorded
    run("ledger", "export", begun.home, "--out", begun.root / "two.json", "--without-details")
    said = run("ledger", "verify", begun.root / "two.json", "--against", begun.root / "one.json")
    assert "2 entries, sound" in said
    assert "Without details" in said
    assert "It begins with the 1 entry of the earlier checkpoint." in said
    assert "--against" not in said
    said = run("ledger", "verify", begun.home, "--against", begun.root / "one.json")
    assert "It begins with the 1 entry" in said


def test_the_command_says_that_an_end_was_cut_off(run, begun):
    run("ledger", "export", begun.home, "--out", begun.root / "one.json")
    run("run", begun.home, code=20)  # refused, and recorded
    run("ledger", "export", begun.home, "--out", begun.root / "two.json")
    said = run("ledger", "verify", begun.root / "one.json", "--against", begun.root / "two.json",
               code=40)  # fmt: skip
    assert "BROKEN" in said
    assert "Entry 2: the ledger ends before it" in said
    assert "give them the other way round" in said
    verdict = json.loads(run("ledger", "verify", begun.root / "one.json", "--json"))
    assert (verdict["sound"], verdict["against"], verdict["entries"]) == (True, None, 1)
    (begun.root / "one.json").write_bytes((begun.root / "one.json").read_bytes()[:-9])
    run("ledger", "verify", begun.root / "one.json", code=42)
    run("ledger", "verify", "--against", begun.root / "two.json", code=2)
    run("ledger", "verify", begun.root / "nowhere", code=21)


def test_an_export_is_verified_without_register_keys_or_study(run, begun, tmp_path):
    run("ledger", "export", begun.home, "--out", tmp_path / "one.json")
    code = "import sys, casescope.cli.main as m; m.main(sys.argv[1:])\n"
    ran = subprocess.run(
        [sys.executable, "-c", f"try:\n    {code}finally:\n    assert 'django' not in sys.modules",
         "ledger", "verify", str(tmp_path / "one.json")],
        env={"PATH": "", "CASESCOPE_STATE": str(tmp_path / "no"), "HOME": str(tmp_path / "no")},
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "1 entry, sound" in ran.stdout
    assert not (tmp_path / "no").exists()


def test_words_of_a_hostile_file_cannot_steer_the_terminal(run, begun):
    """Whoever is said to have countersigned may be called anything."""
    private = Ed25519PrivateKey.generate()
    note = signed_note(Checkpoint("casescope.study/x", 0, EMPTY), private)
    raw = export_of([], origin="casescope.study/x", study="x", private=private, on=TODAY,
                    seen=[Seen("\x1b[2Jnobody\x9b31m", "", note)])  # fmt: skip
    (begun.root / "odd.json").write_bytes(raw)
    said = run("ledger", "verify", begun.root / "odd.json", code=40)
    assert "nobody" in said
    assert not [letter for letter in said if not letter.isprintable() and letter != "\n"]

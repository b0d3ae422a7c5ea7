"""Killed in the middle of any step and run again, a study comes to what it would have come to."""

import subprocess
import sys

import pytest

from tests.functional.interrupted import READY
from tests.functional.place import REPOSITORY, Place, begin, load_and_run, outputs

STEPS = ["identities", "people", "removals", "cohort", "quality", "dataset"]


@pytest.fixture(scope="module")
def undisturbed(done_once, tmp_path_factory, django_db_blocker):
    """What another study of the same extract came to, with random ids of its own."""
    place = done_once.copied(tmp_path_factory.mktemp("undisturbed"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("CASESCOPE_STATE", str(place.state))
        patch.setenv("CASESCOPE_KEYS", str(place.keys))
        return outputs(place)


def kill_at(place: Place, step: str, point: str, *command: object) -> None:
    """Start a real process, wait until it stands still at the point, and kill it."""
    words = [sys.executable, "-m", "tests.functional.interrupted", step, point]
    with subprocess.Popen(
        [*words, *map(str, command)],
        env=place.environment,
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert READY in process.stdout.readline(), process.stderr.read()
        finally:
            process.kill()  # SIGKILL: nothing of the process runs any more


def orphans(place: Place) -> set[str]:
    return place.files() - set(place.layers().values())


@pytest.mark.parametrize("point", ["building", "written", "renamed"])
def test_killed_in_every_step_in_turn(begun, extract, undisturbed, point):
    kill_at(begun, "extract", point, "load", begun.home, extract)
    assert begun.layers() == {}
    assert len(orphans(begun)) == 1
    begun.say("load", begun.home, extract)
    assert orphans(begun) == set()
    before = begun.layers()
    for number, step in enumerate(STEPS):
        kill_at(begun, step, point, "run", begun.home)
        assert list(begun.layers()) == ["extract", *STEPS[:number]]
        assert before.items() <= begun.layers().items(), "what was done before stands"
        assert len(orphans(begun)) == 1
        before = begun.layers()
    assert begun.ask("run", begun.home) == {
        **dict.fromkeys(STEPS[:-1], "unchanged"), "dataset": "done",
    }  # fmt: skip
    assert orphans(begun) == set()
    assert begun.ask("study", "check", begun.home)["sound"]
    assert outputs(begun) == undisturbed


@pytest.mark.parametrize("command", ["load", "run", "restrict"])
def test_killed_after_the_record_and_before_the_manifest(study, extract, undisturbed, command):
    words = {
        "load": ("load", study.home, extract),
        "run": ("run", study.home),
        "restrict": ("restrict", study.home, "nobody yet", "--ground", "objection"),
    }
    kill_at(study, "", "recorded", *words[command])
    assert "sound" in study.say("ledger", "verify", study.home)
    assert study.process("run", study.home).returncode == 0
    assert orphans(study) == set()
    assert study.ask("study", "check", study.home)["sound"]


@pytest.mark.parametrize("point", ["building", "renamed"])
def test_a_reload_killed_leaves_the_extract_that_was_there(study, extract, undisturbed, point):
    before = study.layers()
    kill_at(study, "extract", point, "load", study.home, extract)
    assert study.layers() == before
    assert outputs(study) == undisturbed


def test_two_undisturbed_studies_are_the_same(begun, extract, undisturbed):
    load_and_run(begun, extract)
    assert outputs(begun) == undisturbed


def test_the_killed_process_holds_no_lock(study, extract):
    kill_at(study, "extract", "building", "load", study.home, extract)
    assert study.process("load", study.home, extract).returncode == 0


def test_a_study_begun_and_killed_can_be_begun_again(empty, truth):
    begin(empty, truth)
    (empty.home / ".casescope").unlink()  # the last file that beginning a study writes
    given = empty.root / "given.toml"
    empty.say("study", "new", empty.home, "--from", given)

"""Killed in the middle of any step and run again, a study comes to what it would have come to."""

import signal
import subprocess
import sys

import pytest

from tests.functional.interrupted import READY
from tests.functional.place import REPOSITORY, Place, begin, load_and_run, outputs
from tests.functional.starter import starter

POINTS = ["building", "renamed"]
STEPS = [
    "identities", "links", "people", "removals", "cohort", "sensitivity", "quality", "reviewed",
    "dataset",
]  # fmt: skip


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
    words = ["tests.functional.interrupted", step, point, *map(str, command)]
    if place.is_forked:
        starter().kill_when(READY, words, place.environment)
        return
    with subprocess.Popen(
        [sys.executable, "-m", *words],
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


def test_killed_in_every_step_twice(begun, extract, undisturbed):
    """In the midst of writing the layer, and between its rename and the register's row."""
    for point in POINTS:
        kill_at(begun, "extract", point, "load", begun.home, extract)
        assert begun.layers() == {}
        assert len(orphans(begun)) == 1, "the next writer sweeps the one before"
    begun.say("load", begun.home, extract)
    assert orphans(begun) == set()
    before = begun.layers()
    for number, step in enumerate(STEPS):
        for point in POINTS:
            kill_at(begun, step, point, "run", begun.home)
            assert list(begun.layers()) == ["extract", *STEPS[:number]]
            assert before.items() <= begun.layers().items(), "what was done before stands"
            assert len(orphans(begun)) == 1
            before = begun.layers()
    done = begun.ask("run", begun.home)
    assert done == {**dict.fromkeys(STEPS[:-1], "unchanged"), "dataset": "done"}
    assert orphans(begun) == set()
    assert begun.ask("study", "check", begun.home)["sound"]
    assert outputs(begun) == undisturbed


@pytest.mark.parametrize("command", ["load", "run", "restrict"])
def test_killed_after_the_record_and_before_the_manifest(study, extract, command):
    words = {
        "load": ("load", study.home, extract),
        "run": ("run", study.home),
        "restrict": ("restrict", study.home, "nobody yet", "--ground", "objection"),
    }
    kill_at(Place(study.root, alone=True), "", "recorded", *words[command])
    assert "sound" in study.say("ledger", "verify", study.home)
    left = orphans(study)
    study.say("load", study.home, extract)
    assert not left & study.files(), "the next writer sweeps"
    assert study.ask("study", "check", study.home)["sound"]


def test_a_reload_killed_leaves_the_extract_that_was_there(study, extract, undisturbed):
    before = study.layers()
    kill_at(study, "extract", "renamed", "load", study.home, extract)
    assert study.layers() == before
    assert outputs(study) == undisturbed


def test_two_undisturbed_studies_are_the_same(begun, extract, undisturbed):
    load_and_run(begun, extract)
    assert outputs(begun) == undisturbed


def test_a_study_begun_and_killed_can_be_begun_again(empty, truth):
    begin(empty, truth)
    (empty.home / ".casescope").unlink()  # the last file that beginning a study writes
    given = empty.root / "given.toml"
    empty.say("study", "new", empty.home, "--from", given)


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C is no signal to one process")
def test_ctrl_c_in_a_load_leaves_the_extract_that_was_there(study, extract, undisturbed):
    """No orphan is left either: the command ends by itself and takes its draft away."""
    before, files = study.layers(), study.files()
    words = [sys.executable, "-m", "tests.functional.interrupted", "extract", "building"]
    with subprocess.Popen(
        [*words, "load", str(study.home), str(extract)],
        env=study.environment, cwd=REPOSITORY, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert READY in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)[1]
    assert process.returncode not in (0, None)
    assert "Traceback" not in said
    assert (study.layers(), study.files()) == (before, files)
    assert outputs(study) == undisturbed

"""Nothing is begun, loaded, worked on or sent in a folder that may carry data abroad."""

import json
from pathlib import Path

import pytest

from casescope.actions.gate.gate import commit, open_gate
from casescope.actions.gate.where import places_of
from casescope.actions.study import study as studies
from casescope.governance.stages import Action
from casescope.kernel.errors import PlaceRefused
from casescope.register import open_register
from tests.integration.people import ANN, BOB, DIR, PEOPLE, TODAY, Place, approve
from tests.integration.test_gate import layer


@pytest.fixture
def synced(monkeypatch, tmp_path):
    """Yield a function that has OneDrive synchronise a folder."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASESCOPE_ARCHIVE", str(tmp_path / "archive"))
    return lambda folder: monkeypatch.setenv("OneDriveCommercial", str(folder))


def working(place: Place) -> None:
    commit(open_gate(place.home, Action.LOAD, actor=ANN, today=TODAY),
           detail={"files": 1}, layers=[layer()])  # fmt: skip


@pytest.mark.parametrize(("folder", "what"), [
    ("study", "The study folder"), ("keys", "The key folder"),
    ("state", "The register's folder"), ("archive", "The archive"),
])  # fmt: skip
def test_every_place_of_a_study_is_looked_at(approved, synced, folder, what):
    working(approved)
    synced(approved.root / folder)
    for action in (Action.LOAD, Action.RUN, Action.REPORT, Action.SEND, Action.FINDINGS):
        with pytest.raises(PlaceRefused, match=f"{what} .*{folder} is synchronised by OneDrive"):
            open_gate(approved.home, action, actor=ANN, today=TODAY)
    problems = studies.check(approved.home, actor=ANN, today=TODAY)["problems"]
    assert [one["exit_code"] for one in problems if one["sentence"].startswith(what)] == [65]


def test_a_study_is_not_begun_there(place, synced):
    synced(place.root)
    with pytest.raises(PlaceRefused, match="The study folder"):
        studies.create(place.home, actor=BOB, today=TODAY)
    assert not place.home.exists(), "nothing was written"
    assert not place.keys.exists()


def test_a_declared_folder_may_be_used_once_it_is_approved(drafted, synced):
    approve(drafted)
    working(drafted)
    synced(drafted.root)
    drafted.edit("declared_places = []", f"declared_places = {json.dumps([str(drafted.root)])}")
    with pytest.raises(Exception, match=r"\[storage\] changed since approval"):
        open_gate(drafted.home, Action.RUN, actor=ANN, today=TODAY)
    approve(drafted)
    open_gate(drafted.home, Action.RUN, actor=ANN, today=TODAY)


def test_one_may_begin_a_study_where_its_file_declares_it(place, synced):
    synced(place.root)
    given = place.root / "given.toml"
    given.write_text(f"{PEOPLE}declared_places = {json.dumps([str(place.root)])}\n", "utf-8")
    studies.create(place.home, from_file=given, actor=BOB, today=TODAY)
    assert studies.check(place.home, actor=BOB, today=TODAY)["problems"] == []


def test_what_lies_in_the_wrong_place_can_be_seen_and_ended(approved, synced):
    working(approved)
    synced(approved.root)
    studies.show(approved.home, actor=ANN, today=TODAY)
    studies.close(approved.home, actor=DIR, today=TODAY)


def test_the_ledger_tells_of_the_refusal_and_not_of_the_path(approved, synced):
    working(approved)
    synced(approved.root)
    with pytest.raises(PlaceRefused):
        open_gate(approved.home, Action.RUN, actor=ANN, today=TODAY)
    study_id = (approved.home / ".casescope").read_text(encoding="ascii").strip()
    last = open_register().entries(study_id)[-1]
    assert (last.action, last.detail) == (
        "run", {"refused": "a place where data would lie was refused"},
    )  # fmt: skip
    assert str(approved.root) not in json.dumps(last.detail)


def test_a_folder_of_the_study_that_is_a_link_is_a_place_of_its_own(approved, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (approved.home / "outbox").symlink_to(elsewhere)
    assert ("The folder outbox of the study,", approved.home / "outbox") in places_of(approved.home)
    assert Path("/") not in [path for _, path in places_of(approved.home)]

"""A workspace lies on a disk of its machine, or where its partner said so when it was begun."""

import json

import pytest

from casescope.actions.partner import partner
from casescope.kernel.errors import PlaceRefused
from tests.unit.workspace.conftest import ACTOR
from tests.unit.workspace.council import Day

WHO = {"name": "Pause", "contact": "data@example.org", "actor": ACTOR}


@pytest.fixture
def synced(tmp_path, monkeypatch):
    """A folder that OneDrive synchronises; keys lie elsewhere."""
    for name in ("OneDriveCommercial", "OneDriveConsumer"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASESCOPE_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("OneDrive", str(tmp_path / "synced"))
    return tmp_path / "synced"


def begin(root, **how):
    return partner.init(root, clocks=Day().clocks(), **WHO, **how)


def test_none_is_begun_in_a_synchronised_folder(synced):
    with pytest.raises(PlaceRefused, match="OneDrive") as refusal:
        begin(synced / "workspace")
    assert "--declared-place" in refusal.value.remedy
    assert not synced.exists(), "nothing was written"
    begin(synced.parent / "workspace")


def test_nor_with_its_keys_in_one(synced, monkeypatch):
    monkeypatch.setenv("CASESCOPE_KEYS", str(synced / "keys"))
    with pytest.raises(PlaceRefused, match="The key folder"):
        begin(synced.parent / "workspace")
    assert not synced.exists()


def test_a_declared_place_is_in_the_ledger_and_counts_from_then_on(synced):
    root = synced / "workspace"
    begun = begin(root, declared=[str(synced)])
    assert json.loads(begun.place.ledger.read_text("utf-8").splitlines()[0])["detail"][
        "declared"
    ] == [str(synced)]
    with pytest.raises(Exception, match="No package was taken"):
        list(opened(root))


def opened(root):
    from casescope.actions.partner._workspace import open_workspace
    from casescope.exchange.workspace.workspace import held

    with open_workspace(root, actor=ACTOR, clocks=Day().clocks()) as workspace:
        yield held(workspace)


def test_one_that_is_synchronised_later_opens_no_more_and_can_be_ended(synced, monkeypatch):
    root = synced.parent / "workspace"
    begin(root)
    monkeypatch.setenv("OneDrive", str(synced.parent))
    monkeypatch.setenv("CASESCOPE_KEYS", str(synced.parent / "keys"))
    with pytest.raises(PlaceRefused, match="The workspace"):
        list(opened(root))
    assert partner.show(root, actor=ACTOR, clocks=Day().clocks())

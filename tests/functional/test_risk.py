"""The risk panel of a study of a pretend county, as who may ask for it."""

import json
from datetime import timedelta

import pytest

from casescope.actions.ledger.ledger import show as ledger
from casescope.actions.sharing.risk import risk
from casescope.dataset.opening import opened
from casescope.governance.roles import Actor
from casescope.kernel.errors import BelowFloor, NotAllowed, NotFound
from casescope.register import open_register
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault
from tests.functional.place import ME, TODAY

TOLD = {"actor": ME, "today": TODAY}


@pytest.fixture(scope="module")
def panel(done_once, tmp_path_factory, django_db_blocker):
    """What the panel says of the study of eighty mothers, and the dataset's tokens."""
    place = done_once.copied(tmp_path_factory.mktemp("risk") / "place")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("CASESCOPE_STATE", str(place.state))
        patch.setenv("CASESCOPE_KEYS", str(place.keys))
        patch.delenv("DATABASE_URL", raising=False)
        found = risk(place.home, **TOLD)
        tokens = _tokens(place)
        from django.db import connections

        connections.close_all()
    return found, tokens


def _tokens(place):
    row = open_register().study(place.study_id).layers["dataset"]
    layer = LayerRecord(**{**vars(row), "tables": dict(row.tables)})
    with opened(Vault(place.home, place.study_id, KeyRing.default()), layer) as connection:
        return [
            token
            for table, column in (("woman", "woman"), ("removal", "child"))
            for (token,) in connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
        ]


def test_a_small_county_is_told_to_send_aggregates(panel):
    found, _ = panel
    assert found["floor"] == 3
    assert found["verdict"]["person_level"] is False
    assert "Send the report's released figures instead." in found["verdict"]["sentence"]
    assert "at most 40% of the detail" in found["verdict"]["rule"]
    assert found["unbanded"]["k"] == 1


def test_proposals_reach_the_floor(panel):
    found, _ = panel
    for one in found["proposals"]:
        assert one["risk"]["k"] >= 3
        assert one["share_left_out"] <= 0.05
        assert {each["outcome"] for each in one["findings"]} <= {"as it is", "coarser", "gone"}


def test_no_token_is_told(panel):
    found, tokens = panel
    said = json.dumps(found)
    assert len(tokens) > 80
    assert not any(token in said for token in tokens)


def test_sealing_would_be_refused_and_the_ledger_knows(study):
    with pytest.raises(BelowFloor, match="below the study's risk floor"):
        risk(study.home, seal_check=True, **TOLD)
    last = ledger(study.home, **TOLD)[-1]
    assert (last.action, last.detail["did"]["seal_check"]) == ("risk", "refused")


def test_a_recoding_that_is_no_proposal(study):
    with pytest.raises(NotFound, match="No recoding that reaches the floor is called 'nobody'"):
        risk(study.home, seal_check=True, recoding="nobody", **TOLD)


def test_who_may_see_it_and_until_when(study):
    with pytest.raises(NotAllowed, match="analyst or data protection officer"):
        risk(study.home, actor=Actor("a.stranger"), today=TODAY)
    with pytest.raises(NotAllowed, match="The study ended"):
        risk(study.home, actor=ME, today=TODAY + timedelta(days=200))


def test_the_command_says_it_and_refuses_with_its_own_code(study):
    said = study.say("risk", study.home)
    assert "Sets of siblings" in said
    assert "women told of" in said or "no recoding hides" in said
    done = study.process("risk", study.home, "--seal-check")
    assert done.returncode == BelowFloor.exit_code
    assert "casescope: The dataset to be shared is below the study's risk floor" in done.stderr
    assert done.stdout == ""

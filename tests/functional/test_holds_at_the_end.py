"""Holds against clock and other commands: an ending loses none, and none outlives its reason."""

from datetime import timedelta

import pytest

from casescope.actions.checking.pairs import decide, look
from casescope.actions.ending import _holds, closing
from casescope.actions.ending import hold as holding
from casescope.actions.ending.closing import end_study
from casescope.actions.study.study import close
from casescope.governance.link_decisions import Verdict
from casescope.governance.stages import Action, Stage
from casescope.identified.holding.reading import rows_held
from casescope.kernel import notices
from casescope.kernel.errors import Busy, NotAllowed
from casescope.kernel.progress import Silent
from casescope.register import open_register
from casescope.vault.held import held_file
from casescope.vault.keys import KeyRing
from casescope.vault.layers import Vault
from tests.functional.pairs import BETWEEN, TOLD, WHY
from tests.functional.permits import permit_of
from tests.functional.place import ME, TODAY, Place
from tests.functional.test_holds import HELD, LATER, a_mother


def held(place: Place, hold_id: str = "H1"):
    row = open_register().hold(place.study_id, hold_id)
    return rows_held(vault_of(place), hold_id, row.sha256)


def vault_of(place: Place) -> Vault:
    return Vault(place.home, place.study_id, KeyRing.default())


def stage(place: Place) -> Stage:
    return open_register().study(place.study_id).stage


def key_of(place: Place, hold_id: str = "H1"):
    return KeyRing.default().hold_key(place.study_id, hold_id)


@pytest.fixture
def her(truth) -> str:
    return a_mother(truth)["person_ids"][0]


def between(monkeypatch: pytest.MonkeyPatch, do) -> None:
    """Do something else after an ending has kept the rows of holds, before it is recorded."""
    whole = _holds.keep_for_holds

    def keep(*words):
        found = whole(*words)
        monkeypatch.setattr(_holds, "keep_for_holds", whole)
        do()
        return found

    monkeypatch.setattr(_holds, "keep_for_holds", keep)


def test_a_hold_recorded_while_the_study_is_being_ended_is_kept(study, her, monkeypatch):
    """Whoever recorded it was told that her rows are kept: to destroy them then is an offence."""
    between(monkeypatch, lambda: holding.hold(study.home, her, **HELD))
    with pytest.raises(Busy, match="nothing was ended"):
        close(study.home, actor=ME, today=TODAY)
    assert stage(study) is not Stage.CLOSED
    close(study.home, actor=ME, today=TODAY)
    assert held(study)["extract.person"]


def test_of_two_holds_at_once_one_waits_its_turn(study, her, truth, monkeypatch):
    """Both would be H1; whose rows the second keeps must not hang on the register refusing it."""
    other = truth["women"][1]["person_ids"][0]
    whole = holding.check_words

    def meanwhile(*words, **typed):
        monkeypatch.setattr(holding, "check_words", whole)
        holding.hold(study.home, other, **HELD)
        whole(*words, **typed)

    monkeypatch.setattr(holding, "check_words", meanwhile)
    with pytest.raises(Busy, match="Another hold"):
        holding.hold(study.home, her, **HELD)
    assert holding.hold(study.home, her, **HELD).hold_id == "H2"


def test_no_hold_is_ended_while_an_ending_keeps_its_rows(study, her, monkeypatch):
    holding.hold(study.home, her, **HELD)
    refusals = []

    def end() -> None:
        with pytest.raises(Busy) as refusal:
            holding.end(study.home, "H1", reason="answered", actor=ME, today=TODAY)
        refusals.append(refusal)

    between(monkeypatch, end)
    close(study.home, actor=ME, today=TODAY)
    assert len(refusals) == 1
    holding.end(study.home, "H1", reason="answered", actor=ME, today=TODAY)
    assert not key_of(study).exists()


def test_the_second_of_two_endings_destroys_nothing_that_the_first_kept(study, her):
    holding.hold(study.home, her, **HELD)
    permit = permit_of(study, Action.CLOSE)  # through the gate, and then made to wait
    close(study.home, actor=ME, today=TODAY)
    with pytest.raises(Busy, match="by another command"):
        end_study(permit, Silent())
    assert held(study)["extract.person"]


def test_nobody_ends_it_anew_before_it_is_recorded_that_the_keys_are_gone(study, monkeypatch):
    whole, refusals = closing.commit, []

    def commit(permit, **what):
        if what["detail"].get("keys") == "destroyed":
            with pytest.raises(Busy) as refusal:
                close(study.home, actor=ME, today=TODAY)
            refusals.append(refusal)
        whole(permit, **what)

    monkeypatch.setattr(closing, "commit", commit)
    close(study.home, actor=ME, today=TODAY)
    assert len(refusals) == 1


def test_what_a_try_to_end_left_goes_where_its_hold_keeps_nothing(study, her):
    """The power went after the rows were kept; then the hold's day passed."""
    holding.hold(study.home, her, **HELD)
    permit = permit_of(study, Action.CLOSE)
    with vault_of(study).writing():
        _holds.keep_for_holds(permit, vault_of(study), Silent())
    assert held_file(study.home, "H1").exists()
    assert key_of(study).exists()
    made = close(study.home, actor=ME, today=LATER + timedelta(days=1))
    assert [one.keeps for one in made.certificate.holds] == [False]
    with pytest.raises(NotAllowed, match="H1 keeps nothing"):
        holding.prolong(study.home, "H1", until=LATER + timedelta(days=90), reason="the court",
                        actor=ME, today=LATER + timedelta(days=1))  # fmt: skip
    assert not [path for path in (study.home / "holds").iterdir() if path.is_file()]
    assert not key_of(study).exists()


def test_past_its_day_it_is_not_read_and_every_command_says_so(study, her, tmp_path):
    holding.hold(study.home, her, **HELD)
    close(study.home, actor=ME, today=TODAY)
    late, file = LATER + timedelta(days=1), tmp_path / "held.json"
    heard: list[str] = []
    notices.LISTENERS.append(heard.append)
    try:
        with pytest.raises(NotAllowed, match="has passed"):
            holding.read_hold(study.home, "H1", file, reason="to answer", actor=ME, today=late)
    finally:
        notices.LISTENERS.remove(heard.append)
    assert not file.exists()
    assert ["H1 passed" in one for one in heard] == [True]
    with pytest.raises(NotAllowed, match="must lie after"):
        holding.prolong(study.home, "H1", until=TODAY, reason="late", actor=ME, today=late)
    until = late + timedelta(days=20)
    holding.prolong(study.home, "H1", until=until, reason="the court asked", actor=ME, today=late)
    rows = holding.read_hold(study.home, "H1", file, reason="to answer", actor=ME, today=late)
    assert rows["extract.person"]
    (one,) = holding.holds(study.home, actor=ME, today=late)
    assert (one["state"], one["until"]) == ("in force", until)


def test_what_is_hers_is_told_by_the_links_as_they_stand(linked):
    """Two records were said to be one woman after the steps were last run, and nobody ran them."""
    one, other = BETWEEN
    shown = look(linked.home, one, other, **WHY, **TOLD)
    holding.hold(linked.home, one, **HELD)
    decide(linked.home, shown["one"], shown["other"], Verdict.SAME, **TOLD)
    close(linked.home, **TOLD)
    people = {row["pers_person_id"] for row in held(linked)["extract.person"]}
    assert people == {one, other, f"c{one[1:]}", f"c{other[1:]}"}


@pytest.mark.parametrize("reason", ["Xanthe asked for her file", "request of m1 of 10/06/1990"])
def test_a_reason_that_names_her_is_refused(linked, reason):
    with pytest.raises(NotAllowed, match="names somebody"):
        holding.hold(linked.home, "m1", **{**HELD, "reason": reason})
    assert not open_register().holds(linked.study_id)
    words = str(open_register().entries(linked.study_id))
    assert "Xanthe" not in words
    assert "1990" not in words

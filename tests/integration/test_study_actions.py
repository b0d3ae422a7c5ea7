"""A study's life through its actions: begun, approved, extended, shown, checked, ended."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from casescope.actions.ending import closing
from casescope.actions.gate.gate import commit, open_gate
from casescope.actions.gate.release_key import release_key
from casescope.actions.ledger import ledger as ledgers
from casescope.actions.study import study as studies
from casescope.governance.stages import Action
from casescope.kernel.errors import Busy, NotAllowed, StudyFileRefused
from casescope.vault.keys import KeyRing
from casescope.vault.layers import Vault, drafting
from tests.integration.people import ANN, BOB, DEE, DIR, EVE, TODAY, Place, approve

LAST_DAY = date(2027, 2, 2)


@pytest.fixture
def running(approved: Place) -> Place:
    """A study with one real, encrypted layer."""
    permit = open_gate(approved.home, Action.LOAD, actor=ANN, today=TODAY)
    vault = Vault(permit.home, permit.study_id, KeyRing.default())
    with (
        vault.writing(),
        drafting(vault, name="extract", wing="identified", step_key="k", inputs={}) as draft,
    ):
        draft.connection.execute("CREATE TABLE out.episodes AS SELECT 1 AS child")
    commit(permit, detail={"files": 1}, layers=[draft.published()])
    return approved


def study_id(place: Place) -> str:
    return (place.home / ".casescope").read_text().strip()


def show(place: Place, today: date = TODAY) -> dict:
    shown = studies.show(place.home, actor=EVE, today=today)
    return json.loads(json.dumps(shown, default=str))


def test_one_person_gets_from_new_to_running_without_editing(place):
    studies.create(place.home, actor=BOB, today=TODAY)
    approve(place)
    permit = open_gate(place.home, Action.LOAD, actor=BOB, today=TODAY)
    assert permit.study.reference_date == TODAY


def test_a_new_study_has_keys_a_file_and_a_first_entry(drafted):
    assert KeyRing.default().has(study_id(drafted))
    assert (drafted.home / "study.toml").is_file()
    (entry,) = ledgers.show(drafted.home, actor=EVE, today=TODAY)
    assert (entry.actor, entry.action, entry.detail) == ("bob", "create", {"stage": "draft"})
    assert show(drafted)["stage"] == "draft"


def test_a_study_is_not_begun_twice_or_over_a_file(drafted, tmp_path):
    with pytest.raises(NotAllowed, match="already holds a study"):
        studies.create(drafted.home, actor=BOB, today=TODAY)
    with pytest.raises(NotAllowed, match="is a file"):
        studies.create(drafted.home / "study.toml", actor=BOB, today=TODAY)
    other = tmp_path / "other"
    other.mkdir()
    (other / "study.toml").write_text('[study]\nname = "Mine"\n')
    with pytest.raises(NotAllowed, match="--from"):
        studies.create(other, actor=BOB, today=TODAY)
    begun = studies.create(other, from_file=other / "study.toml", actor=BOB, today=TODAY)
    assert begun.study.name == "Mine"


def test_a_study_that_says_something_wrong_is_not_begun(place):
    given = place.root / "given.toml"
    given.write_text("age_min = 99\n")
    with pytest.raises(StudyFileRefused, match="age_min"):
        studies.create(place.home, from_file=given, actor=BOB, today=TODAY)
    given.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StudyFileRefused, match="UTF-8"):
        studies.create(place.home, from_file=given, actor=BOB, today=TODAY)
    assert not place.home.exists()
    assert not place.keys.exists()


def test_an_approval_that_lacks_something_changes_nothing(drafted):
    with pytest.raises(NotAllowed, match="--basis"):
        studies.approve(drafted.home, dpia="D", agreement="A", notice="N", actor=BOB, today=TODAY)
    assert show(drafted)["stage"] == "draft"


def test_extending_moves_the_last_day_and_the_notice(running):
    late = LAST_DAY + timedelta(days=1)
    with pytest.raises(NotAllowed, match="ended"):
        open_gate(running.home, Action.RUN, actor=ANN, today=late)
    studies.extend(
        running.home, until=date(2027, 4, 1), reason="late extract", notice="N2",
        actor=DEE, today=late,
    )  # fmt: skip
    permit = open_gate(running.home, Action.RUN, actor=ANN, today=date(2027, 4, 1))
    assert permit.ends_on == date(2027, 4, 1)
    assert permit.study.notice.reference == "N2"
    with pytest.raises(NotAllowed, match="ended on 1 April"):
        open_gate(running.home, Action.RUN, actor=ANN, today=date(2027, 4, 2))


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"actor": BOB}, "data protection officer"),
        ({"reason": " "}, "needs a reason"),
        ({"notice": "N1"}, "reissued"),
        ({"notice": ""}, "reissued"),
        ({"until": LAST_DAY}, "must end after"),
    ],
)
def test_what_an_extension_needs(running, change, match):
    how = {
        "until": date(2027, 4, 1), "reason": "late", "notice": "N2", "actor": DEE, "today": TODAY,
    }  # fmt: skip
    with pytest.raises(NotAllowed, match=match):
        studies.extend(running.home, **{**how, **change})
    assert show(running)["ends_on"] == "2027-02-02"


def test_a_second_extension_needs_yet_another_notice(running):
    def extend(until: date, notice: str) -> None:
        studies.extend(
            running.home, until=until, reason="late", notice=notice, actor=DEE, today=TODAY
        )

    extend(date(2027, 4, 1), "N2")
    with pytest.raises(NotAllowed, match="reissued"):
        extend(date(2027, 5, 1), "N2")
    extend(date(2027, 5, 1), "N3")
    assert show(running)["ends_on"] == "2027-05-01"


@pytest.mark.parametrize("ending", ["close", "withdraw"])
def test_ending_destroys_keys_and_layers_and_keeps_the_ledger(running, ending):
    kept = KeyRing.default()
    assert list((running.home / "vault").glob("*.duckdb"))
    if ending == "close":
        studies.close(running.home, actor=DIR, today=TODAY)
    else:
        studies.withdraw(running.home, reason="no basis", actor=DIR, today=TODAY)
    assert not kept.has(study_id(running))
    assert not list((running.home / "vault").glob("*.duckdb"))
    shown = show(running)
    assert shown["keys"] == "destroyed on 2026-11-02"
    assert shown["layers"] == {}
    assert shown["possible_now"] == [
        "show", "releases", "view_release", "download_release", "withdraw_release",
        "exchange", "receive", "read_hold", "prolong_hold", "end_hold", "certify",
        "verify_ledger",
    ]  # fmt: skip
    verdict = ledgers.verify(running.home, actor=EVE, today=TODAY)
    assert (verdict.faults, verdict.entries) == ((), 5)


def test_a_draft_that_is_withdrawn_is_certified_too(drafted):
    made = studies.withdraw(drafted.home, reason="no basis", actor=DIR, today=TODAY)
    told = made.certificate
    assert (told.version, told.consistent, told.ending.how) == (1, True, "withdrawn")
    assert told.destroyed == ("the keys of the study’s data, of which it had none, on "
                              "2 November 2026",)  # fmt: skip
    assert "nothing was sent to anybody either" in told.first[0]


def test_a_crash_between_the_record_and_the_keys_is_finished_by_closing_again(running, monkeypatch):
    class Ring(KeyRing):
        def shred(self, study_id: str) -> None:
            assert self.has(study_id)
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(closing, "KeyRing", Ring)
        with pytest.raises(KeyboardInterrupt):
            studies.close(running.home, actor=DIR, today=TODAY)
    assert show(running)["stage"] == "closed"
    assert "still to be destroyed" in show(running)["keys"]
    with pytest.raises(NotAllowed, match="closed"):
        open_gate(running.home, Action.RUN, actor=ANN, today=TODAY)
    with pytest.raises(NotAllowed, match="closed"):
        studies.withdraw(running.home, reason="x", actor=DIR, today=TODAY)
    studies.close(running.home, actor=DIR, today=TODAY)
    assert not KeyRing.default().has(study_id(running))
    assert show(running)["keys"] == "destroyed on 2026-11-02"


def test_a_crash_after_the_keys_is_finished_by_closing_again(running, monkeypatch):
    real, calls = commit, []

    def crash_second(*args: object, **how: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args, **how)  # type: ignore[arg-type]  # passed on as it came

    with monkeypatch.context() as patched:
        patched.setattr(closing, "commit", crash_second)
        with pytest.raises(KeyboardInterrupt):
            studies.close(running.home, actor=DIR, today=TODAY)
    studies.close(running.home, actor=DIR, today=TODAY)
    assert show(running)["keys"] == "destroyed on 2026-11-02"
    assert ledgers.verify(running.home, actor=EVE, today=TODAY).faults == ()


def test_nothing_ends_while_a_step_is_writing(running):
    vault = Vault(running.home, study_id(running), KeyRing.default())
    with vault.writing(), pytest.raises(Busy):
        studies.close(running.home, actor=DIR, today=TODAY)
    assert show(running)["stage"] == "running"


def test_showing_says_how_the_study_stands(running):
    shown = show(running, today=date(2027, 1, 31))
    assert (shown["stage"], shown["started_on"], shown["days_left"]) == ("running", "2026-11-02", 2)
    assert shown["approval"]["dpia"] == "D1"
    assert shown["layers"]["extract"]["rows"] == {"episodes": 1}
    assert shown["in_force"]["study"]["lawful_basis"] == "6(1)(e)"
    assert "run" in shown["possible_now"]
    assert "run" not in show(running, today=date(2027, 2, 3))["possible_now"]
    assert shown["problems"] == []


def test_showing_needs_no_readable_file(running):
    (running.home / "study.toml").write_text("[")
    assert "not readable as TOML" in show(running)["problems"][0]


def test_showing_and_checking_leave_no_entry(running):
    before = ledgers.show(running.home, actor=EVE, today=TODAY)
    show(running)
    studies.check(running.home, actor=EVE, today=TODAY)
    assert ledgers.show(running.home, actor=EVE, today=TODAY) == before


def codes(place: Place) -> list[int]:
    result = studies.check(place.home, actor=EVE, today=TODAY)
    assert result["sound"] is (result["problems"] == [])
    return [problem["exit_code"] for problem in result["problems"]]


def test_checking_finds_each_problem(running):
    assert codes(running) == []
    (layer,) = (running.home / "vault").glob("*.duckdb")
    whole = layer.read_bytes()
    layer.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert codes(running) == [30]
    layer.unlink()
    assert codes(running) == [30]
    running.edit('partner = "Pause"', 'partner = "Other"')
    assert codes(running) == [20, 30]
    running.edit("gap_days = 1", "gap_days = -1")
    assert codes(running) == [11, 30]
    KeyRing.default().shred(study_id(running))
    assert codes(running) == [11, 30, 30]


def test_checking_finds_an_edited_ledger(running):
    from casescope.register.models import LedgerEntry

    LedgerEntry.objects.filter(number=2).update(actor="eve")
    assert codes(running) == [40]
    verdict = ledgers.verify(running.home, actor=EVE, today=TODAY)
    assert verdict.faults == ("Entry 2: its content no longer has its hash.",)
    assert ledgers.verify_all() == (verdict,)


def test_a_ledger_without_its_head_is_not_called_sound(running):
    (KeyRing.default().folder(study_id(running)) / "ledger-head").unlink()
    assert "missing" in ledgers.verify(running.home, actor=EVE, today=TODAY).faults[0]


def test_an_emptied_ledger_is_not_called_sound(running):
    from casescope.register.models import LedgerEntry

    LedgerEntry.objects.all().delete()
    faults = ledgers.verify(running.home, actor=EVE, today=TODAY).faults
    assert faults[0] == "The ledger is empty."
    assert "Entry 3: the ledger ends before it" in faults[1]


def test_many_at_once_make_one_key_to_sign_with(drafted):
    """What the first had signed could never be checked, if the second made another."""
    ready = Barrier(8)

    def make(_: int) -> str:
        ready.wait()
        return release_key(study_id(drafted), make=True).signs_as

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(8)))) == 1

"""Nothing happens ungated: each refusal by itself, and that each is in the ledger."""

import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from casescope.actions.gate import gate as gate_module
from casescope.actions.gate.gate import commit, open_all, open_gate
from casescope.actions.study import study as studies
from casescope.governance.record.ledger import Head, leaves_of, verify
from casescope.governance.record.merkle import Peaks, root
from casescope.governance.restrictions import Restriction
from casescope.governance.roles import Actor
from casescope.governance.stages import RULES, Action, Stage
from casescope.kernel.errors import Busy, LedgerBroken, NotAllowed, NotFound, StudyFileRefused
from casescope.register import open_register
from casescope.vault.layers import LayerRecord
from tests.integration.people import (
    ANN,
    BOB,
    DEE,
    DIR,
    EVE,
    TODAY,
    Place,
    approve,
    days_later,
)

WORKING = [action for action, rule in RULES.items() if rule.until_end]
LAST_DAY = date(2027, 2, 2)


def layer(name: str = "extract", step_key: str = "k1") -> LayerRecord:
    return LayerRecord(
        name, "identified", f"{name}-{step_key}.duckdb", step_key, "a" * 64, 10,
        {"episodes": 3}, "2026-11-02T10:00:00+00:00",
    )  # fmt: skip


def gate(place: Place, action: Action, *, actor: Actor = ANN, today: date = TODAY, reason="test"):
    return open_gate(place.home, action, actor=actor, today=today, reason=reason)


def load(place: Place, *, today: date = TODAY, step_key: str = "k1") -> None:
    commit(
        gate(place, Action.LOAD, today=today),
        detail={"files": 1},
        layers=[layer(step_key=step_key)],
    )


@pytest.fixture
def running(approved: Place) -> Place:
    load(approved)
    return approved


def ledger(place: Place):
    register = open_register()
    return register.entries((place.home / ".casescope").read_text().strip())


def refused(place: Place, action: Action, match: str, **how) -> None:
    before = len(ledger(place))
    with pytest.raises(NotAllowed, match=match) as caught:
        gate(place, action, **how)
    entries = ledger(place)
    added = [entry for entry in entries[before:] if entry.action != "lock"]
    assert added == [entries[-1]], "a refusal is in the ledger"
    assert entries[-1].action == action.name.lower()
    assert entries[-1].detail == {"refused": caught.value.sentence}


# the way of a study


def test_load_begins_the_study_and_sets_its_last_day(approved):
    permit = gate(approved, Action.LOAD)
    assert (permit.stage, permit.ends_on, permit.layers) == (Stage.APPROVED, None, {})
    commit(permit, detail={"files": 1}, layers=[layer()])
    permit = gate(approved, Action.RUN)
    assert (permit.stage, permit.ends_on) == (Stage.RUNNING, LAST_DAY)
    assert permit.layers == {"extract": layer()}


def test_report_and_going_back(running):
    commit(gate(running, Action.REPORT), detail={})
    assert gate(running, Action.FINDINGS).stage is Stage.REPORTING
    commit(gate(running, Action.RUN), detail={})
    assert gate(running, Action.FINDINGS).stage is Stage.RUNNING


def test_a_later_load_does_not_move_the_last_day(running):
    load(running, today=days_later(30), step_key="k2")
    commit(gate(running, Action.REPORT, today=days_later(31)), detail={})
    load(running, today=days_later(32), step_key="k3")
    assert gate(running, Action.RUN, today=days_later(32)).ends_on == LAST_DAY


# what is refused


def test_a_folder_that_is_no_study(place):
    with pytest.raises(NotFound, match="not a study folder"):
        gate(place, Action.SHOW)


def test_a_study_of_another_register(approved, monkeypatch):
    monkeypatch.setenv("CASESCOPE_STATE", str(approved.root / "other"))
    with pytest.raises(NotFound, match="not in the register"):
        gate(approved, Action.SHOW)


def test_nothing_before_approval(drafted):
    for action in WORKING:
        refused(drafted, action, "while the study is a draft")


def test_nothing_but_loading_before_the_first_load(approved):
    for action in WORKING:
        if action is not Action.LOAD:
            refused(approved, action, "approved but not begun")


def test_nothing_after_the_last_day(running):
    for action in WORKING:
        assert gate(running, action, today=LAST_DAY).ends_on == LAST_DAY
    for action in WORKING:
        refused(running, action, "ended on 2 February 2027", today=LAST_DAY + timedelta(days=1))


def test_an_earlier_end_that_study_toml_states(drafted):
    drafted.edit("# end_date = 2026-12-31", "end_date = 2026-11-20")
    approve(drafted)
    load(drafted)
    assert gate(drafted, Action.RUN, today=date(2026, 11, 20)).ends_on == date(2026, 11, 20)
    refused(drafted, Action.RUN, "ended on 20 November", today=date(2026, 11, 21))


def test_a_stated_end_that_passes_before_any_load(drafted):
    drafted.edit("# end_date = 2026-12-31", "end_date = 2026-11-20")
    approve(drafted)
    refused(drafted, Action.LOAD, "ended on 20 November", today=date(2026, 11, 21))


def test_restricting_and_ending_go_on_after_the_last_day(running):
    late = LAST_DAY + timedelta(days=10)
    gate(running, Action.RESTRICT, today=late)
    gate(running, Action.LIFT, actor=BOB, today=late)
    gate(running, Action.CLOSE, actor=DIR, today=late)
    gate(running, Action.EXTEND, actor=DEE, today=late)


MAY = {
    Action.LOAD: {ANN},
    Action.RUN: {ANN, DEE},
    Action.COHORT: {ANN},
    Action.FINDINGS: {ANN},
    Action.RISK: {ANN, DEE},
    Action.APPROVE: {BOB},
    Action.RESTRICT: {ANN, BOB, DEE},
    Action.LIFT: {BOB, DEE},
    Action.EXTEND: {DEE},
    Action.APPROVE_WORKING: {DEE},
    Action.WITHDRAW_WORKING: {DEE},
    Action.CLOSE: {BOB, DEE, DIR},
    Action.ASK_RELEASE: {ANN},
    Action.TAKE_ANSWER: {ANN, BOB, DEE},
    Action.PUBLISH: {ANN},
    Action.WITHDRAW_RELEASE: {BOB, DEE, DIR},
}


@pytest.mark.parametrize("actor", [ANN, BOB, DEE, DIR, EVE], ids=lambda actor: actor.name)
def test_roles(running, actor):
    for action, allowed in MAY.items():
        if actor in allowed:
            gate(running, action, actor=actor)
        else:
            refused(running, action, f"which {actor.name} does not hold", actor=actor)


def test_a_reason_where_one_is_needed(running):
    refused(running, Action.COHORT, "needs a reason", reason=" ")
    refused(running, Action.LIFT, "needs a reason", reason="", actor=BOB)
    assert gate(running, Action.COHORT, reason=" checking links ").reason == "checking links"


@pytest.mark.parametrize(
    ("before", "after", "table"),
    [
        ('dpo = ["dee"]', 'dpo = ["dee", "ann"]', "roles"),
        ('partner = "Pause"', 'partner = "Another"', "study"),
        ("objection_days = 28", "objection_days = 0", "notice"),
    ],
)
def test_a_governed_line_that_changed_since_approval(running, before, after, table):
    running.edit(before, after)
    for action in WORKING:
        refused(running, action, rf"\[{table}\] changed since approval")


def test_a_new_approval_puts_changed_lines_in_force(running):
    running.edit('analyst = ["ann"]', 'analyst = ["eve"]')
    approve(running)
    gate(running, Action.RUN, actor=EVE)
    refused(running, Action.RUN, "which ann does not hold")


def test_nobody_approves_by_writing_themselves_into_the_file(running):
    running.edit('approver = ["bob"]', 'approver = ["eve"]')
    refused(running, Action.APPROVE, "which eve does not hold", actor=EVE)


def test_parameters_and_reference_date_may_change_without_approval(running):
    running.edit("lookback_years = 5", "lookback_years = 7")
    running.edit("reference_date = 2026-11-02", "reference_date = 2026-10-31")
    study = gate(running, Action.RUN).study
    assert study.parameters.lookback_years == 7
    assert study.reference_date == date(2026, 10, 31)


def test_a_broken_study_file_stops_work_but_not_protection(running):
    running.edit("age_min = 16", "age_min = 99")
    before = len(ledger(running))
    with pytest.raises(StudyFileRefused, match="age_min"):
        gate(running, Action.RUN)
    assert ledger(running)[before].detail == {"refused": "study.toml was refused"}
    (running.home / "study.toml").unlink()
    with pytest.raises(StudyFileRefused):
        gate(running, Action.RUN)
    assert gate(running, Action.RESTRICT).study.parameters.age_min == 16
    gate(running, Action.CLOSE, actor=DIR)
    gate(running, Action.SHOW, actor=EVE)


def test_a_clock_set_back(running):
    commit(gate(running, Action.RUN, today=days_later(10)), detail={})
    refused(running, Action.RUN, "clock", today=days_later(9))
    refused(running, Action.RESTRICT, "clock", today=days_later(9))
    refused(running, Action.RUN, "clock", today=days_later(9))  # a refusal resets nothing
    gate(running, Action.RUN, today=days_later(10))


def test_a_refusal_after_the_end_holds_the_clock_too(running):
    refused(running, Action.RUN, "ended", today=LAST_DAY + timedelta(days=1))
    refused(running, Action.RUN, "clock", today=LAST_DAY)


AFTER_THE_END = {
    Action.SHOW: EVE, Action.VERIFY_LEDGER: EVE, Action.RELEASES: EVE, Action.VIEW_RELEASE: EVE,
    Action.DOWNLOAD_RELEASE: EVE, Action.WITHDRAW_RELEASE: DIR, Action.EXCHANGE: EVE,
    Action.RECEIVE: DIR, Action.PROLONG_HOLD: BOB, Action.END_HOLD: BOB, Action.READ_HOLD: BOB,
    Action.CERTIFY: DIR,
}  # fmt: skip


@pytest.mark.parametrize("ending", ["close", "withdraw"])
def test_an_ended_study_allows_only_showing_what_is_out_and_what_an_ending_needs(running, ending):
    if ending == "close":
        studies.close(running.home, actor=DIR, today=TODAY)
    else:
        studies.withdraw(running.home, reason="no basis", actor=DIR, today=TODAY)
    for action in Action:
        if action in AFTER_THE_END:
            gate(running, action, actor=AFTER_THE_END[action])
        elif action is not Action.CREATE:
            of_dpo = (Action.EXTEND, Action.APPROVE_WORKING, Action.WITHDRAW_WORKING)
            actor = {**dict.fromkeys(of_dpo, DEE), Action.RESTRICT: ANN}.get(action, BOB)
            actor = ANN if action in WORKING else actor
            stage = "closed" if ending == "close" else "withdrawn"
            refused(running, action, f"while the study is {stage}", actor=actor)


def test_a_copy_of_the_folder_is_refused_and_a_moved_one_followed(running):
    copy, moved = running.root / "copy", running.root / "moved"
    shutil.copytree(running.home, copy)
    with pytest.raises(NotAllowed, match="is a copy of the study"):
        open_gate(copy, Action.RUN, actor=ANN, today=TODAY)
    shutil.rmtree(copy)
    running.home.rename(moved)
    assert open_gate(moved, Action.RUN, actor=ANN, today=TODAY).home == moved.resolve()
    assert open_register().study(open_all(Action.VERIFY_LEDGER)[0]).home == moved.resolve()


def test_only_what_anyone_may_do_is_done_to_every_study_at_once(running):
    assert len(open_all(Action.VERIFY_LEDGER)) == 1
    with pytest.raises(NotAllowed, match="one study at a time"):
        open_all(Action.RUN)
    with pytest.raises(NotAllowed, match="one study at a time"):
        open_all(Action.CHECK)


# the ledger and its head


def test_a_ledger_that_was_cut_off_stops_everything_recorded(running):
    from casescope.register.models import LedgerEntry

    newest = LedgerEntry.objects.order_by("-number").first()
    assert newest is not None
    newest.delete()
    count = len(ledger(running))
    for action in (Action.RUN, Action.RESTRICT, Action.APPROVE):
        with pytest.raises(LedgerBroken, match="no longer holds entry 3"):
            gate(running, action)
    gate(running, Action.SHOW)
    assert len(ledger(running)) == count, "nothing is added to a broken ledger"


def test_a_refusal_of_showing_is_not_added_to_a_broken_ledger(running):
    from casescope.register.models import LedgerEntry

    studies.close(running.home, actor=DIR, today=TODAY)
    LedgerEntry.objects.order_by("-number")[0].delete()
    count = len(ledger(running))
    with pytest.raises(NotAllowed):
        gate(running, Action.CHECK)
    assert len(ledger(running)) == count


def head_file(place: Place) -> Path:
    return place.keys / (place.home / ".casescope").read_text().strip() / "ledger-head"


def test_a_missing_or_damaged_head_stops_work(running):
    kept = head_file(running).read_text()
    head_file(running).unlink()
    with pytest.raises(LedgerBroken, match="missing"):
        gate(running, Action.RUN)
    head_file(running).write_text("{}")
    with pytest.raises(LedgerBroken, match="unreadable"):
        gate(running, Action.RUN)
    head_file(running).write_text(kept)
    gate(running, Action.RUN)


def test_a_crash_before_the_head_is_kept_is_mended_by_the_next_commit(running, monkeypatch):
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(gate_module, "keep_head", crash)
        with pytest.raises(KeyboardInterrupt):
            commit(gate(running, Action.RUN), detail={})
    assert json.loads(head_file(running).read_text())["number"] == 3
    commit(gate(running, Action.RUN), detail={})
    assert json.loads(head_file(running).read_text())["number"] == len(ledger(running)) == 5


_REFUSED_TEN_TIMES = """
import sys
from datetime import date
from pathlib import Path
from casescope.actions.gate.gate import open_gate
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.errors import NotAllowed
for _ in range(10):
    try:
        open_gate(Path(sys.argv[1]), Action.RUN, actor=Actor(sys.argv[2]), today=date(2026, 11, 2))
    except NotAllowed:
        continue
    sys.exit("was let in")
"""


def test_processes_at_the_same_time_make_one_sound_ledger(running):
    strangers = [
        subprocess.Popen([sys.executable, "-c", _REFUSED_TEN_TIMES, str(running.home), name])
        for name in ("eve", "eva")
    ]
    assert [stranger.wait(timeout=60) for stranger in strangers] == [0, 0]
    entries = ledger(running)
    assert len(entries) == 3 + 20
    kept = json.loads(head_file(running).read_text())
    assert verify(entries, Head(kept["number"], kept["hash"])) == []
    assert kept["number"] == 23
    assert Peaks(23, [bytes.fromhex(each) for each in kept["peaks"]]).root() == root(
        leaves_of(entries)
    )


# commit


def test_commit_records_all_or_nothing(running):
    permit = gate(running, Action.RUN)
    before = ledger(running)

    def fail(_: object) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        commit(permit, detail={}, layers=[layer("people")], drop=["extract"], change=fail)
    assert ledger(running) == before
    assert gate(running, Action.RUN).layers == {"extract": layer()}


def test_a_layer_takes_the_place_of_the_one_of_its_name(running):
    newer = layer(step_key="k2")
    commit(gate(running, Action.RUN), detail={}, layers=[newer, layer("people")])
    assert gate(running, Action.RUN).layers == {"extract": newer, "people": layer("people")}
    commit(gate(running, Action.RUN), detail={}, drop=["people"])
    assert gate(running, Action.RUN).layers == {"extract": newer}


def test_the_manifest_lists_the_layers_in_force(running):
    (running.home / "vault").mkdir()
    commit(gate(running, Action.RUN), detail={}, layers=[layer("people")])
    manifest = json.loads((running.home / "vault" / "manifest.json").read_text())
    assert [one["name"] for one in manifest["layers"]] == ["extract", "people"]
    assert manifest["layers"][0] == vars(layer())
    newest = ledger(running)[-1]
    assert manifest["ledger"] == {"number": newest.number, "hash": newest.hash}


def test_the_entry_says_what_was_done(running):
    commit(gate(running, Action.COHORT, reason="check links"), detail={"women": 12})
    entry = ledger(running)[-1]
    assert (entry.actor, entry.action, entry.on) == ("ann", "cohort", TODAY)
    assert entry.detail == {"did": {"women": 12}, "reason": "check links"}
    load_entry = ledger(running)[2]
    assert load_entry.detail == {
        "did": {"files": 1}, "reason": "test", "layers": {"extract": "a" * 64}, "stage": "running",
    }  # fmt: skip


def test_a_restriction_made_meanwhile_voids_the_work(running):
    permit = gate(running, Action.RUN)
    restricting = gate(running, Action.RESTRICT)
    commit(
        restricting,
        detail={"ground": "objection"},
        change=lambda register: register.restrict(
            restricting.study_id, Restriction("s1", "objection", on=TODAY, by="ann")
        ),
    )
    with pytest.raises(Busy, match="restriction"):
        commit(permit, detail={}, layers=[layer("people")])
    again = gate(running, Action.RUN)
    assert [one.subject_id for one in again.restrictions] == ["s1"]
    commit(again, detail={}, layers=[layer("people")])


def test_a_study_closed_meanwhile_voids_the_work(running):
    permit = gate(running, Action.RUN)
    studies.close(running.home, actor=DIR, today=TODAY)
    with pytest.raises(NotAllowed, match="closed"):
        commit(permit, detail={}, layers=[layer("people")])


def test_the_caveat_of_an_open_objection_window(running):
    assert "2026-11-30" in gate(running, Action.FINDINGS).caveats[0]
    assert gate(running, Action.FINDINGS, today=date(2026, 12, 1)).caveats == ()

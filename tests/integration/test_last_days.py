"""A study near its end says so; past it, it is locked at once, and its ledger says so once."""

import json
from datetime import date, timedelta

import pytest

from casescope.actions.gate.gate import commit, open_gate
from casescope.actions.study import study as studies
from casescope.cli.context import Context
from casescope.cli.main import main
from casescope.governance.record.ledger import verify
from casescope.governance.stages import Action
from casescope.kernel.errors import NotAllowed
from casescope.register import open_register
from tests.integration.people import ANN, BOB, DEE, DIR, TODAY, Place
from tests.integration.test_gate import layer

LAST = date(2027, 2, 2)
AFTER = LAST + timedelta(days=1)


@pytest.fixture
def running(approved: Place) -> Place:
    permit = open_gate(approved.home, Action.LOAD, actor=ANN, today=TODAY)
    commit(permit, detail={"files": 1}, layers=[layer()])
    return approved


def said(capsys, place: Place, *words: str, actor=ANN, today: date, code: int = 0):
    """Run a command on a given day; return what it wrote to each stream."""
    with pytest.raises(SystemExit) as ended:
        main([*words[:-1], words[-1], str(place.home)], context=Context(actor, lambda: today))
    assert ended.value.code == code
    return capsys.readouterr()


def ledger(place: Place):
    study_id = (place.home / ".casescope").read_text(encoding="ascii").strip()
    entries = open_register().entries(study_id)
    assert not verify(entries)
    return entries


def locks(place: Place) -> list:
    return [(entry.on, entry.actor, entry.detail) for entry in ledger(place)
            if entry.action == "lock"]  # fmt: skip


@pytest.mark.parametrize(("before", "words"), [
    (22, ""), (21, "in 21 days"), (7, "in 7 days"), (1, "tomorrow"), (0, "today"),
])  # fmt: skip
def test_every_command_says_it_on_one_line_of_stderr(running, capsys, before, words):
    today = LAST - timedelta(days=before)
    out = said(capsys, running, "study", "check", today=today, code=30)  # no layer is really there
    line = [line for line in out.err.splitlines() if "last day" in line]
    assert len(line) == bool(words)
    assert words in "".join(line)
    shown = said(capsys, running, "study", "show", today=today)
    assert ("Note: The study's last day" in shown.out) is bool(words)
    assert shown.err == "", "what is shown need not be said beside it"
    with pytest.raises(SystemExit):
        main(["study", "show", str(running.home), "--json"], context=Context(ANN, lambda: today))
    assert json.loads(capsys.readouterr().out)["days_left"] == before


def test_the_first_command_after_the_end_locks_once(running, capsys):
    assert locks(running) == []
    for _ in range(2):
        out = said(capsys, running, "ledger", "show", today=AFTER, actor=DIR)
        assert "ended on 2 February 2027 and is locked" in out.err
    assert locks(running) == [(AFTER, "dir", {"last_day": "2027-02-02"})]
    for action in (Action.RUN, Action.REPORT, Action.SEND, Action.GRANT_LEASE, Action.FINDINGS):
        with pytest.raises(NotAllowed, match="is locked"):
            open_gate(running.home, action, actor=ANN, today=AFTER)
    with pytest.raises(NotAllowed, match="is locked"):
        open_gate(running.home, Action.APPROVE, actor=BOB, today=AFTER)
    with pytest.raises(NotAllowed, match="is locked"):
        open_gate(running.home, Action.ADD_CARD, actor=BOB, today=AFTER)
    assert len(locks(running)) == 1
    assert [entry.detail.keys() for entry in ledger(running) if entry.action == "run"] == [
        {"refused"}
    ]


def test_a_refused_command_locks_too(running):
    with pytest.raises(NotAllowed):
        open_gate(running.home, Action.RUN, actor=ANN, today=AFTER)
    assert [entry.action for entry in ledger(running)][-2:] == ["lock", "run"]


def test_extending_unlocks_until_the_next_end(running):
    with pytest.raises(NotAllowed):
        open_gate(running.home, Action.RUN, actor=ANN, today=AFTER)
    later = AFTER + timedelta(days=60)
    studies.extend(running.home, until=later, reason="late file", notice="N2",
                   actor=DEE, today=AFTER)  # fmt: skip
    open_gate(running.home, Action.RUN, actor=ANN, today=later)
    with pytest.raises(NotAllowed, match="is locked"):
        open_gate(running.home, Action.RUN, actor=ANN, today=later + timedelta(days=1))
    assert [detail["last_day"] for _, _, detail in locks(running)] == [
        "2027-02-02", later.isoformat(),
    ]  # fmt: skip


@pytest.mark.parametrize("action", [
    Action.CLOSE, Action.EXTEND, Action.RECEIVE, Action.HOLD, Action.END_HOLD, Action.RESTRICT,
    Action.SUSPEND_CARD, Action.SHOW, Action.EXCHANGE,
])  # fmt: skip
def test_what_ends_holds_or_protects_goes_on(running, action):
    open_gate(running.home, action, actor=DEE, today=AFTER, reason="because")
    assert len(locks(running)) == 1


def test_a_study_not_begun_has_nothing_to_lock(drafted):
    drafted.edit("# end_date = 2026-12-31", "end_date = 2026-11-20")
    approve = {"dpia": "D", "agreement": "A", "notice": "N", "basis": "B", "actor": BOB}
    studies.approve(drafted.home, **approve, today=TODAY)
    late = date(2026, 11, 21)
    with pytest.raises(NotAllowed, match="ended on 20 November"):
        open_gate(drafted.home, Action.LOAD, actor=ANN, today=late)
    assert locks(drafted) == []
    drafted.edit("end_date = 2026-11-20", "end_date = 2026-12-31")
    studies.approve(drafted.home, **approve, today=late)
    open_gate(drafted.home, Action.LOAD, actor=ANN, today=late)


def test_a_closed_study_says_nothing_more(running, capsys):
    studies.close(running.home, actor=DIR, today=AFTER)
    out = said(capsys, running, "ledger", "show", today=AFTER)
    assert out.err == ""
    assert len(locks(running)) == 1


def test_a_clock_set_back_locks_nothing_and_undoes_no_lock(running):
    with pytest.raises(NotAllowed):
        open_gate(running.home, Action.RUN, actor=ANN, today=AFTER)
    with pytest.raises(NotAllowed, match="clock"):
        open_gate(running.home, Action.RUN, actor=ANN, today=LAST)

"""The stages of a study: the table is whole, and says what was promised."""

from datetime import date

import pytest

from casescope.governance import stages
from casescope.governance.roles import Role
from casescope.governance.stages import (
    ENDED,
    RULES,
    Action,
    FileNeed,
    Stage,
    check_clock,
    check_reason,
    check_within,
    end_of,
    is_clock_sound,
    is_possible,
    is_within,
    stage_after,
)
from casescope.governance.stages_page import as_markdown
from casescope.kernel.errors import NotAllowed

# What the study's rules promise, drawn by hand: a letter is the stage after.
PROMISED = """
                 draft  approved  running  reporting  closed  withdrawn
 show            d      a         r        p          c       w
 check           d      a         r        p          -       -
 approve         a      a         r        p          -       -
 load            -      r         r        r          -       -
 run             -      -         r        r          -       -
 quality         -      -         r        p          -       -
 cohort          -      -         r        p          -       -
 pairs           -      -         r        p          -       -
 review          -      -         r        p          -       -
 export_pairs    -      -         r        p          -       -
 decide          -      -         r        p          -       -
 undecide        -      -         r        p          -       -
 restrict        d      a         r        p          -       -
 lift            d      a         r        p          -       -
 findings        -      -         r        p          -       -
 risk            -      -         r        p          -       -
 report          -      -         p        p          -       -
 approve_working -      a         r        p          -       -
 withdraw_working -     a         r        p          -       -
 ask_release     -      -         r        p          -       -
 take_answer     -      -         r        p          -       -
 publish         -      -         r        p          -       -
 releases        d      a         r        p          c       w
 view_release    -      -         r        p          c       w
 download_release -     -         r        p          c       w
 withdraw_release -     -         r        p          c       w
 add_card        -      a         r        p          -       -
 suspend_card    -      a         r        p          -       -
 exchange        d      a         r        p          c       w
 send            -      -         r        p          -       -
 grant_lease     -      -         r        p          -       -
 receive         -      -         r        p          c       w
 hold            -      -         r        p          -       -
 read_hold       -      -         -        -          c       w
 prolong_hold    -      -         r        p          c       w
 end_hold        -      -         r        p          c       w
 extend          -      -         r        p          -       -
 close           -      -         c        c          -       -
 withdraw        w      w         w        w          -       -
 certify         -      -         -        -          c       w
 verify_ledger   d      a         r        p          c       w
"""
LETTERS = {
    "d": Stage.DRAFT, "a": Stage.APPROVED, "r": Stage.RUNNING,
    "p": Stage.REPORTING, "c": Stage.CLOSED, "w": Stage.WITHDRAWN,
}  # fmt: skip


def promised() -> dict[tuple[Action, Stage], Stage | None]:
    head, *rows = (line.split() for line in PROMISED.strip().splitlines())
    return {
        (Action[name.upper()], Stage(stage)): LETTERS.get(letter)
        for name, *letters in rows
        for stage, letter in zip(head, letters, strict=True)
    }


def test_the_drawing_covers_every_action_at_every_stage():
    drawn = set(promised())
    assert drawn == {(action, stage) for action in Action for stage in Stage} - {
        (Action.CREATE, stage) for stage in Stage
    }


@pytest.mark.parametrize(("case", "after"), promised().items(), ids=lambda part: str(part))
def test_each_action_at_each_stage(case, after):
    action, stage = case
    if after is None:
        with pytest.raises(NotAllowed):
            stage_after(action, stage, keys_left=False)
        assert not is_possible(action, stage, keys_left=False)
    else:
        assert stage_after(action, stage, keys_left=False) is after


@pytest.mark.parametrize("action", Action)
def test_the_table_and_the_check_agree(action):
    for stage in (None, *Stage):
        assert is_possible(action, stage, keys_left=False) == (stage in RULES[action].moves)


def test_a_study_begins_as_a_draft_and_only_once():
    assert stage_after(Action.CREATE, None) is Stage.DRAFT
    assert not any(is_possible(Action.CREATE, stage) for stage in Stage)
    assert [action for action in Action if is_possible(action, None)] == [Action.CREATE]


def test_every_enumeration_is_wholly_described():
    assert set(RULES) == set(Action)
    assert set(stages.REMEDIES) == set(Stage)
    assert set(stages.STAGE_WORDS) == set(Stage)


def test_every_stage_can_be_reached_and_the_ended_ones_not_left():
    reached = {after for rule in RULES.values() for after in rule.moves.values()}
    assert reached == set(Stage)
    for action, rule in RULES.items():
        for stage, after in rule.moves.items():
            assert stage not in ENDED or after is stage, action


def test_an_ending_can_be_repeated_only_while_keys_are_left():
    assert is_possible(Action.CLOSE, Stage.CLOSED, keys_left=True)
    assert is_possible(Action.WITHDRAW, Stage.WITHDRAWN, keys_left=True)
    assert not is_possible(Action.CLOSE, Stage.WITHDRAWN, keys_left=True)
    assert not is_possible(Action.WITHDRAW, Stage.CLOSED, keys_left=True)
    assert not is_possible(Action.LOAD, Stage.CLOSED, keys_left=True)


REVIEWING = (
    Action.PAIRS, Action.REVIEW, Action.EXPORT_PAIRS, Action.DECIDE, Action.UNDECIDE,
)  # fmt: skip


RELEASING = (Action.ASK_RELEASE, Action.TAKE_ANSWER, Action.PUBLISH)


def test_who_may_do_what():
    def may(role: Role) -> set[Action]:
        return {action for action, rule in RULES.items() if role in rule.roles}

    working = {
        Action.LOAD, Action.RUN, Action.QUALITY, Action.COHORT, Action.FINDINGS, Action.REPORT,
        *REVIEWING, *RELEASING,
    }  # fmt: skip
    ending = {Action.CLOSE, Action.WITHDRAW, Action.WITHDRAW_RELEASE, Action.CERTIFY}
    taking = {Action.TAKE_ANSWER}
    sending = {Action.SEND, Action.GRANT_LEASE}
    answering = {
        Action.ADD_CARD, Action.SUSPEND_CARD, Action.HOLD, Action.PROLONG_HOLD, Action.END_HOLD,
        Action.READ_HOLD,
    }  # fmt: skip
    assert may(Role.ANALYST) == working | sending | {
        Action.RESTRICT, Action.RISK, Action.RECEIVE, Action.CERTIFY,
    }  # fmt: skip
    assert may(Role.APPROVER) == ending | taking | answering | {
        Action.APPROVE, Action.RESTRICT, Action.LIFT, Action.RECEIVE,
    }  # fmt: skip
    assert may(Role.DPO) == ending | taking | sending | answering | {
        Action.RUN, Action.EXTEND, Action.RESTRICT, Action.LIFT, Action.RISK, Action.RECEIVE,
        Action.APPROVE_WORKING, Action.WITHDRAW_WORKING,
    }  # fmt: skip
    assert may(Role.DIRECTOR) == ending | {Action.RECEIVE}
    assert may(Role.REVIEWER) == taking
    assert {action for action, rule in RULES.items() if not rule.roles} == {
        Action.CREATE, Action.SHOW, Action.CHECK, Action.VERIFY_LEDGER,
        Action.RELEASES, Action.VIEW_RELEASE, Action.DOWNLOAD_RELEASE, Action.EXCHANGE,
    }  # fmt: skip


def test_whatever_works_on_data_stops_at_the_end_and_needs_the_approved_file():
    working = {
        Action.LOAD, Action.RUN, Action.QUALITY, Action.COHORT, Action.FINDINGS, Action.REPORT,
        Action.RISK, Action.SEND, Action.GRANT_LEASE, *REVIEWING, *RELEASING,
    }  # fmt: skip
    assert {action for action, rule in RULES.items() if rule.until_end} == working
    assert {
        action for action, rule in RULES.items() if rule.file is FileNeed.AS_APPROVED
    } == working


@pytest.mark.parametrize("action", Action)
def test_a_reason_is_asked_where_somebody_is_owed_one(action):
    asked = action in {
        Action.COHORT, Action.LIFT, Action.EXTEND, Action.WITHDRAW,
        Action.REVIEW, Action.EXPORT_PAIRS, Action.UNDECIDE, Action.WITHDRAW_RELEASE,
        Action.APPROVE_WORKING, Action.WITHDRAW_WORKING,
        Action.SUSPEND_CARD, Action.HOLD, Action.READ_HOLD, Action.PROLONG_HOLD,
        Action.END_HOLD,
    }  # fmt: skip
    check_reason(action, "because it was asked")
    for empty in ("", "  \n"):
        if asked:
            with pytest.raises(NotAllowed, match="needs a reason"):
                check_reason(action, empty)
        else:
            check_reason(action, empty)


@pytest.mark.parametrize(
    ("start", "stated", "extended", "last"),
    [
        ("2026-11-02", None, None, "2027-02-02"),
        ("2026-11-30", None, None, "2027-02-28"),  # a day that does not exist: the month's last
        ("2026-12-31", None, None, "2027-03-31"),
        ("2026-11-07", None, None, "2027-02-07"),  # a Sunday is not moved
        ("2026-11-02", "2026-12-24", None, "2026-12-24"),  # the study says less
        ("2026-11-02", "2027-06-30", None, "2027-02-02"),  # saying more changes nothing
        ("2026-11-02", None, "2027-05-02", "2027-05-02"),
        ("2026-11-02", "2026-12-24", "2027-01-15", "2027-01-15"),
    ],
)
def test_the_last_day(start, stated, extended, last):
    days = [date.fromisoformat(day) if day else None for day in (start, stated, extended)]
    assert days[0] is not None
    assert end_of(days[0], days[1], days[2]) == date.fromisoformat(last)


@pytest.mark.parametrize("action", Action)
def test_the_last_day_itself_is_included(action):
    last = date(2027, 2, 2)
    check_within(action, last, last)
    after = date(2027, 2, 3)
    locked = RULES[action].until_end or action in LOCKED
    assert is_within(action, last, after) is not locked
    assert is_within(action, last, after, begun=False) is not RULES[action].until_end


LOCKED = {Action.APPROVE, Action.APPROVE_WORKING, Action.ADD_CARD}
"""No work on data, and yet nothing to begin in a study past its end."""


def test_closing_extending_receiving_holding_and_what_protects_go_on_after_the_end():
    last, after = date(2027, 2, 2), date(2027, 2, 3)
    possible = {action for action in Action if is_within(action, last, after)}
    assert possible >= {
        Action.CLOSE, Action.WITHDRAW, Action.EXTEND, Action.RECEIVE, Action.HOLD, Action.END_HOLD,
        Action.RESTRICT, Action.SUSPEND_CARD, Action.WITHDRAW_RELEASE, Action.VERIFY_LEDGER,
    }  # fmt: skip
    assert not possible & {Action.GRANT_LEASE, Action.SEND, Action.REPORT, Action.RUN}


def test_the_refusal_after_the_end_names_the_day():
    with pytest.raises(NotAllowed, match="ended on 2 February 2027"):
        check_within(Action.RUN, date(2027, 2, 2), date(2027, 2, 3))


@pytest.mark.parametrize(
    ("newest", "today", "sound"),
    [
        (None, date(2026, 1, 1), True),
        (date(2026, 1, 2), date(2026, 1, 2), True),
        (date(2026, 1, 2), date(2026, 1, 3), True),
        (date(2026, 1, 2), date(2026, 1, 1), False),
    ],
)
def test_a_clock_that_was_set_back_is_seen(newest, today, sound):
    assert is_clock_sound(newest, today) is sound
    if not sound:
        with pytest.raises(NotAllowed, match="clock"):
            check_clock(newest, today)


def test_the_reference_page_has_every_action_and_stage():
    page = as_markdown()
    for action in Action:
        assert f"| {action.value} |" in page
    for stage in Stage:
        assert f"--> {stage.value}" in page

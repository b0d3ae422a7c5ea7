"""Leases: who gets one, for how long it holds, and that a kept one opens nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casescope.exchange.age import age
from casescope.exchange.messages.lease import (
    LeaseKeys,
    Terms,
    check_answers,
    check_grant,
    lease_keys,
    new_lease,
    new_request,
)
from casescope.exchange.messages.lease_time import Clock, check_holds, left, opened, resumed, ticked
from casescope.governance.record.signing import encoded
from casescope.governance.study_file.exchange_lines import SESSION, WEEK
from casescope.kernel.errors import LeaseRefused, VaultRefused
from tests.unit.exchange.made import (
    ASKED,
    GRANTED,
    LAST_DAY,
    NOW,
    OURS,
    PARTNER_NAME,
    TERMS,
    THEIRS,
    WISH,
    standing,
)
from tests.unit.exchange.made import SESSION as SESSION_KEY

HOUR = timedelta(hours=1)
KEYS = LeaseKeys(OURS.secret, b"w" * 32)
FOR_A_WEEK = replace(GRANTED, mode=WEEK, hours=168)


def at(hours: float, *, steady: float | None = None) -> Clock:
    """Clocks so many hours after the granting; the steady one elsewhere where given."""
    return Clock(NOW + hours * HOUR, 1000 + 3600 * (hours if steady is None else steady))


def test_a_lease_is_given():
    check_grant(WISH, standing(), now=NOW)
    check_grant(WISH, standing(last_day=NOW.date()), now=NOW)
    check_grant(WISH, standing(), now=NOW + timedelta(days=3))
    check_grant(WISH, standing(terms=Terms(WEEK, 168)), now=NOW)


@pytest.mark.parametrize(("changed", "why"), [
    ({"is_running": False}, "not running"),
    ({"last_day": date(2026, 11, 29)}, "last day"),
    ({"suspended": True}, "suspended"),
    ({"superseded_by": "f" * 32}, "newer version"),
    ({"study": "another"}, "for this partner"),
    ({"package": "f" * 32}, "for this partner"),
    ({"partner": "0000" + PARTNER_NAME[4:]}, "for this partner"),
    ({"terms": Terms(SESSION, 23)}, "terms"),
])  # fmt: skip
def test_no_lease_is_given(changed, why):
    with pytest.raises(LeaseRefused, match=why) as refused:
        check_grant(WISH, standing(**changed), now=NOW)
    assert refused.value.exit_code == 63
    assert refused.value.remedy


@pytest.mark.parametrize(("asked", "why"), [
    ({"mode": WEEK}, "terms"), ({"hours": 25}, "terms"), ({"hours": 0}, "terms"),
    ({"asked_at": NOW - timedelta(days=3, seconds=1)}, "too old"),
    ({"asked_at": NOW + timedelta(minutes=11)}, "future"),
])  # fmt: skip
def test_no_lease_is_given_to_a_request_that_is_out_of_order(asked, why):
    with pytest.raises(LeaseRefused, match=why):
        check_grant(replace(WISH, **asked), standing(), now=NOW)


def test_the_last_day_is_a_day_of_the_place():
    """Half past midnight in summer is still yesterday in UTC."""
    summer = timezone(HOUR)
    late = datetime(2027, 2, 2, 0, 30, tzinfo=summer)
    wish = replace(WISH, asked_at=late.astimezone(UTC))
    check_grant(wish, standing(), now=late.astimezone(UTC))
    with pytest.raises(LeaseRefused, match="last day"):
        check_grant(wish, standing(), now=late)


@pytest.mark.parametrize(
    ("mode", "hours"), [(SESSION, 25), (WEEK, 169), ("month", 1), (SESSION, 0)]
)
def test_terms_have_bounds(mode, hours):
    with pytest.raises(ValueError, match="length"):
        Terms(mode, hours)


def test_a_lease_is_for_no_more_than_the_study_has_left():
    late = datetime(2027, 2, 1, 20, 30, tzinfo=UTC)
    lease = new_lease(WISH, ASKED, KEYS, last_day=LAST_DAY, now=late, casescope="0")
    assert lease.hours == 4  # 3.5 hours to midnight, in whole ones
    assert GRANTED.hours == 24


def test_the_session_that_asked_gets_the_keys():
    check_answers(GRANTED, WISH, ASKED)
    held = lease_keys(GRANTED, SESSION_KEY.secret)
    assert (held.authority_identity, held.workspace_secret) == (OURS.secret, b"w" * 32)
    assert OURS.secret not in repr(held)


def test_a_kept_lease_opens_nothing_in_a_new_session():
    """By construction: what it holds is sealed to a secret that went with the old session."""
    later = age.new_identity()
    again = new_request(
        study=WISH.study, package=WISH.package, version=1, partner=PARTNER_NAME,
        session=later.recipient, terms=TERMS, now=NOW, casescope="0.1.0",
    )  # fmt: skip
    with pytest.raises(LeaseRefused, match="another request"):
        check_answers(GRANTED, again, "digest of the new request")
    for secret in (later.secret, THEIRS.secret, OURS.secret):
        with pytest.raises(VaultRefused):
            lease_keys(GRANTED, secret)


@pytest.mark.parametrize("changed", [
    {"answers": "0" * 64}, {"study": "x"}, {"package": "f" * 32}, {"partner": "x"},
    {"session": THEIRS.recipient}, {"mode": WEEK}, {"hours": 25}, {"hours": 0},
])  # fmt: skip
def test_a_lease_that_answers_something_else_is_refused(changed):
    with pytest.raises(LeaseRefused, match="another request"):
        check_answers(replace(GRANTED, **changed), WISH, ASKED)


def test_the_sealed_part_of_another_lease_is_refused():
    other = new_lease(replace(WISH, package="f" * 32), ASKED, KEYS, last_day=LAST_DAY, now=NOW,
                      casescope="0")  # fmt: skip
    for swapped in (replace(GRANTED, sealed=other.sealed), replace(other, sealed=GRANTED.sealed)):
        with pytest.raises(LeaseRefused, match="does not hold"):
            lease_keys(swapped, SESSION_KEY.secret)
    for wrong in (b"{}", b"x", b"[]", b'{"lease": 1}'):
        sealed = encoded(age.sealed(wrong, SESSION_KEY.recipient))
        with pytest.raises(LeaseRefused, match="does not hold"):
            lease_keys(replace(GRANTED, sealed=sealed), SESSION_KEY.secret)


def test_hours_count_from_opening():
    meter = opened(GRANTED, at(5))
    check_holds(GRANTED, ticked(meter, at(28.99)))
    with pytest.raises(LeaseRefused, match="24 hours are spent"):
        check_holds(GRANTED, ticked(meter, at(29)))
    assert left(GRANTED, ticked(meter, at(28))) == HOUR
    assert left(GRANTED, ticked(meter, at(30))) == timedelta(0)


def test_setting_the_clock_back_gives_no_time():
    meter = opened(GRANTED, at(1))
    meter = ticked(meter, at(20))
    meter = ticked(meter, at(2, steady=24))  # eighteen hours back, four hours later
    check_holds(GRANTED, meter)
    with pytest.raises(LeaseRefused, match="spent"):
        check_holds(GRANTED, ticked(meter, at(3, steady=25)))


def test_time_asleep_counts_though_the_steady_clock_stood():
    meter = ticked(opened(GRANTED, at(0)), at(24, steady=0.5))
    with pytest.raises(LeaseRefused, match="spent"):
        check_holds(GRANTED, meter)


def test_an_ended_lease_stays_ended_with_the_clock_set_back():
    meter = ticked(opened(FOR_A_WEEK, at(0)), at(169))
    for clock in (at(1, steady=170), at(-5, steady=170)):
        with pytest.raises(LeaseRefused):
            check_holds(FOR_A_WEEK, ticked(meter, clock))
        with pytest.raises(LeaseRefused, match="set back"):
            resumed(FOR_A_WEEK, meter, clock)


def test_a_lease_for_a_week_survives_a_restart_and_one_for_a_session_does_not():
    meter = ticked(opened(FOR_A_WEEK, at(0)), at(10))
    again = resumed(FOR_A_WEEK, meter, at(30, steady=-0.2))  # another process, another steady clock
    assert again.spent == 30 * 3600
    assert ticked(again, at(31, steady=0.8)).spent == 31 * 3600
    with pytest.raises(LeaseRefused, match="spent"):
        resumed(FOR_A_WEEK, meter, at(168, steady=0))
    with pytest.raises(LeaseRefused, match="session"):
        resumed(GRANTED, ticked(opened(GRANTED, at(0)), at(1)), at(2))


def test_no_lease_holds_after_the_last_day():
    lease = replace(FOR_A_WEEK, last_day=date(2026, 12, 1))
    meter = opened(lease, at(0))  # 20:00 on 30 November
    assert left(lease, meter) == 28 * HOUR
    check_holds(lease, ticked(meter, at(27.9)))
    with pytest.raises(LeaseRefused, match="last day"):
        check_holds(lease, ticked(meter, at(28)))
    with pytest.raises(LeaseRefused, match="last day"):
        opened(lease, at(28))


def test_a_lease_of_the_future_is_refused():
    opened(GRANTED, at(-0.16))
    with pytest.raises(LeaseRefused, match="future"):
        opened(GRANTED, at(-0.17))


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(-30, 30)), max_size=12))
def test_no_setting_of_the_wall_clock_lengthens_a_lease(steps):
    """What is spent is never less than what the steady clock counted."""
    meter, gone = opened(GRANTED, at(0)), 0.0
    for hours, wall in steps:
        gone += hours
        before = meter.spent
        meter = ticked(meter, at(wall, steady=gone))
        assert meter.spent >= before
        assert meter.spent >= gone * 3600 - 1e-6
        assert meter.latest >= NOW

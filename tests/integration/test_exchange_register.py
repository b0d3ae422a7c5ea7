"""What the register holds of the exchange: each thing once, whole, and one truth at a time."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from casescope.governance.study_file.study import Study
from casescope.kernel.errors import Busy, NotAllowed, NotFound
from casescope.register import open_register
from casescope.register.exchange_records import LeaseRow, MessageRow, PackageRow, PartnerRow
from tests.integration.people import TODAY

STUDY = Study("Scoping", "Somewhere", "Pause", "To know.", date(2026, 10, 31))
PAUSE = PartnerRow("1f3c" + "-0000" * 7, "Pause", {"kind": "partner card"}, TODAY, "bob")
BEES = replace(PAUSE, fingerprint="2222" + "-0000" * 7, name="Bees")
FIRST = PackageRow(PAUSE.fingerprint, "a" * 32, 1, "", {"k": 3}, "p-v1.casepkg", "0" * 64, 9,
                   "1" * 64, TODAY, "ann")  # fmt: skip
SECOND = replace(FIRST, package="b" * 32, version=2, replaces=FIRST.package)
LEASE = LeaseRow(PAUSE.fingerprint, FIRST.package, "c" * 32, "d" * 64, "age1x", "{}\n", "l.json",
                 "session", TODAY, "2026-11-02T10:00:00+00:00", "ann", 24, TODAY)  # fmt: skip
MESSAGE = MessageRow(PAUSE.fingerprint, incoming=True, kind="receipt", digest="e" * 64, on=TODAY,
                     by="ann", kept={"size": 3, "root": "", "note": "", "proofs": {}},
                     countersigned_size=2)  # fmt: skip


@pytest.fixture
def register(place):
    return open_register()


@pytest.fixture
def study_id(place, register) -> str:
    new = str(uuid4())
    register.add_study(new, place.home, STUDY, by="bob", on=TODAY)
    register.add_partner(new, PAUSE)
    return new


def test_what_is_put_in_comes_out(register, study_id):
    register.send(study_id, FIRST)
    register.grant(study_id, LEASE)
    register.keep_message(study_id, MESSAGE)
    assert register.partners(study_id) == (PAUSE,)
    assert register.packages(study_id) == (FIRST,)
    assert register.leases(study_id) == (LEASE,)
    assert register.messages(study_id) == (MESSAGE,) == register.messages(study_id, MESSAGE.partner)


def test_a_card_is_added_once(register, study_id):
    with pytest.raises(NotAllowed, match="added before"):
        register.add_partner(study_id, replace(PAUSE, name="Another"))


def test_a_partner_is_suspended_once_and_the_past_is_kept(register, study_id):
    told = {"on": TODAY, "by": "bob"}
    with pytest.raises(NotAllowed, match="not suspended"):
        register.resume(study_id, PAUSE.fingerprint, reason="why", **told)
    for reason in ("one", "two"):
        register.suspend(study_id, PAUSE.fingerprint, reason=reason, **told)
        assert register.partners(study_id)[0].suspended_reason == reason
        with pytest.raises(NotAllowed, match="already"):
            register.suspend(study_id, PAUSE.fingerprint, reason="again", **told)
        register.resume(study_id, PAUSE.fingerprint, reason="found", **told)
        assert register.partners(study_id)[0].suspended_on is None
    from casescope.register.models import Suspension

    assert [row.reason for row in Suspension.objects.order_by("id")] == ["one", "two"]


def test_one_package_of_a_partner_is_current(register, study_id):
    register.send(study_id, FIRST)
    for meanwhile in (replace(SECOND, replaces=""), replace(SECOND, replaces="f" * 32)):
        with pytest.raises(Busy, match="meanwhile"):
            register.send(study_id, meanwhile)
    register.send(study_id, SECOND)
    assert [row.superseded_on for row in register.packages(study_id)] == [TODAY, None]
    with pytest.raises(Busy, match="meanwhile"):
        register.send(study_id, replace(SECOND, package="9" * 32))


def test_two_partners_have_each_a_current_one(register, study_id):
    register.add_partner(study_id, BEES)
    register.send(study_id, FIRST)
    register.send(study_id, replace(FIRST, partner=BEES.fingerprint, package="b" * 32))
    assert [row.superseded_on for row in register.packages(study_id)] == [None, None]
    with pytest.raises(NotFound, match="never added"):
        register.send(study_id, replace(FIRST, partner="9999" + "-0000" * 7, package="8" * 32))


def test_what_was_replaced_gets_no_lease_in_the_register_either(register, study_id):
    """Should two people at two terminals send and grant at one moment."""
    register.send(study_id, FIRST)
    register.send(study_id, SECOND)
    with pytest.raises(Busy, match="newer package"):
        register.grant(study_id, LEASE)


def test_whoever_was_suspended_meanwhile_gets_nothing_in_the_register_either(register, study_id):
    register.send(study_id, FIRST)
    register.suspend(study_id, PAUSE.fingerprint, reason="a theft", on=TODAY, by="bob")
    for give, what in ((register.send, SECOND), (register.grant, LEASE)):
        with pytest.raises(NotAllowed, match="Pause was suspended meanwhile"):
            give(study_id, what)
    register.resume(study_id, PAUSE.fingerprint, reason="found", on=TODAY, by="bob")
    register.send(study_id, SECOND)


@pytest.mark.parametrize("again", [
    replace(LEASE, lease="0" * 32, session="age1y"),
    replace(LEASE, lease="0" * 32, request="0" * 64),
])  # fmt: skip
def test_a_request_and_a_session_get_one_lease(register, study_id, again):
    register.send(study_id, FIRST)
    register.grant(study_id, LEASE)
    with pytest.raises(Busy, match="meanwhile"):
        register.grant(study_id, again)
    assert register.leases(study_id) == (LEASE,)


def test_a_message_is_kept_once_and_the_first_acknowledgement_counts(register, study_id):
    register.send(study_id, FIRST)
    register.keep_message(study_id, MESSAGE)
    with pytest.raises(NotAllowed, match="taken in before"):
        register.keep_message(study_id, replace(MESSAGE, kind="acknowledgement"))
    later = date(TODAY.year + 1, 1, 1)
    for day in (TODAY, later):
        register.acknowledge(study_id, FIRST.package, on=day)
    assert register.packages(study_id)[0].acknowledged_on == TODAY

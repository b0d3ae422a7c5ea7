"""Leases: what is granted, to whom, for how long; and each reason for which there is none."""

from datetime import timedelta

import pytest

from casescope.actions.data.load import load
from casescope.actions.data.restrict import restrict
from casescope.actions.sharing import card as cards
from casescope.actions.sharing import lease as leasing
from casescope.actions.sharing.lease import grant, leases
from casescope.actions.study.study import approve
from casescope.exchange.age import age
from casescope.exchange.messages.lease import LeaseKeys, Terms, lease_keys
from casescope.governance.roles import Actor
from casescope.kernel.errors import (
    LeaseRefused,
    LedgerBroken,
    NotAllowed,
    SignatureRefused,
    UserError,
    VaultRefused,
)
from casescope.register import open_register
from tests.functional.partners import NOW, Exchange, Partner
from tests.functional.place import ME, TODAY, write_extract

AFTER_THE_END = TODAY + timedelta(days=120)


def granted(sent: Exchange):
    return open_register().leases(sent.place.study_id)


def lent(sent: Exchange, held) -> LeaseKeys:
    request, session = sent.pause.asks(held.manifest)
    return sent.pause.reads_lease(sent.grants(request), session)[1]


def test_a_lease_is_for_the_session_that_asked_and_for_no_other(sent):
    request, session = sent.pause.asks(sent.manifest)
    lease, halves = sent.pause.reads_lease(sent.grants(request), session)
    assert sent.pause.opens(sent.held, halves)
    assert (lease.hours, lease.mode, lease.last_day) == (24, "session", sent.manifest.ends_on)
    with pytest.raises(VaultRefused):
        lease_keys(lease, age.new_identity().secret)
    row = leases(sent.place.home, actor=ME, today=TODAY)[0]
    assert (row["partner"], row["hours"], row["granted_by"]) == ("Pause", 24, ME.name)
    did = open_register().entries(sent.place.study_id)[-1].detail["did"]
    assert (did["lease"], did["hours"]) == (lease.lease, 24)


def test_the_same_request_gets_the_same_lease_and_never_a_longer_one(sent):
    request, session = sent.pause.asks(sent.manifest)
    first = sent.grants(request, hours=3).read_bytes()
    for hours in (None, 24):
        path = sent.grants(request, hours=hours, now=NOW + timedelta(hours=20))
        assert path.read_bytes() == first
    lease, _ = sent.pause.reads_lease(path, session)
    assert lease.hours == 3
    with pytest.raises(NotAllowed, match="3 hours already"):
        sent.grants(request, hours=2)
    assert len(granted(sent)) == 1
    out = sent.place.root / "carried" / "lease.json"
    assert sent.grants(request, out=out).read_bytes() == first


def test_the_secret_of_the_workspace_outlives_a_correction(sent):
    """Notes of the partner are locked with it: they stay readable under the next version."""
    one = lent(sent, sent.held)
    held = sent.sends()
    two = lent(sent, sent.pause.take_in(held.path))
    assert one.workspace_secret == two.workspace_secret
    assert len(one.workspace_secret) == 32
    assert one.authority_identity != two.authority_identity


# refusals


def changed(sent):
    request, _ = sent.pause.asks(sent.manifest)
    request.write_bytes(request.read_bytes().replace(b'"hours": 24', b'"hours": 23'))
    return request


def of_a_stranger(sent):
    stranger = Partner("Pause", sent.place.root / "stranger")
    stranger.card_file.touch()
    return stranger.asks(sent.manifest)[0]


def for_anothers_package(sent):
    bees = Partner("Bees", sent.place.root / "bees").added_to(sent.place)
    return bees.asks(sent.manifest)[0]


def for_no_package(sent):
    return sent.pause.asks(sent.manifest, package="0" * 32)[0]


def of_another_study(sent):
    return sent.pause.asks(sent.manifest, study="another")[0]


def while_suspended(sent):
    cards.suspend(sent.place.home, "Pause", reason="a laptop was lost", actor=ME, today=TODAY)
    return sent.pause.asks(sent.manifest)[0]


def for_the_old_version(sent):
    old = sent.manifest
    sent.sends()
    return sent.pause.asks(old)[0]


def after_a_restriction(sent):
    """Of somebody whom no extract names: whoever is restricted, the old version may hold her."""
    restrict(sent.place.home, "nobody yet", ground="objection", actor=ME, today=TODAY)
    return sent.pause.asks(sent.manifest)[0]


def after_a_load(sent):
    folder = sent.place.root / "corrected"
    write_extract(folder, mothers=5, seed=2)
    load(sent.place.home, [folder], actor=ME, today=TODAY)
    return sent.pause.asks(sent.manifest)[0]


def after_a_higher_floor(sent):
    approved_anew(sent, "risk_floor = 3", "risk_floor = 4")
    return sent.pause.asks(sent.manifest)[0]


def after_shorter_leases(sent):
    approved_anew(sent, "lease_hours = 24", "lease_hours = 8")
    return sent.pause.asks(sent.manifest)[0]


def for_a_week(sent):
    return sent.pause.asks(sent.manifest, terms=Terms("week", 24))[0]


def with_a_key_used_before(sent):
    request, session = sent.pause.asks(sent.manifest)
    sent.grants(request)
    return sent.pause.asks(sent.manifest, session)[0]


def days_old(sent):
    return sent.pause.asks(sent.manifest, now=NOW - timedelta(days=4))[0]


def of_the_future(sent):
    return sent.pause.asks(sent.manifest, now=NOW + timedelta(hours=2))[0]


def with_a_forked_ledger(sent):
    sent.grants(sent.pause.asks(sent.manifest)[0])
    sent.pause.leaves[0] = b"\0" * 32
    return sent.pause.asks(sent.manifest)[0]


def with_a_shortened_ledger(sent):
    for _ in range(2):
        sent.grants(sent.pause.asks(sent.manifest)[0])
    del sent.pause.leaves[1:]
    sent.pause.leaves[0] = b"\1" * 32
    return sent.pause.asks(sent.manifest)[0]


def approved_anew(sent, line, instead):
    file = sent.place.home / "study.toml"
    text = file.read_text(encoding="utf-8")
    assert line in text
    file.write_text(text.replace(line, instead), encoding="utf-8")
    approve(sent.place.home, dpia="D", agreement="A", notice="N", basis="B", actor=ME, today=TODAY)


REASONS = [
    (changed, SignatureRefused, "changed after it was signed"),
    (of_a_stranger, NotAllowed, "never confirmed"),
    (for_anothers_package, LeaseRefused, "no package that was sent to this partner"),
    (for_no_package, LeaseRefused, "no package that was sent to this partner"),
    (of_another_study, LeaseRefused, "not for a package"),
    (while_suspended, LeaseRefused, "suspended"),
    (for_the_old_version, LeaseRefused, "newer version"),
    (after_a_restriction, LeaseRefused, "no longer what the study’s data say"),
    (after_a_load, LeaseRefused, "no longer what the study’s data say"),
    (after_a_higher_floor, LeaseRefused, "no longer what the study’s data say"),
    (after_shorter_leases, LeaseRefused, "no longer what the study’s data say"),
    (for_a_week, LeaseRefused, "more than the package’s terms"),
    (with_a_key_used_before, LeaseRefused, "this session’s key"),
    (days_old, LeaseRefused, "too old"),
    (of_the_future, LeaseRefused, "in the future"),
    (with_a_forked_ledger, LedgerBroken, "does not begin with"),
    (with_a_shortened_ledger, LedgerBroken, "seen before"),
]


@pytest.mark.parametrize(
    ("asked", "kind", "because"), REASONS, ids=lambda one: getattr(one, "__name__", "")
)
def test_no_lease_for_a_request(sent, asked, kind, because):
    request = asked(sent)
    before, files = granted(sent), sent.outbox
    with pytest.raises(kind, match=because) as refusal:
        sent.grants(request)
    assert granted(sent) == before
    assert sent.outbox == files, "nothing is written"
    assert sent.refusals()[-1] == refusal.value.sentence
    assert refusal.value.remedy


def test_no_lease_to_a_partner_that_is_suspended_while_it_is_made(sent, monkeypatch):
    request, whole = sent.pause.asks(sent.manifest)[0], leasing.new_lease

    def suspended(*words, **named):
        cards.suspend(sent.place.home, "Pause", reason="a laptop was lost", actor=ME, today=TODAY)
        return whole(*words, **named)

    monkeypatch.setattr(leasing, "new_lease", suspended)
    files = sent.outbox
    with pytest.raises(NotAllowed, match="suspended meanwhile"):
        sent.grants(request)
    assert not granted(sent)
    assert sent.outbox == files


def test_after_the_last_day_nobody_grants_a_lease(sent):
    request, _ = sent.pause.asks(sent.manifest, now=NOW + timedelta(days=120))
    with pytest.raises(NotAllowed, match="ended on"):
        sent.grants(request, now=NOW + timedelta(days=120), today=AFTER_THE_END)
    assert "ended on" in sent.refusals()[-1]


def test_who_may_grant_is_in_study_toml(sent):
    request, _ = sent.pause.asks(sent.manifest)
    with pytest.raises(NotAllowed):
        grant(sent.place.home, request, actor=Actor("somebody"), today=TODAY, now=NOW)


@pytest.mark.parametrize("hours", [0, 25, -1])
def test_a_lease_is_never_longer_than_was_asked(sent, hours):
    with pytest.raises(NotAllowed, match="24 hours"):
        sent.grants(sent.pause.asks(sent.manifest)[0], hours=hours)
    assert not granted(sent)


def test_without_the_councils_half_there_is_no_lease_and_a_new_version_helps(sent):
    for path in sent.halves.glob("package-*"):
        path.unlink()
    request, _ = sent.pause.asks(sent.manifest)
    with pytest.raises(VaultRefused, match="missing or damaged") as refusal:
        sent.grants(request)
    assert "send a new version" in refusal.value.remedy
    held = sent.sends()
    sent.pause.take_in(held.path)
    request, session = sent.pause.asks(held.manifest)
    _, halves = sent.pause.reads_lease(sent.grants(request), session)
    assert sent.pause.opens(held, halves)


def test_a_garbled_request_is_refused_at_every_byte(sent):
    """Whatever byte of it is another, nobody gets a lease."""
    request, _ = sent.pause.asks(sent.manifest)
    raw, bad = request.read_bytes(), sent.place.root / "bad.json"
    for place in range(0, len(raw), max(1, len(raw) // 40)):
        bad.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        with pytest.raises(UserError):
            sent.grants(bad)
    assert not granted(sent)


def test_what_is_kept_of_a_lease_opens_nothing(sent):
    """The register, which outlives the study, holds no half in the clear."""
    request, session = sent.pause.asks(sent.manifest)
    _, halves = sent.pause.reads_lease(sent.grants(request), session)
    from django.db import connections

    connections.close_all()
    stored = b"".join(path.read_bytes() for path in sent.place.state.iterdir())
    assert halves.authority_identity.encode() not in stored
    assert halves.workspace_secret.hex().encode() not in stored

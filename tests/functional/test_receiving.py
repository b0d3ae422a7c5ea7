"""What a partner sends back: taken in once, from the right key, in the right study."""

import secrets
import sqlite3

import pytest

from casescope.actions.sharing import card as cards
from casescope.actions.sharing.exchange import exchange
from casescope.exchange.form.shape import moment
from casescope.exchange.messages.receipt import CANNOT_KNOW, RECEIPT, Destroyed, Receipt, sha256
from casescope.governance.record.growth import Growth
from casescope.kernel.errors import (
    LeaseRefused,
    LedgerBroken,
    NotAllowed,
    SignatureRefused,
    VaultRefused,
)
from casescope.register import open_register
from tests.functional.partners import NOW, Exchange, Partner
from tests.functional.place import ME, TODAY

FOUND = {
    "report.json": b'{"tables": []}',
    "notes.txt": "Enough for one team – see page 2.".encode(),
}


def stands(sent: Exchange) -> dict:
    return exchange(sent.place.home, actor=ME, today=TODAY)["partners"][0]


def receipt(sent: Exchange, **other):
    said = {
        "receipt": secrets.token_hex(16), "study": sent.manifest.study,
        "partner": sent.pause.fingerprint, "authority": sent.held.fingerprint, "packages": (),
        "destroyed": (Destroyed("workspace", "overwritten and removed", moment(NOW)),),
        "sessions": (), "searched": (), "confirmed": None, "cannot_know": CANNOT_KNOW,
        "ledger_export": "", "ledger_sha256": sha256(""), "finished_at": moment(NOW),
        "casescope": "0.1.0", **other,
    }  # fmt: skip
    return sent.pause.signed(RECEIPT, Receipt(**said), "receipt.json")


def test_an_acknowledgement_is_recorded_with_the_version_it_is_about(sent):
    assert stands(sent)["packages"][0]["acknowledged_on"] is None
    told = sent.receives(sent.pause.acknowledges(sent.held))
    assert (told["kind"], told["partner"], told["version"]) == ("acknowledgement", "Pause", 1)
    assert stands(sent)["packages"][0]["acknowledged_on"] == TODAY
    assert stands(sent)["received"][0]["kind"] == "acknowledgement"


def test_each_side_countersigns_what_it_saw_of_the_other(sent):
    """The package told of the council's ledger; the answer shows that the partner keeps that."""
    size = open_register().messages(sent.place.study_id)[0].sent_size
    sent.receives(sent.pause.acknowledges(sent.held))
    assert stands(sent)["ledger"] == {"of_ours_seen": size, "of_theirs_kept": 1}
    request, session = sent.pause.asks(sent.manifest)
    path = sent.grants(request)
    sent.pause.reads_lease(path, session)
    assert sent.pause.origin in path.read_text(encoding="utf-8"), "countersigned in the lease"


def test_a_council_that_rewrote_its_past_is_found_by_what_the_partner_countersigned(sent):
    ack = sent.pause.acknowledges(sent.held)
    from django.db import connections

    connections.close_all()
    with sqlite3.connect(sent.place.state / "register.sqlite3") as register:
        register.execute(
            "UPDATE register_ledgerentry SET hash = ? WHERE number = 2",
            ["0" * 64],
        )
    register.close()
    with pytest.raises(LedgerBroken, match="does not begin with"):
        sent.receives(ack)


def test_findings_are_opened_and_put_where_they_can_be_read(sent):
    file = sent.pause.finds(sent.manifest, FOUND, "findings.casepkg")
    told = sent.receives(file)
    folder = sent.place.home / "partner" / told["package"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FOUND
    with pytest.raises(NotAllowed, match="taken in already"):
        sent.receives(file)
    # they may be read again, elsewhere, and the ledger says so; it is one message still
    other = sent.place.root / "elsewhere"
    sent.receives(file, to=other)
    assert (other / "report.json").read_bytes() == FOUND["report.json"]
    assert [one["kind"] for one in stands(sent)["received"]] == ["partner findings"]
    assert open_register().entries(sent.place.study_id)[-1].detail["did"]["again"]
    # the partner chose their names: what somebody has under one of them is not written over
    mine = sent.place.root / "mine"
    mine.mkdir()
    (mine / "report.json").write_bytes(b"my own")
    with pytest.raises(NotAllowed, match="nothing is written over"):
        sent.receives(file, to=mine)
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == {"report.json": b"my own"}


def test_a_receipt_is_recorded(sent):
    told = sent.receives(receipt(sent))
    assert (told["kind"], told["destroyed"], told["strays"]) == ("receipt", 1, 0)
    kept = [one for one in open_register().messages(sent.place.study_id) if one.kind == RECEIPT]
    assert kept[0].document["statement"]["cannot_know"] == list(CANNOT_KNOW)


def test_nothing_is_taken_in_twice(sent):
    for file in (sent.pause.acknowledges(sent.held), receipt(sent)):
        sent.receives(file)
        number = len(open_register().messages(sent.place.study_id))
        with pytest.raises(NotAllowed, match="taken in already"):
            sent.receives(file)
        assert len(open_register().messages(sent.place.study_id)) == number
        assert "taken in already" in sent.refusals()[-1]


def by_a_stranger(sent):
    stranger = Partner(
        "Pause", sent.place.root / "stranger", authority_key=sent.pause.authority_key
    )
    stranger.card_file.touch()
    return stranger.acknowledges(sent.held)


def findings_of_a_stranger(sent):
    stranger = Partner("Pause", sent.place.root / "stranger")
    told = sent.manifest.__class__(**{**vars(sent.manifest), "partner": stranger.fingerprint})
    return stranger.finds(told, FOUND, "findings.casepkg")


def of_another_study(sent):
    return receipt(sent, study="another")


def for_another_authority(sent):
    return receipt(sent, authority=sent.pause.fingerprint)


def of_a_package_never_sent(sent):
    told = sent.manifest.__class__(**{**vars(sent.manifest), "package": "0" * 32})
    held = sent.held.__class__(**{**vars(sent.held), "manifest": told})
    return sent.pause.acknowledges(held)


def of_another_content(sent):
    held = sent.held.__class__(**{**vars(sent.held), "digest": "0" * 64})
    return sent.pause.acknowledges(held)


def with_a_program(sent):
    return sent.pause.finds(sent.manifest, {**FOUND, "open_me.exe": b"MZ"}, "findings.casepkg")


def with_a_formula(sent):
    found = {**FOUND, "tiers.csv": b"tier,women\nT1,=1+1\n"}
    return sent.pause.finds(sent.manifest, found, "findings.casepkg")


def a_request(sent):
    return sent.pause.asks(sent.manifest)[0]


def our_own_package(sent):
    return sent.file


def a_card(sent):
    return sent.pause.card_file


def changed(sent):
    file = sent.pause.acknowledges(sent.held)
    file.write_bytes(file.read_bytes().replace(b'"version": 1', b'"version": 2'))
    return file


def cut_off(sent):
    file = sent.pause.finds(sent.manifest, FOUND, "findings.casepkg")
    file.write_bytes(file.read_bytes()[:-700])
    return file


def with_another_byte(sent):
    file = sent.pause.finds(sent.manifest, FOUND, "findings.casepkg")
    raw = bytearray(file.read_bytes())
    raw[-1500] ^= 1
    file.write_bytes(raw)
    return file


def no_growth(sent):
    sent.receives(sent.pause.acknowledges(sent.held))
    growth = sent.pause.growth()
    return sent.pause.signed(
        RECEIPT, receipt_statement(sent), "r.json", Growth(growth.checkpoint, {}, "")
    )


def receipt_statement(sent):
    from casescope.exchange.form.message import read_message
    from casescope.exchange.messages.receipt import receipt_of

    file = receipt(sent)
    return receipt_of(read_message(file.read_bytes(), RECEIPT, "r", key=sent.pause.card.key), "r")


def taken_in(sent):
    """Return the messages that count; one that denies the past is kept as proof of that."""
    rows = open_register().messages(sent.place.study_id)
    return [row for row in rows if row.kind != "contradiction"]


def test_findings_that_deny_the_past_are_never_opened(sent):
    """Nor by giving them again: what is kept of them is the proof, not a message taken in."""
    sent.receives(sent.pause.acknowledges(sent.held))
    sent.pause.leaves[0] = b"\0" * 32
    file = sent.pause.finds(sent.manifest, FOUND, "findings.casepkg")
    for _ in range(2):
        with pytest.raises((LedgerBroken, NotAllowed)):
            sent.receives(file)
    assert not (sent.place.home / "partner").exists()


def test_who_denies_the_past_gets_no_lease_until_somebody_has_looked_into_it(sent):
    sent.receives(sent.pause.acknowledges(sent.held))
    true = sent.pause.leaves[0]
    sent.pause.leaves[0] = b"\0" * 32
    with pytest.raises(LedgerBroken):
        sent.receives(sent.pause.finds(sent.manifest, FOUND, "findings.casepkg"))
    sent.pause.leaves[0] = true
    asked, _ = sent.pause.asks(sent.manifest)
    with pytest.raises(LeaseRefused, match="suspended"):
        sent.grants(asked)
    cards.resume(sent.place.home, "Pause", reason="an old disk was put back", actor=ME, today=TODAY)
    assert sent.grants(asked).is_file()


REFUSED = [
    (by_a_stranger, NotAllowed, "never confirmed"),
    (findings_of_a_stranger, NotAllowed, "never confirmed"),
    (of_another_study, SignatureRefused, "another study"),
    (for_another_authority, SignatureRefused, "another authority"),
    (of_a_package_never_sent, SignatureRefused, "not sent to this partner"),
    (of_another_content, SignatureRefused, "not sent to this partner"),
    (a_request, NotAllowed, "asks for a lease"),
    (our_own_package, SignatureRefused, "a council sends"),
    (a_card, SignatureRefused, "no message"),
    (changed, SignatureRefused, "changed after it was signed"),
    (cut_off, SignatureRefused, "findings.casepkg"),
    (with_another_byte, SignatureRefused, "findings.casepkg"),
    (with_a_program, SignatureRefused, "holds open_me.exe"),
    (with_a_formula, SignatureRefused, "a formula"),
    (no_growth, LedgerBroken, "does not show"),
]


NAMES = [given.__name__ for given, _, _ in REFUSED]


@pytest.mark.parametrize(("given", "kind", "because"), REFUSED, ids=NAMES)
def test_is_not_taken_in(sent, given, kind, because):
    file = given(sent)
    before = taken_in(sent)
    with pytest.raises(kind, match=because):
        sent.receives(file)
    assert taken_in(sent) == before
    assert not (sent.place.home / "partner").exists()
    assert sent.refusals()


def test_findings_sealed_to_another_key_are_not_recorded(sent):
    """As after the study's end, when the council's half is gone."""
    file = sent.pause.finds(sent.manifest, FOUND, "findings.casepkg")
    (sent.halves / "reply.key").unlink()
    with pytest.raises(VaultRefused, match="missing or damaged"):
        sent.receives(file)
    assert stands(sent)["received"] == []

"""Closing a study that shared something: what goes, what stays, and what the certificate says."""

import hashlib
import json
import os
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from casescope.actions.ending import certificate as certificates
from casescope.actions.ending import ending
from casescope.actions.ending import hold as holding
from casescope.actions.ending._evidence import where_it_was
from casescope.actions.ending.certificate import newest_version
from casescope.actions.ledger.ledger import verify
from casescope.actions.sharing.exchange import exchange
from casescope.actions.study.study import close, withdraw
from casescope.exchange.ending.certificate import CERTIFICATE
from casescope.exchange.ending.certificate_file import check_beside, read_certificate
from casescope.exchange.form.message import kind_of
from casescope.exchange.form.shape import moment
from casescope.exchange.messages.receipt import (
    CANNOT_KNOW,
    RECEIPT,
    Destroyed,
    Held,
    Receipt,
    sha256,
)
from casescope.governance.holds import Ground
from casescope.governance.record.growth import grown
from casescope.governance.record.merkle import leaf_hash
from casescope.governance.study_file.storage_lines import StorageLines
from casescope.identified.holding import keep
from casescope.identified.holding.reading import rows_held
from casescope.kernel.errors import LedgerBroken, NotAllowed, SignatureRefused, VaultRefused
from casescope.register import open_register
from casescope.vault.held import held_file
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault
from tests.functional.partners import NOW
from tests.functional.place import ME, TODAY
from tests.functional.power import at_every_cut
from tests.functional.test_leaks import leaked, secrets, words_in

TOLD = {"actor": ME, "today": TODAY}


def receipt_of(sent, **other) -> Path:
    """The partner's receipt, with its ledger by hash alone, as the fixture's partner keeps it."""
    held = sent.manifest
    said = Receipt(
        receipt="3" * 32, study=held.study, partner=sent.pause.fingerprint,
        authority=sent.held.fingerprint,
        packages=(Held(held.package, 1, sent.held.digest, "b" * 64, "c" * 64),),
        destroyed=(Destroyed("the age identity", "overwritten", moment(NOW)),), sessions=(),
        searched=(), confirmed=None, cannot_know=CANNOT_KNOW, ledger_export="",
        ledger_sha256=sha256(""), finished_at=moment(NOW), casescope="0.1.0",
    )  # fmt: skip
    return sent.pause.signed(RECEIPT, said, "pause.receipt.json", **other)


def versions(sent) -> list[int]:
    folder = sent.place.archive / sent.place.study_id / "ending"
    return sorted(int(path.name[1:]) for path in folder.iterdir() if path.name.startswith("v"))


def newest(sent):
    return newest_version(sent.place.study_id).certificate


def test_nothing_opens_any_more_and_the_certificate_waits_for_the_receipt(sent):
    halves = [path.read_text().strip() for path in sent.halves.glob("*.key")]
    assert len(halves) == 3
    made = close(sent.place.home, **TOLD)
    assert not list(sent.halves.rglob("*.*"))
    assert not KeyRing.default().has(sent.place.study_id)
    for path in sent.place.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [half for half in halves if half.encode() in content], path
    assert "no receipt of Pause has come yet" in made.certificate.first[0]
    assert any("3 keys to packages" in one for one in made.certificate.destroyed)
    with pytest.raises(NotAllowed, match="while the study is closed"):
        sent.grants(sent.pause.asks(sent.manifest)[0])


def test_a_receipt_before_or_after_closing_is_in_the_certificate(sent):
    close(sent.place.home, **TOLD)
    told = sent.receives(receipt_of(sent))
    assert told["certificate"].endswith("v2")
    certificate = newest(sent)
    assert (certificate.version, certificate.consistent) == (2, True)
    assert "the receipt of Pause came without its ledger’s entries" in certificate.first[0]
    first = sent.place.archive / sent.place.study_id / "ending" / "v1" / "certificate.json"
    assert certificate.replaces == hashlib.sha256(first.read_bytes()).hexdigest()
    read, _ = read_certificate(first.read_bytes(), "v1")
    assert "no receipt" in read.first[0]


def test_a_receipt_that_came_before_closing(sent):
    sent.receives(receipt_of(sent))
    made = close(sent.place.home, **TOLD)
    assert "the receipt of Pause came without its ledger’s entries" in made.certificate.first[0]
    assert versions(sent) == [1]


def test_a_partner_that_denies_its_past_is_in_the_first_line(sent):
    """It asked for a lease with one ledger, and signs its receipt with another of that size."""
    sent.grants(sent.pause.asks(sent.manifest)[0])
    fork = grown([leaf_hash(b"another past")], origin=sent.pause.origin,
                 private=sent.pause.private, sent=[])  # fmt: skip
    close(sent.place.home, **TOLD)
    with pytest.raises(LedgerBroken, match="another ledger"):
        sent.receives(receipt_of(sent, growth=fork))
    assert newest(sent).first[0].startswith("NOT CONSISTENT: A message that Pause signed shows")
    assert not newest(sent).consistent
    with pytest.raises(LedgerBroken):  # again: told once
        sent.receives(receipt_of(sent, growth=fork))
    assert versions(sent) == [1, 2]


def test_a_new_version_only_where_something_has_changed(sent, truth):
    person = truth["women"][0]["person_ids"][0]
    holding.hold(sent.place.home, person, ground=Ground.BREACH, until=TODAY + timedelta(days=30),
                 reason="breach 4", **TOLD)  # fmt: skip
    close(sent.place.home, attested="The share was wiped.", **TOLD)
    again = ending.certificate(sent.place.home, **TOLD)
    assert (again.certificate.version, versions(sent)) == (1, [1])
    assert [one.text for one in again.certificate.attested][1:] == ["The share was wiped."]
    holding.end(sent.place.home, "H1", reason="settled", **TOLD)
    second = newest(sent)
    assert [one.state for one in second.holds] == ["ended"]
    assert "hold" not in second.first[1]
    third = ending.certificate(sent.place.home, attested="Backups expired.", **TOLD)
    assert [one.text for one in third.certificate.attested][-1] == "Backups expired."
    assert versions(sent) == [1, 2, 3]
    assert verify(sent.place.home, **TOLD).faults == ()


def test_the_plan_says_what_goes_and_what_stays(sent):
    plan = ending.plan(sent.place.home, **TOLD)
    assert plan["without_receipt"] == ["Pause"]
    assert plan["exchange_keys"] == 3
    assert [one["what"] for one in plan["copies"]] == ["extract that was loaded"]
    assert "extract" in plan["layers"]
    said = sent.place.say("study", "close", sent.place.home, "--yes")
    assert "Pause has sent no receipt" in said
    assert "delete it yourself" in said
    assert "Proved: The council’s ledger is unbroken" in said
    assert "Certificate, version 1:" in said


def test_a_lease_that_may_still_run_is_told_before_the_end(sent):
    sent.grants(sent.pause.asks(sent.manifest)[0])
    home = sent.place.home
    told = {"partner": "Pause", "hours": 24, "granted_on": TODAY}
    assert ending.plan(home, **TOLD)["may_still_run"] == [told]
    assert "and cannot be called back" in sent.place.say("study", "close", home, "--yes")
    late = ending.plan(home, actor=ME, today=TODAY + timedelta(days=3))
    assert late["may_still_run"] == []


def test_a_clock_that_once_ran_ahead_does_not_keep_the_data(sent):
    """One look at the study in ten years' time puts its lock in the ledger, with that day."""
    home, ahead = sent.place.home, TODAY + timedelta(days=3650)
    exchange(home, actor=ME, today=ahead)
    with pytest.raises(NotAllowed, match="clock says"):
        sent.grants(sent.pause.asks(sent.manifest)[0])
    close(home, **TOLD)
    assert not KeyRing.default().has(sent.place.study_id)
    assert sent.receives(receipt_of(sent))["certificate"].endswith("v2")
    assert newest(sent).consistent
    assert verify(home, **TOLD).faults == ()


def test_a_statement_with_any_letters_in_it_is_proved_all_the_same(sent):
    """As pasted from a web page: Python takes some of them for an end of line, JSON does not."""
    made = close(sent.place.home, attested="The share\u2028was wiped\x85 and the tapes.", **TOLD)
    assert made.certificate.consistent
    assert made.certificate.attested[-1].text == "The share was wiped and the tapes."


def test_withdrawn_after_the_last_day_it_is_certified_too(sent):
    late = TODAY + timedelta(days=200)
    made = withdraw(sent.place.home, reason="no basis", actor=ME, today=late)
    assert made.certificate.ending.how == "withdrawn"
    assert made.certificate.consistent


def test_no_byte_of_the_archive_names_anybody(sent, extract, truth):
    """Every identifier of the extract, in every file that outlives the study, PDF included."""
    holding.hold(sent.place.home, truth["women"][0]["person_ids"][0], ground=Ground.RIGHTS,
                 until=TODAY + timedelta(days=30), reason="access", **TOLD)  # fmt: skip
    close(sent.place.home, **TOLD)
    sent.receives(receipt_of(sent))
    values = secrets(extract)
    subjects = {one for hold in open_register().holds(sent.place.study_id) for one in hold.subjects}
    assert len(values) > 500
    assert subjects
    files = [path for path in sent.place.archive.rglob("*") if path.is_file()]
    assert len(files) == 6
    for path in files:
        assert not leaked(words_in(path), values | subjects), path
        content = path.read_bytes()
        assert not [one for one in values | subjects if len(one) > 9 and one.encode() in content]


def test_the_pdf_is_accessible_and_says_the_three_sentences(sent):
    made = close(sent.place.home, **TOLD)
    text = " ".join(words_in(made.folder / "certificate.pdf").split())
    for sentence in made.certificate.first:
        assert sentence in text
    said = (made.folder / "certificate.pdf").read_bytes()
    assert b"pdfuaid" in said


def test_what_lies_in_the_archive_is_checked_offline_and_a_swap_is_found(sent):
    made = close(sent.place.home, **TOLD)
    raw = (made.folder / "certificate.json").read_bytes()
    assert kind_of(raw, "c") == CERTIFICATE
    certificate, _ = read_certificate(raw, "certificate.json")
    for name in certificate.files:
        content = (made.folder / name).read_bytes()
        check_beside(certificate, name, content, name)
        for bad in (content + b" ", content[:-1], content[:50] + b"x" + content[51:]):
            with pytest.raises(SignatureRefused, match="vouches for"):
                check_beside(certificate, name, bad, name)
    (made.folder / "governance-record.json").write_text("{}")
    with pytest.raises(SignatureRefused):
        ending.certificate(sent.place.home, **TOLD)


def test_the_record_tells_of_staff_and_decisions(sent):
    made = close(sent.place.home, **TOLD)
    record = json.loads((made.folder / "governance-record.json").read_text(encoding="utf-8"))
    actions = [one["action"] for one in record["ledger"]]
    assert {"create", "approve", "load", "run", "add_card", "send", "close"} <= set(actions)
    assert record["approval"]["dpia"]
    load = next(one for one in record["ledger"] if one["action"] == "load")
    assert set(load["detail"]) == {"reason"}


def test_an_archive_that_cannot_be_written_is_refused_before_anything_goes(sent, monkeypatch):
    (sent.place.root / "file").write_text("")
    monkeypatch.setenv("CASESCOPE_ARCHIVE", str(sent.place.root / "file"))
    with pytest.raises(VaultRefused, match="cannot be written"):
        close(sent.place.home, **TOLD)
    assert KeyRing.default().has(sent.place.study_id)


def test_a_statement_that_no_certificate_can_hold_stops_it_first(sent):
    with pytest.raises(NotAllowed, match="2,000 characters"):
        close(sent.place.home, attested="x" * 2_001, **TOLD)
    assert KeyRing.default().has(sent.place.study_id)
    made = close(sent.place.home, attested="Line one.\nLine\ttwo. " + "y" * 1_900, **TOLD)
    assert made.certificate.attested[1].text.startswith("Line one. Line two. yyy")
    with pytest.raises(NotAllowed, match="2,000 characters"):
        ending.certificate(sent.place.home, attested="x" * 2_001, **TOLD)


def test_an_archive_inside_the_study_is_refused_before_anything_goes(sent, monkeypatch):
    monkeypatch.setenv("CASESCOPE_ARCHIVE", str(sent.place.home / "archive"))
    with pytest.raises(VaultRefused, match="inside the study folder"):
        close(sent.place.home, **TOLD)
    assert KeyRing.default().has(sent.place.study_id)
    assert open_register().study(sent.place.study_id).stage.value != "closed"


@pytest.fixture
def held(sent_once, empty, truth, monkeypatch):
    """Return a function that puts back a study that sent a package and holds one person's rows.

    Of her rows two tables are enough, and the paper is blank: the typesetter's threads do not
    survive a fork.
    """
    few = {"extract.person", "people.record"}
    whole = keep.tables_of
    monkeypatch.setattr(
        keep, "tables_of",
        lambda connection: [one for one in whole(connection) if f"{one.layer}.{one.name}" in few],
    )  # fmt: skip
    monkeypatch.setattr(certificates, "_pdf", lambda *_: b"blank")
    first = sent_once.copied(empty.root.with_name("held"))
    with monkeypatch.context() as there:
        for name, folder in first.place.environment.items():
            if name.startswith("CASESCOPE_"):
                there.setenv(name, folder)
        holding.hold(first.place.home, truth["women"][0]["person_ids"][0], ground=Ground.RIGHTS,
                     until=TODAY + timedelta(days=30), reason="access", **TOLD)  # fmt: skip

    def put_back():
        from django.db import connections

        connections.close_all()
        shutil.rmtree(empty.root, ignore_errors=True)
        return first.copied(empty.root)

    return put_back


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork to cut short")
def test_the_power_is_cut_at_every_step(held):
    """Closed again it finishes: one certificate of version 1, nothing left, her rows held."""
    seen = []

    def check(sent, _: int) -> None:
        study_id = sent.place.study_id
        before, stage = certificate_bytes(sent), open_register().study(study_id).stage.value
        seen.append((stage, bool(before)))
        try:
            close(sent.place.home, **TOLD)
        except NotAllowed:  # it had finished
            assert open_register().study(study_id).keys_destroyed_on
        assert not KeyRing.default().has(study_id)
        assert not list(sent.halves.rglob("*.key"))
        assert not list((sent.place.home / "vault").glob("*.duckdb"))
        assert before in (b"", certificate_bytes(sent)), "never two of one version"
        assert newest(sent).consistent
        assert versions(sent) == [1]
        assert not list((sent.place.archive / study_id / "ending").glob(".*"))
        vault = Vault(sent.place.home, study_id, KeyRing.default())
        kept = open_register().hold(study_id, "H1").sha256
        assert set(rows_held(vault, "H1", kept)) == {"extract.person", "people.record"}
        assert verify(sent.place.home, **TOLD).faults == ()

    cuts = at_every_cut(held, lambda sent: close(sent.place.home, **TOLD), check)
    assert cuts >= 12
    stages = [stage for stage, _ in seen]
    assert stages == sorted(stages, key=lambda stage: stage == "closed")
    assert {whole for _, whole in seen} == {True, False}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork to cut short")
def test_the_power_is_cut_while_a_hold_is_ended(held, tmp_path):
    """What it kept is gone, and one second version says so, whenever that was."""
    first = held()
    close(first.place.home, **TOLD)
    closed = first.copied(tmp_path / "closed")

    def fresh():
        from django.db import connections

        connections.close_all()
        shutil.rmtree(first.place.root)
        return closed.copied(first.place.root)

    def end(sent) -> None:
        holding.end(sent.place.home, "H1", reason="answered", **TOLD)

    def check(sent, _: int) -> None:
        before = certificate_bytes(sent, 2)
        with suppress(NotAllowed):  # it was ended, and only the certificate lacks
            end(sent)
        assert newest(sent).version in (1, 2)
        ending.certificate(sent.place.home, **TOLD)
        assert versions(sent) == [1, 2]
        assert before in (b"", certificate_bytes(sent, 2))
        assert [one.state for one in newest(sent).holds] == ["ended"]
        assert not held_file(sent.place.home, "H1").exists()
        assert not KeyRing.default().hold_key(sent.place.study_id, "H1").exists()
        assert verify(sent.place.home, **TOLD).faults == ()

    assert at_every_cut(fresh, end, check) >= 8


def test_what_a_partner_called_her_is_held_too(sent):
    layers = open_register().study(sent.place.study_id).layers
    rows = {name: LayerRecord(**{**vars(row), "tables": dict(row.tables)})
            for name, row in layers.items() if row.wing == "identified"}  # fmt: skip
    (map_of,) = (name for name in rows if name.startswith("tokens_"))
    vault = Vault(sent.place.home, sent.place.study_id, KeyRing.default())
    with vault.reading([rows[map_of], rows["identities"]]) as connection:
        person, token = connection.execute(
            f"SELECT source_id, map.token FROM {map_of}.token AS map "
            "JOIN identities.identity ON identity.token = map.woman ORDER BY ALL LIMIT 1"
        ).fetchone()
    holding.hold(sent.place.home, person, ground=Ground.COMPLAINT,
                 until=TODAY + timedelta(days=30), reason="complaint", **TOLD)  # fmt: skip
    close(sent.place.home, **TOLD)
    kept = rows_held(vault, "H1", open_register().hold(sent.place.study_id, "H1").sha256)
    assert [row["token"] for row in kept[f"{map_of}.token"]] == [token]


def certificate_bytes(sent, version: int = 1) -> bytes:
    folder = sent.place.archive / sent.place.study_id / "ending" / f"v{version}"
    return (
        b"".join(path.read_bytes() for path in sorted(folder.glob("*"))) if folder.exists() else b""
    )


def test_a_certificate_of_another_study_in_its_place_is_refused(sent):
    made = close(sent.place.home, **TOLD)
    other = replace(made.certificate, study="another")
    from casescope.actions.gate.release_key import release_key
    from casescope.exchange.ending.certificate_file import signed_certificate

    key = release_key(sent.place.study_id)
    (made.folder / "certificate.json").write_bytes(signed_certificate(other, key.signing))
    with pytest.raises(SignatureRefused):
        ending.certificate(sent.place.home, **TOLD)


def test_where_the_data_lay_is_the_approvers_word():
    lines = StorageLines(stored_in=("County Hall, Otterby",), processed_in=("Otterby",),
                         declared_places=("/mnt/casework",))  # fmt: skip
    approval = SimpleNamespace(by="app", on=date(2026, 11, 2))

    def told(storage, approved=approval):
        study = SimpleNamespace(storage=storage)
        return where_it_was(SimpleNamespace(study=study, approval=approved))

    (one,) = told(lines)
    assert (one.by, one.on) == ("app", date(2026, 11, 2))
    assert "stored in County Hall, Otterby, /mnt/casework and worked on in Otterby" in one.text
    assert told(StorageLines()) == told(lines, None) == ()

"""casescope verify: every kind of file that passes between people, read with nothing at hand."""

import json
import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from casescope.actions.ledger.verify import verify
from casescope.cli.main import main, root
from casescope.exchange.ending.certificate import PDF
from casescope.governance.record.export import EXPORT, export_of
from casescope.kernel.errors import LedgerBroken, NotFound, SignatureRefused, UserError
from tests.unit.exchange.endings import STUDY, TheCouncil, ThePartner, changed
from tests.unit.exchange.made import MESSAGES, PARTNER_NAME, shared

PAPER = b"%PDF-1.7 pretend"


@pytest.fixture
def ending(tmp_path):
    """A certificate with its PDF beside it, both sides' ledgers in it."""
    council, pause = TheCouncil(), ThePartner()
    made = council.certificate(
        pause.part(pause.receipt(council)), files={PDF: sha256(PAPER).hexdigest()}
    )
    (tmp_path / PDF).write_bytes(PAPER)
    path = tmp_path / "certificate.json"
    path.write_bytes(council.signed(made))
    return path


def export(entries, council: TheCouncil) -> bytes:
    return export_of(entries, origin=council.origin, study=STUDY,
                     private=council.private, on=date(2026, 11, 30))  # fmt: skip


@pytest.fixture
def files(tmp_path, ending):
    """One file of each kind, by kind."""
    found = {"package": shared(tmp_path / "p.casepkg"), "certificate of ending": ending}
    for kind, raw in MESSAGES.items():
        found[kind] = tmp_path / f"{kind.replace(' ', '-')}.json"
        found[kind].write_bytes(raw)
    council = TheCouncil()
    found[EXPORT] = tmp_path / "ledger.json"
    found[EXPORT].write_bytes(export(council.entries, council))
    return found


def test_each_kind_is_told_with_what_it_proves_and_what_not(files):
    for kind, path in files.items():
        found = verify(path)
        assert found.kind == kind
        assert found.proves
        assert any("fingerprint" in line for line in found.does_not_prove)
        assert found.fingerprints
        assert found.faults == ()


def test_each_kind_with_a_byte_changed_is_refused(files):
    for path in files.values():
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw)
        with pytest.raises(UserError):
            verify(path)


def test_a_certificate_on_paper_is_the_one_beside_it(ending):
    paper = ending.with_name(PDF)
    assert verify(paper).proves == verify(ending).proves
    paper.write_bytes(PAPER + b" ")
    for path in (paper, ending):
        with pytest.raises(SignatureRefused, match="vouches for"):
            verify(path)


def test_paper_alone_proves_nothing(ending):
    ending.unlink()
    with pytest.raises(SignatureRefused, match="proves nothing by itself"):
        verify(ending.with_name(PDF))


def test_a_ledger_that_was_rewritten_and_signed_again_contradicts_itself(tmp_path):
    council = TheCouncil()
    entries = list(council.entries)
    entries[1] = changed(entries[1])
    path = tmp_path / "ledger.json"
    path.write_bytes(export(entries, council))
    found = verify(path)
    assert found.faults
    assert not any("follows" in line for line in found.proves)
    said = CliRunner().invoke(root, ["verify", str(path)])
    assert "CONTRADICTION" in said.output
    assert isinstance(said.exception, LedgerBroken)


def test_a_forked_partner_is_a_contradiction_of_the_certificate(tmp_path):
    council, pause = TheCouncil(), ThePartner()
    entries = list(pause.entries)
    entries[1] = changed(entries[1])
    fork = pause.receipt(council, export=pause.export(entries))
    path = tmp_path / "certificate.json"
    path.write_bytes(council.signed(council.certificate(pause.part(fork))))
    assert verify(path).faults


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"hello", b'{"kind": "lease"}', b"PK\x03\x04"])
def test_what_is_no_file_of_ours(tmp_path, raw):
    path = tmp_path / "file"
    path.write_bytes(raw)
    with pytest.raises(SignatureRefused) as refused:
        verify(path)
    assert refused.value.remedy


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NotFound):
        verify(tmp_path / "none")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders there")
def test_a_pipe_is_not_waited_for_nor_a_device_read_without_end(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    for path in (tmp_path / "pipe.json", Path("/dev/zero")):
        with pytest.raises(NotFound, match="is not a file"):
            verify(path)


def test_a_file_longer_than_any_of_ours_is_not_read(tmp_path):
    path = tmp_path / "long.json"
    path.touch()
    os.truncate(path, 600_000_000)
    with pytest.raises(SignatureRefused, match="too long"):
        verify(path)


def test_the_name_of_a_file_cannot_steer_the_terminal(tmp_path, capsys):
    path = tmp_path / "a\x1b[2J\nb.json"
    with pytest.raises(SystemExit):
        main(["verify", str(path)])
    said = capsys.readouterr().err
    assert "cannot be read" in said
    assert not [letter for letter in said if not letter.isprintable() and letter != "\n"]
    assert "\nb.json" not in said  # no line of its own


def test_on_the_command_line(files):
    card = files["partner card"]
    said = CliRunner().invoke(root, ["verify", str(card), str(files["package"])])
    assert said.exit_code == 0
    assert "This proves:" in said.output
    assert "This does not prove:" in said.output
    assert PARTNER_NAME in said.output
    as_json = json.loads(CliRunner().invoke(root, ["verify", str(card), "--json"]).output)
    assert as_json[0]["kind"] == "partner card"
    assert as_json[0]["sound"]


def test_what_somebody_wrote_cannot_steer_the_terminal(files, monkeypatch):
    """Names from a file are told; signs in them that a terminal obeys are not."""
    from dataclasses import replace

    from casescope.actions.ledger import verify as module

    odd = replace(verify(files["lease"]), what="\x1b[2Jgone")
    monkeypatch.setattr(module, "verify", lambda _: odd)
    said = CliRunner().invoke(root, ["verify", str(files["lease"])])
    assert "\x1b" not in said.output

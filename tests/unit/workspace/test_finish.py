"""The end: copies found, what opens destroyed, one receipt, and nothing opens after."""

import json
import shutil
from datetime import timedelta

import pytest

from casescope.actions.partner.session import note
from casescope.exchange.messages.lease import REQUEST
from casescope.exchange.messages.receipt import RECEIPT, receipt_of
from casescope.exchange.workspace import keys
from casescope.governance.record.export import verify_export
from casescope.kernel.errors import (
    LeakFound,
    LeaseRefused,
    LedgerBroken,
    NotAllowed,
    NotFound,
    UserError,
)
from tests.unit.workspace.council import parquet


@pytest.fixture
def done(side, council):
    """A partner that opened a package once; the file it came as is gone."""
    package = council.send()
    with side.open(package, council, authority=council.fingerprint) as session:
        note(session, "something thought")
    package.unlink()
    return side


def receipt(side, council):
    done = side.finish()
    signed = council.takes(done.receipt.read_bytes(), RECEIPT)
    return receipt_of(signed, "the receipt")


def test_what_is_left_is_ledger_signing_key_and_receipt(done, council):
    said = receipt(done, council)
    left = {path.relative_to(done.root).as_posix() for path in done.root.rglob("*")
            if path.is_file() and path.suffix != ".lock"}  # fmt: skip
    receipts = {one for one in left if one.endswith(".receipt.json")}
    assert len(receipts) == 1
    messages = {one for one in left if one.startswith("outbox/")} - receipts
    assert all(one.endswith(".acknowledgement.json") for one in messages)
    assert left - receipts - messages == {
        "ledger.jsonl", "workspace.json", "pause-pretendshire.card.json"
    }  # fmt: skip
    assert {one.name for one in done.keys.iterdir()} - {"lock"} == {keys.SIGNING, keys.NEWEST}
    assert len(said.packages) == 1
    assert said.packages[0].package == council.newest
    assert said.confirmed is not None
    assert len(said.sessions) == 1
    assert any("age identity" in one.what for one in said.destroyed)
    assert any("log.sealed" in one.what for one in said.destroyed)
    assert f"the file packages/{council.newest}.casepkg" in {one.what for one in said.destroyed}
    assert "requests for leases and their answers: 2 files" in {one.what for one in said.destroyed}
    assert said.searched[-1].found == ()


def test_the_ledger_in_the_receipt_proves_itself(done, council):
    said = receipt(done, council)
    verdict = verify_export(said.ledger_export.encode(), "the ledger", key=council.card.key)
    assert verdict.faults == ()
    assert [one.by for one in verdict.witnesses] == [council.origin]
    assert len(verdict.export.entries) == done.show()["ledger"]["entries"]


def test_two_runs_make_one_receipt(done):
    first = done.finish().receipt
    raw = first.read_bytes()
    first.unlink()
    done.day.passes(days=30)
    again = done.finish()
    assert again.receipt == first
    assert again.receipt.read_bytes() == raw
    assert len(list(done.outbox.glob("*.receipt.json"))) == 1


def test_afterwards_nothing_opens(done, council):
    done.finish()
    for opening in (lambda: done.analyse(council), lambda: done.open(council.send(), council)):
        with pytest.raises(NotAllowed, match="finished"), opening():
            raise AssertionError("it opened")


def test_a_backup_of_the_workspace_opens_nothing(done, council, tmp_path):
    shutil.copytree(done.root, tmp_path / "backup")
    done.finish()
    shutil.rmtree(done.root)
    shutil.copytree(tmp_path / "backup", done.root)
    with pytest.raises(LedgerBroken), done.analyse(council):
        raise AssertionError("it opened")


def test_a_backup_whose_ledger_is_the_newest_opens_nothing(done, council, tmp_path):
    """Package and notes are put back beside the ledger as it is now."""
    shutil.copytree(done.root, tmp_path / "backup")
    done.finish()
    for name in ("packages", "sealed"):
        shutil.copytree(tmp_path / "backup" / name, done.root / name, dirs_exist_ok=True)
    with pytest.raises(UserError), done.analyse(council):
        raise AssertionError("it opened")
    with pytest.raises(LeaseRefused, match="nothing opens"):
        keys.identity(done.begun.place)


def test_everything_put_back_needs_a_lease_that_the_council_refuses(done, council, tmp_path):
    """Keys and workspace from backup: what asks then is an older ledger than the council knows."""
    shutil.copytree(done.root, tmp_path / "backup")
    shutil.copytree(done.keys, tmp_path / "backup-keys")
    council.takes(done.finish().receipt.read_bytes(), RECEIPT)
    for there, backup in ((done.root, "backup"), (done.keys, "backup-keys")):
        shutil.rmtree(there)
        shutil.copytree(tmp_path / backup, there)
    with pytest.raises(LeaseRefused, match="No answer"), done.analyse(wait=0):
        raise AssertionError("it opened")
    with pytest.raises(LedgerBroken):
        council.takes(done.ear.requests[0].read_bytes(), REQUEST)


def test_nothing_to_finish_before_a_package(side):
    with pytest.raises(NotFound, match="nothing to finish"):
        side.finish()


def test_a_study_past_its_last_day_can_still_be_finished(done):
    done.day.passes(days=200)
    assert done.finish().receipt.is_file()


# copies


def test_a_copy_stops_the_end_until_it_goes(done, council, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "women.csv").write_text(f"woman,age\n{council.tokens[0]},30\n")
    with pytest.raises(LeakFound, match=r"women\.csv"):
        done.finish(folder)
    assert done.show()["stage"] == "holds a package"
    (folder / "women.csv").unlink()
    assert done.finish(folder).look.strays == []


def test_a_copy_that_stays_is_in_the_receipt_with_its_reason(done, council, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "women.csv").write_text(council.tokens[0])
    signed = council.takes(
        done.finish(folder, remain="evidence for the police").receipt.read_bytes(), RECEIPT
    )
    (found,) = receipt_of(signed, "it").searched[-1].found
    assert (found.by, found.outcome) == ("canary", "remains: evidence for the police")
    assert found.path.endswith("women.csv")


def test_the_file_that_a_package_came_as_is_looked_for(side, council):
    package = council.send()
    with side.open(package, council):
        pass
    with pytest.raises(LeakFound, match=package.name):
        side.finish()


def test_a_note_in_the_workspace_that_holds_rows(done, council):
    (done.root / "my notes.txt").write_text(f"she is {council.tokens[1]}", encoding="utf-16")
    with pytest.raises(LeakFound, match="my notes"):
        done.finish()


def test_a_table_exported_by_other_means(done, council, tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.parquet").write_bytes(council.files["shared_woman.parquet"])
    (tmp_path / "x" / "b.parquet").write_bytes(parquet({"w": [council.tokens[2]] * 9}))
    with pytest.raises(LeakFound, match="2 files"):
        done.finish(tmp_path / "x")


def test_a_copy_of_the_secret_key(done, tmp_path):
    (tmp_path / "x").mkdir()
    shutil.copy(done.keys / keys.IDENTITY, tmp_path / "x" / "key-backup.txt")
    with pytest.raises(LeakFound, match="key-backup"):
        done.finish(tmp_path / "x")


def test_every_look_is_in_the_ledger(done, council, tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text(council.tokens[0])
    with pytest.raises(LeakFound):
        done.finish(tmp_path / "x")
    (tmp_path / "x" / "a.txt").unlink()
    signed = council.takes(done.finish(tmp_path / "x").receipt.read_bytes(), RECEIPT)
    first, second = receipt_of(signed, "it").searched
    assert len(first.found) == 1
    assert first.found[0].outcome == "the end was put off"
    assert second.found == ()


def test_a_folder_that_is_not_there(done, tmp_path):
    with pytest.raises(NotFound):
        done.finish(tmp_path / "nowhere")


def test_the_ledger_tells_no_token_and_no_note(done, council):
    done.finish()
    text = (done.root / "ledger.jsonl").read_text(encoding="utf-8")
    assert not [token for token in council.tokens if token in text]
    assert "something thought" not in text
    assert json.loads(text.splitlines()[0])["action"] == "begin"


def test_a_clock_that_once_ran_ahead_keeps_nobody_from_finishing(done, council):
    done.day.at += timedelta(days=3)
    with done.analyse(council):
        pass
    done.day.at -= timedelta(days=3)
    with pytest.raises(LeaseRefused, match="clock stands before"), done.analyse(council):
        raise AssertionError("it opened")
    assert receipt(done, council).destroyed


def test_what_a_link_in_the_workspace_leads_to_is_left_alone(done):
    """Somebody's archive, unpacked into the inbox, may hold a link to anything."""
    precious = done.root.parent / "precious.txt"
    precious.write_text("mine")
    for place in ("inbox/x.casepkg", "packages/x.bin"):
        try:
            (done.root / place).symlink_to(precious)
        except OSError:
            pytest.skip("no links there")
    done.finish()
    assert precious.read_text() == "mine"

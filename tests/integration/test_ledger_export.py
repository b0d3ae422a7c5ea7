"""The ledger at home and as a file: a tree kept with the keys, exported at every stage."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casescope.actions.gate.head import keep_head, read_head
from casescope.actions.gate.release_key import release_key
from casescope.actions.ledger import ledger as ledgers
from casescope.actions.ledger import ledger_file
from casescope.actions.study import study as studies
from casescope.governance.record.checkpoint import read_note
from casescope.governance.record.ledger import Act, Entry, entries_after, leaves_of
from casescope.governance.record.merkle import root
from casescope.kernel.errors import LedgerBroken, SignatureRefused, VaultRefused
from casescope.register import open_register
from tests.integration.people import ANN, BOB, DIR, EVE, TODAY, Place, approve


def study_id(place: Place) -> str:
    return (place.home / ".casescope").read_text().strip()


def entries(place: Place) -> tuple[Entry, ...]:
    return open_register().entries(study_id(place))


def export(place: Place, name: str = "ledger.json", **how) -> Path:
    return ledgers.export(place.home, place.root / name, actor=EVE, today=TODAY, **how).path


def faults(place: Place, against: Path | None = None) -> tuple[str, ...]:
    return ledgers.verify(place.home, actor=EVE, today=TODAY, against=against).faults


def rows():
    from casescope.register.models import LedgerEntry

    return LedgerEntry.objects.order_by("number")


def forged(place: Place) -> None:
    """Rewrite the whole ledger in the register so that every hash fits, as its keeper could."""
    acts = [Act(row.on, datetime.fromisoformat(row.at), "mallory", row.action, row.detail)
            for row in rows()]  # fmt: skip
    rows().delete()
    open_register().append_all(study_id(place), acts)


def test_a_study_can_be_exported_at_every_stage_and_its_ledger_only_grew(drafted):
    made = [export(drafted, "draft.json")]
    approve(drafted)
    made.append(export(drafted, "approved.json"))
    studies.withdraw(drafted.home, reason="no basis", actor=DIR, today=TODAY)
    made.append(export(drafted, "withdrawn.json"))
    for number, before in enumerate(made):
        for after in made[number:]:
            assert ledger_file.verify(after, before).faults == ()
        assert faults(drafted, before) == ()
    assert [len(ledger_file.verify(each).export.hashes) for each in made] == [1, 2, 4]


def test_a_closed_study_without_its_keys_can_still_be_exported(approved):
    studies.withdraw(approved.home, reason="no basis", actor=DIR, today=TODAY)
    shutil.rmtree(approved.home / "vault", ignore_errors=True)
    assert ledger_file.verify(export(approved)).faults == ()


def test_every_entry_is_salted_and_the_register_keeps_it(approved):
    held = entries(approved)
    assert len({entry.salt for entry in held}) == len(held) == 2
    assert all(entry.hash == entry.computed_hash() for entry in held)


def test_the_checkpoint_is_kept_with_the_keys_and_signed_once_there_is_a_key(drafted):
    kept = read_head(study_id(drafted))
    assert kept.note == ""
    assert kept.peaks.root() == root(leaves_of(entries(drafted)))
    export(drafted)
    approve(drafted)
    kept = read_head(study_id(drafted))
    point = read_note(kept.note, release_key(study_id(drafted)).signs_as, "it")
    assert (point.size, point.root) == (2, root(leaves_of(entries(drafted))))
    note = drafted.root / "checkpoint.txt"
    note.write_text(kept.note, encoding="utf-8", newline="\n")
    assert faults(drafted, note) == ()
    assert ledger_file.verify(export(drafted), note).against.size == 2


def test_a_kept_checkpoint_that_was_changed_is_found(drafted):
    export(drafted)
    before = (drafted.keys / study_id(drafted) / "ledger-head").read_text()
    approve(drafted)
    path = drafted.keys / study_id(drafted) / "ledger-head"
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({**kept, "checkpoint": json.loads(before)["checkpoint"]}))
    assert faults(drafted) == ("The checkpoint kept with the keys is of another ledger.",)
    path.write_text(
        json.dumps({**kept, "checkpoint": kept["checkpoint"].replace("\n2\n", "\n3\n")})
    )
    assert "not signed with the key" in faults(drafted)[0]


def test_a_head_from_before_there_was_a_tree_is_read_and_grows_into_one(approved):
    path = approved.keys / study_id(approved) / "ledger-head"
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({"number": kept["number"], "hash": kept["hash"]}))
    assert faults(approved) == ()
    keep_head(open_register(), study_id(approved))
    assert json.loads(path.read_text()) == kept


def test_peaks_of_another_ledger_are_no_head(approved):
    path = approved.keys / study_id(approved) / "ledger-head"
    kept = json.loads(path.read_text())
    for peaks in ([], ["00" * 32] * 2, ["zz"]):
        path.write_text(json.dumps({**kept, "peaks": peaks}))
        assert "unreadable" in faults(approved)[0]
    path.write_text(json.dumps({**kept, "peaks": ["00" * 32]}))
    assert "Entry 2: the entries up to it are not those" in faults(approved)[0]


def test_an_old_entry_rewritten_with_all_after_it_is_found_by_the_tree_kept_with_the_keys(approved):
    """Also when later commits went on from the forgery: the peaks are never made again."""
    from casescope.register.models import LedgerEntry

    held = entries(approved)
    head = held[-1]
    edited = entries_after(None, held[0].study, [
        Act(one.on, datetime.fromisoformat(one.at), "mallory", one.action, one.detail)
        for one in held[:-1]
    ])  # fmt: skip
    for entry in edited:
        LedgerEntry.objects.filter(number=entry.number).update(actor="mallory", salt=entry.salt,
                                                               hash=entry.hash,
                                                               previous=entry.previous)  # fmt: skip
    assert entries(approved)[-1] == head, "the newest is as it was kept, so the gate opens"
    studies.approve(approved.home, dpia="D2", agreement="A", notice="N2", basis="6(1)(e)",
                    actor=BOB, today=TODAY)  # fmt: skip
    assert any("those that a checkpoint tells of" in fault for fault in faults(approved))


def test_a_forged_ledger_is_neither_sound_nor_exported(approved):
    before = export(approved)
    forged(approved)
    found = faults(approved)
    assert "Entry 2: it is not the entry that was kept as the newest." in found
    assert any("checkpoint" in fault for fault in faults(approved, before))
    with pytest.raises(LedgerBroken, match="no longer proves"):
        export(approved, "again.json")
    assert not (approved.root / "again.json").exists()


def test_a_ledger_forged_with_its_head_is_found_by_an_earlier_export(approved):
    before = export(approved)
    forged(approved)
    (approved.keys / study_id(approved) / "ledger-head").unlink()
    keep_head(open_register(), study_id(approved))
    assert faults(approved) == (), "whoever rules over register and keys can do that"
    assert "Entry 2: the entries up to it" in faults(approved, before)[0]
    assert (
        "Entry 2: the entries up to it"
        in ledger_file.verify(export(approved, "forged.json"), before).faults[0]
    )


def test_no_head_is_made_of_a_ledger_with_a_gap(approved):
    path = approved.keys / study_id(approved) / "ledger-head"
    path.unlink()
    rows().filter(number=1).delete()
    keep_head(open_register(), study_id(approved))
    assert not path.exists()


def test_a_lost_study_key_is_not_silently_replaced(approved):
    export(approved)
    (approved.keys / study_id(approved) / "release.key").unlink()
    with pytest.raises(VaultRefused, match="release key"):
        export(approved, "again.json")
    approve(approved)
    assert faults(approved) == ()


def test_a_damaged_study_key_stops_no_recording(approved):
    export(approved)
    (approved.keys / study_id(approved) / "release.key").write_text("{}")
    approve(approved)
    assert faults(approved) == ()


def test_many_acts_are_recorded_at_once_or_not_at_all(approved):
    register, study = open_register(), study_id(approved)
    acts = [Act(TODAY, datetime(2026, 11, 2, tzinfo=UTC), "ann", "run", {"n": number})
            for number in range(300)]  # fmt: skip
    with register.transaction():
        register.append_all(study, acts)
    keep_head(register, study)
    assert faults(approved) == ()
    assert len(entries(approved)) == 302
    assert register.hashes(study, after=300) == [one.hash for one in entries(approved)[300:]]

    def broken():
        yield acts[0]
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError), register.transaction():
        register.append_all(study, broken())
    assert len(entries(approved)) == 302


def test_the_outbox_is_where_an_export_goes_that_is_given_no_name(approved):
    made = ledgers.export(approved.home, actor=ANN, today=TODAY)
    assert made.path == approved.home.resolve() / "outbox" / "ledger-2.json"
    with pytest.raises(VaultRefused, match="cannot be written"):
        ledgers.export(approved.home, approved.home / "study.toml" / "x", actor=ANN, today=TODAY)


def test_an_export_of_another_study_is_no_earlier_one(approved, tmp_path):
    raw = export(approved).read_bytes()
    (tmp_path / "other.json").write_bytes(raw.replace(study_id(approved).encode(), b"0" * 36))
    for verify in (ledger_file.verify, lambda file: faults(approved, file)):
        with pytest.raises(SignatureRefused, match="changed after it was signed"):
            verify(tmp_path / "other.json")

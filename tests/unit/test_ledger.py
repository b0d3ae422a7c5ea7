"""The ledger: any change to the past is found."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casescope.governance.record.ledger import (
    BEGINNING,
    MEANINGS,
    Act,
    Entry,
    FaultKind,
    Head,
    entries_after,
    head_of,
    leaves_of,
    next_entry,
    tree_faults,
    verify,
)
from casescope.governance.record.merkle import root

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def ledger(length: int = 5) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(length):
        entries.append(
            next_entry(
                head_of(entries),
                study="study-1",
                on=START.date() + timedelta(days=number),
                at=START + timedelta(days=number),
                actor="ann",
                action="run",
                detail={"layers": {"removals": "ab12"}, "rows": number, "until": date(2027, 1, 1)},
            )
        )
    return entries


def kinds(entries: list[Entry], expected: Head | None = None) -> set[FaultKind]:
    return {fault.kind for fault in verify(entries, expected)}


def rehashed(entries: list[Entry]) -> list[Entry]:
    """What a thorough forger does: every hash after the change is made to fit again."""
    made: list[Entry] = []
    for entry in entries:
        previous = made[-1].hash if made else BEGINNING
        linked = replace(entry, number=len(made) + 1, previous=previous)
        made.append(replace(linked, hash=linked.computed_hash()))
    return made


def test_an_untouched_ledger_is_sound():
    entries = ledger()
    assert verify(entries, head_of(entries)) == []
    assert verify([]) == []
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].previous == BEGINNING


def test_every_kind_of_fault_has_a_meaning():
    assert set(MEANINGS) == set(FaultKind)


EDITS = {
    "study": "study-2",
    "number": 9,
    "on": date(2030, 1, 1),
    "at": "2030-01-01T00:00:00+00:00",
    "actor": "bob",
    "action": "load",
    "detail": {"layers": {}},
    "salt": "",
    "previous": "f" * 64,
    "hash": "f" * 64,
}


def test_every_field_of_an_entry_is_in_the_list_of_edits():
    assert {f.name for f in fields(Entry)} == set(EDITS)


@pytest.mark.parametrize("position", range(5))
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_any_field_of_any_entry_is_found(name, position):
    entries = ledger()
    entries[position] = replace(entries[position], **{name: EDITS[name]})
    assert FaultKind.EDITED in kinds(entries)


@pytest.mark.parametrize("position", range(4))
def test_a_deleted_entry_is_found(position):
    entries = ledger()
    head = head_of(entries)
    del entries[position]
    assert FaultKind.MISSING in kinds(entries, head)


@pytest.mark.parametrize("position", range(4))
def test_two_swapped_entries_are_found(position):
    entries = ledger()
    entries[position], entries[position + 1] = entries[position + 1], entries[position]
    assert FaultKind.REORDERED in kinds(entries)


def test_an_entry_given_twice_is_found():
    entries = ledger()
    assert FaultKind.REORDERED in kinds([*entries, entries[-1]])


@pytest.mark.parametrize("left", range(5))
def test_a_cut_off_end_is_found_by_the_head_kept_elsewhere(left):
    entries = ledger()
    assert kinds(entries[:left], head_of(entries)) == {FaultKind.TRUNCATED}


def test_without_a_head_a_cut_off_end_cannot_be_told():
    assert verify(ledger()[:3]) == []


@pytest.mark.parametrize("position", range(5))
def test_a_ledger_rewritten_with_fitting_hashes_is_found_by_the_head(position):
    entries = ledger()
    head = head_of(entries)
    entries[position] = replace(entries[position], actor="bob")
    forged = rehashed(entries)
    assert verify(forged) == []
    assert kinds(forged, head) == {FaultKind.REWRITTEN}


def test_an_entry_edited_and_rehashed_alone_breaks_the_link():
    entries = ledger()
    edited = replace(entries[1], actor="bob")
    entries[1] = replace(edited, hash=edited.computed_hash())
    assert FaultKind.UNLINKED in kinds(entries)


def test_a_head_that_lags_is_no_fault():
    entries = ledger()
    assert verify(entries, head_of(entries[:4])) == []


def test_an_entry_of_another_study_does_not_fit():
    entries = ledger()
    entries[2] = replace(entries[2], study="study-2")
    assert FaultKind.EDITED in kinds(entries)


def test_an_entry_from_before_there_were_salts_keeps_its_hash():
    """What such an entry held, written out and hashed here by hand."""
    content = {
        "action": "run", "actor": "ann", "at": "2026-11-02T09:00:00+00:00",
        "detail": {"rows": 3, "who": "Zoë"}, "number": 1, "on": "2026-11-02",
        "previous": "0" * 64, "study": "study-1",
    }  # fmt: skip
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    old = Entry(**{**content, "on": date(2026, 11, 2)}, salt="",
                hash=hashlib.sha256(text.encode()).hexdigest())  # fmt: skip
    assert verify([old]) == []
    act = Act(START.date(), START, "ann", "run", {})
    after = entries_after(head_of([old]), "study-1", [act])
    assert verify([old, *after]) == []
    salted = replace(old, salt="00" * 16)
    assert kinds([salted]) == {FaultKind.EDITED}


def test_the_same_thing_recorded_twice_has_hashes_that_nobody_can_guess():
    act = Act(START.date(), START, "ann", "run", {"rows": 1})
    entries = [entries_after(None, "study-1", [act])[0] for _ in range(50)]
    assert len({entry.salt for entry in entries}) == len({entry.hash for entry in entries}) == 50
    assert {len(bytes.fromhex(entry.salt)) for entry in entries} == {16}


def test_a_salted_entry_hashes_as_the_page_says():
    (entry,) = entries_after(None, "study-1", [Act(START.date(), START, "ann", "run", {"n": 1})])
    text = (
        '{"action":"run","actor":"ann","at":"2026-11-02T09:00:00+00:00","detail":{"n":1},'
        f'"number":1,"on":"2026-11-02","previous":"{"0" * 64}","salt":"{entry.salt}",'
        '"study":"study-1"}'
    )
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()
    assert entry.leaf == hashlib.sha256(b"\x00" + bytes.fromhex(entry.hash)).digest()


@given(st.text(), st.text(), st.text(), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda some: st.lists(some) | st.dictionaries(st.text(), some), max_leaves=6,
))  # fmt: skip
def test_whatever_an_entry_holds_its_hash_is_that_of_its_content(study, actor, action, detail):
    entries = entries_after(None, study, [Act(START.date(), START, actor, action, detail)] * 2)
    assert verify(entries) == []


def test_entries_in_a_batch_follow_each_other_like_entries_one_by_one():
    acts = [Act(START.date(), START, "ann", "run", {"rows": number}) for number in range(5)]
    first = entries_after(None, "study-1", acts[:2])
    both = [*first, *entries_after(head_of(first), "study-1", acts[2:])]
    assert verify(both) == []
    assert [entry.detail for entry in both] == [act.detail for act in acts]
    assert entries_after(None, "study-1", []) == []


# a checkpoint: how many entries there were, and under which root


def checkpoint(entries: list[Entry]) -> tuple[int, bytes]:
    return len(entries), root(leaves_of(entries))


@pytest.mark.parametrize("size", range(7))
def test_a_ledger_that_grew_has_no_fault_by_any_earlier_checkpoint(size):
    entries = ledger(6)
    assert tree_faults(leaves_of(entries), *checkpoint(entries[:size])) == []


@pytest.mark.parametrize("left", range(5))
def test_a_cut_off_end_is_found_by_an_earlier_checkpoint(left):
    entries = ledger()
    (fault,) = tree_faults(leaves_of(entries[:left]), *checkpoint(entries))
    assert (fault.number, fault.kind) == (5, FaultKind.TRUNCATED)


@pytest.mark.parametrize("position", range(4))
def test_a_past_that_was_rewritten_or_reordered_and_grew_on_is_found_by_a_checkpoint(position):
    entries = ledger()
    before = checkpoint(entries[:4])
    edited = list(entries)
    edited[position] = replace(edited[position], actor="bob")
    swapped = list(entries)
    swapped[position], swapped[position - 1] = swapped[position - 1], swapped[position]
    for forged in (rehashed(edited), rehashed(swapped), rehashed(ledger())):
        assert verify(forged) == []
        (fault,) = tree_faults(leaves_of(forged), *before)
        assert (fault.number, fault.kind) == (4, FaultKind.FORKED)


def test_what_is_no_hash_is_in_no_tree_of_sound_entries():
    entries = ledger()
    before = checkpoint(entries)
    entries[2] = replace(entries[2], hash="no hash")
    assert tree_faults(leaves_of(entries), *before)


def test_detail_is_the_same_before_and_after_being_kept_as_json():
    entry = ledger(1)[0]
    assert entry.detail == {"layers": {"removals": "ab12"}, "rows": 0, "until": "2027-01-01"}


@given(st.data())
def test_any_one_change_of_order_or_length_is_found(data):
    entries = ledger(6)
    shuffled = data.draw(
        st.lists(st.sampled_from(range(6)), min_size=0, max_size=8).filter(
            lambda order: order != [0, 1, 2, 3, 4, 5]
        )
    )
    assert verify([entries[place] for place in shuffled], head_of(entries))

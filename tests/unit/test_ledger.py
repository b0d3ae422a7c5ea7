"""The ledger: any change to the past is found."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casescope.governance.ledger import (
    BEGINNING,
    MEANINGS,
    Entry,
    FaultKind,
    Head,
    head_of,
    next_entry,
    verify,
)

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

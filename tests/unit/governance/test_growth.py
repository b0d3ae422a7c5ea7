"""Two sides and their ledgers: whatever one does to a past that the other has seen is found."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from casescope.governance.record.checkpoint import Checkpoint, signed_note
from casescope.governance.record.growth import (
    MOST_PROOFS,
    Growth,
    Kept,
    acknowledged,
    check_growth,
    countersign,
    grown,
    growth_from,
    kept_from,
)
from casescope.governance.record.merkle import leaf_hash, root
from casescope.governance.record.signing import encoded
from casescope.kernel.errors import LedgerBroken, SignatureRefused

COUNCIL, PARTNER = "casescope.study/6f2c", "casescope.partner/1f3c"
KEYS = {
    COUNCIL: Ed25519PrivateKey.from_private_bytes(b"c" * 32),
    PARTNER: Ed25519PrivateKey.from_private_bytes(b"p" * 32),
}
PUBLIC = {name: encoded(key.public_key().public_bytes_raw()) for name, key in KEYS.items()}
AT = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
LEAVES = [leaf_hash(f"entry {number}".encode()) for number in range(40)]
FORKED = [*LEAVES[:4], *(leaf_hash(f"other {number}".encode()) for number in range(36))]


def sent(leaves: list[bytes], *before: int, countersigned: str = "") -> Growth:
    return grown(leaves, origin=PARTNER, private=KEYS[PARTNER], sent=before,
                 countersigned=countersigned)  # fmt: skip


def seen(growth: Growth, *kept: Kept) -> Kept:
    return check_growth(growth, kept, key=PUBLIC[PARTNER], origin=PARTNER, called="M")


def test_what_was_shown_first_is_kept_and_what_grew_from_it_follows():
    first = seen(sent(LEAVES[:5]))
    assert (first.size, first.root) == (5, encoded(root(LEAVES[:5])))
    second = seen(sent(LEAVES[:9], 5), first)
    third = seen(sent(LEAVES[:30], 5, 9), first, second)
    assert third.size == 30
    # nothing new in the ledger, the same message again, and one that began with nothing
    assert seen(sent(LEAVES[:30], 30), first, second, third).size == 30
    assert seen(sent(LEAVES[:30], 5, 9), first, second, third) == third
    assert seen(sent(LEAVES[:3], 0), seen(sent([]))).size == 3


def test_messages_that_never_came_do_not_matter():
    # the partner sent at 5, 9 and 14; only the first and a fourth came
    assert seen(sent(LEAVES[:20], 5, 9, 14), seen(sent(LEAVES[:5]))).size == 20


def test_a_message_overtaken_by_a_later_one_is_held_against_it():
    first = seen(sent(LEAVES[:5]))
    later = seen(sent(LEAVES[:14], 5, 9), first)
    assert seen(sent(LEAVES[:9], 5), first, later).size == 9
    forked = sent(FORKED[:9], 4)
    with pytest.raises(LedgerBroken, match="does not show that the 5 entries"):
        seen(forked, first, later)
    with pytest.raises(LedgerBroken, match="does not begin with the 9"):
        seen(sent(FORKED[:9]), later)


@pytest.mark.parametrize("size", range(5, 12))
def test_a_fork_is_found_whatever_its_length(size):
    kept = seen(sent(LEAVES[:8]))
    proofs = (4, 5, 6, 7, 8) if size >= 8 else (4, 5)
    with pytest.raises(LedgerBroken):
        seen(sent(FORKED[:size], *(each for each in proofs if each <= size)), kept)


@pytest.mark.parametrize("changed", range(8))
def test_one_rewritten_entry_is_found_whatever_grew_after_it(changed):
    kept = seen(sent(LEAVES[:8]))
    rewritten = [*LEAVES[:changed], leaf_hash(b"forged"), *LEAVES[changed + 1 :]]
    for size in (8, 9, 16, 30):
        with pytest.raises(LedgerBroken, match=r"another ledger|does not begin with the 8"):
            seen(sent(rewritten[:size], 8), kept)


@pytest.mark.parametrize("left", range(8))
def test_a_cut_off_end_is_found(left):
    kept = seen(sent(LEAVES[:8]))
    with pytest.raises(LedgerBroken, match=f"a ledger of {left} entries, but 8 were seen"):
        seen(sent(LEAVES[:left]), kept)


def test_a_ledger_set_back_and_grown_on_is_found():
    kept = seen(sent(LEAVES[:8]))
    regrown = [*LEAVES[:6], *FORKED[6:20]]
    with pytest.raises(LedgerBroken, match="does not begin with the 8"):
        seen(sent(regrown, 6, 8), kept)


def test_growth_without_a_proof_or_with_a_wrong_one_is_refused():
    kept = seen(sent(LEAVES[:8]))
    with pytest.raises(LedgerBroken, match="does not show that the 8 entries"):
        seen(sent(LEAVES[:20]), kept)
    honest = sent(LEAVES[:20], 8)
    for place in range(len(honest.proofs["8"])):
        steps = list(honest.proofs["8"])
        del steps[place]
        with pytest.raises(LedgerBroken, match="does not begin with the 8"):
            seen(replace(honest, proofs={"8": steps}), kept)
    with pytest.raises(SignatureRefused, match="no sound proof"):
        seen(replace(honest, proofs={"8": ["!"]}), kept)


def test_another_key_or_another_ledger_is_refused():
    growth = grown(LEAVES[:5], origin=PARTNER, private=KEYS[COUNCIL], sent=())
    with pytest.raises(SignatureRefused, match="not signed with the key"):
        seen(growth)
    growth = grown(LEAVES[:5], origin=COUNCIL, private=KEYS[PARTNER], sent=())
    with pytest.raises(LedgerBroken, match="another ledger than its sender's"):
        seen(growth)


def test_a_signature_on_another_root_helps_nothing():
    """The sender's own key signs what it likes; the proof from what was seen can't be made."""
    kept = seen(sent(LEAVES[:8]))
    note = signed_note(Checkpoint(PARTNER, 9, root(FORKED[:9])), KEYS[PARTNER])
    proofs = sent(LEAVES[:9], 8).proofs
    with pytest.raises(LedgerBroken, match="does not begin with the 8"):
        seen(Growth(note, proofs), kept)


@given(st.data())
def test_two_honest_sides_never_accuse_each_other(data):
    """Any order of sending, losing, answering and arriving late, by the rule of what is sent."""
    size, known, kept = 0, [0], [seen(sent([]))]
    underway: list[Growth] = []
    for _ in range(data.draw(st.integers(1, 12))):
        if data.draw(st.booleans()):
            size += data.draw(st.integers(0, 3))
            underway.append(sent(LEAVES[:size], *known))
            known.append(size)
        elif underway:
            place = data.draw(st.integers(0, len(underway) - 1))
            came = underway.pop(place) if data.draw(st.booleans()) else underway[place]
            kept.append(seen(came, *kept))
            if data.draw(st.booleans()):  # the answer arrives: proofs from before need not be sent
                newest = max(each.size for each in kept)
                known = [each for each in known if each >= newest]


def test_what_is_kept_can_be_put_away_and_taken_out():
    kept = seen(sent(LEAVES[:9], 5))
    assert kept_from(kept.as_dict()) == kept
    growth = sent(LEAVES[:9], 5, countersigned="note")
    assert growth_from(growth.as_dict(), "M") == growth
    with pytest.raises(LedgerBroken, match="damaged"):
        kept_from({**kept.as_dict(), "size": "nine"})


WHOLE = sent(LEAVES[:9], 5).as_dict()


@pytest.mark.parametrize(
    "raw",
    [None, [], "text", {}, {**WHOLE, "checkpoint": 3}, {**WHOLE, "countersigned": None},
     {**WHOLE, "proofs": []}, {**WHOLE, "proofs": {"5": "text"}}, {**WHOLE, "proofs": {"5": [1]}},
     {**WHOLE, "proofs": {str(each): [] for each in range(MOST_PROOFS + 1)}}],
)  # fmt: skip
def test_what_is_no_growth_is_refused(raw):
    with pytest.raises(SignatureRefused, match="how its sender's ledger stands"):
        growth_from(raw, "M")


# what the other side countersigns of one's own ledger

OWN = [leaf_hash(f"council {number}".encode()) for number in range(12)]


def answered(size: int) -> str:
    """The council's checkpoint of that size, as the partner countersigns and sends it back."""
    growth = grown(OWN[:size], origin=COUNCIL, private=KEYS[COUNCIL], sent=())
    kept = check_growth(growth, (), key=PUBLIC[COUNCIL], origin=COUNCIL, called="M")
    return countersign(kept, name=PARTNER, private=KEYS[PARTNER], at=AT)


def answer(countersigned: str, leaves: list[bytes], by: str = PARTNER) -> int:
    return acknowledged(sent(LEAVES[:3], countersigned=countersigned), leaves, origin=COUNCIL,
                        key=PUBLIC[COUNCIL], by=by, by_key=PUBLIC[PARTNER],
                        called="M")  # fmt: skip


def test_a_countersigned_checkpoint_of_ones_own_says_how_far_the_other_side_saw():
    assert answer("", OWN) == 0
    assert answer(answered(7), OWN) == 7
    assert answer(answered(12), OWN) == 12


def test_ones_own_ledger_cut_off_is_found_before_anything_is_sent():
    with pytest.raises(LedgerBroken, match="told of 9 entries; this ledger has 5"):
        sent(LEAVES[:5], 3, 9)


def test_ones_own_ledger_cut_off_or_rewritten_is_found_by_the_answer():
    with pytest.raises(LedgerBroken, match="does not begin with"):
        answer(answered(7), OWN[:6])
    with pytest.raises(LedgerBroken, match="does not begin with"):
        answer(answered(7), [*OWN[:3], leaf_hash(b"forged"), *OWN[4:]])


def test_a_countersignature_that_is_none_is_refused():
    alone = grown(OWN, origin=COUNCIL, private=KEYS[COUNCIL], sent=()).checkpoint
    with pytest.raises(SignatureRefused, match="countersigns no checkpoint"):
        answer(alone, OWN)
    with pytest.raises(SignatureRefused, match="countersigns no checkpoint"):
        answer(answered(7), OWN, by="casescope.partner/other")
    other = signed_note(Checkpoint("another", 7, root(OWN[:7])), KEYS[COUNCIL])
    with pytest.raises(SignatureRefused, match="countersigns no checkpoint"):
        answer(other, OWN)
    forged = signed_note(Checkpoint(COUNCIL, 7, root(OWN[:7])), KEYS[PARTNER])
    with pytest.raises(SignatureRefused, match="not signed with the key"):
        answer(forged, OWN)

"""A ledger as a file: read by hand, and every change to it found, also by whoever has the key."""

import base64
import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casescope.governance.record.checkpoint import Checkpoint, cosigned, signed_note
from casescope.governance.record.export import (
    EXPORT,
    Seen,
    earlier_checkpoint,
    export_of,
    read_export,
    verify_export,
)
from casescope.governance.record.ledger import BEGINNING, Act, Entry, entries_after, leaves_of
from casescope.governance.record.merkle import root
from casescope.governance.record.signing import encoded, sign
from casescope.kernel.canonical import canonical_bytes
from casescope.kernel.errors import SignatureRefused

OURS = Ed25519PrivateKey.from_private_bytes(b"c" * 32)
THEIRS = Ed25519PrivateKey.from_private_bytes(b"p" * 32)
ORIGIN, PARTNER = "casescope.study/6f2c", "casescope.partner/1f3c"
DAY = date(2026, 11, 30)
AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ACTS = [Act(DAY, AT, "ann", "run", {"did": {"rows": number}}) for number in range(9)]
ENTRIES = entries_after(None, "6f2c", ACTS)


def public(private: Ed25519PrivateKey) -> str:
    return encoded(private.public_key().public_bytes_raw())


def note(entries: list[Entry], private: Ed25519PrivateKey = OURS, origin: str = ORIGIN) -> str:
    return signed_note(Checkpoint(origin, len(entries), root(leaves_of(entries))), private)


def seen(entries: list[Entry]) -> Seen:
    return Seen(PARTNER, public(THEIRS), cosigned(note(entries), THEIRS, PARTNER, AT))


def exported(entries: list[Entry] = ENTRIES, **how) -> bytes:
    return export_of(entries, **{"origin": ORIGIN, "study": "6f2c", "private": OURS, "on": DAY,
                                 **how})  # fmt: skip


def faults(raw: bytes, against: bytes | None = None) -> list[str]:
    return list(verify_export(raw, "ledger.json", against).faults)


def rehashed(entries: list[Entry]) -> list[Entry]:
    """What a thorough forger does: every hash after the change is made to fit again."""
    made: list[Entry] = []
    for entry in entries:
        previous = made[-1].hash if made else BEGINNING
        linked = replace(entry, number=len(made) + 1, previous=previous)
        made.append(replace(linked, hash=linked.computed_hash()))
    return made


def edited(entries: list[Entry], position: int = 3) -> list[Entry]:
    made = list(entries)
    made[position] = replace(made[position], actor="bob")
    return made


def test_an_export_read_by_hand_holds_what_was_done_and_proves_it():
    """The page's recipe, with nothing of ours: signature, chain, tree, checkpoint."""
    given = json.loads(exported(seen=[seen(ENTRIES[:4])]))
    content = {name: given[name] for name in ("statement", "key")} | {"casescope": given["kind"]}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    key = base64.b64decode(given["key"])
    Ed25519PublicKey.from_public_bytes(key).verify(base64.b64decode(given["signature"]), text)

    previous, leaves = "0" * 64, []
    for number, entry in enumerate(given["statement"]["entries"], 1):
        shown = entry.pop("hash")
        text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest() == shown
        assert (entry["number"], entry["previous"]) == (number, previous)
        assert entry["detail"] == {"did": {"rows": number - 1}}
        previous = shown
        leaves.append(hashlib.sha256(b"\0" + bytes.fromhex(shown)).digest())
    while len(leaves) > 1:  # RFC 6962's tree: pairs, and a last one alone goes up as it is
        pairs = [leaves[at : at + 2] for at in range(0, len(leaves), 2)]
        leaves = [hashlib.sha256(b"\1" + b"".join(pair)).digest() if len(pair) == 2 else pair[0]
                  for pair in pairs]  # fmt: skip
    origin, size, shown = given["statement"]["checkpoint"].split("\n")[:3]
    assert (origin, size) == (ORIGIN, "9")
    assert base64.b64decode(shown) == leaves[0]


def test_a_sound_export_has_no_fault_and_says_whose_it_is():
    verdict = verify_export(exported(seen=[seen(ENTRIES[:4])]), "ledger.json", key=public(OURS))
    assert verdict.faults == ()
    assert verdict.export.origin == ORIGIN
    assert verdict.export.entries == tuple(ENTRIES)
    (witness,) = verdict.witnesses
    assert (witness.by, witness.size, witness.at) == (PARTNER, 4, AT)
    assert verdict.against is None
    assert faults(exported([])) == []


def test_without_details_nothing_is_told_and_all_can_still_be_checked():
    raw = exported(details=False, seen=[seen(ENTRIES[:4])])
    assert faults(raw) == []
    assert faults(raw, note(ENTRIES[:5]).encode()) == []
    for told in (b"ann", b"run", b"rows", ENTRIES[0].salt.encode(), b'"at"'):
        assert told not in raw
    assert verify_export(raw, "it").export.hashes == tuple(entry.hash for entry in ENTRIES)


def test_every_changed_byte_of_a_small_export_is_found():
    raw = exported(ENTRIES[:2], seen=[seen(ENTRIES[:1])])
    for place in range(len(raw)):
        for bit in (1 << place % 8, 0x20):  # any bit, and the one between small and large letters
            changed = bytearray(raw)
            changed[place] ^= bit
            with pytest.raises(SignatureRefused):
                verify_export(bytes(changed), "it")
    for wrong in (raw[:-1], raw + b"\n", b" " + raw, raw[: len(raw) // 2], b"", b"{}", b"\xff"):
        with pytest.raises(SignatureRefused):
            verify_export(wrong, "it")


def test_the_same_said_in_other_bytes_is_not_as_it_was_signed():
    given = json.loads(exported())
    for written in (
        json.dumps(given, indent=1),
        json.dumps({**given, "more": 1}, sort_keys=True, separators=(",", ":")) + "\n",
    ):
        with pytest.raises(SignatureRefused, match="changed after it was signed"):
            verify_export(written.encode(), "it")


# whoever has the key can sign anything: what then still shows


FORGERIES: dict[str, Callable[[list[Entry]], list[Entry]]] = {
    "edited": edited,
    "one taken out": lambda entries: [*entries[:3], *entries[4:]],
    "two swapped": lambda entries: [*entries[:3], entries[4], entries[3], *entries[5:]],
    "one twice": lambda entries: [*entries[:4], *entries[3:]],
    "begun later": lambda entries: entries[1:],
    "hash rewritten": lambda entries: [
        replace(entry, hash=replace(entry, actor="bob").computed_hash()) if entry.number == 4
        else entry for entry in entries
    ],
    "another study's": lambda entries: [
        replace(entry, study="7a") if entry.number == 4 else entry for entry in entries
    ],
    "salt taken off": lambda entries: [replace(entries[0], salt=""), *entries[1:]],
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_change_signed_again_is_found_in_the_chain(forgery):
    assert faults(exported(FORGERIES[forgery](ENTRIES)))


REWRITINGS = {**FORGERIES, "begun again": lambda _: entries_after(None, "6f2c", ACTS)}
del REWRITINGS["another study's"]  # which shows without any checkpoint
del REWRITINGS["hash rewritten"]  # whose hashes made to fit are the ones that were


@pytest.mark.parametrize("details", [True, False])
@pytest.mark.parametrize("rewriting", REWRITINGS)
def test_a_past_rewritten_whole_and_signed_again_is_found_by_what_others_saw(rewriting, details):
    forged = rehashed(REWRITINGS[rewriting](ENTRIES))
    assert faults(exported(forged, details=details)) == []
    found = faults(exported(forged, details=details), note(ENTRIES[:6]).encode())
    assert found == ["Entry 6: the entries up to it are not those that a checkpoint tells of."]
    (found,) = faults(exported(forged, details=details, seen=[seen(ENTRIES[:6])]))
    assert "countersigned another ledger" in found


@pytest.mark.parametrize("left", range(9))
def test_a_cut_off_end_signed_again_is_found_by_an_earlier_checkpoint_alone(left):
    short = exported(ENTRIES[:left])
    assert faults(short) == []
    for earlier in (note(ENTRIES).encode(), exported(), exported(details=False)):
        (found,) = faults(short, earlier)
        assert "Entry 9: the ledger ends before it" in found
    (found,) = faults(exported(ENTRIES[:left], seen=[seen(ENTRIES)]))
    assert "countersigned another ledger" in found


def test_two_branches_of_one_ledger_contradict_each_other():
    fork = [*ENTRIES[:5], *entries_after(None, "6f2c", ACTS[5:])]
    one, other = exported(), exported(rehashed(fork))
    assert faults(one) == faults(other) == []
    assert faults(one, other)
    assert faults(other, one)
    before = exported(ENTRIES[:5])
    assert faults(one, before) == faults(other, before) == []


def resigned(private: Ed25519PrivateKey = OURS, **changes) -> bytes:
    """An export with some lines of it changed, signed again."""
    content = {**json.loads(exported())["statement"], **changes}
    return canonical_bytes(sign(EXPORT, content, private).as_dict()) + b"\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2}, {"entries": "none"}, {"entries": [{}]}, {"entries": [1]}, {"seen": {}},
        {"seen": [{"by": "x"}]}, {"on": "yesterday"}, {"study": 3}, {"checkpoint": "none"},
        {"checkpoint": note(ENTRIES, THEIRS)}, {"checkpoint": note(ENTRIES, origin="other")},
        {"entries": [{**json.loads(exported())["statement"]["entries"][0], "more": 1}]},
        {"origin": "other"}, {"hashes": ["00" * 32]}, {"entries": [], "hashes": ["AA" * 32]},
        {"seen": [vars(Seen(PARTNER, public(THEIRS), note(ENTRIES, THEIRS)))]},
    ],
)  # fmt: skip
def test_what_is_no_whole_export_is_refused_though_it_is_signed(changes):
    with pytest.raises(SignatureRefused):
        verify_export(resigned(**changes), "it")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    | st.sampled_from(["\ud800", note(ENTRIES), ORIGIN, "00" * 32, "2026-11-30"]),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(
        st.sampled_from([*Entry.__dataclass_fields__, "by", "key", "note"]), some, max_size=10
    ),
    max_leaves=8,
)  # fmt: skip
LINES = tuple(json.loads(exported())["statement"])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(LINES), JSON, min_size=1, max_size=3))
def test_whatever_somebody_signs_is_judged_or_refused_and_never_breaks_the_reading(changes):
    """Whoever holds a key can sign anything at all."""
    try:
        raw = resigned(**changes)
    except ValueError:
        return  # not even the signer could write that
    with suppress(SignatureRefused):
        verify_export(raw, "it", note(ENTRIES[:3]).encode())


def test_half_a_character_or_a_depth_without_end_is_refused():
    for raw in (
        exported().replace(b'"study":"6f2c"', b'"study":"\\ud800"'),
        exported().replace(b'"rows":3', b'"rows":' + b"[" * 900 + b"]" * 900),
        b"[" * 100_000,
    ):
        with pytest.raises(SignatureRefused):
            verify_export(raw, "it")
    with pytest.raises(SignatureRefused):
        verify_export(exported(), "it", note(ENTRIES).replace("6f2c", "\ud800").encode("utf-8",
                      "surrogatepass"))  # fmt: skip


def test_a_checkpoint_of_fewer_or_more_entries_than_there_are_is_found():
    assert faults(resigned(checkpoint=note(ENTRIES[:8])))
    assert faults(resigned(entries=json.loads(exported(ENTRIES[:8]))["statement"]["entries"]))


def test_a_countersignature_that_is_none_is_found():
    honest = seen(ENTRIES[:4])
    for wrong in (
        replace(honest, by="casescope.partner/other"),
        replace(honest, key=public(OURS)),
        replace(honest, key="no key"),
        replace(honest, note=note(ENTRIES[:4])),
        replace(honest, note=cosigned(note(ENTRIES[:4], origin="other"), THEIRS, PARTNER, AT)),
    ):
        verdict = verify_export(exported(seen=[wrong]), "it")
        assert "did not countersign" in verdict.faults[0]
        assert verdict.witnesses == ()


def test_a_sound_ledger_of_another_study_is_not_the_one_that_it_is_said_to_be():
    assert faults(exported(entries_after(None, "7a", ACTS))) == [
        "Some entries are of another study."
    ]


def test_the_partners_ledger_is_of_the_same_form():
    raw = exported(origin=PARTNER, private=THEIRS)
    verdict = verify_export(raw, "it", note(ENTRIES[:3], THEIRS, PARTNER).encode(),
                            key=public(THEIRS))  # fmt: skip
    assert verdict.faults == ()
    assert (verdict.export.origin, verdict.against.size) == (PARTNER, 3)


def test_another_key_or_another_ledger_is_no_earlier_one():
    with pytest.raises(SignatureRefused, match="with the key that it should be"):
        verify_export(exported(), "it", key=public(THEIRS))
    for against, why in [
        (exported(private=THEIRS), "another key"),
        (note(ENTRIES, THEIRS).encode(), "the key"),
        (exported(origin="other"), "another ledger"),
        (note(ENTRIES, origin="other").encode(), "another ledger"),
        (b"\xff\xfe", "not a file"),
        (b"", "not a signed checkpoint"),
    ]:
        with pytest.raises(SignatureRefused, match=why):
            verify_export(exported(), "it", against)
    point = earlier_checkpoint(note(ENTRIES).encode(), "it", key=public(OURS), origin=ORIGIN)
    assert point.size == 9


def test_an_export_of_a_later_version_says_so():
    with pytest.raises(SignatureRefused, match="newer form"):
        read_export(resigned(format=2), "it")

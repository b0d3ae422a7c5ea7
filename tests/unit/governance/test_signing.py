"""Signed statements and sealed answers: every change is seen, and nothing is told by accident."""

import base64
import hashlib
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.governance.record.signing import (
    decoded,
    encoded,
    fingerprint,
    is_signed,
    parsed,
    read_signed,
    sign,
)
from casescope.governance.release.release import Words, commitment_to
from casescope.governance.release.sealing import seal, unseal
from casescope.kernel.errors import SignatureRefused

# RFC 8032, section 7.1, TEST 1: a secret key and its public key
SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
MINE = Ed25519PrivateKey.from_private_bytes(SECRET)
STATEMENT = {"a": "text", "b": {"c": [1, 2.5, None, True]}, "é": "Zoë"}


def test_the_key_is_that_of_the_standard():
    assert sign("thing", STATEMENT, MINE).key == base64.b64encode(PUBLIC).decode()


def test_a_fingerprint_is_the_first_half_of_the_hash_in_groups_of_four():
    shown = fingerprint(encoded(PUBLIC))
    assert shown.replace("-", "") == hashlib.sha256(PUBLIC).hexdigest()[:32]
    assert [len(group) for group in shown.split("-")] == [4] * 8


def test_what_was_signed_is_read_back():
    signed = sign("thing", STATEMENT, MINE)
    raw = json.loads(json.dumps(signed.as_dict()))
    assert read_signed(raw, "thing", "it") == signed
    assert signed.statement == STATEMENT


def test_the_bytes_signed_are_checked_by_the_library_alone():
    """Whoever has only Ed25519 and this sentence can check: kind, statement and key as JSON."""
    signed = sign("thing", STATEMENT, MINE)
    content = {"casescope": "thing", "key": signed.key, "statement": STATEMENT}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    MINE.public_key().verify(base64.b64decode(signed.signature), text.encode())


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "other"}, {"statement": {**STATEMENT, "a": "other"}},
        {"key": encoded(Ed25519PrivateKey.generate().public_key().public_bytes_raw())},
        {"signature": encoded(bytes(64))}, {"signature": ""}, {"key": "not base64"},
    ],
)  # fmt: skip
def test_a_change_of_any_part_is_seen(changed):
    assert not is_signed(replace(sign("thing", STATEMENT, MINE), **changed))


def test_a_statement_of_one_kind_is_none_of_another():
    raw = sign("thing", STATEMENT, MINE).as_dict()
    with pytest.raises(SignatureRefused, match="it is not a other file"):
        read_signed(raw, "other", "it")
    with pytest.raises(SignatureRefused, match="changed after it was signed"):
        read_signed({**raw, "kind": "other"}, "other", "it")


def test_every_byte_of_a_signed_file_matters():
    """A flipped bit is refused, or was a blank between two values and changes no value."""
    signed = sign("thing", STATEMENT, MINE)
    whole = json.dumps(signed.as_dict(), ensure_ascii=False).encode()
    for place in range(len(whole)):
        for bit in (1, 4, 128):
            changed = bytearray(whole)
            changed[place] ^= bit
            try:
                assert read_signed(parsed(bytes(changed), "it"), "thing", "it") == signed
            except SignatureRefused:
                continue
            assert whole[place : place + 1] == b" "


@pytest.mark.parametrize(
    "raw",
    [
        None, [], "text", {}, {"kind": "thing"},
        {"kind": "thing", "key": 1, "signature": 2, "statement": {}},
        {"kind": "thing", "key": "", "signature": "", "statement": []},
    ],
)  # fmt: skip
def test_what_is_no_signed_statement(raw):
    with pytest.raises(SignatureRefused, match="not a thing file"):
        read_signed(raw, "thing", "it")


def test_letters_that_cannot_be_written_are_no_fault_of_ours():
    raw = {**sign("thing", STATEMENT, MINE).as_dict(), "statement": json.loads('{"a": "\\ud800"}')}
    with pytest.raises(SignatureRefused):
        read_signed(raw, "thing", "it")


@given(st.binary(max_size=80))
def test_bytes_are_written_as_text_in_one_way(raw):
    assert decoded(encoded(raw)) == raw
    text = encoded(raw)
    if text.endswith("="):  # the letter before it has bits that are not used
        stem, letters = text.rstrip("="), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        others = [stem[:-1] + letter + "=" * (len(text) - len(stem)) for letter in letters]
        for other in others:
            if other != text and base64.b64decode(other) == raw:
                with pytest.raises(ValueError, match="one way"):
                    decoded(other)


# sealed

THEIRS = X25519PrivateKey.generate()
TO = encoded(THEIRS.public_key().public_bytes_raw())


def test_what_was_sealed_is_opened_by_its_key_alone():
    sealed = seal(STATEMENT, to=TO, about="request 1")
    assert unseal(sealed, THEIRS, about="request 1", called="it") == STATEMENT
    for private, about in ((X25519PrivateKey.generate(), "request 1"), (THEIRS, "request 2")):
        with pytest.raises(SignatureRefused, match="it does not hold"):
            unseal(sealed, private, about=about, called="it")


@pytest.mark.parametrize("sealed", ["", "!", encoded(b"short"), encoded(bytes(200))])
def test_what_is_not_sealed_is_not_opened(sealed):
    with pytest.raises(SignatureRefused):
        unseal(sealed, THEIRS, about="it", called="it")


def test_every_byte_of_a_sealed_answer_matters():
    sealed = decoded(seal({"a": "b"}, to=TO, about="it"))
    for place in range(0, len(sealed), 7):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SignatureRefused):
            unseal(encoded(bytes(changed)), THEIRS, about="it", called="it")


@settings(max_examples=20)
@given(st.text(max_size=1500))
def test_the_length_of_a_sealed_answer_tells_nothing(reason):
    content = {"opening": {"outcome": "return", "nonce": "0" * 64}, "words": {"text": reason}}
    if any(0xD800 <= ord(letter) < 0xE000 for letter in reason):
        return
    assert len(seal(content, to=TO, about="it")) == len(seal({}, to=TO, about="it"))


def test_two_seals_of_the_same_are_not_the_same():
    assert seal(STATEMENT, to=TO, about="it") != seal(STATEMENT, to=TO, about="it")


def test_a_commitment_changes_with_word_and_number():
    known = {commitment_to(Words(text, nonce)) for text in ("a", "b") for nonce in ("1", "2")}
    assert len(known) == 4

"""Checkpoints as C2SP writes them: its own examples, Go's test vectors, and a reading by hand."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casescope.governance.record import checkpoint as checkpoints
from casescope.governance.record.checkpoint import (
    Checkpoint,
    cosigned,
    cosigned_at,
    is_cosigned,
    origin_of,
    read_note,
    signed_note,
)
from casescope.governance.record.signing import encoded
from casescope.kernel.errors import SignatureRefused

# golang.org/x/mod sumdb/note note_test.go: a name, its secret and public key (after one byte of
# kind), a text and the note that it must become.
PETER_SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETER_PUBLIC = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

# c2sp.org/tlog-cosignature: its example. Its keys are not published, so that only its form and
# the second that it states (in the text signed: 1679315147) can be held against ours.
EXAMPLE = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5"
    "/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dl"
    "rDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)

LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
AT = datetime(2026, 11, 30, 20, 0, 7, tzinfo=UTC)
NOW = Checkpoint("casescope.study/6f2c", 12, hashlib.sha256(b"root").digest())
BY = "casescope.partner/1f3c-77aa"


def public(private: Ed25519PrivateKey) -> str:
    return encoded(private.public_key().public_bytes_raw())


NOTE = signed_note(NOW, LOG)
BOTH = cosigned(NOTE, OTHER, BY, AT)


def test_the_key_and_the_signature_are_those_of_gos_own_test(monkeypatch):
    secret = Ed25519PrivateKey.from_private_bytes(base64.b64decode(PETER_SECRET)[1:])
    assert base64.b64decode(PETER_PUBLIC) == b"\x01" + secret.public_key().public_bytes_raw()
    # its text is no checkpoint, so a checkpoint that says just that stands in for one
    monkeypatch.setattr(Checkpoint, "text", PETER_TEXT)
    note = signed_note(Checkpoint("PeterNeumann", 0, b""), secret)
    assert note == f"{PETER_TEXT}\n{PETER_LINE}"


def test_the_example_of_the_specification_is_read_as_it_says():
    body, signatures = checkpoints._parts(EXAMPLE, "it")
    held = checkpoints._checkpoint(body, "it")
    assert held.origin == origin_of(EXAMPLE, "it") == "example.com/behind-the-sofa"
    assert held.size == 20852163
    assert base64.b64encode(held.root) == b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    assert held.text == body
    assert [each.name for each in signatures] == [held.origin, "witness.example.com/w1"]
    assert int.from_bytes(signatures[1].content[:8], "big") == 1679315147


def test_what_is_countersigned_is_the_message_of_the_specification():
    body = EXAMPLE.partition("\n\n")[0] + "\n"
    assert checkpoints._cosigned_text(body, 1679315147) == (
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_a_note_read_by_hand_holds_what_was_signed_by_whom_and_when():
    """The specifications followed here line by line, with none of the module's code."""
    text, lines = BOTH.split("\n\n")
    origin, size, root = text.split("\n")
    assert (origin, int(size), base64.b64decode(root)) == (NOW.origin, NOW.size, NOW.root)
    log_line, other_line, nothing = lines.split("\n")
    assert nothing == ""

    dash, name, raw = log_line.split(" ")
    key = LOG.public_key().public_bytes_raw()
    blob = base64.b64decode(raw)
    assert (dash, name) == ("\u2014", NOW.origin)
    assert blob[:4] == hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
    Ed25519PublicKey.from_public_bytes(key).verify(blob[4:], f"{text}\n".encode())

    dash, name, raw = other_line.split(" ")
    key = OTHER.public_key().public_bytes_raw()
    blob = base64.b64decode(raw)
    second = int.from_bytes(blob[4:12], "big")
    assert (dash, name) == ("\u2014", BY)
    assert blob[:4] == hashlib.sha256(name.encode() + b"\n\x04" + key).digest()[:4]
    assert datetime.fromtimestamp(second, UTC) == AT
    message = f"cosignature/v1\ntime {second}\n{text}\n".encode()
    Ed25519PublicKey.from_public_bytes(key).verify(blob[12:], message)


def test_a_note_is_read_back_with_and_without_others_beneath():
    assert read_note(NOTE, public(LOG), "it") == read_note(BOTH, public(LOG), "it") == NOW
    assert cosigned_at(BOTH, public(OTHER), BY) == AT
    assert is_cosigned(BOTH, public(OTHER), BY)
    # sixteen signatures of strangers must be put up with, says the specification
    many = NOTE
    for number in range(16):
        stranger = Ed25519PrivateKey.from_private_bytes(bytes([number + 100] * 32))
        many = cosigned(many, stranger, f"stranger/{number}", AT)
    assert read_note(many, public(LOG), "it") == NOW


def test_another_key_or_name_signed_nothing():
    with pytest.raises(SignatureRefused, match="not signed with the key"):
        read_note(BOTH, public(OTHER), "it")
    assert not is_cosigned(BOTH, public(LOG), BY)
    assert not is_cosigned(BOTH, public(OTHER), NOW.origin)
    assert not is_cosigned(NOTE, public(OTHER), BY)
    assert not is_cosigned("nothing", public(OTHER), BY)
    assert not is_cosigned(BOTH, "no key", BY)
    with pytest.raises(SignatureRefused, match="such a key"):
        read_note(NOTE, "no key", "it")


def test_a_countersignature_is_none_by_the_log_itself_and_the_other_way_round():
    """One key may do both, because what is signed begins otherwise."""
    assert not is_cosigned(NOTE, public(LOG), NOW.origin)
    alone = f"{NOW.text}\n" + cosigned(NOTE, LOG, NOW.origin, AT).splitlines()[-1] + "\n"
    assert is_cosigned(alone, public(LOG), NOW.origin)
    with pytest.raises(SignatureRefused, match="not signed with the key"):
        read_note(alone, public(LOG), "it")


def test_a_wrong_signature_of_a_known_key_spoils_the_note_even_beside_a_right_one():

    def with_a_wrong_one(note: str) -> str:
        *words, raw = note.splitlines()[-1].split(" ")
        blob = bytearray(base64.b64decode(raw))
        blob[-1] ^= 1
        return f"{note}{' '.join([*words, base64.b64encode(blob).decode()])}\n"

    with pytest.raises(SignatureRefused, match="not signed with the key"):
        read_note(with_a_wrong_one(NOTE), public(LOG), "it")
    assert not is_cosigned(with_a_wrong_one(BOTH), public(OTHER), BY)
    assert is_cosigned(cosigned(BOTH, OTHER, BY, AT), public(OTHER), BY), "twice is well"


def test_every_flipped_byte_of_a_note_is_found():
    raw = NOTE.encode()
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1 << place % 7
        try:
            text = bytes(changed).decode()
        except UnicodeDecodeError:
            continue  # no text at all
        with pytest.raises(SignatureRefused):
            read_note(text, public(LOG), "it")


def test_every_flipped_byte_of_what_was_countersigned_or_of_its_line_is_found():
    raw = BOTH.encode()
    own = range(len(NOW.text.encode()), len(NOTE.encode()))  # the log's line is not its matter
    for place in set(range(len(raw))) - set(own):
        changed = bytearray(raw)
        changed[place] ^= 1 << place % 7
        assert not is_cosigned(bytes(changed).decode(errors="ignore"), public(OTHER), BY)


ROOT = encoded(NOW.root)


@pytest.mark.parametrize(
    "body",
    [
        f"origin\n012\n{ROOT}\n",
        f"origin\n-1\n{ROOT}\n",
        f"origin\n+1\n{ROOT}\n",
        f"origin\n١\n{ROOT}\n",
        f"origin\n\n{ROOT}\n",
        f"origin\n{'9' * 20}\n{ROOT}\n",
        f"\n1\n{ROOT}\n",
        "origin\n1\n",
        "origin\n1\nAAAA\n",
        f"origin\n1\n{ROOT}\n\n",
        f"origin\n1\n{ROOT[:-1]}\n",
        f"origin\r\n1\n{ROOT}\n",
        f"origin\t\n1\n{ROOT}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused_though_it_is_signed(body):
    private = LOG
    blob = checkpoints._key_id("origin", b"\x01", private.public_key().public_bytes_raw())
    line = f"— origin {encoded(blob + private.sign(body.encode()))}\n"
    with pytest.raises(SignatureRefused, match="not a signed checkpoint"):
        read_note(f"{body}\n{line}", public(LOG), "it")


def test_lines_that_a_log_adds_are_signed_with_the_rest():
    body = f"origin\n1\n{ROOT}\nmore\n"
    blob = checkpoints._key_id("origin", b"\x01", LOG.public_key().public_bytes_raw())
    note = f"{body}\n— origin {encoded(blob + LOG.sign(body.encode()))}\n"
    assert read_note(note, public(LOG), "it") == Checkpoint("origin", 1, NOW.root)
    with pytest.raises(SignatureRefused, match="not signed with the key"):
        read_note(note.replace("more", "less"), public(LOG), "it")


@pytest.mark.parametrize(
    "lines",
    ["", "- origin AAAAAAA=\n", "— origin\n", "— origin AAAA\n", "— a b AAAAAAA=\n",
     "— a+b AAAAAAA=\n", "—  AAAAAAA=\n", "— origin AAAAAAA=", "— origin AAAAAAA=\n" * 65],
)  # fmt: skip
def test_what_holds_no_signatures_is_no_note(lines):
    with pytest.raises(SignatureRefused, match="not a signed checkpoint"):
        read_note(f"{NOW.text}\n{lines}", public(LOG), "it")


def test_half_a_character_which_json_can_hold_is_no_note():
    for text in (NOTE.replace("6f2c", "\ud800"), BOTH.replace("1f3c", "\ud800")):
        with pytest.raises(SignatureRefused, match="not a signed checkpoint"):
            read_note(text, public(LOG), "it")
        assert not is_cosigned(text, public(OTHER), BY)


def test_a_name_that_no_reader_would_read_is_not_written():
    for name in ("two words", "a+b", ""):
        with pytest.raises(ValueError, match="name"):
            cosigned(NOTE, OTHER, name, AT)


@pytest.mark.parametrize("name", ["casescope.study/\x9b31m", "casescope\u202e.study", "\x7fx"])
def test_an_origin_that_could_steer_a_terminal_is_none(name):
    odd = Checkpoint(name, 1, hashlib.sha256(b"root").digest())
    note = signed_note(odd, LOG)
    for read in (lambda: read_note(note, public(LOG), "It"), lambda: origin_of(note, "It")):
        with pytest.raises(SignatureRefused, match="not a signed checkpoint"):
            read()

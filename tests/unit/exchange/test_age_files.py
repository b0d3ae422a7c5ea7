"""age files: ours are opened by `age` and by pyrage, theirs by us, and no bad one by anybody."""

import io
import os
import shutil
import subprocess
from itertools import pairwise

import pyrage
import pytest

from casescope.exchange.age import age, stream
from casescope.kernel.errors import VaultRefused
from tests.unit.exchange.age_files import (
    BAD,
    CHUNK,
    GOOD,
    IDENTITY,
    RECIPIENT,
    by_passphrase,
    flipped,
)

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17, 16 * CHUNK - 1, 16 * CHUNK,
         16 * CHUNK + 1, 32 * CHUNK, 33 * CHUNK + 5]  # fmt: skip
"""Round one chunk and round the sixteen that are read at a time."""
PROGRAM = shutil.which("age")
WITH_AGE = pytest.mark.skipif(
    PROGRAM is None and not os.environ.get("CASESCOPE_CI"),
    reason="the program age is not installed",
)
READ_BY_PYRAGE = {"stanza without its last line"}
"""What pyrage takes, because files older than the specification were so."""

READ_BY_AGE = {"a passphrase beside a key"}
"""What the program takes, because it looks for this only where it is given a passphrase."""


def sealed(plain: bytes, recipient: str, *cuts: int) -> bytes:
    out = io.BytesIO()
    pieces = [plain[a:b] for a, b in pairwise([0, *cuts, len(plain)])]
    stream.seal(pieces, out.write, recipient)
    return out.getvalue()


def opened(raw: bytes, secret: str, before: int = 0) -> bytes:
    """Return what we open; the file may stand inside another one."""
    source = io.BytesIO(bytes(before) + raw + b"more")
    source.seek(before)
    return b"".join(bytes(one) for one in stream.opened(source, len(raw), secret, "A file"))


def by_pyrage(raw: bytes, secret: str) -> bytes:
    return pyrage.decrypt(raw, [pyrage.x25519.Identity.from_str(secret)])


def run_age(*words: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["age", *words], input=given, capture_output=True, check=False)


@pytest.fixture(scope="module")
def ours():
    return age.new_identity()


@pytest.fixture
def key_file(ours, tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(ours.secret + "\n", encoding="ascii")
    return str(path)


@pytest.mark.parametrize("size", SIZES)
def test_what_we_seal_pyrage_opens_and_the_other_way_round(ours, size):
    plain = os.urandom(size)
    raw = sealed(plain, ours.recipient)
    assert len(raw) == stream.sealed_size(size)
    assert by_pyrage(raw, ours.secret) == plain
    assert opened(raw, ours.secret, before=700) == plain
    assert opened(age.sealed(plain, ours.recipient), ours.secret) == plain
    other = age.new_identity().recipient
    assert opened(age.sealed(plain, other, ours.recipient), ours.secret) == plain


@WITH_AGE
@pytest.mark.parametrize("size", SIZES)
def test_what_we_seal_the_program_opens_and_the_other_way_round(ours, key_file, size):
    plain = os.urandom(size)
    theirs = run_age("-d", "-i", key_file, given=sealed(plain, ours.recipient))
    assert (theirs.returncode, theirs.stdout) == (0, plain)
    made = run_age("-r", ours.recipient, given=plain)
    assert opened(made.stdout, ours.secret) == plain
    assert age.opened(made.stdout, ours.secret, "it") == plain


@pytest.mark.parametrize("cuts", [(0,), (1,), (CHUNK,), (CHUNK - 1, CHUNK + 1), (5, 2 * CHUNK),
                                  (3, 3, 4, CHUNK + 2, 2 * CHUNK + 1)])  # fmt: skip
def test_how_pieces_are_cut_does_not_matter(ours, cuts):
    plain = os.urandom(2 * CHUNK + 100)
    assert by_pyrage(sealed(plain, ours.recipient, *cuts), ours.secret) == plain


@pytest.mark.parametrize("case", GOOD)
def test_a_right_file_is_opened(case):
    raw, plain = GOOD[case]
    assert by_pyrage(raw, IDENTITY) == plain
    assert opened(raw, IDENTITY) == plain


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_file_is_refused_by_pyrage_and_by_us(case):
    if case not in READ_BY_PYRAGE:
        with pytest.raises(pyrage.DecryptError):
            by_pyrage(BAD[case], IDENTITY)
    with pytest.raises(VaultRefused):
        opened(BAD[case], IDENTITY)


@WITH_AGE
def test_the_program_refuses_the_same_files(tmp_path):
    key = tmp_path / "key.txt"
    key.write_text(IDENTITY + "\n", encoding="ascii")
    said = {case: run_age("-d", "-i", str(key), given=raw) for case, raw in BAD.items()}
    assert {case for case, ran in said.items() if ran.returncode == 0} == READ_BY_AGE
    for raw, plain in GOOD.values():
        assert run_age("-d", "-i", str(key), given=raw).stdout == plain


@pytest.mark.parametrize("mask", [1, 0x20, 0x80])
def test_every_changed_byte_of_a_small_file_is_found(mask):
    raw = GOOD["one byte"][0]
    for at in range(len(raw)):
        with pytest.raises(VaultRefused):
            opened(flipped(raw, at, mask), IDENTITY)


def test_every_length_cut_short_is_found():
    raw = GOOD["one byte"][0]
    for length in range(len(raw)):
        with pytest.raises(VaultRefused):
            opened(raw[:length], IDENTITY)


def test_a_large_file_cut_at_or_beside_a_chunk_is_found(ours):
    raw = sealed(bytes(4 * CHUNK), ours.recipient)
    head = len(raw) - 4 * (CHUNK + 16)
    for chunks in range(4):
        for beside in (-1, 0, 1, 16):
            with pytest.raises(VaultRefused):
                opened(raw[: head + chunks * (CHUNK + 16) + beside], ours.secret)


@pytest.mark.parametrize("chunks", [15, 16, 17, 32, 33])
def test_a_file_of_many_chunks_with_one_moved_lost_or_doubled_is_found(ours, chunks):
    raw = sealed(os.urandom(chunks * CHUNK), ours.recipient)
    size = CHUNK + 16
    head, body = raw[: len(raw) - chunks * size], raw[len(raw) - chunks * size :]
    cut = [body[at : at + size] for at in range(0, len(body), size)]
    assert opened(head + b"".join(cut), ours.secret) == by_pyrage(raw, ours.secret)
    for at in {0, 7, min(15, chunks - 2), chunks - 2}:
        swapped = [*cut[:at], cut[at + 1], cut[at], *cut[at + 2 :]]
        lost, doubled = cut[:at] + cut[at + 1 :], cut[: at + 1] + cut[at:]
        for wrong in (swapped, lost, doubled, cut[: at + 1]):
            with pytest.raises(VaultRefused):
                opened(head + b"".join(wrong), ours.secret)


def test_two_sealings_share_nothing(ours):
    one, two = sealed(b"same", ours.recipient), sealed(b"same", ours.recipient)
    assert one[32:] != two[32:]
    assert by_pyrage(one, ours.secret) == by_pyrage(two, ours.secret)


def test_another_key_opens_nothing(ours):
    with pytest.raises(VaultRefused):
        opened(sealed(b"x", ours.recipient), IDENTITY)
    with pytest.raises(VaultRefused):
        age.opened(age.sealed(b"x", ours.recipient), IDENTITY, "A file")


def test_keys_are_what_the_specification_makes_of_bytes():
    assert age.identity_of(IDENTITY, "it").recipient == RECIPIENT
    for wrong in ("", RECIPIENT, IDENTITY[:-1], IDENTITY.lower(), flipped(IDENTITY.encode(), 20)):
        with pytest.raises(VaultRefused):
            age.identity_of(str(wrong), "it")
    assert age.is_recipient(RECIPIENT)
    assert not age.is_recipient(RECIPIENT[:-1] + "q")
    for seal in (age.sealed, lambda plain, to: sealed(plain, to)):
        with pytest.raises(ValueError, match="recipient"):
            seal(b"x", "age1x")


def test_a_secret_is_not_shown():
    fresh = age.new_identity()
    assert fresh.secret[20:30] not in repr(fresh)


def test_a_passphrase_opens_and_a_wrong_one_does_not():
    made = by_passphrase(b"half a key", b"correct horse")
    assert age.opened_by_passphrase(made, "correct horse", "It") == b"half a key"
    for raw, said in ((made, "Correct horse"), (flipped(made, -1), "correct horse")):
        with pytest.raises(VaultRefused, match="passphrase"):
            age.opened_by_passphrase(raw, said, "It")


def test_what_we_seal_by_passphrase_pyrage_opens():
    """At full work, once: it takes a second each way by intent."""
    raw = age.sealed_by_passphrase(b"half a key", "correct horse")
    assert b" 18\n" in raw[:80]
    assert age.opened_by_passphrase(raw, "correct horse", "It") == b"half a key"

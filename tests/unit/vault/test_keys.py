"""Keys: made once, readable by one user, whole or refused, gone when shredded."""

import os

import pytest

from casescope.kernel.errors import VaultRefused
from casescope.vault.keys import WINGS, KeyRing


@pytest.fixture
def ring(tmp_path):
    ring = KeyRing(tmp_path / "keys")
    ring.create("s1")
    return ring


def test_each_wing_has_a_key_of_256_bits_of_its_own(ring):
    keys = [ring.key("s1", wing) for wing in WINGS]
    assert len(set(keys)) == len(WINGS) == 2
    assert all(len(bytes.fromhex(key)) == 32 for key in keys)


def test_two_studies_share_no_key(ring):
    ring.create("s2")
    assert ring.key("s1", "analysis") != ring.key("s2", "analysis")


def test_a_key_is_never_replaced(ring):
    before = ring.key("s1", "analysis")
    with pytest.raises(VaultRefused, match="cannot be written"):
        ring.create("s1")
    assert ring.key("s1", "analysis") == before


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 64, b"0" * 63, b"g" * 64, b"0" * 65])
def test_what_is_no_key_is_refused(ring, content):
    (ring.folder("s1") / "analysis.key").write_bytes(content)
    with pytest.raises(VaultRefused, match="is damaged") as caught:
        ring.key("s1", "analysis")
    assert "analysis key of this study" in caught.value.sentence


def test_a_key_that_is_gone(ring):
    (ring.folder("s1") / "analysis.key").unlink()
    with pytest.raises(VaultRefused, match="analysis key of this study is not in"):
        ring.key("s1", "analysis")
    assert not ring.has("s1")


def test_shredding_overwrites_before_it_removes(ring, monkeypatch):
    """Whatever still holds the file open, or the block on disk, no longer holds the key."""
    path = ring.folder("s1") / "identified.key"
    key = path.read_bytes()
    with path.open("rb") as held:
        ring.shred("s1")
        assert held.read() != key
    assert not list(ring.root.rglob("*.key"))
    ring.shred("s1")  # done again after a crash


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
def test_nobody_else_reads_a_key(ring):
    assert ring.folder("s1").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in ring.root.rglob("*.key")} == {0o600}


def test_a_key_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "keys").write_text("a file")
    with pytest.raises(VaultRefused, match="cannot be written"):
        KeyRing(tmp_path / "keys").create("s1")


@pytest.mark.parametrize(
    ("inside", "refused"),
    [("home/keys", True), ("home", True), ("home2/keys", False), ("keys", False)],
)
def test_keys_lie_apart_from_what_they_lock(tmp_path, inside, refused):
    ring = KeyRing(tmp_path / inside)
    if refused:
        with pytest.raises(VaultRefused, match="inside the study folder"):
            ring.check_apart_from(tmp_path / "home")
    else:
        ring.check_apart_from(tmp_path / "home")

"""Files that are whole or gone, however large they are and whoever writes at the same time."""

import os
import secrets

import pytest

from casescope.kernel import durable


def test_what_is_destroyed_is_overwritten_whole_and_in_pieces(tmp_path, monkeypatch):
    path, copy = tmp_path / "large", tmp_path / "linked"
    content = b"word " * 500_000
    path.write_bytes(content)
    copy.hardlink_to(path)  # what was under the name is still to be looked at
    pieces: list[int] = []
    drawn = secrets.token_bytes

    def counted(size: int) -> bytes:
        pieces.append(size)
        return drawn(size)

    monkeypatch.setattr(secrets, "token_bytes", counted)
    durable.destroy(path)
    assert not path.exists()
    assert copy.stat().st_size == len(content)
    assert b"word word" not in copy.read_bytes()
    assert max(pieces) <= 1 << 20


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a rename refuses by itself")
@pytest.mark.parametrize("knows_links", [True, False])
def test_a_new_file_takes_nobodys_place_on_any_disk(tmp_path, monkeypatch, knows_links):
    """FAT, on which sticks for keys come, and some shares give no file a second name."""

    def not_permitted(*_):
        raise PermissionError(1, "Operation not permitted")

    if not knows_links:
        monkeypatch.setattr(os, "link", not_permitted)
    path = tmp_path / "key"
    durable.create(path, b"first", private=True)
    assert path.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(type(path), "exists", lambda _: False)  # it came in between
    with pytest.raises(FileExistsError):
        durable.create(path, b"second", private=True)
    assert path.read_bytes() == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["key"]

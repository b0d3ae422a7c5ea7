"""Files that are whole or gone, however large they are and whoever writes at the same time."""

import secrets

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

"""Files of lines that grow: a line is whole, or it was never written."""

import contextlib
import os
from pathlib import Path

from casescope.kernel import durable


def append_whole(path: Path, line: bytes) -> None:
    """Add a line; if the disk takes only a part of it, that part is taken back."""
    size = path.stat().st_size if path.exists() else 0
    try:
        durable.append(path, line)
    except OSError:
        with contextlib.suppress(OSError):  # the next reader takes it away
            os.truncate(path, size)
        raise


def whole_lines(path: Path) -> list[bytes]:
    """Return a file's lines; a last one that a power cut left by halves is taken away."""
    raw = path.read_bytes() if path.exists() else b""
    whole = raw[: raw.rfind(b"\n") + 1]
    if whole != raw:
        durable.write(path, whole, private=True)
    return whole.splitlines()

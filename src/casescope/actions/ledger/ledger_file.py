"""Verify a ledger export away from any study: on what machine and when does not matter."""

from pathlib import Path

from casescope.governance.record.export import LARGEST_BYTES, ExportVerdict, verify_export
from casescope.kernel import given


def verify(file: Path, against: Path | None = None) -> ExportVerdict:
    """Return what an export proves, held against an earlier checkpoint or export where given."""
    earlier = read_given(against) if against else None
    called = against.name if against else ""
    return verify_export(read_given(file), file.name, earlier, against_called=called)


def read_given(path: Path) -> bytes:
    """Return the content of a file that a person named, or refuse."""
    return given.read_given(path, LARGEST_BYTES)

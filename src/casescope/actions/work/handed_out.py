"""Files with names in them that leave the vault for a person at the council."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from casescope.actions.gate.gate import Permit, refused
from casescope.governance.places import check_place
from casescope.kernel.errors import NotAllowed, PlaceRefused, VaultRefused

_BINARY = getattr(os, "O_BINARY", 0)
"""Without it Windows would write two bytes for each line end."""


@contextmanager
def new_file(permit: Permit, file: Path) -> Iterator[BinaryIO]:
    """Yield a new file that its user alone can read, and flush it to the disk.

    Refuses a place that may be outside the United Kingdom. What is there already is never written
    over, and nothing is left if the block raises.
    """
    _check_place(permit, file)
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
    except FileExistsError:
        raise NotAllowed(
            f"{file} is already there; it is not written over.", "Choose another name."
        ) from None
    except OSError as error:
        raise VaultRefused(f"{file} cannot be written.", "Choose a folder of yours.") from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _check_place(permit: Permit, file: Path) -> None:
    try:
        check_place(file, permit.study.storage.declared_places, "The file")
    except PlaceRefused as refusal:
        raise refused(permit, refusal) from None

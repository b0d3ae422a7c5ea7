"""Files that somebody gave: read whole, but no more than a file of their kind can hold."""

from pathlib import Path

from casescope.kernel.errors import NotFound, SignatureRefused


def read_given(path: Path, largest: int) -> bytes:
    """Return the content of a file of at most `largest` bytes, or refuse."""
    try:
        if not path.is_file():  # a pipe would be waited for, a device has no end
            raise OSError("no file")
        if path.stat().st_size <= largest:
            return path.read_bytes()
    except OSError as error:
        raise NotFound(f"{path} cannot be read.", "Give the path of the file.") from error
    raise SignatureRefused(f"{path.name} is too long to be a file of its kind.")

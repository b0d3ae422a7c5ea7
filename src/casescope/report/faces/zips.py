"""Zip files that hold no moment of their making: the same parts give the same bytes."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip can state."""


def steady(content: bytes) -> bytes:
    """Return the zip with every part dated alike, in the same order, compressed alike."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as after,
    ):
        for part in before.infolist():
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            after.writestr(info, before.read(part.filename))
    return made.getvalue()

"""How a report looks: the council's colour for rules and key figures, and its logo."""

from base64 import b64encode
from dataclasses import dataclass
from zlib import crc32

from casescope.report.charts.palette import MAIN

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = slice(12, 16), slice(16, 20), slice(20, 24)
"""Where a PNG names its first chunk, and holds its width and height (W3C PNG, section 11.2.1)."""


@dataclass(frozen=True)
class Look:
    """A colour `#rrggbb` that can be read on white, and a PNG file's bytes; empty for no logo."""

    colour: str = MAIN
    logo: bytes = b""

    @property
    def logo_url(self) -> str:
        """Return the logo as the URL that holds it."""
        return f"data:image/png;base64,{b64encode(self.logo).decode()}" if self.logo else ""

    @property
    def logo_drawing(self) -> str:
        """Return the logo as an SVG drawing of its own size."""
        if not self.logo:
            return ""
        width, height = size_of(self.logo) or (1, 1)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}">'
            f'<image width="{width}" height="{height}" href="{self.logo_url}"/></svg>'
        )


def size_of(png: bytes) -> tuple[int, int] | None:
    """Return the width and height of a PNG file in dots; None for anything else."""
    kind, width, height = (png[part] for part in _HEADER)
    if not png.startswith(_SIGNATURE) or kind != b"IHDR" or len(height) < 4:
        return None
    found = int.from_bytes(width, "big"), int.from_bytes(height, "big")
    return found if all(found) else None


def is_whole(png: bytes) -> bool:
    """Say whether every chunk is as it was written, and the last is there: typesetters need all."""
    at = len(_SIGNATURE)
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        kind_and_data, check = (
            png[at + 4 : at + 8 + length],
            png[at + 8 + length : at + 12 + length],
        )
        if len(check) < 4 or crc32(kind_and_data) != int.from_bytes(check, "big"):
            return False
        if kind_and_data == b"IEND":
            return True
        at += 12 + length
    return False

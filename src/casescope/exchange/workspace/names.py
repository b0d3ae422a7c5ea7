"""Names and places that any system can hold, Windows with its reserved names too."""

import os
import re
from pathlib import Path, PurePath, PureWindowsPath

from casescope.kernel.errors import PlaceRefused

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 40
_LONGEST_ROOT = 150
"""Windows takes 259 letters unless told otherwise; the longest name below a workspace has 90."""


def portable(words: str) -> str:
    """Return words as the name of a file: small letters, digits and hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return f"partner-{plain}".strip("-") if not plain or is_reserved(plain) else plain


def is_reserved(name: str) -> bool:
    """Say whether Windows takes this name for a device, whatever its ending."""
    return bool(_RESERVED.fullmatch(name.rstrip(" .")))


def check_root(root: Path) -> None:
    """Refuse a folder that this system could make and not use."""
    if os.name == "nt":
        check_windows_root(PureWindowsPath(root.resolve()))


def check_windows_root(root: PurePath) -> None:
    """Refuse what Windows cannot hold: a device's name, an ending that it drops, a long way."""
    parts = root.parts[1:] if root.anchor else root.parts
    for part in parts:
        if is_reserved(part) or part != part.rstrip(" .") or re.search(r'[<>:"|?*]', part):
            raise PlaceRefused(
                f"{root} has a part that Windows cannot hold as the name of a folder.",
                "Choose another name for the workspace.",
            )
    if len(str(root)) > _LONGEST_ROOT:
        raise PlaceRefused(
            f"The workspace would lie {len(str(root))} letters deep; some programs on Windows "
            f"reach no file below {_LONGEST_ROOT}.",
            "Choose a place nearer the top of the drive.",
        )

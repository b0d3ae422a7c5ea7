"""Commands as somebody pastes them into the shell of this machine, whatever stands in a name.

A file is often named by whoever sent it, so a name that a shell could take for more than a name is
never put into a command.
"""

import os
import re
import shlex
from pathlib import PurePath

_PLAIN = re.compile(r"[A-Za-z0-9_.:/\\+=@-]+")
"""What Windows' two shells take as it is."""

_RUNS = re.compile(r'["$`%]')
"""What cmd or PowerShell work on inside double quotes too; no name on Windows holds the first."""


def command(*words: object, windows: bool = os.name == "nt") -> str:
    """Return `casescope` with these words, each as the shell takes it."""
    return " ".join(["casescope", *(quoted(word, windows=windows) for word in words)])


def quoted(word: object, *, windows: bool = os.name == "nt") -> str:
    """Return one word as the shell takes it: in quotes where it must be.

    Where no quotes would do in every shell of the system, WORD stands for it, to be typed. A path
    is never taken for an option.
    """
    text = str(word)
    if isinstance(word, PurePath) and text.startswith("-"):
        text = f".{os.sep}{text}"
    if not text.isprintable() or (windows and _RUNS.search(text)):
        return "WORD"
    if not windows:
        return shlex.quote(text)
    if _PLAIN.fullmatch(text):
        return text
    return f'"{text}\\"' if text.endswith("\\") else f'"{text}"'

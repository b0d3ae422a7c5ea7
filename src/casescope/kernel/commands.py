"""Commands as somebody pastes them into the shell of this machine, whatever stands in a name.

A file is often named by whoever sent it, so a name that a shell could take for more than a name is
never put into a command.
"""

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import PurePath

_PLAIN = re.compile(r"[A-Za-z0-9_.:/\\+=-]+")
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


def filled(sentence: str, given: Mapping[str, object]) -> str:
    """Return a sentence whose commands name what was given, such as HOME, as it was given.

    A command at the end of it loses the full stop, which would be pasted with it.
    """
    for name, value in given.items():
        word = quoted(value).replace("\\", r"\\")  # to re.sub a backslash is a sign of its own
        sentence = re.sub(rf"(casescope (?:[a-z-]+ )+){name}\b", rf"\g<1>{word}", sentence)
    return re.sub(r"(: casescope (?:(?![,;)]|\. ).)*)\.$", r"\1", sentence)

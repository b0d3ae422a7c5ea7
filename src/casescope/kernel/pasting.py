"""Words of a command that is shown, so that it works when it is pasted."""

import os
import re
import shlex
from collections.abc import Mapping

_PLAIN_ON_WINDOWS = re.compile(r"[\w\-.:\\/]+")


def quoted(words: object) -> str:
    """Return a path or a name as one word of a command line of this system.

    On Windows within double quotes, which both of its shells know; no name there holds one.
    """
    text = str(words)
    if os.name != "nt":
        return shlex.quote(text)
    return text if _PLAIN_ON_WINDOWS.fullmatch(text) else f'"{text}"'


def filled(sentence: str, given: Mapping[str, object]) -> str:
    """Return a sentence whose commands name what was given, such as HOME, as it was given.

    A command at the end of it loses the full stop, which would be pasted with it.
    """
    for name, value in given.items():
        word = quoted(value).replace("\\", r"\\")  # to re.sub a backslash is a sign of its own
        sentence = re.sub(rf"(casescope (?:[a-z-]+ )+){name}\b", rf"\g<1>{word}", sentence)
    return re.sub(r"(: casescope (?:(?![,;)]|\. ).)*)\.$", r"\1", sentence)

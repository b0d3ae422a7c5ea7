"""Text as people's programs save it: UTF-8, with a mark or without, or Windows' UTF-16."""

import codecs
from pathlib import Path

from casescope.kernel.errors import InputRefused, UserError

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, refusal: type[UserError] = InputRefused) -> str:
    """Return a file's text with line feeds alone, or refuse with what can be done about it.

    UTF-16 is what `>` writes in Windows PowerShell, and what Notepad calls Unicode.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise refusal(f"There is no file {path}.", "Put it there, and try again.") from None
    except OSError:
        raise refusal(
            f"{path} cannot be read.",
            "Close it in other programs, see that you may read it, and try again.",
        ) from None
    try:
        text = raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise refusal(
            f"{path} is not text in UTF-8.", "Save it as UTF-8 (in Notepad: Save as, Encoding)."
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""Says what a load came to: what was read, what of it can't be used, what was not read at all."""

import re
from collections.abc import Iterator
from typing import Any

from casescope.kernel.counting import counted

_SHOWN = 12
"""Files with rows set aside that are named before the rest is only counted, worst first."""

_SHEET = re.compile(r" \[[^\[]*\]$")
"""What follows the name of a file that holds several tables: they are one file."""

_Files = list[dict[str, Any]]


def loaded(files: _Files, kind: str) -> Iterator[str]:
    """Yield the lines that `load` prints; `kind` is what rows came from, a file or a table."""
    read = [file for file in files if file["table"]]
    rows = counted(sum(file["rows"] for file in read), "row")
    whole = {_SHEET.sub("", file["label"]) for file in read}
    yield f"Loaded {rows} from {counted(len(whole), kind)}."
    yield from _set_aside([file for file in read if file["set_aside"]])
    for file in read:
        for theirs, ours in file["maybe"].items():
            yield f"  not used: {file['label']}: the column {theirs}, which may be {ours}"
    if any(file["maybe"] for file in read):
        yield "  For columns not used, casescope map FOLDER proposes a mapping."
    yield from (f"  not read: {file['label']}: {file['note']}" for file in files
                if not file["table"])  # fmt: skip


def _set_aside(files: _Files) -> Iterator[str]:
    """Yield a line for each file of which rows can't be used, the largest share first."""
    if not files:
        return
    rows = sum(file["set_aside"] for file in files)
    yield f"  {counted(rows, 'row')} can't be used; casescope quality tells why, column by column:"
    worst = sorted(files, key=lambda file: -file["set_aside"] / file["rows"])
    for file in worst[:_SHOWN]:
        of = counted(file["rows"], "row")
        yield f"    {file['label']}: {file['set_aside']:,} of {of}"
    if len(worst) > _SHOWN:
        yield f"    and {counted(len(worst) - _SHOWN, 'more file')}"

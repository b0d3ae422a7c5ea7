"""A proposal as the mapping.toml that an analyst edits, and as plain figures."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from casescope.identified.intake.naming import ALMOST, CONTEXT, SPELT
from casescope.identified.intake.propose import ColumnSeen, SheetProposal, ValuesSeen
from casescope.kernel.counting import counted

_HEAD = """\
# A proposal: what this extract's columns and values seem to be in casescope's words.
# Read every line; delete what is wrong; add what is missing ("theirs" = "ours"), then:
#   casescope load HOME FOLDER --mapping THIS-FILE
# No row's value is shown here, only counts and words from casescope's own list.
"""
_WHY = {SPELT: "spelt otherwise", CONTEXT: "by what the table is", ALMOST: "spelt almost so: check"}


def as_toml(found: Sequence[SheetProposal]) -> str:
    """Return the text of a mapping.toml."""
    twice = {name for name, n in Counter(one.table.name for one in found).items() if n > 1}
    return _HEAD + "".join(_part(one, several=one.table.name in twice) for one in found)


def as_figures(found: Sequence[SheetProposal]) -> list[dict[str, Any]]:
    """Return what is proposed as plain lists, with its counts."""
    return [
        {
            "table": one.table.name,
            "files": one.labels,
            "rows": one.rows,
            "could_also_be": list(one.maybe),
            "columns": [
                {"theirs": column.theirs, "ours": column.ours, "rows_filled": column.filled}
                for column in one.renamed
            ],
            "values": [
                {
                    "column": seen.ours,
                    "turned": [
                        {"theirs": word, "ours": ours, "rows": seen.turned[word]}
                        for word, ours in seen.wordings.items()
                    ],
                    "rows_already_codes": seen.already,
                    "other_values": len(seen.unknown),
                    "rows_with_other_values": sum(seen.unknown.values()),
                }
                for seen in one.values.values()
                if seen.turned or (seen.unknown and seen.is_code)
            ],
            "columns_not_used": list(one.not_used),
        }
        for one in found
    ]


def _part(one: SheetProposal, *, several: bool) -> str:
    return "\n".join(["", *_lines(one, several=several), ""])


def _lines(one: SheetProposal, *, several: bool) -> Iterator[str]:
    name = one.table.name
    yield from (f"# from {_quoted(label)}" for label in one.labels)
    yield f"# {_rows(one.rows)}"
    if one.maybe:
        yield f"# it could also be: {', '.join(one.maybe)}"
    yield f"[[{name}]]" if several else f"[{name}]"
    if one.renamed:
        yield f"[{name}.columns]"
        yield from (_column(column, one.rows) for column in one.renamed)
    for seen in one.values.values():
        yield from _values(name, seen)
    if one.not_used:
        yield f"# columns not used: {', '.join(map(_quoted, one.not_used))}"


def _column(column: ColumnSeen, rows: int) -> str:
    why = f"; {_WHY[column.score]}" if column.score in _WHY else ""
    return (
        f"{_quoted(column.theirs)} = {_quoted(column.ours)}"
        f"  # fills {column.filled:,} of {_rows(rows)}{why}"
    )


def _values(table: str, seen: ValuesSeen) -> Iterator[str]:
    if seen.turned:
        yield f"[{table}.values.{seen.ours}]"
    for word, ours in seen.wordings.items():
        yield f"{_quoted(word)} = {_quoted(ours)}  # {_rows(seen.turned[word])}"
    others = sum(seen.unknown.values())
    if others and seen.is_code:
        kinds = "1 other value" if len(seen.unknown) == 1 else f"{len(seen.unknown):,} other values"
        yield f"# {seen.ours}: {_rows(others)} with {kinds} that casescope has no word for"


def _rows(count: int) -> str:
    return counted(count, "row")


def _quoted(text: str) -> str:
    """Return text as TOML writes it; a line break in a name cannot begin a line of ours."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

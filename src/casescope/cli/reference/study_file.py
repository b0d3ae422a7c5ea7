"""The page of study.toml: every line, its default and what it may be."""

from datetime import date

from casescope.cli.reference.markdown import page, sentence, table
from casescope.governance.study_file.fields import FIELDS, TABLES
from casescope.governance.study_file.line import FaultError, Field, Value

WRONG: tuple[object, ...] = (object(), -(10**9))
"""What no line accepts; each line's own refusal says what it would have accepted."""


def parameters() -> str:
    """Return the page of study.toml."""
    blocks = [
        "`casescope study new` writes these lines, each with its meaning above it. A line that "
        "*binds* may not change after approval without a new approval. The others may, and every "
        "result says what they were.",
    ]
    for name, about in TABLES.items():
        rows = [_row(line) for line in FIELDS if line.table == name]
        blocks += [f"## [{name}]", about, table(("line", "meaning", "default", "value", "binds"),
                                                rows)]  # fmt: skip
    return page("study.toml", *blocks)


def _row(line: Field) -> tuple[str, ...]:
    return (
        f"`{line.name}`",
        sentence(line.meaning),
        _shown(line.default) + (" (must be given)" if line.required and not line.default else ""),
        accepted(line),
        "yes" if line.governed else "no",
    )


def accepted(line: Field) -> str:
    """Return what a line's value must be, in the words of its own refusals."""
    words: list[str] = []
    for wrong in WRONG:
        try:
            line.read(wrong)
        except FaultError as fault:
            words.append(str(fault))
    return "; ".join(dict.fromkeys(words))


def _shown(value: Value) -> str:
    if value in (None, "", ()):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else f"`{value}`"

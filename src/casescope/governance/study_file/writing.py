"""Writes a study.toml in which every line says what it means."""

import json
from datetime import date
from textwrap import wrap

from casescope.governance.roles import Actor
from casescope.governance.study_file.fields import FIELDS, TABLES
from casescope.governance.study_file.line import Field, Value
from casescope.governance.study_file.study import given_values, read_tables, refuse

_HEAD = """\
# This file is what the study is. casescope reads it before every step and refuses what it cannot
# hold to. After approval only the reference date, [parameters], prices and the look of the report
# may change; for anything else the study is approved again.
"""


def new_study_file(today: date, actor: Actor, overrides: str = "") -> str:
    """Return a commented study.toml for a study begun by `actor`.

    `overrides` is the text of another study.toml, whole or in part: what it states is kept, its
    comments are not. Refuses what is wrong in it.
    """
    given, faults = given_values(read_tables(overrides))
    refuse(faults)
    values: dict[str, Value] = {line.name: line.default for line in FIELDS}
    values |= {"reference_date": today, "analyst": (actor.name,), "approver": (actor.name,)}
    return _HEAD + "".join(_table(table, values | given) for table in TABLES)


def _table(table: str, values: dict[str, Value]) -> str:
    lines = (_line(line, values[line.name]) for line in FIELDS if line.table == table)
    return f"\n{_comment(TABLES[table])}[{table}]\n" + "\n".join(lines)


def _line(line: Field, value: Value) -> str:
    if value is None:
        return f"{_comment(line.meaning)}# {line.name} = {line.example}\n"
    return f"{_comment(line.meaning)}{line.name} = {_toml(value)}\n"


def _comment(text: str) -> str:
    return "".join(f"# {part}\n" for part in wrap(text, 96))


def _toml(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, str):  # a JSON string is a TOML basic string, but for the DEL character
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return value.isoformat() if isinstance(value, date) else str(value)

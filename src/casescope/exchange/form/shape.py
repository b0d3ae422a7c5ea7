"""Statements as dataclasses: what a file holds is checked against the types of its fields.

A field may be text (printable, one line), a number, truth, a day, a moment (UTC, whole seconds),
text of a pattern (`Annotated`), or tuples, mappings and dataclasses of these.
"""

import json
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from math import isfinite
from typing import (
    TYPE_CHECKING,
    Annotated,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from casescope.kernel.canonical import Json, canonical_bytes
from casescope.kernel.errors import SignatureRefused

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LONGEST_TEXT = 10_000
LONGEST_LIST = 100_000
"""Characters and members; a statement with more is refused before anybody works through it."""

YEARS = range(2000, 2200)
"""Years of days and moments: no other is honest, and some cannot be reckoned with."""

Sha256 = Annotated[str, re.compile(r"[0-9a-f]{64}")]
RandomId = Annotated[str, re.compile(r"[0-9a-f]{32}")]
PublicKey = Annotated[str, re.compile(r"[A-Za-z0-9+/]{43}=")]
Fingerprint = Annotated[str, re.compile(r"[0-9a-f]{4}(-[0-9a-f]{4}){7}")]
Recipient = Annotated[str, re.compile(r"age1[02-9ac-hj-np-z]{58}")]
Sealed = Annotated[str, re.compile(r"[A-Za-z0-9+/]{4,4000}={0,2}")]
FileName = Annotated[
    str,
    re.compile(
        r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9][a-z0-9_]{0,60}(\.[a-z0-9]{1,10})?"
    ),
]
"""A name that every system can hold: none that Windows keeps for devices."""
Lines = Annotated[str, re.compile(r"(?s).*")]
"""Text of many lines, which is never shown as it is."""

_T = TypeVar("_T")


class Misshapen(Exception):
    """Something that no field of its type can hold."""


def shaped(kind: type[_T], raw: object, called: str) -> _T:
    """Return a statement of `kind`, or refuse one of another shape; `called` names it."""
    try:
        return cast("_T", _read(kind, raw))
    except Misshapen as error:
        raise SignatureRefused(
            f"{called} does not hold what a file of its kind holds.",
            "It may be of another version of casescope; ask for a new one.",
        ) from error


def as_json(statement: object) -> dict[str, Json]:
    """Return a dataclass as the JSON values that `shaped` takes back."""
    if not is_dataclass(statement) or isinstance(statement, type):
        raise TypeError("not a statement")
    plain: dict[str, Json] = json.loads(canonical_bytes(asdict(statement)))
    return plain


def one_line(text: str) -> str:
    """Return text as a field may hold it: printable, without line ends."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def moment(at: datetime) -> datetime:
    """Return a moment as a field holds it: UTC, whole seconds."""
    return at.astimezone(UTC).replace(microsecond=0)


def _read(kind: object, raw: object) -> object:
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_fields(kind, raw)
    if kind in _PLAIN:
        return _PLAIN[kind](raw)
    return _read_compound(get_origin(kind), get_args(kind), raw)


def _read_fields(kind: type["DataclassInstance"], raw: object) -> object:
    names = [field.name for field in fields(kind)]
    if not isinstance(raw, Mapping) or set(raw) != set(names):
        raise Misshapen
    hints = _hints(kind)
    try:
        return kind(**{name: _read(hints[name], raw[name]) for name in names})
    except ValueError as error:  # what a dataclass itself refuses
        raise Misshapen from error


@cache
def _hints(kind: type["DataclassInstance"]) -> dict[str, object]:
    return dict(get_type_hints(kind, include_extras=True))


def _read_compound(origin: object, inner: tuple[object, ...], raw: object) -> object:
    if origin is Annotated:
        return _of_pattern(cast("re.Pattern[str]", inner[1]), raw)
    if origin is tuple and isinstance(raw, list) and len(raw) <= LONGEST_LIST:
        return tuple(_read(inner[0], one) for one in raw)
    if origin is Mapping and isinstance(raw, Mapping) and len(raw) <= LONGEST_LIST:
        return {_read(inner[0], name): _read(inner[1], one) for name, one in raw.items()}
    if origin in (Union, types.UnionType):
        return None if raw is None else _read(inner[0], raw)
    raise Misshapen


def _of_pattern(pattern: re.Pattern[str], raw: object) -> str:
    if not isinstance(raw, str) or not pattern.fullmatch(raw):
        raise Misshapen
    return raw


def _text(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST_TEXT or not raw.isprintable():
        raise Misshapen
    return raw


def _whole(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw < 2**53:
        raise Misshapen
    return raw


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw):
        raise Misshapen
    return raw


def _truth(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise Misshapen
    return raw


def _day(raw: object) -> date:
    return _written_as(raw, date.fromisoformat)


def _moment(raw: object) -> datetime:
    at = _written_as(raw, datetime.fromisoformat)
    if at.utcoffset() is None or at != moment(at) or at.tzinfo is not UTC:
        raise Misshapen
    return at


_D = TypeVar("_D", bound=date)


def _written_as(raw: object, read: Callable[[str], _D]) -> _D:
    """Return a day or moment that is written in the one way that we write it."""
    try:
        value = read(raw) if isinstance(raw, str) else None
    except ValueError:
        value = None
    if value is None or value.isoformat() != raw or value.year not in YEARS:
        raise Misshapen
    return value


_PLAIN: dict[object, Callable[[object], object]] = {
    str: _text, int: _whole, float: _number, bool: _truth, date: _day, datetime: _moment,
    object: lambda raw: raw,
}  # fmt: skip

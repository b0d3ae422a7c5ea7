"""One way to write a value as bytes, so that two sides who hash it agree."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | date | Sequence[Json] | Mapping[str, Json] | None"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
)


def canonical_bytes(value: Json) -> bytes:
    """Return sorted-key, space-free UTF-8 JSON; dates as ISO 8601."""
    return _ENCODER.encode(value).encode()


def digest(value: Json) -> str:
    """Return the SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()

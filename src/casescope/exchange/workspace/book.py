"""A workspace's own ledger: one entry a line, its head kept with the keys.

Everything that a workspace is follows from its ledger (`standing`), so that there is one truth
whenever the power goes.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from casescope.exchange.workspace import keys
from casescope.exchange.workspace.lines import append_whole, whole_lines
from casescope.exchange.workspace.place import Place
from casescope.governance.record.ledger import (
    Entry,
    entry_from,
    head_of,
    next_entry,
    verify,
)
from casescope.kernel.canonical import Json, canonical_bytes
from casescope.kernel.errors import LedgerBroken

_TELL = "Tell the council: its copy of your checkpoints shows what is missing."


class Book:
    """The ledger of one workspace, open to be read and added to by one process."""

    def __init__(self, place: Place, entries: list[Entry], actor: str) -> None:
        self._place, self._actor = place, actor
        self.entries = entries

    @property
    def newest(self) -> datetime | None:
        """Return the newest time that is known to have been."""
        kept = keys.read_newest(self._place)
        times = [datetime.fromisoformat(self.entries[-1].at)] if self.entries else []
        return max([*times, *([kept.at] if kept else [])], default=None)

    def add(self, action: str, at: datetime, /, **detail: Json) -> Entry:
        """Write one more entry, then keep its hash with the keys."""
        entry = next_entry(
            head_of(self.entries), study=self._place.id, on=at.date(), at=at.astimezone(UTC),
            actor=self._actor,
            action=action, detail=detail,
        )  # fmt: skip
        append_whole(self._place.ledger, canonical_bytes(asdict(entry)) + b"\n")
        self.entries.append(entry)
        self.keep(at)
        return entry

    def keep(self, at: datetime) -> None:
        """Keep the head and the newest time with the keys."""
        newest = self.newest
        keys.keep_newest(
            self._place,
            keys.Newest(head_of(self.entries), max(at, newest) if newest else at),
        )


def open_book(place: Place, actor: str) -> Book:
    """Return a workspace's ledger, or refuse one that no longer proves what was done.

    A last line that a power cut left by halves is taken away: nothing was done on the strength of
    it. A whole last entry that the keys do not know yet is well.
    """
    kept = keys.read_newest(place)
    entries = _entries(place)
    faults = verify(entries, kept.head if kept else None)
    if kept is None and len(entries) > 1:
        raise LedgerBroken("What the keys keep of this workspace’s ledger is missing.", _TELL)
    if faults:
        raise LedgerBroken(f"This workspace’s ledger is not what it was. {faults[0]}", _TELL)
    return Book(place, entries, actor)


def _entries(place: Place) -> list[Entry]:
    return [_entry(line, number) for number, line in enumerate(whole_lines(place.ledger), start=1)]


def _entry(line: bytes, number: int) -> Entry:
    try:
        return entry_from(json.loads(line))
    except (ValueError, TypeError, RecursionError) as error:
        raise LedgerBroken(
            f"Line {number} of this workspace’s ledger is damaged.", _TELL
        ) from error

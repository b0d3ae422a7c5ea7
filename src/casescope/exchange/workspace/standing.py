"""How a workspace stands: worked out from its ledger, whatever happened between two entries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from casescope.governance.record.growth import Kept, kept_from
from casescope.governance.record.ledger import Entry

BEGIN, HOLD, ACKNOWLEDGE, CONFIRM = "begin", "hold", "acknowledge", "confirm"
ASK, OPEN, TELL, NOTE, SEND, END = "ask", "open", "tell", "note", "send", "end"
SEARCH, FINISH, DESTROY, RECEIPT = "search", "finish", "destroy", "receipt"

MEANINGS: dict[str, str] = {
    BEGIN: "began the workspace",
    HOLD: "took in a package",
    ACKNOWLEDGE: "acknowledged a package",
    CONFIRM: "compared the council’s fingerprint over the telephone",
    ASK: "asked for a lease",
    OPEN: "opened the data under a lease",
    TELL: "was told results",
    NOTE: "wrote a note",
    SEND: "sealed findings for the council",
    END: "ended a session",
    SEARCH: "looked for copies",
    FINISH: "began to finish",
    DESTROY: "destroyed what opens and what was held",
    RECEIPT: "signed the receipt",
}

MESSAGES = frozenset({ACKNOWLEDGE, ASK, SEND, RECEIPT})
"""Entries that go out as a message: it shows the ledger up to and with that entry."""


@dataclass(frozen=True)
class Package:
    """A package that was taken in, and the hashes it is known by."""

    package: str
    study: str
    version: int
    replaces: str
    name: str
    authority: str
    authority_key: str
    made_on: date
    ends_on: date
    manifest: str
    data: str
    share: str
    file: str
    canaries: tuple[str, ...]
    tables: tuple[str, ...]
    taken_in_at: datetime


@dataclass(frozen=True)
class Session:
    """One opening of the data: under which lease, from when to when (None: not tidily ended)."""

    lease: str
    package: str
    entry: int
    opened_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """All that follows from a workspace's ledger.

    `declared` are folders that the partner answers for. `packages` in the order they came: the last
    one is held. `seen` is up to which entry the council has countersigned (`seen_note`); `lines`
    and `turns` count what was sealed.
    """

    name: str = ""
    declared: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    acknowledged: frozenset[str] = frozenset()
    confirmed: datetime | None = None
    theirs: tuple[Kept, ...] = ()
    seen: int = 0
    seen_note: str = ""
    messages: tuple[int, ...] = ()
    asked: Mapping[str, Any] | None = None
    sessions: tuple[Session, ...] = ()
    lines: int = 0
    turns: int = 0
    searches: tuple[Mapping[str, Any], ...] = ()
    finishing: Mapping[str, Any] | None = None
    destroyed: Mapping[str, Any] | None = None
    receipt: Entry | None = field(default=None, repr=False)

    @property
    def held(self) -> Package | None:
        """Return the package that is held; None before the first, and once finishing began."""
        return self.packages[-1] if self.packages and self.finishing is None else None

    @property
    def sent(self) -> list[int]:
        """Return the sizes told to the council since the last that it countersigned, that too."""
        return [size for size in self.messages if size >= self.seen]


def standing(entries: Iterable[Entry]) -> Standing:
    """Return how a workspace stands after these entries."""
    now = Standing()
    for entry in entries:
        now = _after(now, entry)
    return now


def _after(now: Standing, entry: Entry) -> Standing:
    detail = detail_of(entry)
    if entry.action in MESSAGES:
        now = replace(now, messages=(*now.messages, entry.number))
    if "theirs" in detail:
        now = _with_theirs(now, detail)
    if "lines" in detail:
        now = replace(now, lines=max(now.lines, detail["lines"]))
    if "turn" in detail:
        now = replace(now, turns=max(now.turns, detail["turn"]))
    change = _CHANGES.get(entry.action)
    return replace(now, **change(now, entry, detail)) if change else now


def _with_theirs(now: Standing, detail: Mapping[str, Any]) -> Standing:
    """Return it with a checkpoint of the council, and with what the council countersigned."""
    now = replace(now, theirs=(*now.theirs, kept_from(detail["theirs"])))
    if detail["seen"] <= now.seen:
        return now
    return replace(now, seen=detail["seen"], seen_note=detail["note"])


def _opened(now: Standing, entry: Entry, detail: Mapping[str, Any]) -> dict[str, Any]:
    session = Session(detail["lease"], detail["package"], entry.number,
                      datetime.fromisoformat(entry.at))  # fmt: skip
    return {"sessions": (*now.sessions, session)}


def _ended(now: Standing, entry: Entry, detail: Mapping[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(entry.at)
    return {
        "sessions": tuple(
            replace(one, ended_at=at) if one.entry == detail["opened"] else one
            for one in now.sessions
        )
    }


_CHANGES: Mapping[str, Callable[[Standing, Entry, Mapping[str, Any]], dict[str, Any]]] = {
    BEGIN: lambda _, __, detail: {
        "name": detail["name"],
        "declared": tuple(detail.get("declared", ())),
    },
    HOLD: lambda now, _, detail: {"packages": (*now.packages, package_from(detail["package"]))},
    CONFIRM: lambda _, entry, __: {"confirmed": datetime.fromisoformat(entry.at)},
    ACKNOWLEDGE: lambda now, _, detail: {"acknowledged": now.acknowledged | {detail["package"]}},
    ASK: lambda _, __, detail: {"asked": detail},
    OPEN: _opened,
    END: _ended,
    SEARCH: lambda now, _, detail: {"searches": (*now.searches, detail)},
    FINISH: lambda _, __, detail: {"finishing": detail},
    DESTROY: lambda _, __, detail: {"destroyed": detail},
    RECEIPT: lambda _, entry, __: {"receipt": entry},
}


def package_from(raw: Mapping[str, Any]) -> Package:
    """Return a package from the entry that took it in."""
    return Package(**{
        **raw,
        "made_on": date.fromisoformat(raw["made_on"]),
        "ends_on": date.fromisoformat(raw["ends_on"]),
        "taken_in_at": datetime.fromisoformat(raw["taken_in_at"]),
        "canaries": tuple(raw["canaries"]),
        "tables": tuple(raw["tables"]),
    })  # fmt: skip


def detail_of(entry: Entry) -> Mapping[str, Any]:
    """Return what an entry says besides who, what and when."""
    return entry.detail if isinstance(entry.detail, Mapping) else {}


def last_of(entries: Sequence[Entry], action: str) -> Entry | None:
    """Return the newest entry of one kind, None where there is none."""
    return next((entry for entry in reversed(entries) if entry.action == action), None)


def newest_of(entries: Sequence[Entry], action: str) -> Entry:
    """Return the newest entry of one kind that must be there."""
    return next(entry for entry in reversed(entries) if entry.action == action)

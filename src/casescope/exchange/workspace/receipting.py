"""The receipt, worked out from the ledger alone: made again after a cut, it is the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.form.shape import as_json, moment
from casescope.exchange.messages.receipt import (
    CANNOT_KNOW,
    OVERWRITTEN,
    RECEIPT,
    Destroyed,
    Held,
    Receipt,
    Search,
    Stray,
    Used,
    sha256,
)
from casescope.exchange.workspace import keys, standing
from casescope.exchange.workspace.messages import origin, written
from casescope.governance.record.checkpoint import study_origin
from casescope.governance.record.export import Seen, export_of
from casescope.governance.record.ledger import Entry
from casescope.governance.record.signing import fingerprint


def receipt_file(entries: Sequence[Entry], number: int, private: Ed25519PrivateKey) -> bytes:
    """Return the receipt that belongs to entry `number`."""
    said = as_json(_receipt(entries[:number], private))
    return written(RECEIPT, said, entries, number, private)


def exported(entries: Sequence[Entry], private: Ed25519PrivateKey) -> str:
    """Return a ledger as a signed export, with the newest checkpoint that the council has seen."""
    now, name = standing.standing(entries), origin(private)
    seen = (
        (Seen(study_origin(now.packages[-1].study), now.packages[-1].authority_key,
              now.seen_note),)
        if now.seen else ()
    )  # fmt: skip
    raw = export_of(
        entries, origin=name, study=entries[0].study, private=private, on=entries[-1].on, seen=seen
    )
    return raw.decode("utf-8")


def _receipt(entries: Sequence[Entry], private: Ed25519PrivateKey) -> Receipt:
    now, last = standing.standing(entries), entries[-1]
    detail = standing.detail_of(last)
    newest, export = now.packages[-1], exported(entries, private)
    return Receipt(
        receipt=detail["receipt"],
        study=newest.study,
        partner=fingerprint(keys.public_key(private)),
        authority=fingerprint(newest.authority_key),
        packages=tuple(Held(one.package, one.version, one.manifest, one.data, one.share)
                       for one in now.packages),
        destroyed=_destroyed(entries),
        sessions=tuple(Used(one.lease, one.package, one.opened_at, one.ended_at)
                       for one in now.sessions),
        searched=tuple(_search(one) for one in now.searches),
        confirmed=now.confirmed,
        cannot_know=CANNOT_KNOW,
        ledger_export=export,
        ledger_sha256=sha256(export),
        finished_at=_at(last),
        casescope=detail["casescope"],
    )  # fmt: skip


def _destroyed(entries: Sequence[Entry]) -> tuple[Destroyed, ...]:
    """Return old versions destroyed when new ones came, then what was destroyed at the end."""
    gone, inventory = list[Destroyed](), list[str]()
    for entry in entries:
        detail = standing.detail_of(entry)
        if entry.action == standing.ACKNOWLEDGE:
            gone += [Destroyed(one["what"], one["how"], datetime.fromisoformat(one["at"]))
                     for one in detail["said"]["destroyed"]]  # fmt: skip
        elif entry.action == standing.FINISH:
            inventory = list(detail["inventory"])
        elif entry.action == standing.DESTROY:
            gone += [Destroyed(what, OVERWRITTEN, _at(entry)) for what in inventory]
    return tuple(gone)


def _search(told: Any) -> Search:  # noqa: ANN401 — the detail of an entry
    found = tuple(Stray(one["path"], one["by"], one["outcome"]) for one in told["found"])
    return Search(tuple(told["folders"]), told["files"], told["unread"], told["canaries"], found,
                  datetime.fromisoformat(told["at"]))  # fmt: skip


def _at(entry: Entry) -> datetime:
    return moment(datetime.fromisoformat(entry.at))

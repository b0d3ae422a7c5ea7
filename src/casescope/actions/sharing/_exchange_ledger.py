"""The two ledgers in each message: what ours shows a partner, and what theirs shows us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casescope.actions.gate.gate import Permit
from casescope.actions.gate.release_key import ReleaseKey
from casescope.exchange.messages.card import Card
from casescope.governance.record.checkpoint import partner_origin, study_origin
from casescope.governance.record.growth import (
    Growth,
    Kept,
    acknowledged,
    check_growth,
    countersign,
    grown,
    kept_from,
)
from casescope.governance.record.ledger import leaf_of
from casescope.kernel.canonical import Json
from casescope.register import open_register
from casescope.register.exchange_records import MessageRow


@dataclass(frozen=True)
class Seen:
    """What a partner's message proved: its ledger as it stands, and how much of ours it saw."""

    kept: Kept
    countersigned_size: int
    countersigned_note: str


def shown_to(
    permit: Permit, partner: str, key: ReleaseKey, *, now: datetime, seen: Seen | None = None
) -> tuple[Growth, int]:
    """Return what a message shows a partner of our ledger, and how many entries that covers.

    `seen` is of the partner's message that is being answered, which is not recorded yet.
    """
    messages = open_register().messages(permit.study_id, partner)
    leaves, origin = _leaves(permit.study_id), study_origin(permit.study_id)
    kept = [*_kept(messages), *([seen.kept] if seen else [])]
    newest = max(kept, key=lambda one: one.size, default=None)
    growth = grown(
        leaves,
        origin=origin,
        private=key.signing,
        sent=_unanswered(messages, seen),
        countersigned=countersign(newest, name=origin, private=key.signing, at=now)
        if newest
        else "",
    )
    return growth, len(leaves)


def seen_from(permit: Permit, card: Card, growth: Growth, key: ReleaseKey, called: str) -> Seen:
    """Return what a partner's message proves of both ledgers; refuse one that denies the past."""
    theirs = partner_origin(card.fingerprint)
    messages = open_register().messages(permit.study_id, card.fingerprint)
    kept = check_growth(growth, _kept(messages), key=card.key, origin=theirs, called=called)
    size = acknowledged(
        growth,
        _leaves(permit.study_id),
        origin=study_origin(permit.study_id),
        key=key.signs_as,
        by=theirs,
        by_key=card.key,
        called=called,
    )
    return Seen(kept, size, growth.countersigned)


def incoming_row(
    permit: Permit,
    partner: str,
    seen: Seen,
    *,
    kind: str,
    digest: str,
    document: Mapping[str, Json],
    about: str,
) -> MessageRow:
    """Return a partner's message as it is kept; a second of the same digest is refused."""
    return MessageRow(
        partner,
        incoming=True,
        kind=kind,
        digest=digest,
        on=permit.today,
        by=permit.actor.name,
        about=about,
        document=document,
        kept=seen.kept.as_dict(),
        countersigned_size=seen.countersigned_size,
        countersigned_note=seen.countersigned_note,
    )


def _kept(messages: Sequence[MessageRow]) -> list[Kept]:
    return [kept_from(one.kept) for one in messages if one.kept is not None]


def _unanswered(messages: Sequence[MessageRow], seen: Seen | None) -> list[int]:
    """Return the sizes that the partner was told since the last that it countersigned."""
    answered = max((one.countersigned_size or 0 for one in messages), default=0)
    if seen:
        answered = max(answered, seen.countersigned_size)
    sizes = {one.sent_size for one in messages if one.sent_size is not None}
    return sorted(size for size in sizes if size >= answered)


def _leaves(study_id: str) -> list[bytes]:
    return [leaf_of(one) for one in open_register().hashes(study_id)]

"""Begins a workspace: its folder, its keys apart from it, its ledger, its card."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casescope.exchange.messages.card import make_card, read_card
from casescope.exchange.workspace import keys, standing
from casescope.exchange.workspace.book import open_book
from casescope.exchange.workspace.clocks import Clocks
from casescope.exchange.workspace.names import portable
from casescope.exchange.workspace.place import Place, mark, new_place, unwritable
from casescope.kernel import durable


@dataclass(frozen=True)
class Begun:
    """A new workspace: where it is, its card's file, and the fingerprint to be read aloud."""

    place: Place
    card: Path
    fingerprint: str


def begin(
    root: Path, keys_root: Path, *, name: str, contact: str, clocks: Clocks, actor: str,
    declared: Sequence[str] = (),
) -> Begun:  # fmt: skip
    """Make a workspace; the file that marks it is written last, so that a cut leaves none.

    `declared`: folders on a network drive, or synchronised, that the partner answers for.
    """
    place = new_place(root, keys_root)
    now = clocks.wall()
    try:
        identity = keys.make(place)
        private = keys.signing(place)
        raw = make_card(name, contact, identity.recipient, private, now.date())
        card = read_card(raw, "The card")
        for folder in (place.inbox, place.outbox, place.packages, place.sealed):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        open_book(place, actor).add(
            standing.BEGIN, now, name=card.name, card=card.fingerprint, declared=list(declared)
        )
        path = root / f"{portable(card.name)}.card.json"
        durable.write(path, raw)
        mark(place)
    except OSError as error:
        raise unwritable(root) from error
    return Begun(place, path, card.fingerprint)

"""Partners as the register knows them: found by name, by card or by the key that signed."""

from collections.abc import Sequence
from pathlib import Path

from casescope.actions.gate.gate import Permit
from casescope.exchange.form.message import as_file
from casescope.exchange.messages.card import Card, read_card
from casescope.governance.record.signing import same_fingerprint
from casescope.kernel import given
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.register import open_register
from casescope.register.exchange_records import PartnerRow

LARGEST_FILE = 64_000_000
"""No file of a partner's but a package is longer, and a package is not read whole."""


def read_given(file: Path) -> bytes:
    """Return the content of a file that somebody gave, or refuse."""
    return given.read_given(file, LARGEST_FILE)


def card_of(partner: PartnerRow) -> Card:
    """Return a partner's card as it was added; refuse one that was changed in the register."""
    return read_card(as_file(partner.card), f"The card of {partner.name}")


def partner_to(permit: Permit, to: str) -> PartnerRow:
    """Return the partner that a card file, a name or a fingerprint stands for, or refuse."""
    path = Path(to)
    if _called(open_register().partners(permit.study_id), to) or not path.is_file():
        return partner_called(permit, to)
    card = read_card(read_given(path), path.name)
    return _known(permit, card.fingerprint) or _unknown(f"The card {path.name}")


def partner_called(permit: Permit, name: str) -> PartnerRow:
    """Return the partner of that name or fingerprint; of two of one name the one not suspended."""
    rows = open_register().partners(permit.study_id)
    if found := _called(rows, name):
        return next((row for row in found if row.suspended_on is None), found[-1])
    names = ", ".join(f"“{row.name}”" for row in rows)
    raise NotFound(
        f"No partner of this study is called “{_shown(name)}”.",
        f"There is {names}." if rows else "Add its card: casescope card add HOME CARD.",
    )


def partner_that_signed(permit: Permit, fingerprint: str, called: str) -> PartnerRow:
    """Return the partner whose key has that fingerprint, or refuse a key that nobody confirmed."""
    return _known(permit, fingerprint) or _unknown(f"The key that signed {called}")


def check_not_suspended(partner: PartnerRow) -> None:
    """Refuse to send anything to a partner that is suspended."""
    if partner.suspended_on is not None:
        raise NotAllowed(
            f"{partner.name} is suspended since {partner.suspended_on.isoformat()}.",
            "casescope card resume HOME NAME --reason TEXT, where there is reason to.",
        )


def _called(rows: Sequence[PartnerRow], name: str) -> list[PartnerRow]:
    return [row for row in rows if same_fingerprint(name, row.fingerprint) or row.name == name]


def _known(permit: Permit, fingerprint: str) -> PartnerRow | None:
    rows = open_register().partners(permit.study_id)
    return next((row for row in rows if row.fingerprint == fingerprint), None)


def _unknown(what: str) -> PartnerRow:
    raise NotAllowed(
        f"{what} was never confirmed over the telephone in this study.",
        "casescope card add HOME CARD, with the fingerprint that the partner reads to you.",
    )


def _shown(name: str) -> str:
    return "".join(letter for letter in name[:60] if letter.isprintable())

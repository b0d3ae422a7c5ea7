"""A partner's card: who they are, what to seal to, what they sign with; signed with that key.

Whose card it is stands in nothing but its fingerprint, read over the telephone.
"""

from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.age.age import is_recipient
from casescope.exchange.form.message import as_file, signed_by_anyone
from casescope.exchange.form.shape import PublicKey, Recipient, as_json, one_line, shaped
from casescope.governance.record.signing import encoded, fingerprint, sign
from casescope.kernel.errors import NotAllowed, SignatureRefused

CARD = "partner card"
LONGEST_NAME = 200


@dataclass(frozen=True)
class Card:
    """What a partner says of itself: `recipient` (age) to seal to, `key` (Ed25519) it signs with.

    `contact` is where a person at the partner is reached, `on` the day the card was made.
    """

    name: str
    contact: str
    recipient: Recipient
    key: PublicKey
    on: date

    @property
    def fingerprint(self) -> str:
        """Return what the partner is known by: the fingerprint of the key that signs the card."""
        return fingerprint(self.key)


def make_card(
    name: str, contact: str, recipient: str, private: Ed25519PrivateKey, on: date
) -> bytes:
    """Return the file of a card; refuses an empty or overlong name or contact."""
    said = (one_line(name), one_line(contact))
    if not all(0 < len(one) <= LONGEST_NAME for one in said):
        raise NotAllowed(
            f"A card needs a name and a contact of at most {LONGEST_NAME} characters.",
            "Give the charity's name, and the address of whoever answers for its data.",
        )
    if not is_recipient(recipient):
        raise ValueError("not a recipient of age")
    key = encoded(private.public_key().public_bytes_raw())
    return as_file(sign(CARD, as_json(Card(*said, recipient, key, on)), private).as_dict())


def read_card(raw: bytes, called: str) -> Card:
    """Return the card in a file; refuses one that its own key did not sign as it stands."""
    signed = signed_by_anyone(raw, CARD, called)
    card = shaped(Card, signed.statement, called)
    if card.key != signed.key or not is_recipient(card.recipient):
        raise SignatureRefused(
            f"{called} names another key than the one that signed it.",
            "Ask the partner for its card anew.",
        )
    return card

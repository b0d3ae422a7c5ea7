"""Restriction of processing (UK GDPR article 18): from then on she is in no result."""

from dataclasses import dataclass
from datetime import date

from casescope.kernel.errors import NotAllowed

GROUNDS: dict[str, str] = {
    "accuracy": "18(1)(a): she contests that the data are accurate, and this is being checked",
    "unlawful": "18(1)(b): the processing is unlawful and she wants restriction, not erasure",
    "claims": "18(1)(c): no longer needed for the study, but she needs the data for legal claims",
    "objection": "18(1)(d): she objected, and whether our grounds override hers is being decided",
}
"""The four grounds of article 18(1); a ground in the user's own words is kept as written."""


@dataclass(frozen=True)
class Restriction:
    """One woman's or child's restriction, by the random id she has inside the study."""

    subject_id: str
    ground: str
    on: date
    by: str
    reason: str = ""
    lifted_on: date | None = None
    lifted_by: str = ""
    lifted_reason: str = ""
    told_on: date | None = None


def ground_from(text: str) -> str:
    """Return the ground that `text` names: one of `GROUNDS`, its letter, or the text itself."""
    word = " ".join(text.split())
    letter = word.lower().removeprefix("18(1)").strip("()")
    if letter in ("a", "b", "c", "d"):
        return tuple(GROUNDS)["abcd".index(letter)]
    if word.lower() in GROUNDS:
        return word.lower()
    check_ground(word)
    return word


def check_ground(text: str) -> None:
    """Refuse a restriction without a ground."""
    if not text.strip():
        raise NotAllowed(
            "A restriction needs a ground.",
            f"Give --ground with {', '.join(GROUNDS)}, or in your own words without a name.",
        )


def check_lifting(restriction: Restriction, *, told_on: date | None, today: date) -> None:
    """Refuse to lift a restriction before she was told of it (article 18(3))."""
    if told_on is None:
        raise NotAllowed(
            "A restriction is lifted only after the person was told.",
            "Tell her first, then give the day with --told DATE.",
        )
    if not restriction.on <= told_on <= today:
        raise NotAllowed(
            "The day she was told must lie between the restriction and today.", "Mend --told."
        )


def is_liftable(restriction: Restriction, *, told_on: date | None, today: date) -> bool:
    """Say whether the restriction may be lifted."""
    try:
        check_lifting(restriction, told_on=told_on, today=today)
    except NotAllowed:
        return False
    return True


def in_force(restrictions: tuple[Restriction, ...]) -> tuple[Restriction, ...]:
    """Return those not lifted."""
    return tuple(one for one in restrictions if one.lifted_on is None)

"""What people decided on doubtful links between women; bound to person records, never to runs."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from casescope.kernel.errors import NotAllowed


class Verdict(Enum):
    """What somebody who looked at two women's records said of them."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Ending(Enum):
    """How a decision stopped being in force."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class LinkDecision:
    """One decision on two women, by the random ids of all person records each had at that time.

    `one` and `other` hold subject ids, earliest registered first; the woman's own comes first.
    `decision_id` is random and is what the ledger names. `how` says where the answer was given
    (terminal, command, or workbook and its id); `at` is ISO 8601 in UTC.
    """

    decision_id: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    verdict: Verdict
    on: date
    at: str
    by: str
    how: str
    why: str = ""
    ended_on: date | None = None
    ended_by: str = ""
    ended_as: Ending | None = None
    ended_reason: str = ""


def verdict_from(text: str) -> Verdict | None:
    """Return the verdict that a word means, whatever its case; None for any other word."""
    word = " ".join(text.split()).casefold().replace("\u2019", "'")
    if word in ("can't tell", "cannot tell", "can't say"):
        return Verdict.UNSURE
    return Verdict(word) if word in {verdict.value for verdict in Verdict} else None


def in_force(decisions: Iterable[LinkDecision]) -> tuple[LinkDecision, ...]:
    """Return those neither changed nor withdrawn."""
    return tuple(one for one in decisions if one.ended_as is None)


def touches(decision: LinkDecision, one: Collection[str], other: Collection[str]) -> bool:
    """Say whether a decision speaks of these two women, given the ids of all their records."""
    first, second = set(decision.one), set(decision.other)
    return bool(
        (first & set(one) and second & set(other)) or (first & set(other) and second & set(one))
    )


def agreed(decisions: Iterable[LinkDecision]) -> Verdict | None:
    """Return what all decisions on one pair of women say; None where there is none, or a quarrel.

    Two decisions can come to speak of one pair when records are joined after they were made. Then
    the pair is asked again, and the new answer changes both.
    """
    said = {one.verdict for one in decisions}
    return said.pop() if len(said) == 1 else None


BINDING = (Verdict.SAME, Verdict.DIFFERENT)
"""Verdicts that join women or hold them apart; "can't tell" does neither."""


def as_facts(
    decisions: Iterable[LinkDecision], verdicts: Collection[Verdict] = BINDING
) -> list[str]:
    """Return what the steps are told: "id id same" or "id id different", two records at a time.

    Every record of the one woman with every record of the other, so that a decision still binds
    when one of the records is gone from the next extract. The lower id first; sorted; an empty
    text keeps the list from being of unknown type.
    """
    said = {
        " ".join((*sorted((first, second)), decision.verdict.value))
        for decision in in_force(decisions)
        if decision.verdict in verdicts
        for first in decision.one
        for second in decision.other
    }
    return ["", *sorted(said)]


_LEAST_LETTERS = 3
"""Shorter names are also ordinary words of a reason."""

_LEAST_DIGITS = 5
"""Shorter numbers turn up by chance."""


def check_names_nobody(why: str, private: Iterable[str]) -> None:
    """Refuse a reason that quotes any of these values: names, ids, postcodes, birth dates."""
    said = _words(why)
    if any(_quotes(said, _words(value)) for value in private):
        raise NotAllowed(
            "The reason names somebody or quotes their record, and nothing was recorded.",
            "Say it without names, ids, dates of birth and postcodes, or leave it out.",
        )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _quotes(said: list[str], value: list[str]) -> bool:
    whole = "".join(value)
    if len(whole) < _LEAST_LETTERS:
        return False
    if len(whole) >= _LEAST_DIGITS and any(letter.isdigit() for letter in whole):
        return whole in "".join(said)  # a postcode or number, however it is spaced
    return any(said[at : at + len(value)] == value for at in range(len(said)))

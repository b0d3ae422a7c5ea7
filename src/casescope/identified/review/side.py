"""What is shown of one of two women who may be the same: plain values, made safe to print."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

_UNSEEN = "\ufffd"


def printable(text: str | None) -> str:
    """Return a text on one line without characters that steer a terminal or hide what is there."""
    shown = (
        _UNSEEN if unicodedata.category(one).startswith("C") and not one.isspace() else one
        for one in text or ""
    )
    return " ".join("".join(shown).split())


def period(begins: date | None, ends: date | None) -> str:
    """Return from when to when something was so, empty where neither is known."""
    if begins and ends:
        return f"{begins.isoformat()} to {ends.isoformat()}"
    if begins:
        return f"from {begins.isoformat()}"
    return f"to {ends.isoformat()}" if ends else ""


@dataclass(frozen=True)
class Name:
    """One name a record or an alias gives her; `kind` is empty for a record's own."""

    forename: str
    surname: str
    kind: str = ""
    period: str = ""

    @property
    def whole(self) -> str:
        """Return forename and surname as one reads them."""
        return f"{self.forename} {self.surname}".strip()

    def in_words(self) -> str:
        """Return the name with what kind it is and since when."""
        about = ", ".join(part for part in (self.kind, self.period) if part)
        return f"{self.whole} ({about})" if about else self.whole


@dataclass(frozen=True)
class Address:
    """One postcode and when she was there."""

    postcode: str
    period: str = ""

    def in_words(self) -> str:
        """Return the postcode with its dates."""
        return f"{self.postcode} ({self.period})" if self.period else self.postcode


@dataclass(frozen=True)
class Child:
    """One child recorded as hers by birth; `number` is the child's inside the steps."""

    number: int
    name: str
    born: date | None
    expected: date | None
    shared: bool = False

    def in_words(self) -> str:
        """Return who the child is, and whether both women are recorded as the mother."""
        when = self.born or self.expected
        day = "birth date not known" if when is None else when.isoformat()
        told = f"expected {day}" if self.born is None and self.expected else day
        return f"{self.name or 'no name'}, {told}{' (of both)' if self.shared else ''}"


@dataclass(frozen=True)
class Side:
    """One of the two women, from all of her records, earliest registered first.

    `nhs_numbers` are compared and never shown whole; `subject_ids` are her records' random ids.
    """

    subject_ids: tuple[str, ...]
    person_ids: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    aliases: tuple[Name, ...] = ()
    born: tuple[date, ...] = ()
    died: tuple[date, ...] = ()
    nhs_numbers: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    children: tuple[Child, ...] = ()

    def sharing(self, other: "Side") -> "Side":
        """Return this side with the children marked who are recorded for both."""
        hers = {child.number for child in other.children}
        return replace(
            self,
            children=tuple(replace(one, shared=one.number in hers) for one in self.children),
        )

    def private(self) -> Iterator[str]:
        """Yield every value that would tell who she is."""
        yield from self.person_ids
        yield from self.nhs_numbers
        for name in (*self.names, *self.aliases):
            yield from (name.forename, name.surname)
        for day in (*self.born, *self.died):
            yield from (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}")
        for address in self.addresses:
            yield address.postcode
        for child in self.children:
            yield from child.name.split()

    def rows(self) -> dict[str, list[str]]:
        """Return what is shown of her, line by line under each heading."""
        return {
            "Records": list(self.person_ids),
            "Names": _once(name.in_words() for name in self.names if name.whole),
            "Other names": _once(name.in_words() for name in self.aliases if name.whole),
            "Born": [day.isoformat() for day in self.born],
            "Died": [day.isoformat() for day in self.died],
            "NHS number": [masked(number) for number in self.nhs_numbers],
            "Postcodes": _once(address.in_words() for address in self.addresses),
            "Children": [child.in_words() for child in self.children],
        }


def _once(texts: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(texts))


_SHOWN_DIGITS = 2


def masked(number: str) -> str:
    """Return an NHS number of which only the last digits can be read."""
    return "••• ••• ••" + number[-_SHOWN_DIGITS:]


def as_json(side: Side) -> dict[str, Any]:
    """Return what is shown of her under names for a machine."""
    return {heading.lower().replace(" ", "_"): lines for heading, lines in side.rows().items()}

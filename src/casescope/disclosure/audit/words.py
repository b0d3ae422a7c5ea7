"""How a reader would work it out, in a sentence."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from casescope.disclosure.audit.audit import Proof, Ranged
from casescope.disclosure.audit.figures import Figure, Place
from casescope.disclosure.audit.system import System

_NAMED = 3
_NUMBERED = 8
"""Figures of one table that are named, and rows numbered, before the rest is only counted."""

_ROW = "row "


def supporting(system: System, proof: Proof | None) -> list[tuple[Fraction, Figure]]:
    """Return the figures that a proof adds up and how many times; shared margins left out."""
    if proof is None:
        return []
    found = []
    for row, times in proof.multipliers.items():
        number = system.rows[row].figure
        if number is not None:
            found.append((times, system.figures[number]))
    return found


def derivation(system: System, found: Ranged, proofs: Sequence[Proof | None]) -> str:
    """Say from which figures a reader works the range out."""
    said = [_sum(supporting(system, proof), found) for proof in proofs]
    told = [one for one in dict.fromkeys(said) if one]
    if not told:
        return "it follows from all figures together, and from counts being whole"
    if len(told) == 1:
        return told[0]
    return f"at least: {said[0]}; at most: {said[1]}" if all(said) else told[0]


def _sum(parts: Sequence[tuple[Fraction, Figure]], found: Ranged) -> str:
    itself = set(found.target.places)
    more = [figure.place for times, figure in parts if times > 0 and figure.place not in itself]
    less = [figure.place for times, figure in parts if times < 0 and figure.place not in itself]
    if not more:
        return ""
    return f"{_listed(more)} minus {_listed(less)}" if less else _listed(more)


def _listed(places: Sequence[Place]) -> str:
    tables: dict[str, list[Place]] = {}
    for place in places:
        tables.setdefault(place.table, []).append(place)
    return " and ".join(_of_table(table, held) for table, held in tables.items())


def _of_table(table: str, places: Sequence[Place]) -> str:
    if len(places) > 1 and all(place.row.startswith(_ROW) for place in places):
        named = [place.row.removeprefix(_ROW) for place in places[:_NUMBERED]]
        return f"rows {', '.join(named)}{_more(places, named)} of {table}"
    named = [_within(place) for place in places[:_NAMED]]
    return f"{'; '.join(named)}{_more(places, named)} of {table}"


def _more(places: Sequence[Place], named: Sequence[str]) -> str:
    rest = len(places) - len(named)
    return f" and {rest:,} more" if rest else ""


def _within(place: Place) -> str:
    return ", ".join(part for part in (place.row, place.column) if part) or "the total"


def places_said(places: Iterable[Place]) -> str:
    """Return the places of a target, each once."""
    return " = ".join(dict.fromkeys(str(place) for place in places))

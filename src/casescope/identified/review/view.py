"""One pair of women side by side: what is shown of each, what agrees, how sure the computer is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from casescope.identified.review.compare import Comparison, compared
from casescope.identified.review.reading import sides
from casescope.identified.review.side import Side, as_json, printable
from casescope.identified.review.standing import Pair


@dataclass(frozen=True)
class View:
    """What a reviewer sees of one pair."""

    pair: Pair
    one: Side
    other: Side
    comparison: Comparison

    @property
    def ids(self) -> tuple[str, str]:
        """Return the two women's own subject ids, by which a decision names the pair."""
        return self.one.subject_ids[0], self.other.subject_ids[0]

    def rows(self) -> list[tuple[str, list[str], list[str]]]:
        """Return each heading with what stands under it on either side, empty ones left out."""
        other = self.other.rows()
        rows = [(heading, lines, other[heading]) for heading, lines in self.one.rows().items()]
        return [row for row in rows if row[1] or row[2]]


def views(
    connection: duckdb.DuckDBPyConnection,
    pairs: Sequence[Pair],
    *,
    out_of_sight: Collection[int],
    until: date,
) -> list[View]:
    """Return the pairs side by side, as known on the day `until`."""
    numbers = {number for pair in pairs for number in pair.key}
    found = sides(connection, numbers, out_of_sight=out_of_sight, until=until)
    return [_view(pair, found[pair.key[0]], found[pair.key[1]]) for pair in pairs]


def _view(pair: Pair, one: Side, other: Side) -> View:
    first, second = one.sharing(other), other.sharing(one)
    return View(pair, first, second, compared(first, second))


_SURENESS = (
    (0.0, "the computer thinks that these are two women"),
    (0.2, "the computer leans towards two women"),
    (0.4, "the computer cannot tell"),
    (0.6, "the computer leans towards one woman"),
    (0.8, "the computer thinks that she is one woman, but is not sure"),
    (0.95, "the computer is sure that she is one woman"),
    (0.99, "the computer is very sure that she is one woman"),
)


def sureness(probability: float | None, *, held: bool = False) -> str:
    """Return how sure the computer is, in words and as a share of a hundred."""
    if held:
        return "much is alike, but the computer never joins such a pair by itself"
    if probability is None:
        return "the computer did not compare these two"
    words = [words for least, words in _SURENESS if probability >= least][-1]
    return f"{words}: by its reckoning {_of_hundred(probability)} of 100 such pairs are"


def _of_hundred(probability: float) -> str:
    if probability > 0.995:  # never "100 of 100": nothing is certain
        return "more than 99"
    return f"about {max(1, round(probability * 100))}"


def view_as_json(view: View) -> dict[str, Any]:
    """Return what a reviewer sees, under names for a machine."""
    one, other = view.ids
    return {
        "one": one,
        "other": other,
        "probability": view.pair.probability,
        "how_sure": sureness(view.pair.probability, held=view.pair.held),
        "why": printable(view.pair.why),
        "agrees": list(view.comparison.agrees),
        "disagrees": list(view.comparison.disagrees),
        "not_known": list(view.comparison.not_known),
        "first": as_json(view.one),
        "second": as_json(view.other),
    }

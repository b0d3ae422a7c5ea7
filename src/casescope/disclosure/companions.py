"""Which counts of a table are hidden: too small, or needed to keep a small one hidden.

Where parts add up to a total that is known from elsewhere, hidden parts are what is missing. A
reader can take the parts shown from the total; rounding blurs each of these by 2 either way. A lone
hidden part among few is joined by another, and so is any whose range would still be too narrow.
Both then read "withheld": words that told them apart would narrow the small one.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

from casescope.disclosure.pack import RulePack
from casescope.findings.finding import Count, TableFinding

Place: TypeAlias = tuple[int, int]
Why: TypeAlias = Literal["few", "withheld"]


class _Line(NamedTuple):
    """Counts that add up to a total known from elsewhere; the lead is the last to be withheld."""

    places: tuple[Place, ...]
    lead: Place | None


def hidden_counts(table: TableFinding, pack: RulePack) -> dict[Place, Why]:
    """Return the hidden counts of a table by row and column number, and why; totals left out."""
    counts = _counts(table)
    hidden: dict[Place, Why] = {}
    hidden.update({place: "few" for place, n in counts.items() if pack.hides(n)})
    hidden.update(dict.fromkeys(_of_few(table, pack), "withheld"))
    lines = [line for line in _lines(table) if set(line.places) <= set(counts)]
    while any(_protect(line, counts, hidden, pack) for line in lines):
        pass  # a companion in one line may be the lone hidden part of another
    return hidden


def _of_few(table: TableFinding, pack: RulePack) -> Iterator[Place]:
    """Yield where a count, however great, has too few women behind it."""
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if isinstance(cell, Count) and cell.basis is not None and pack.hides(cell.basis):
                yield r, c


def _protect(
    line: _Line, counts: Mapping[Place, int], hidden: dict[Place, Why], pack: RulePack
) -> bool:
    """Withhold one more part of a line that needs it, and say all its hidden parts alike.

    Returns whether anything changed.
    """
    found = {place: hidden[place] for place in line.places if place in hidden}
    shown = [place for place in line.places if place not in hidden]
    words = set(found.values())
    if len(words) == 2:
        hidden.update(dict.fromkeys(found, "withheld"))
        return True
    if _is_protected(line, counts, hidden, pack):
        return False
    if shown:
        hidden[min(shown, key=lambda place: (place == line.lead, counts[place]))] = "withheld"
    hidden.update(dict.fromkeys(found, "withheld"))
    return bool(shown) or "few" in words


def _is_protected(
    line: _Line, counts: Mapping[Place, int], hidden: Mapping[Place, Why], pack: RulePack
) -> bool:
    """Say whether the hidden parts of a line need neither companion nor other words."""
    shown = [counts[place] for place in line.places if place not in hidden]
    why = [hidden[place] for place in line.places if place in hidden]
    total = sum(counts[place] for place in line.places)
    if not why or len(line.places) == 1 or pack.hides(total):
        return True
    if len(why) == 1 and len(shown) < pack.companion_below:
        return False
    rivals = [counts[p] for p in line.places if p not in hidden and p != line.lead]
    greatest = pack.rounded(min(rivals)) + pack.round_to // 2 - 1 if rivals else total
    return _width(shown, why, (total, greatest), pack) >= pack.least_width


def _width(shown: list[int], why: list[Why], known: tuple[int, int], pack: RulePack) -> int:
    """Return how far apart the least and greatest value of a small hidden part can lie.

    A reader knows the rounded total and the rounded parts shown, so the sum of the hidden parts
    give or take `blur`; that each is small, or, where one was withheld, that one is not small and
    not greater than the parts that might have been withheld in its place. `known` is the total and
    the greatest that a withheld part can be.
    """
    total, greatest = known
    blur = pack.round_to // 2 * (len(shown) + 1)
    missing = pack.rounded(total) - sum(map(pack.rounded, shown))
    if "withheld" in why:
        most, of_others = missing + blur - pack.hide_at_most - 1, greatest
    else:
        most, of_others = missing + blur, pack.hide_at_most
    least = max(0, missing - blur - of_others * (len(why) - 1))
    return min(pack.hide_at_most, most) - least


def _counts(table: TableFinding) -> dict[Place, int]:
    return {
        (r, c): cell.n
        for r, row in enumerate(table.rows)
        if not row.total
        for c, cell in enumerate(row.cells)
        if isinstance(cell, Count)
    }


def _lines(table: TableFinding) -> tuple[_Line, ...]:
    return (*_across(table), *_down(table), *_elsewhere(table))


def _elsewhere(table: TableFinding) -> Iterator[_Line]:
    """Yield, for each column, the rows that add up to a figure of another table."""
    for rows in table.sums:
        for c in range(len(table.columns)):
            yield _Line(tuple((r, c) for r in rows), None)


def _across(table: TableFinding) -> Iterator[_Line]:
    """Yield, for each row, its columns that add up."""
    columns = [table.columns.index(name) for name in table.parts]
    for r, row in enumerate(table.rows):
        if columns and not row.total:
            yield _Line(tuple((r, c) for c in columns), (r, columns[0]))


def _down(table: TableFinding) -> Iterator[_Line]:
    """Yield, for each column with a total, the rows that the total row adds up."""
    start = 0
    for r, row in enumerate(table.rows):
        if row.total:
            for c in (c for c, cell in enumerate(row.cells) if isinstance(cell, Count)):
                yield _Line(tuple((above, c) for above in range(start, r)), None)
            start = r + 1

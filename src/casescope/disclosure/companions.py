"""Which counts of a table are hidden: too small, or needed to keep a small one hidden.

Where parts add up to a total that is known from elsewhere, hidden parts are what is missing. A
reader can take the parts shown from the total; rounding blurs each of these by 2 either way. A lone
hidden part among few is joined by another, and so is any whose range would still be too narrow.
Both then read "withheld": words that told them apart would narrow the small one.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from casescope.disclosure.margins import Place, Why, withhold_more
from casescope.disclosure.pack import RulePack
from casescope.findings.finding import Count, Share, TableFinding


class _Line(NamedTuple):
    """Counts that add up to a total known from elsewhere; the lead is the last to be withheld."""

    places: tuple[Place, ...]
    lead: Place | None


def hidden_counts(table: TableFinding, pack: RulePack) -> dict[Place, Why]:
    """Return the hidden counts of a table by row and column number, and why.

    Totals are left out where they only add up what is shown; where they are figures of their own,
    the ranges that they leave are worked out exactly (`margins`).
    """
    if not pack.hide_at_most:
        return {}
    own = pack.totals == "own"
    counts = _counts(table, own)
    hidden: dict[Place, Why] = {}
    hidden.update({place: "few" for place, n in counts.items() if pack.hides(n)})
    hidden.update(dict.fromkeys(_of_few(table, pack), "withheld"))
    hidden.update(dict.fromkeys(_of_nested(table, counts, pack), "withheld"))
    lines = [line for line in _lines(table, own) if set(line.places) <= set(counts)]
    hidden.update(dict.fromkeys(_of_all(table, lines, counts, pack), "withheld"))
    while any(_protect(line, counts, hidden, pack) for line in lines) or (
        own and withhold_more(table, hidden, pack)
    ):
        pass  # a companion in one line may be the lone hidden part of another
    return hidden


def _of_few(table: TableFinding, pack: RulePack) -> Iterator[Place]:
    """Yield where a count, however great, has too few women behind it."""
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if isinstance(cell, Count) and cell.basis is not None and pack.hides(cell.basis):
                yield r, c


def _of_all(
    table: TableFinding, lines: list[_Line], counts: Mapping[Place, int], pack: RulePack
) -> Iterator[Place]:
    """Yield the counts that would say, with others, that all (or nearly all) of a group are alike.

    Where zeros are hidden and counts rounded, no count says so.
    """
    if pack.full == "shown" or not (pack.zero_shown or pack.is_exact):
        return
    for r, row in enumerate(table.rows):
        for cell in row.cells:
            if isinstance(cell, Share) and _tells_all(cell, pack):
                columns = (table.columns.index(name) for name in cell.rests_on)
                yield from [(r, c) for c in columns if counts.get((r, c)) == cell.n][:1]
    for line in lines:
        some = [place for place in line.places if counts[place]]
        if len(some) == 1 < len(line.places) and not pack.is_few(counts[some[0]]):
            yield some[0]


def _of_nested(table: TableFinding, counts: Mapping[Place, int], pack: RulePack) -> Iterator[Place]:
    """Yield the counts of a whole that, less a part of it also shown unrounded, leave a few."""
    if not pack.is_exact:
        return
    for part, whole in _nests(table):
        if {part, whole} <= set(counts) and 0 < counts[whole] - counts[part] <= pack.hide_at_most:
            yield whole


def _nests(table: TableFinding) -> Iterator[tuple[Place, Place]]:
    """Yield each place with one whose count holds all of its own."""
    rows = {row.labels[0]: r for r, row in reversed(list(enumerate(table.rows)))}
    for part, whole in (pair for chain in table.nested for pair in combinations(chain, 2)):
        if part in table.columns and whole in table.columns:
            pair = (table.columns.index(part), table.columns.index(whole))
            yield from (((r, pair[0]), (r, pair[1])) for r in range(len(table.rows)))
        elif part in rows and whole in rows:
            for c in range(len(table.columns)):
                yield (rows[part], c), (rows[whole], c)


def _tells_all(cell: Share, pack: RulePack) -> bool:
    """Say whether the share's counts say that all, or where exact nearly all, are alike."""
    rest = cell.of - cell.n
    return pack.is_few(rest) if pack.is_exact else rest == 0


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
        hidden[min(shown, key=lambda p: (p == line.lead, not counts[p], counts[p]))] = "withheld"
    hidden.update(dict.fromkeys(found, "withheld"))
    return bool(shown) or "few" in words


def _is_protected(
    line: _Line, counts: Mapping[Place, int], hidden: Mapping[Place, Why], pack: RulePack
) -> bool:
    """Say whether the hidden parts of a line need neither companion nor other words."""
    shown = [counts[place] for place in line.places if place not in hidden]
    why = [hidden[place] for place in line.places if place in hidden]
    total = sum(counts[place] for place in line.places)
    if not why or len(line.places) == 1 or pack.is_few(total):
        return True
    if pack.zero_shown and not any(pack.hides(counts[p]) for p in line.places):
        return len(why) > 1  # all of them alike: any other keeps that from being told
    if len(why) == 1 and len(shown) < pack.companion_below:
        return False
    rivals = [counts[p] for p in line.places if p not in hidden and p != line.lead and counts[p]]
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
    fewest, _ = pack.behind_hidden()
    blur = pack.round_to // 2 * (len(shown) + 1)
    missing = pack.rounded(total) - sum(map(pack.rounded, shown))
    if "withheld" in why:
        most, of_others = missing + blur - pack.hide_at_most - 1, greatest
    else:
        most, of_others = missing + blur - fewest * (len(why) - 1), pack.hide_at_most
    least = max(fewest, missing - blur - of_others * (len(why) - 1))
    return min(pack.hide_at_most, most) - least


def _counts(table: TableFinding, totals: bool) -> dict[Place, int]:
    return {
        (r, c): cell.n
        for r, row in enumerate(table.rows)
        if (totals and not table.flow) or not row.total
        for c, cell in enumerate(row.cells)
        if isinstance(cell, Count)
    }


def _lines(table: TableFinding, totals: bool) -> tuple[_Line, ...]:
    return (*_across(table, totals), *_down(table), *_elsewhere(table))


def _elsewhere(table: TableFinding) -> Iterator[_Line]:
    """Yield, for each column, the rows that add up to a figure of another table."""
    for rows in table.sums:
        for c in range(len(table.columns)):
            yield _Line(tuple((r, c) for r in rows), None)


def _across(table: TableFinding, totals: bool) -> Iterator[_Line]:
    """Yield, for each row, its columns that add up."""
    columns = [table.columns.index(name) for name in table.parts]
    for r, row in enumerate(table.rows):
        if columns and (totals or not row.total):
            yield _Line(tuple((r, c) for c in columns), (r, columns[0]))


def _down(table: TableFinding) -> Iterator[_Line]:
    """Yield, for each column with a total, the rows that the total row adds up."""
    start = 0
    for r, row in enumerate(table.rows):
        if row.total:
            for c in (c for c, cell in enumerate(row.cells) if isinstance(cell, Count)):
                yield _Line(tuple((above, c) for above in range(start, r)), None)
            start = r + 1

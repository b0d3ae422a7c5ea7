"""Proposing a mapping: which of a council's columns and values are nearly ours, with counts.

No value of a row is ever named: of codes in other words only those are shown that stand in our own
list of wordings; all others are counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
from pyarrow import compute

from casescope.identified.intake.mapping import plain
from casescope.identified.intake.naming import SAME, Match, code_of, codes, matches, vocabulary
from casescope.identified.intake.recognise import Recognised, recognise
from casescope.identified.intake.refusals import Refusals
from casescope.identified.intake.sheet import LeftOut, Part, Sheet
from casescope.identified.intake.tables import NOT_NEEDED, TABLES, ExtractTable
from casescope.kernel.errors import InputRefused

_CLEAR = 0.3
"""By how much the best table must beat the next for the choice not to be called doubtful."""

_MOST_VALUES = 500
"""A column with more different values than this holds no codes."""


@dataclass
class ColumnSeen:
    """One column of theirs that would fill one of ours, and in how many rows."""

    theirs: str
    ours: str
    score: float
    filled: int = 0


@dataclass
class ValuesSeen:
    """The values of one column: rows that a wording we know would turn, and the rest counted."""

    ours: str
    turned: Counter[str] = field(default_factory=Counter)
    already: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    is_code: bool = True

    @property
    def wordings(self) -> Mapping[str, str]:
        """Return our code for each wording that was seen."""
        found = {word: code_of(self.ours, word) for word in sorted(self.turned)}
        return {word: code for word, code in found.items() if code}

    def count(self, values: Iterable[tuple[str, int]]) -> None:
        """Count values that were read, each with its number of rows."""
        for value, rows in values:
            word = plain(value)
            if code_of(self.ours, word):
                self.turned[word] += rows
            elif word in codes(self.ours):
                self.already += rows
            elif self.is_code:
                self.unknown[word] += rows
                self.is_code = len(self.unknown) <= _MOST_VALUES


@dataclass
class SheetProposal:
    """What is proposed for one sheet, or for several that call everything the same."""

    table: ExtractTable
    labels: list[str]
    columns: list[ColumnSeen]
    values: dict[str, ValuesSeen]
    not_used: tuple[str, ...]
    maybe: tuple[str, ...]
    rows: int = 0

    @property
    def renamed(self) -> list[ColumnSeen]:
        """Return the columns that are not called what we call them."""
        return [one for one in self.columns if one.score < SAME]

    @property
    def says_something(self) -> bool:
        """Say whether there is anything to map."""
        return bool(self.renamed or any(seen.turned for seen in self.values.values()))


def propose(parts: Iterable[Part], refusals: Refusals) -> list[SheetProposal]:
    """Return a proposal for each kind of sheet that is nearly, or in other words, a table."""
    found: dict[object, SheetProposal] = {}
    for part in parts:
        proposal = None
        with refusals.gathered():
            proposal = _proposal(part)
        if proposal is None:
            continue
        key = (proposal.table.name, *((one.theirs, one.ours) for one in proposal.renamed))
        into = found.setdefault(key, proposal)
        if into is not proposal:
            _merge(into, proposal)
    return [one for one in found.values() if one.says_something]


def _proposal(sheet: Part) -> SheetProposal | None:
    """Look at one sheet: choose its table by its header, then count in one pass over its rows."""
    if isinstance(sheet, InputRefused):
        raise sheet
    chosen = None if isinstance(sheet, LeftOut) else _nearest(sheet)
    if isinstance(sheet, LeftOut) or chosen is None:
        return None
    table, found, maybe = chosen
    proposal = SheetProposal(
        table,
        [sheet.label],
        [ColumnSeen(one.theirs, one.ours, one.score) for one in found],
        {one.ours: ValuesSeen(one.ours) for one in found if vocabulary(one.ours)},
        _not_used(sheet.header, found),
        maybe,
    )
    _count(sheet, proposal)
    return proposal


def _not_used(header: Sequence[str], found: Sequence[Match]) -> tuple[str, ...]:
    used = {one.theirs for one in found}
    return tuple(name for name in header if name.strip() and name not in used)


def _nearest(sheet: Sheet) -> tuple[ExtractTable, list[Match], tuple[str, ...]] | None:
    """Return the table that a header comes nearest to, its columns, and what else it could be."""
    names = Counter(name.strip().upper() for name in sheet.header)
    if any(needless <= names.keys() for needless in NOT_NEEDED.values()):
        return None
    known = recognise(sheet.header)
    tables = (known.table,) if isinstance(known, Recognised) else TABLES
    ranked = sorted(_complete(sheet, tables), key=lambda one: -one[0])
    if not ranked:
        return None
    best, table, found = ranked[0]
    if any(names[one.theirs.strip().upper()] > 1 for one in found):
        return None
    maybe = tuple(other.name for score, other, _ in ranked[1:] if score > best - _CLEAR)
    return table, found, maybe


def _complete(
    sheet: Sheet, tables: Sequence[ExtractTable]
) -> Iterator[tuple[float, ExtractTable, list[Match]]]:
    """Yield the tables whose required columns all have a match; one column alone is none."""
    for table in tables:
        found = matches(table, sheet.header, sheet.label)
        ours = {one.ours.upper() for one in found}
        few = len(table.required) == 1 and len(found) < 3 and len(tables) > 1
        if table.required <= ours and not few:
            yield sum(one.score for one in found), table, found


def _count(sheet: Sheet, proposal: SheetProposal) -> None:
    by_name = {one.theirs.strip().upper(): one for one in proposal.columns}
    for batch in sheet.batches(frozenset(by_name)):
        proposal.rows += batch.num_rows
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            seen = by_name.get(name)
            if seen is None:
                continue
            filled = _filled(column)
            seen.filled += len(filled)
            if seen.ours in proposal.values:
                counted = compute.value_counts(filled).to_pylist()
                proposal.values[seen.ours].count((one["values"], one["counts"]) for one in counted)


def _filled(column: pa.Array) -> pa.Array:
    """Return the values that say anything: not blank, not a written-out NULL."""
    text = compute.utf8_trim_whitespace(column.cast(pa.string()))
    said = compute.and_(compute.not_equal(text, ""), compute.not_equal(compute.utf8_upper(text),
                                                                       "NULL"))  # fmt: skip
    return text.filter(said)


def _merge(into: SheetProposal, other: SheetProposal) -> None:
    into.labels += other.labels
    into.rows += other.rows
    into.not_used = tuple(dict.fromkeys((*into.not_used, *other.not_used)))
    filled = {one.ours: one.filled for one in other.columns}
    for column in into.columns:
        column.filled += filled.pop(column.ours, 0)
    into.columns += [one for one in other.columns if one.ours in filled]
    for ours, seen in other.values.items():
        mine = into.values.setdefault(ours, ValuesSeen(ours))
        mine.turned += seen.turned
        mine.unknown += seen.unknown
        mine.already += seen.already
        mine.is_code &= seen.is_code

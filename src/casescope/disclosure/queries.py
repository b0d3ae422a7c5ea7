"""A query's counts as a rule pack lets them be seen, and none too near to what was told before.

Each count that is told is a set of women. A new one whose women differ from those of an earlier
one, of its complement or of everybody by so few that their number would be hidden is withheld:
taking one from the other would tell of these few. Groups that are hidden are not listed, because
their words alone would say that somebody has them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import duckdb

from casescope.disclosure.nearness import Nearness
from casescope.disclosure.pack import RulePack, load
from casescope.disclosure.relations.figures import place_of
from casescope.disclosure.released import ReleasedTable
from casescope.disclosure.tables import release_table
from casescope.disclosure.told_sets import ToldSets, read_told
from casescope.findings.query import Counted, Query, count
from casescope.findings.query.of_report import sets_of_report

ROUND_TO = 5
"""What counts of queries are rounded to where the report's are not."""

ROUNDED = f"Counts of queries are rounded to {ROUND_TO}, also where the report’s are not."
WITHHELD = "withheld"
HIDDEN = (
    "Groups that are too small, or would give a small one away, are not listed; nor is what "
    "differs by very few women, or by none, from what was told before or from everybody. Which of "
    "these it is would tell of these few."
)


@dataclass(frozen=True)
class Answered:
    """What may be seen of a query: a released table, and everything told so far, to be kept."""

    table: ReleasedTable
    told: bytes


def counted(
    query: Query, connection: duckdb.DuckDBPyConnection, pack: str, told: bytes = b""
) -> Answered:
    """Return the counts of a vetted query under one rule pack; `told` is what it returned before.

    At first that is what the report tells, whether or not it was made. A rule pack for staff who
    hold the records shows everything, here as in a report.
    """
    tokens = "SELECT woman FROM shared_woman ORDER BY woman"
    before = read_told(told, [one for (one,) in connection.execute(tokens).fetchall()])
    report = () if before.sets and not query.is_plain else tuple(sets_of_report(connection))
    if not before.sets:
        before = before.with_sets(report)
    return counted_beside(query, connection, pack, before, frozenset(report))


def counted_beside(
    query: Query,
    connection: duckdb.DuckDBPyConnection,
    pack: str,
    before: ToldSets,
    report: frozenset[int] = frozenset(),
) -> Answered:
    """Return the counts of a vetted query, beside these sets that were told before.

    Those of the report may be told again to whoever groups by columns as they are.
    """
    found = count(query, connection)
    rules = _of_queries(load(pack))
    near = _near(found, rules, before, _may_be_told_again(found, query, report))
    table = _released(found, rules, near)
    shown = [found.sets[at] for at in sorted(_told(table, rules))]
    return Answered(_listed(table, rules), before.with_sets(shown).to_bytes())


def _of_queries(pack: RulePack) -> RulePack:
    """Return the pack as it holds of queries: nobody is told as a few are, and all is rounded.

    Who may choose the groups can choose many whose sum leaves a few; rounding blurs every sum.
    """
    if not pack.hide_at_most:
        return pack
    return replace(pack, zero_shown=False, hidden_words="too few to show",
                   round_to=max(pack.round_to, ROUND_TO))  # fmt: skip


def _may_be_told_again(found: Counted, query: Query, report: frozenset[int]) -> frozenset[int]:
    """Return the rows that tell nothing new by being the same women as some told of before.

    Only everybody, and groups of the report where columns alone say who is in them: the report's
    were told before any set that an asker drew, so that none of those was told beside them.
    """
    total = len(found.sets) - 1
    again = {at for at, one in enumerate(found.sets) if query.is_plain and one in report}
    return frozenset(again | ({total} if query.is_of_everybody else set()))


def _near(
    found: Counted, rules: RulePack, before: ToldSets, again: frozenset[int]
) -> frozenset[int]:
    """Return the rows to withhold, with companions where one alone could be worked out."""
    near: frozenset[int] = frozenset()
    while True:
        told = _told(_released(found, rules, near), rules)
        more = _too_near(found, told, rules, before, again)
        more |= _companions(found, told - more, near | more)
        if more <= near:
            return near
        near |= more


def _told(table: ReleasedTable, rules: RulePack) -> frozenset[int]:
    """Return the rows that tell a number, a total where it or all that it adds up is told."""
    shown = frozenset(at for at, row in enumerate(table.rows) if not row.cells[0].hidden)
    last = len(table.rows) - 1
    if table.rows[last].total and rules.totals == "shown" and len(shown) <= last:
        return shown - {last}
    return shown


def _too_near(
    found: Counted,
    shown: frozenset[int],
    rules: RulePack,
    before: ToldSets,
    again: frozenset[int],
) -> frozenset[int]:
    """Return the rows shown whose women differ by few from others told, earlier ones here too.

    By nobody is by few too, but `again`: to be told that what was put to a set
    adds nobody, and not to be told where it adds a few, would tell of each woman in turn.
    """
    told = Nearness(before.sets, found.women, rules, sums=_shows_exact(rules))
    near = set()
    for at in sorted(shown):
        if told.is_near(found.sets[at], same_is_well=at in again):
            near.add(at)
        else:
            told.add(found.sets[at])
    return frozenset(near)


def _companions(found: Counted, shown: frozenset[int], near: frozenset[int]) -> frozenset[int]:
    """Return, for each sum known from elsewhere of which one part alone is hidden, the smallest.

    Only where that part is withheld for its nearness (the rule pack has seen to the others), or
    where the sum itself is, which would be known if all its parts were.
    """
    chosen = set()
    total = len(found.sets) - 1
    for line in found.table.sums:
        parts = [at for at in line if at in shown]
        is_whole, untold = len(line) == total, total in near
        if is_whole and untold:
            needs = len(parts) == len(line)  # all its parts would tell it
        else:
            needs = len(line) - len(parts) == 1 and any(at in near for at in line)
        if needs and parts:
            chosen.add(min(parts, key=lambda at: (found.sets[at].bit_count(), at)))
    return frozenset(chosen)


def _released(found: Counted, rules: RulePack, near: Iterable[int]) -> ReleasedTable:
    column = found.table.columns[0]
    places = (place_of(found.table.id, found.table.rows[at].labels, column) for at in near)
    return release_table(found.table, rules, {}, frozenset(places))


def _shows_exact(rules: RulePack) -> bool:
    """Say whether the report shows exact counts under these rules, though queries are rounded."""
    return load(rules.rules.name).is_exact and rules.hide_at_most > 0


def _listed(table: ReleasedTable, rules: RulePack) -> ReleasedTable:
    """Return the table without the groups that are hidden, and what is said of them.

    The same is said whether any is hidden, and why: that there is a few, and no one, is an answer.
    """
    if not rules.hide_at_most:
        return table
    *groups, total = table.rows
    if total.cells[0].hidden:
        total = replace(total, cells=(replace(total.cells[0], shown=WITHHELD),))
    rows = (*(row for row in groups if not row.cells[0].hidden), total)
    said = [*table.caveats, *((ROUNDED,) if _shows_exact(rules) else ()), HIDDEN]
    return replace(table, rows=rows, caveats=tuple(dict.fromkeys(said)))

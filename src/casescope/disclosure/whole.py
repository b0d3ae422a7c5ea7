"""The whole report at once: what its figures give away, with everything that was told before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from casescope.disclosure.audit import Audit, AuditRules, Cell, Figure, Place, audit
from casescope.disclosure.audit.figures import Two
from casescope.disclosure.audit.fix import least_hidden, public_failures
from casescope.disclosure.audit.folder import rules_of
from casescope.disclosure.differences import changed, left, pairs
from casescope.disclosure.relations.everything import is_open, others
from casescope.disclosure.relations.figures import Readable, figures, groups, impossible
from casescope.kernel.canonical import Json
from casescope.kernel.errors import FiguresDisagree

_KEPT = 64
"""Audits of which a process remembers what they came to: a report and whatever is asked of it next
are of one system."""

_KEPT_TABLES = 512
"""Tables of which it remembers whether their own figures agree."""

_PROVED = 150
"""Failures whose proofs a fix is learnt from, in one turn."""

_ELSEWHERE = "none of these"
"""The category of whoever is in none that a table tells of."""

_Unions: TypeAlias = tuple[tuple[str, tuple[tuple[str, frozenset[str]], ...]], ...]


@dataclass(frozen=True)
class Before:
    """Figures that were told before, or are public: whose, and what can be read off them."""

    said: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class _Whole:
    """What an audit came to, and what to withhold so that it passes.

    The audit itself is let go: its tables take some tens of megabytes. `passed`: nothing is given
    away but what the definitions give away by themselves.
    """

    passed: bool
    withhold: frozenset[Place]
    rules: str
    figures: int
    protected: int
    implied: int
    atoms: int
    relaxed: int
    exact: bool


@dataclass(frozen=True)
class Examined:
    """What an audit of a whole report found, and what to withhold so that it passes.

    `taken` and `apart` say which of the figures told before could be of the same people, and which
    could not: of these only the differences are looked at.
    """

    whole: _Whole
    withhold: frozenset[Place]
    taken: tuple[str, ...]
    apart: tuple[str, ...]
    coupled: bool
    contradicting: tuple[str, ...]
    """Tables whose own figures contradict each other, so that each was looked at by itself."""

    @property
    def passed(self) -> bool:
        """Whether nothing is given away but what the definitions give away by themselves."""
        return self.whole.passed

    def record(self, withheld: int) -> dict[str, Json]:
        """Return what was looked at and found, for machines; it holds no bound of any cell."""
        whole = self.whole
        return {
            "verdict": self._verdict(),
            "rules": whole.rules,
            "figures": whole.figures,
            "counts_protected": whole.protected,
            "groups_nobody_printed": whole.implied,
            "atoms": whole.atoms,
            "shown_by_whole_tables": whole.protected - whole.relaxed,
            "by_relaxed_bounds_alone": whole.relaxed,
            "coupled": "exactly" if whole.exact else "at shared margins only: weaker",
            "tables_together": self.coupled,
            "figures_that_contradict": list(self.contradicting),
            "told_before": list(self.taken),
            "told_before_of_other_data": list(self.apart),
            "withheld_by_the_audit": withheld,
        }

    def _verdict(self) -> str:
        before = len(self.taken) + len(self.apart)
        held = f" and {before} told before" if before else ""
        verdict = (
            f"Audited: no small group can be worked out from the {self.whole.figures:,} "
            f"figures of this report{held}."
        )
        if self.coupled:
            return verdict
        return f"{verdict} But they contradict each other, so tables were looked at one by one."


def examine(read: Readable, before: Sequence[Before] = ()) -> Examined:
    """Audit everything that can be read, and say what must be withheld (nothing: it passes).

    What was told before and says nothing that today's figures don't is left out: the record is then
    the same whether or not these very figures were written before.
    """
    now = figures(read)
    if not now:
        nothing = _looked(audit((), rules=rules_of(read.pack)))
        return Examined(nothing, frozenset(), (), (), True, ())
    taken, apart = _sorted(now, [one for one in before if _new(one.figures, now)])
    known = _new(_all(taken), now)
    done = _tried((*now, *known, *impossible(read)), read, apart)
    if done is None:
        # each figure agrees with today's and all of them together can't: of other people after all
        taken, apart = [], [*apart, *taken]
    audited = Audited(done, True, ()) if done else _audited(now, read, apart)
    withhold = {
        *audited.whole.withhold, *changed(now, _all(apart), read.pack), *left(now, read.pack),
    }  # fmt: skip
    return Examined(audited.whole, frozenset(withhold), tuple(one.said for one in taken),
                    tuple(one.said for one in apart), audited.coupled,
                    audited.contradicting)  # fmt: skip


def _all(told: Iterable[Before]) -> list[Figure]:
    return [one for each in told for one in each.figures]


class Audited(NamedTuple):
    """An audit, whether it had all tables together, and those that contradict themselves."""

    whole: _Whole
    coupled: bool
    contradicting: tuple[str, ...]


def _audited(now: Sequence[Figure], read: Readable, apart: Sequence[Before]) -> Audited:
    """Audit all together; where what we take to hang together does not, each table by itself.

    That would be a fault in what we take figures to mean, or in the data: people are protected all
    the same, and the record says it.
    """
    for system in ((*now, *impossible(read)), now):
        if (done := _tried(system, read, apart)) is not None:
            return Audited(done, True, ())
    tables: dict[str, list[Figure]] = defaultdict(list)
    for one in now:
        tables[one.place.table].append(one)
    named, rules = groups(now), rules_of(read.pack)
    bad = tuple(
        table for table, held in tables.items()
        if not _agree(tuple(held), rules, _unions(held, named))
    )  # fmt: skip
    done = _tried(tuple(_alone(now, bad)), read, ())
    if done is None:
        raise AssertionError("figures of one cell each contradict each other")
    return Audited(done, False, bad)


def _tried(system: Sequence[Figure], read: Readable, apart: Sequence[Before]) -> _Whole | None:
    """Return what an audit of figures together came to; None where they contradict each other.

    What was told of other data is no part of them, but nor may it tell how few came or went.
    """
    two = pairs(system, _all(apart), read.pack)
    together = (*system, *two.figures)
    unions = _unions(together, groups(together))
    return _done(together, rules_of(read.pack), unions, two.between)


def _unions(
    system: Iterable[Figure], groups: Mapping[str, Mapping[str, frozenset[str]]]
) -> _Unions:
    used = {name for one in system for _, cell in one.terms for name, _ in cell.categories}
    return tuple((name, tuple(held.items())) for name, held in groups.items() if name in used)


@lru_cache(maxsize=_KEPT)
def _done(
    system: tuple[Figure, ...], rules: AuditRules, unions: _Unions, between: tuple[Two, ...]
) -> _Whole | None:
    done = _audit(system, rules, unions, between)
    return None if done is None else _looked(done)


def _audit(
    system: tuple[Figure, ...],
    rules: AuditRules,
    unions: _Unions,
    between: tuple[Two, ...] = (),
) -> Audit | None:
    """Audit figures as far as the verdict needs it; None where they contradict each other."""
    held = {name: dict(named) for name, named in unions}
    try:
        return audit(
            system, rules=rules, groups=held, more=_more(system), between=between,
            proved=_PROVED, every=False,
        )  # fmt: skip
    except FiguresDisagree:
        return None


@lru_cache(maxsize=_KEPT_TABLES)
def _agree(system: tuple[Figure, ...], rules: AuditRules, unions: _Unions) -> bool:
    """Say whether figures are possible together."""
    return _audit(system, rules, unions) is not None


def _looked(done: Audit) -> _Whole:
    is_passed = len(public_failures(done)) == len(done.failures)
    return _Whole(
        is_passed, _proposed(done), done.rules.name, len(done.figures), done.protected,
        done.implied, done.system.atoms, done.relaxed, done.exact,
    )  # fmt: skip


def _alone(now: Iterable[Figure], bad: Collection[str]) -> Iterator[Figure]:
    """Yield figures with every table's people, or every figure's, taken for people of its own."""
    for number, one in enumerate(now):
        apart = f"{one.place.table} {number}" if one.place.table in bad else one.place.table
        terms = tuple(
            (times, Cell(f"{cell.universe}; {apart}", cell.categories)) for times, cell in one.terms
        )
        yield Figure(one.place, terms, one.least, one.most, one.standing)


def _more(system: Iterable[Figure]) -> dict[str, frozenset[str]]:
    """Return the categories that exist though no figure is of them."""
    dimensions = {name for one in system for _, cell in one.terms for name, _ in cell.categories}
    return others() | {
        name: others().get(name, frozenset()) | {_ELSEWHERE}
        for name in dimensions if is_open(name)
    }  # fmt: skip


def _sorted(now: Sequence[Figure], before: Sequence[Before]) -> tuple[list[Before], list[Before]]:
    """Part what could be of the same people from what could not, figure by figure."""
    ranges = _ranges(now)
    taken: list[Before] = []
    apart: list[Before] = []
    for one in before:
        (apart if any(_differs(figure, ranges) for figure in one.figures) else taken).append(one)
    return taken, apart


def _ranges(now: Iterable[Figure]) -> dict[Cell, tuple[int, int | None]]:
    found: dict[Cell, tuple[int, int | None]] = {}
    for one in now:
        if one.cell is not None and one.least is not None:
            least, most = found.get(one.cell, (0, None))
            ends = [end for end in (most, one.most) if end is not None]
            found[one.cell] = (max(least, one.least), min(ends) if ends else None)
    return found


def _differs(figure: Figure, ranges: dict[Cell, tuple[int, int | None]]) -> bool:
    if figure.cell is None or figure.cell not in ranges or figure.least is None:
        return False
    least, most = ranges[figure.cell]
    return (most is not None and figure.least > most) or (
        figure.most is not None and figure.most < least
    )


def _new(known: Iterable[Figure], now: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return what is known beside today's figures, each once; what was hidden is to stay so."""
    said = {(one.terms, one.least, one.most) for one in now}
    found: dict[object, Figure] = {}
    for one in known:
        key = (one.terms, one.least, one.most)
        if key not in said:
            told = "known" if one.standing == "shown" else one.standing
            found[key] = Figure(one.place, one.terms, one.least, one.most, told)
    return tuple(found.values())


def _proposed(done: Audit) -> frozenset[Place]:
    """Return the figures whose hiding loses least; where none is known to help, all that tell."""
    if done.passed:
        return frozenset()
    gone = least_hidden(done)
    if not gone:
        telling = {number for one in done.failures for number in one.by}
        gone = frozenset(n for n in telling if done.figures[n].standing == "shown")
    return frozenset(done.figures[number].place for number in gone)

"""The audit of figures: from what was published to what it gives away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from casescope.disclosure.audit.audit import (
    Audit,
    Failure,
    FailureKind,
    Looked,
    Part,
    Proof,
    Ranged,
    Target,
)
from casescope.disclosure.audit.conflict import contradicting
from casescope.disclosure.audit.figures import Figure, Groups, Two
from casescope.disclosure.audit.met import Met
from casescope.disclosure.audit.proof import Prover
from casescope.disclosure.audit.reader import Aim, Reader, Seen
from casescope.disclosure.audit.rules import AuditRules
from casescope.disclosure.audit.solver import SENSES, Impossible, Sense
from casescope.disclosure.audit.system import System
from casescope.disclosure.audit.targets import (
    Known,
    complement,
    difference,
    known_cells,
    leftovers,
    of_figures,
    wholly_one,
    without,
)
from casescope.disclosure.audit.verdict import may_be_told, may_fail, verdict
from casescope.disclosure.audit.words import derivation
from casescope.kernel.counting import counted
from casescope.kernel.errors import FiguresDisagree
from casescope.kernel.progress import Progress, Silent

PROVED = 50
"""Failures that are proved by multipliers and told in words; of more only the range is told."""

_MANY = 20
"""Targets that are better aimed at together; and one of so many that must be safe by it."""

_SPREADS = 40

_PLACES = 12
"""Figures that contradict each other which are named before the rest is only counted."""

_ORDER: tuple[FailureKind, ...] = ("exact", "all", "none", "narrow", "implied")


@dataclass(frozen=True)
class _Candidate:
    kind: FailureKind
    found: Ranged


def audit(
    figures: Sequence[Figure],
    *,
    rules: AuditRules | None = None,
    groups: Groups | None = None,
    more: Mapping[str, Set[str]] | None = None,
    between: Iterable[Two] = (),
    progress: Progress | None = None,
    proved: int = PROVED,
    every: bool = True,
) -> Audit:
    """Work out the range of everything that is hidden, and say what is given away.

    `groups` are categories that are unions; `more` are categories of a dimension that exist though
    nobody published them; `between` are counts whose difference must not be told where it is a
    few, each used by a figure. At most `proved` failures are explained; without `every`, ranges are
    worked out only as far as the verdict needs them. Raises FiguresDisagree where the figures
    contradict each other.
    """
    system = System(figures, groups or {}, more or {})
    asked = _Asked(rules or AuditRules(), tuple(between), proved, every)
    return _audited(system, asked, progress or Silent(), None)


def audit_again(done: Audit, figures: Sequence[Figure], met: Met, *, proved: int) -> Audit:
    """Audit the figures of an audit that say more or less by now, as far as the verdict needs it.

    It begins with the tables `met` by an audit before, and leaves its own there. Where no figure
    says more, what was safe is safe still.
    """
    says_less = all(
        _says_no_more(one, was) for one, was in zip(figures, done.figures, strict=False)
    )
    asked = _Asked(done.rules, done.between, proved, False, done.safe if says_less else frozenset())
    return _audited(done.system.saying(figures), asked, Silent(), met)


@dataclass(frozen=True)
class _Asked:
    """What an audit is asked for: see `audit`."""

    rules: AuditRules
    between: tuple[Two, ...]
    proved: int
    every: bool
    safe: frozenset[Looked] = frozenset()


def _audited(system: System, asked: _Asked, progress: Progress, met: Met | None) -> Audit:
    try:
        return _Auditing(system, asked, progress, met).done()
    except Impossible:
        raise _disagreement(system) from None


_May = Callable[[Target, Seen], bool]
"""Whether a target may be given away, by the values met so far in whole-number tables."""


class _Auditing:
    def __init__(self, system: System, asked: _Asked, progress: Progress, met: Met | None) -> None:
        self.system, self.asked, self.rules = system, asked, asked.rules
        self.progress, self.met = progress, met
        self.reader = Reader(system, met)
        self.cells = known_cells(system)
        self.leaving = list(without(system, self.cells, self.rules))
        self.groups_seen = 0
        self.relaxed = 0
        self.looked_at: set[Looked] = set(asked.safe)

    def done(self) -> Audit:
        targets = of_figures(self.cells, self.system.figures, self.rules)
        ranges = self._ranged(targets)
        candidates = [*self._given_away(ranges), *self._whole_groups(), *self._implied(),
                      *self._between()]  # fmt: skip
        candidates.sort(key=lambda one: _ORDER.index(one.kind))
        base = self.reader.base
        if self.met is not None:
            self.met.keep(base, self.reader.tables)
        return Audit(
            self.rules, self.system,
            tuple(Part(len(one.rows), len(one.atoms)) for one in self.reader.ground.parts),
            self.system.exact, len(targets), tuple(ranges), self.groups_seen,
            tuple(self._explained(candidates)), base, tuple(self.reader.tables),
            self.asked.between, self._safe(candidates), self._relaxed(ranges),
        )  # fmt: skip

    def _ranged(self, targets: Sequence[Target]) -> list[Ranged]:
        """Return the range of each target; if not of every one, of those that may be given away."""

        def may(target: Target, seen: Seen) -> bool:
            return self.asked.every or may_fail(seen, self.rules, hidden=self._is_hidden(target))

        return list(self._open("ranges of hidden counts", targets, may))

    def _open(self, said: str, every: Iterable[Target], may: _May) -> Iterator[Ranged]:
        """Yield the ranges of targets that may be given away, as far as tables met so far tell."""
        targets = [one for one in every if (said, one.terms) not in self.asked.safe]
        self.looked_at.update((said, one.terms) for one in targets)
        aims = self.reader.aims([self.system.vector(target.terms) for target in targets])
        self.reader.prepare(aims)
        self.progress.start(said)
        if not self.asked.every:
            self._spread(targets, aims, may)
        first = self.reader.seen_of(aims)
        for number, (target, aim, seen) in enumerate(zip(targets, aims, first, strict=True)):
            if may(target, seen) and self._may_still(target, aim, may):
                yield Ranged(target, *(self.reader.bound(aim, sense) for sense in SENSES))
            self.progress.advance(number + 1, len(targets))
        self.progress.finish(counted(len(targets), "count"))

    def _spread(self, targets: Sequence[Target], aims: Sequence[Aim], may: _May) -> None:
        """Meet tables that show many targets to be safe at once, while there are many more."""
        left = list(range(len(targets)))
        for turn in range(_SPREADS):
            seen = self.reader.seen_of([aims[n] for n in left])
            now = [n for n, ends in zip(left, seen, strict=True) if may(targets[n], ends)]
            if len(now) < _MANY or (turn > 1 and len(left) - len(now) < len(left) / _MANY):
                return
            left = now
            sense = SENSES[1 - turn % 2]
            self.reader.spread([aims[n] for n in left], sense, self.rules.least_width)

    def _may_still(self, target: Target, aim: Aim, may: _May) -> bool:
        """Say whether tables that are easily met leave it open that a target is given away."""
        for sense in reversed(SENSES):
            if not may(target, self.reader.seen(aim)):
                return False
            self.reader.widen(aim, sense)
        if not may(target, self.reader.seen(aim)):
            return False
        if self.asked.every or may(target, self.reader.reached(aim)):
            return True
        self.relaxed += not target.implied
        return False

    def _relaxed(self, ranges: Iterable[Ranged]) -> int:
        """Return how many protected counts are safe by bounds that no whole numbers may attain."""
        return self.relaxed + sum(
            "relaxed" in (one.least.kind, one.most.kind) for one in ranges
        )  # fmt: skip

    def _safe(self, candidates: Iterable[_Candidate]) -> frozenset[Looked]:
        told = {one.found.target.terms for one in candidates}
        return frozenset(one for one in self.looked_at if one[1] not in told)

    def _is_hidden(self, target: Target) -> bool:
        return any(self.system.figures[n].standing == "hidden" for n in target.figures)

    def _given_away(self, ranges: Iterable[Ranged]) -> Iterator[_Candidate]:
        for one in ranges:
            kind = verdict(one, self.rules, hidden=self._is_hidden(one.target))
            if kind is not None:
                yield _Candidate(kind, one)

    def _implied(self) -> Iterator[_Candidate]:
        """Yield small groups that a whole without a part, or several, leaves."""
        if not self.rules.implied:
            return
        every = (*self.leaving, *leftovers(self.system, self.cells, self.rules))
        targets = list(self._once(complement(*left) for left in every))
        self.groups_seen = len(targets)
        yield from self._given_away(self._open(
            "groups nobody printed", targets,
            lambda _, seen: may_fail(seen, self.rules, implied=True),
        ))  # fmt: skip

    def _once(self, targets: Iterable[Target]) -> Iterator[Target]:
        """Yield targets, of those that count the same people the first."""
        met: set[tuple[bytes, bytes]] = set()
        for target in targets:
            vector = self.system.vector(target.terms)
            key = vector.atoms.tobytes(), vector.times.tobytes()
            if key not in met:
                met.add(key)
                yield target

    def _between(self) -> Iterator[_Candidate]:
        """Yield pairs of counts that differ by a few."""
        if not self.asked.between:
            return
        targets = [difference(self.system, two) for two in self.asked.between]
        yield from self._given_away(self._open(
            "differences", targets, lambda _, seen: may_be_told(seen, self.rules)
        ))  # fmt: skip

    def _whole_groups(self) -> Iterator[_Candidate]:
        """Yield groups of which everybody is proved to be in one category that is hidden."""
        if not self.rules.full_cells:
            return
        targets = [_all(whole, part) for whole, part in self._pairs()]
        found = self._open("groups that are alike", targets,
                           lambda _, seen: seen is None or seen[1] == 0)  # fmt: skip
        yield from (_Candidate("all", one) for one in found if one.most.value == 0)

    def _pairs(self) -> Iterator[tuple[Known, Known]]:
        yield from wholly_one(self.cells)
        for whole, part in self.leaving:
            if whole.least > 0 and not self._same_table(whole, part):
                yield whole, part

    def _same_table(self, *cells: Known) -> bool:
        """Say whether one table prints both, so that nothing is worked out: it was meant."""
        tables = [{self.system.figures[n].place.table for n in one.figures} for one in cells]
        return bool(set.intersection(*tables))

    def _explained(self, candidates: Sequence[_Candidate]) -> Iterable[Failure]:
        prover: Prover | None = None
        for number, one in enumerate(candidates):
            if number >= self.asked.proved:
                yield Failure(one.kind, one.found, "", (), (None, None))
                continue
            prover = prover or Prover(self.system)
            yield self._failure(one, prover)

    def _failure(self, one: _Candidate, prover: Prover) -> Failure:
        vector = self.system.vector(one.found.target.terms)
        least, most = (prover.prove(vector, sense) for sense in SENSES)
        proofs = (
            least if least is not None and least.value == one.found.least.value else None,
            most if most is not None and most.value == one.found.most.value else None,
        )
        by = {
            figure
            for proof, sense in zip(proofs, SENSES, strict=True)
            for figure in _used(self.system, proof, sense)
        }
        because = derivation(self.system, one.found, proofs)
        return Failure(one.kind, one.found, because, tuple(sorted(by)), proofs)


def _says_no_more(now: Figure, was: Figure) -> bool:
    if now is was:
        return True
    least, most = now.least, now.most
    return (least is None or (was.least is not None and least <= was.least)) and (
        most is None or (was.most is not None and most >= was.most)
    )  # fmt: skip


def _used(system: System, proof: Proof | None, sense: Sense) -> Iterator[int]:
    """Yield the figures that a proof needs; that no count is below nothing takes none."""
    for number, times in proof.multipliers.items() if proof else ():
        row = system.rows[number]
        of_least = (times > 0) == (sense == "least")
        is_plain = of_least and row.least == 0 and bool((row.coefficients > 0).all())
        if row.figure is not None and not is_plain:
            yield row.figure


def _all(whole: Known, part: Known) -> Target:
    """Return those of a group who are not in a category of it that is hidden."""
    return replace(complement(whole, part), said=f"all of {whole.cell} are {part.cell}")


def _disagreement(system: System) -> FiguresDisagree:
    """Return the refusal that names the figures which contradict each other."""
    figures = contradicting(system)
    if not figures:
        return FiguresDisagree(
            "No whole numbers of people agree with all figures.",
            "Look for a percentage or mean that was worked out from counts not printed.",
        )  # fmt: skip
    every = list(dict.fromkeys(str(figure.place) for figure in figures))
    places = "; ".join(every[:_PLACES])
    if len(every) > _PLACES:
        places += f"; and {len(every) - _PLACES:,} more"
    return FiguresDisagree(
        f"These figures contradict each other, as counts of one population: {places}.",
        "Correct the one that is wrong; give a category that was left out a row of its own; say "
        "which categories are unions in groups.csv; or, where figures were rounded, name the "
        "rules they were rounded by.",
    )  # fmt: skip

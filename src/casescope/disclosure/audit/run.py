"""The audit of figures: from what was published to what it gives away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from casescope.disclosure.audit.audit import (
    Audit,
    Failure,
    FailureKind,
    Part,
    Proof,
    Ranged,
    Target,
)
from casescope.disclosure.audit.conflict import contradicting
from casescope.disclosure.audit.figures import Figure, Groups, Two
from casescope.disclosure.audit.met import Met
from casescope.disclosure.audit.proof import Prover
from casescope.disclosure.audit.reader import Aim, Reader
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
from casescope.kernel.errors import FiguresDisagree
from casescope.kernel.progress import Progress, Silent

PROVED = 50
"""Failures that are proved by multipliers and told in words; of more only the range is told."""

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

    It begins with the tables `met` by an audit before, and leaves its own there.
    """
    asked = _Asked(done.rules, done.between, proved, every=False)
    return _audited(done.system.saying(figures), asked, Silent(), met)


@dataclass(frozen=True)
class _Asked:
    """What an audit is asked for: see `audit`."""

    rules: AuditRules
    between: tuple[Two, ...]
    proved: int
    every: bool


def _audited(system: System, asked: _Asked, progress: Progress, met: Met | None) -> Audit:
    try:
        return _Auditing(system, asked, progress, met).done()
    except Impossible:
        raise _disagreement(system) from None


class _Auditing:
    def __init__(self, system: System, asked: _Asked, progress: Progress, met: Met | None) -> None:
        self.system, self.asked, self.rules = system, asked, asked.rules
        self.progress, self.met = progress, met
        self.reader = Reader(system, met)
        self.cells = known_cells(system)
        self.leaving = list(without(system, self.cells, self.rules))
        self.groups_seen = 0

    def done(self) -> Audit:
        targets = of_figures(self.cells, self.system.figures, self.rules)
        ranges = self._ranged(targets)
        candidates = [*self._given_away(ranges), *self._whole_groups()]
        if self.rules.implied:
            candidates += self._implied()
        candidates += self._between()
        candidates.sort(key=lambda one: _ORDER.index(one.kind))
        base = self.reader.base
        if self.met is not None:
            self.met.keep(base, self.reader.tables)
        return Audit(
            self.rules, self.system,
            tuple(Part(len(one.rows), len(one.atoms)) for one in self.reader.parts),
            self.system.exact, tuple(ranges), self.groups_seen, tuple(self._explained(candidates)),
            base, tuple(self.reader.tables), self.asked.between,
        )  # fmt: skip

    def _ranged(self, targets: Sequence[Target]) -> list[Ranged]:
        aims = [self._aim(target) for target in targets]
        self.progress.start("ranges of hidden counts")
        self.reader.prepare(aims)
        found = []
        for number, (target, aim) in enumerate(zip(targets, aims, strict=True)):
            if self.asked.every or self._open(target, aim):
                found.append(self._range(target, aim))
            self.progress.advance(number + 1, len(targets))
        self.progress.finish(f"{len(targets):,} counts")
        return found

    def _aim(self, target: Target) -> Aim:
        return self.reader.aim(self.system.vector(target.terms))

    def _open(self, target: Target, aim: Aim) -> bool:
        """Say whether a target may be given away, as far as tables met so far tell."""
        seen = self.reader.seen(aim)
        return may_fail(seen, self.rules, hidden=self._is_hidden(target))

    def _is_hidden(self, target: Target) -> bool:
        return any(self.system.figures[n].standing == "hidden" for n in target.figures)

    def _given_away(self, ranges: Iterable[Ranged]) -> Iterable[_Candidate]:
        for one in ranges:
            kind = verdict(one, self.rules, hidden=self._is_hidden(one.target))
            if kind is not None:
                yield _Candidate(kind, one)

    def _implied(self) -> Iterable[_Candidate]:
        """Yield small groups that a whole without a part, or several, leaves."""
        met: set[tuple[bytes, bytes]] = set()
        for left in (*self.leaving, *leftovers(self.system, self.cells, self.rules)):
            target = complement(*left)
            vector = self.system.vector(target.terms)
            key = vector.atoms.tobytes(), vector.times.tobytes()
            if key in met:
                continue
            met.add(key)
            self.groups_seen += 1
            aim = self.reader.aim(vector)
            if may_fail(self.reader.seen(aim), self.rules):
                found = self._range(target, aim)
                kind = verdict(found, self.rules, hidden=False)
                if kind is not None:
                    yield _Candidate(kind, found)

    def _between(self) -> Iterable[_Candidate]:
        """Yield pairs of counts that differ by a few."""
        for two in self.asked.between:
            target = difference(self.system, two)
            aim = self._aim(target)
            if may_be_told(self.reader.seen(aim), self.rules):
                found = self._range(target, aim)
                kind = verdict(found, self.rules, hidden=False)
                if kind is not None:
                    yield _Candidate(kind, found)

    def _whole_groups(self) -> Iterable[_Candidate]:
        """Yield groups of which everybody is proved to be in one category that is hidden."""
        if not self.rules.full_cells:
            return
        for whole, part in self._pairs():
            target = complement(whole, part)
            aim = self._aim(target)
            seen = self.reader.seen(aim)
            if seen is None or seen[1] == 0:
                found = self._range(target, aim)
                if found.most.value == 0:
                    yield _Candidate("all", _all(found, whole, part))

    def _pairs(self) -> Iterable[tuple[Known, Known]]:
        yield from wholly_one(self.cells)
        for whole, part in self.leaving:
            if whole.least > 0 and not self._same_table(whole, part):
                yield whole, part

    def _same_table(self, *cells: Known) -> bool:
        """Say whether one table prints both, so that nothing is worked out: it was meant."""
        tables = [{self.system.figures[n].place.table for n in one.figures} for one in cells]
        return bool(set.intersection(*tables))

    def _range(self, target: Target, aim: Aim) -> Ranged:
        return Ranged(target, *(self.reader.bound(aim, sense) for sense in SENSES))

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


def _used(system: System, proof: Proof | None, sense: Sense) -> Iterator[int]:
    """Yield the figures that a proof needs; that no count is below nothing takes none."""
    for number, times in proof.multipliers.items() if proof else ():
        row = system.rows[number]
        of_least = (times > 0) == (sense == "least")
        is_plain = of_least and row.least == 0 and bool((row.coefficients > 0).all())
        if row.figure is not None and not is_plain:
            yield row.figure


def _all(found: Ranged, whole: Known, part: Known) -> Ranged:
    says = f"all of {whole.cell} are {part.cell}"
    return replace(found, target=replace(found.target, says=says))


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

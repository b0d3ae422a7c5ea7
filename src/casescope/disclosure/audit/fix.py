"""The fix that loses least: what to hide, merge or round so that nothing is given away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from casescope.disclosure.audit.audit import Audit, Failure
from casescope.disclosure.audit.figures import Cell, Figure
from casescope.disclosure.audit.hitting import cheapest
from casescope.disclosure.audit.met import Met
from casescope.disclosure.audit.recode import (
    Loss,
    Merge,
    hide,
    information,
    loss,
    merge,
    round_to,
)
from casescope.disclosure.audit.run import audit, audit_again
from casescope.kernel.progress import Progress, Silent

Way = Literal["hide", "merge", "round"]
WAYS: tuple[Way, ...] = ("hide", "merge", "round")

_ROUNDS = 40
_EXPLAINED = 150
"""Failures of one round from which it is learnt what must go."""
_BASES = (5, 10)
_MERGES = 6
_MERGED_ATOMS = 2_000
"""Candidates for merging that are tried, and the size up to which they are."""


@dataclass(frozen=True)
class Fix:
    """One fix, audited again: what is withheld, merged or rounded, and what it loses.

    `least`: no fix of this way loses less (ties apart). `after` is what is then published; where
    nothing is merged, in the order of what was audited. `withheld` are numbers of it.
    """

    way: Way
    withheld: tuple[int, ...]
    merged: Merge | None
    rounded_to: int | None
    tables: tuple[str, ...]
    loss: Loss
    least: bool
    after: tuple[Figure, ...]
    audited: Audit


def propose(
    done: Audit, *, ways: Sequence[Way] = WAYS, progress: Progress | None = None
) -> tuple[Fix, ...]:
    """Return fixes that pass the same audit, the one that loses least first; none where none does.

    What public figures alone give away can't be mended by whoever publishes: it is left aside.
    """
    listener = progress or Silent()
    ours = _without_public(done)
    if ours.passed:
        return ()
    found: list[Fix] = []
    for way in ways:
        most = min((one.loss.cells for one in found), default=None)
        found += [one for one in _MAKERS[way](ours, most, listener) if one.audited.passed]
    return tuple(sorted(found, key=lambda one: (one.loss, WAYS.index(one.way))))


def least_hidden(done: Audit) -> frozenset[int] | None:
    """Return the figures to hide so that nothing of ours is given away; None where nothing helps.

    They are those of the fix that hides, without the last audit that tells all ranges.
    """
    ours = _without_public(done)
    found = _searched("hide", ours, ours, None, Silent())
    return found.gone if found.now.passed else None


def public_failures(done: Audit) -> tuple[Failure, ...]:
    """Return what figures known from elsewhere give away, whatever of ours is hidden.

    Where rows alone do not prove it, everything of ours is hidden to see whether it is still so.
    """
    ours = _shown(done.figures) | _signs(done.figures)
    found = [one for one in done.failures if one.by and not ours & set(one.by)]
    if not any(None in one.proofs for one in found):
        return tuple(found)
    blank = _again(done, hide(done.figures, ours))
    still = {one.found.target.terms for one in blank.failures}
    return tuple(
        one for one in found if None not in one.proofs or one.found.target.terms in still
    )  # fmt: skip


def _without_public(done: Audit) -> Audit:
    """Return the audit with what is public anyway taken as known."""
    public = [one.found.target for one in public_failures(done)]
    if not public:
        return done
    known = {number for target in public for number in target.figures}
    told = {target.two for target in public}
    left = tuple(two for two in done.between if two not in told)
    return _again(replace(done, between=left), [
        replace(one, standing="known") if n in known else one for n, one in enumerate(done.figures)
    ])  # fmt: skip


def _again(
    done: Audit, figures: Sequence[Figure], merged: Merge | None = None, *, every: bool = False
) -> Audit:
    """Audit figures as the first ones were; two merged categories are a union of theirs."""
    groups = {name: dict(held) for name, held in done.system.groups.items()}
    if merged is not None:
        groups.setdefault(merged.dimension, {})[merged.name] = frozenset(merged.categories)
    return audit(figures, rules=done.rules, groups=groups, more=done.system.more,
                 between=done.between, proved=_EXPLAINED, every=every)  # fmt: skip


def _hidden(done: Audit, _: int | None, progress: Progress) -> Iterator[Fix]:
    yield from _hiding("hide", done, done, None, None, progress)


def _hiding(
    way: Way,
    done: Audit,
    start: Audit,
    merged: Merge | None,
    most: int | None,
    progress: Progress,
) -> Iterator[Fix]:
    found = _searched(way, done, start, most, progress)
    now = _again(done, found.now.figures, merged, every=True)
    yield Fix(way, tuple(sorted(found.gone)), merged, None, (), loss(done.figures, now.figures),
              found.least, now.figures, now)  # fmt: skip


def _searched(
    way: Way,
    done: Audit,
    start: Audit,
    most: int | None,
    progress: Progress,
) -> "_Hiding":
    """Hide what breaks every derivation met, least first; audit; learn the ones that are left.

    Each derivation is a set of figures of which one must go, so the least hitting set of those met
    is never more than the least fix: the first that passes is the least (Reiter 1987; implicit
    hitting sets). Where it takes too many rounds, the best that was met is returned, safe and not
    called least. It is given up once more than `most` figures must be lost.
    """
    found = _Hiding(done, start, most)
    progress.start(f"a fix: {way}")
    for turn in range(_ROUNDS):
        if found.turn():
            break
        progress.advance(turn + 1)
    progress.finish(f"{len(found.gone):,} figures")
    return found


class _Hiding:
    """What is hidden so far, and the derivations met, of each of which a figure must go."""

    def __init__(self, done: Audit, start: Audit, most: int | None) -> None:
        self._done, self._start, self._most = done, start, most
        self._costs = _costs(start.figures)
        self._ways: list[frozenset[int]] = []
        self._met = Met(start.base, start.met)
        self.now, self.gone, self.least = start, frozenset[int](), False
        self._hopeless = not self._learn(start)

    def turn(self) -> bool:
        """Hide the least that breaks all derivations met; say whether that is the end.

        Where it does not pass, more is hidden until something does, to meet more derivations in
        one go. The last of these is safe, and is kept while nothing less is known to be.
        """
        if self._start.passed or self._hopeless:
            self.least = self._start.passed
            return True
        found = cheapest(self._ways, self._costs)
        if self._too_much(found.chosen):
            return True
        now = self._hidden(found.chosen)
        if now.passed:
            self.now, self.gone, self.least = now, *found
            return True
        self._on(now, found.chosen)
        return self._hopeless

    def _on(self, now: Audit, gone: frozenset[int]) -> None:
        while not now.passed:
            known = len(self._ways)
            if not self._learn(now):
                self._hopeless = True
                return
            gone |= cheapest(self._ways[known:], self._costs).chosen
            now = self._hidden(gone)
        if not self.gone or loss(self._done.figures, now.figures) < loss(
            self._done.figures, self.now.figures
        ):
            self.now, self.gone = now, gone

    def _hidden(self, gone: frozenset[int]) -> Audit:
        after = hide(self._start.figures, gone)
        return audit_again(self._start, after, self._met, proved=_EXPLAINED)

    def _learn(self, now: Audit) -> bool:
        """Keep what must go of each derivation; say whether each has something that can."""
        learnt = [_breaking(now, one, self._start.figures) for one in now.failures]
        self._ways += [one for one in learnt if one]
        return all(learnt)

    def _too_much(self, gone: frozenset[int]) -> bool:
        after = hide(self._start.figures, gone)
        return self._most is not None and loss(self._done.figures, after).cells > self._most


def _costs(figures: Sequence[Figure]) -> dict[int, float]:
    """Return 1 and something for each figure, so that all somethings together are less than 1."""
    told = {n: information(one) for n, one in enumerate(figures)}
    whole = 1 + sum(told.values())
    return {n: 1 + bits / whole for n, bits in told.items()}


def _breaking(now: Audit, failure: Failure, figures: Sequence[Figure]) -> frozenset[int] | None:
    """Return the figures of ours of which one must be hidden; None where none can help.

    Where no figure that is shown has a part in it, the sign that says how small a count is has.
    """
    behind = _behind(failure, figures)
    return _shown(now.figures) & behind or _signs(now.figures) & behind or None


def _shown(figures: Sequence[Figure]) -> frozenset[int]:
    return frozenset(n for n, one in enumerate(figures) if one.standing == "shown")


def _signs(figures: Sequence[Figure]) -> frozenset[int]:
    """Return the figures of which a sign alone is shown that says how small they are."""
    return frozenset(
        n for n, one in enumerate(figures) if one.standing == "hidden" and one.most is not None
    )


def _behind(failure: Failure, figures: Sequence[Figure]) -> set[int]:
    """Return the figures that prove a failure; all of its people where rows alone prove less."""
    if None not in failure.proofs:
        return set(failure.by)
    universes = {cell.universe for _, cell in failure.found.target.terms}
    return {
        n for n, one in enumerate(figures)
        if {cell.universe for _, cell in one.terms} & universes
    }  # fmt: skip


def _roundings(done: Audit, _: int | None, progress: Progress) -> Iterator[Fix]:
    every = tuple(sorted({one.place.table for one in done.figures if one.standing == "shown"}))
    by = set(chain.from_iterable(failure.by for failure in done.failures))
    near = tuple(sorted({done.figures[n].place.table for n in by} & set(every)))
    progress.start("a fix: round")
    for base in _BASES:
        for tables in dict.fromkeys((near, every)):
            after = round_to(done.figures, base, set(tables))
            now = _again(done, after, every=True)
            if now.passed:
                progress.finish(f"to {base}")
                yield Fix("round", (), None, base, tables, loss(done.figures, after), False,
                          after, now)  # fmt: skip
                return
    progress.finish("none")


def _merges(done: Audit, most: int | None, progress: Progress) -> Iterator[Fix]:
    if done.system.atoms > _MERGED_ATOMS:
        return
    values = _values(done)
    tried = sorted(
        {two for failure in done.failures for two in _candidates(done, failure)},
        key=lambda two: (loss(done.figures, merge(done.figures, two, values,
                                                  done.rules.threshold + 1)), two),
    )  # fmt: skip
    for two in tried[:_MERGES]:
        start = _again(done, merge(done.figures, two, values, done.rules.threshold + 1), two)
        yield from _hiding("merge", done, start, two, most, progress)


def _candidates(done: Audit, failure: Failure) -> Iterable[Merge]:
    """Yield merges of a category of what is given away with one beside it."""
    used: dict[tuple[str, str], set[str]] = {}
    for one in done.figures:
        for _, cell in one.terms:
            for name, value in cell.categories:
                used.setdefault((cell.universe, name), set()).add(value)
    cell = failure.found.target.terms[-1][1]
    for name, value in cell.categories:
        groups = done.system.groups.get(name, {})
        if groups:
            continue
        for other in sorted(used[cell.universe, name] - {value}):
            first, second = sorted((value, other))
            yield Merge(cell.universe, name, (first, second))


def _values(done: Audit) -> dict[Cell, int]:
    """Return what is known exactly: printed, or worked out by the audit."""
    found = {one.cell: one.least for one in done.figures if one.cell and one.exact}
    for ranged in done.ranges:
        if ranged.least.value is not None and ranged.least.value == ranged.most.value:
            found[ranged.target.terms[0][1]] = ranged.least.value
    return {cell: value for cell, value in found.items() if value is not None}


_MAKERS = {"hide": _hidden, "merge": _merges, "round": _roundings}

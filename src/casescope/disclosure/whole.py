"""The whole report at once: what its figures give away, with everything that was told before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casescope.disclosure.audit import Audit, Cell, Figure, Place, audit
from casescope.disclosure.audit.fix import propose
from casescope.disclosure.audit.folder import rules_of
from casescope.disclosure.pack import RulePack
from casescope.disclosure.relations.everything import is_open, others
from casescope.disclosure.relations.figures import Readable, figures, groups, impossible
from casescope.kernel.canonical import Json
from casescope.kernel.errors import FiguresDisagree

_PROVED = 150
"""Failures whose proofs a fix is learnt from, in one turn."""

_ELSEWHERE = "none of these"
"""The category of whoever is in none that a table tells of."""


@dataclass(frozen=True)
class Before:
    """Figures that were told before, or are public: whose, and what can be read off them."""

    said: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Examined:
    """What an audit of a whole report found, and what to withhold so that it passes.

    `taken` and `apart` say which of the figures told before could be of the same people, and which
    could not: of these only the differences are looked at.
    """

    audit: Audit
    withhold: frozenset[Place]
    taken: tuple[str, ...]
    apart: tuple[str, ...]
    coupled: bool

    def record(self, withheld: int) -> dict[str, Json]:
        """Return what was looked at and found, for machines; it holds no bound of any cell."""
        bounds = [bound for one in self.audit.ranges for bound in (one.least, one.most)]
        relaxed = sum(bound.kind == "relaxed" for bound in bounds)
        return {
            "verdict": self._verdict(),
            "rules": self.audit.rules.name,
            "figures": len(self.audit.figures),
            "counts_protected": len(self.audit.ranges),
            "groups_nobody_printed": self.audit.implied,
            "atoms": self.audit.system.atoms,
            "bounds": {"whole": len(bounds) - relaxed, "relaxed": relaxed},
            "coupled": "exactly" if self.audit.exact else "at shared margins only: weaker",
            "tables_together": self.coupled,
            "told_before": list(self.taken),
            "told_before_of_other_data": list(self.apart),
            "withheld_by_the_audit": withheld,
        }

    def _verdict(self) -> str:
        before = len(self.taken) + len(self.apart)
        held = f" and {before} told before" if before else ""
        return (
            f"Audited: no small group can be worked out from the {len(self.audit.figures):,} "
            f"figures of this report{held}."
        )


def examine(read: Readable, before: Sequence[Before] = ()) -> Examined:
    """Audit everything that can be read, and say what must be withheld (nothing: it passes)."""
    now = figures(read)
    taken, apart = _sorted(now, before)
    known = _new([one for each in taken for one in each.figures], now)
    done, coupled = _audited(now, known, read)
    withhold = {*_proposed(done), *_changed(now, apart, read.pack)}
    return Examined(done, frozenset(withhold), tuple(one.said for one in taken),
                    tuple(one.said for one in apart), coupled)  # fmt: skip


def _audited(now: Sequence[Figure], known: Sequence[Figure], read: Readable) -> tuple[Audit, bool]:
    """Audit all together; where what we take to hang together does not, each table by itself.

    That would be a fault in what we take figures to mean: people are protected all the same.
    """
    rules = rules_of(read.pack)
    for system in ((*now, *known, *impossible(read)), (*now, *known), now):
        try:
            more = _more(system)
            return audit(system, rules=rules, groups=groups(read), more=more, proved=_PROVED), True
        except FiguresDisagree:
            continue
    alone = tuple(_alone(now))
    return audit(alone, rules=rules, groups=groups(read), more=_more(alone)), False


def _alone(now: Iterable[Figure]) -> Iterator[Figure]:
    """Yield figures with every table's people taken for people of its own."""
    for one in now:
        terms = tuple(
            (times, Cell(f"{cell.universe}; {one.place.table}", cell.categories))
            for times, cell in one.terms
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
    """Return what is known beside today's figures, each once."""
    said = {(one.terms, one.least, one.most) for one in now}
    found: dict[object, Figure] = {}
    for one in known:
        key = (one.terms, one.least, one.most)
        if key not in said:
            found[key] = Figure(one.place, one.terms, one.least, one.most, "known")
    return tuple(found.values())


def _proposed(done: Audit) -> frozenset[Place]:
    if done.passed:
        return frozenset()
    fixes = propose(done, ways=("hide",))
    if not fixes:
        return frozenset(
            done.figures[n].place for one in done.failures for n in one.by
            if done.figures[n].standing == "shown"
        )  # fmt: skip
    return frozenset(done.figures[number].place for number in fixes[0].withheld)


def _changed(now: Sequence[Figure], apart: Iterable[Before], pack: RulePack) -> Iterator[Place]:
    """Yield figures that, less what was told of other data, say how few came or went."""
    shown = defaultdict(list)
    for one in now:
        if one.cell is not None and one.standing == "shown":
            shown[one.cell].append(one)
    for each in apart:
        for then in each.figures:
            if then.cell is not None and then.standing in ("shown", "known"):
                yield from (
                    one.place for one in shown.get(then.cell, []) if _is_few(one, then, pack)
                )


def _is_few(now: Figure, then: Figure, pack: RulePack) -> bool:
    """Say whether the difference of two counts can only be few, and few values."""
    if None in (now.least, now.most, then.least, then.most):
        return False
    least = (now.least or 0) - (then.most or 0)
    most = (now.most or 0) - (then.least or 0)
    if most < 0:
        least, most = -most, -least
    return least >= 1 and most <= pack.threshold and most - least < pack.least_width

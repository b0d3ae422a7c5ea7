"""From exact findings to released ones: the only door."""

import re
import string
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from datetime import date

from casescope.disclosure.audit import Place
from casescope.disclosure.curves import release_curve, withheld_curve
from casescope.disclosure.divisions import withheld_curves
from casescope.disclosure.pack import RulePack, load
from casescope.disclosure.relations.figures import Readable, place_of
from casescope.disclosure.released import SEAL, Released, ReleasedCurve, ReleasedTable
from casescope.disclosure.tables import release_table
from casescope.disclosure.whole import Before, examine
from casescope.findings.finding import Findings, Reading
from casescope.governance.release.release import Cleared
from casescope.governance.study_file.parameters import Parameters
from casescope.kernel.canonical import Json
from casescope.kernel.errors import GivenAway, NotAllowed

_NUMBER = re.compile(r"\d[\d.,/–-]*")
_NUMBERS_ALLOWED = {field.name for field in fields(Parameters)} | {"seed", "authority"}


_TURNS = 20
"""Audits of one release before it is refused; each one withholds more."""


def release(
    findings: Findings, *, pack: str = "opensafely", before: Sequence[Before] = ()
) -> Released:
    """Return the findings as one rule pack lets them be seen, audited as a whole.

    The audit knows everything told `before`; what it finds given away is withheld, and what is left
    is audited again. Small counts for staff who hold the records hide nothing and are not audited.
    Refuses where nothing that could be withheld helps.
    """
    rules = load(pack)
    withheld: frozenset[Place] = frozenset()
    for _ in range(_TURNS):
        draft = _drafted(findings, rules, withheld)
        if not rules.publishable:
            return draft.sealed(findings, {"verdict": _NOT_AUDITED})
        found = examine(draft.readable(findings), before)
        more = draft.to_withhold(findings, found.withhold) - withheld
        if not more and found.passed:
            return draft.sealed(findings, found.record(len(withheld)))
        if not more:
            break
        withheld |= more
    raise GivenAway(
        "The figures give small groups away, and nothing that could be withheld helps.",
        "Look at what was told before (casescope release list HOME), or choose rules that round.",
    )


_NOT_AUDITED = "Not audited: small counts for staff who already hold the records; never published."


@dataclass(frozen=True)
class _Draft:
    """Figures made by a rule pack, not yet audited; `curves` has those that only tables read."""

    rules: RulePack
    tables: tuple[ReleasedTable, ...]
    curves: dict[str, ReleasedCurve]

    def readable(self, findings: Findings) -> Readable:
        """Return what anybody could read, or read off."""
        return Readable(self.tables, tuple(self.curves.values()), self.rules,
                        findings.facts.get("linkage", "lenient"))  # fmt: skip

    def _shown(self, findings: Findings) -> tuple[ReleasedCurve, ...]:
        return tuple(self.curves[curve.id] for curve in findings.curves if not curve.inner)

    def to_withhold(self, findings: Findings, places: Iterable[Place]) -> frozenset[Place]:
        """Return the places, a number read off a curve standing for the whole curve."""
        read = {
            place_of(table.id, row.labels, column): Place(cell.curve)
            for table in findings.tables for row in table.rows
            for column, cell in zip(table.columns, row.cells, strict=True)
            if isinstance(cell, Reading)
        }  # fmt: skip
        return frozenset(
            Place(one.table) if one.table in self.curves else read.get(one, one) for one in places
        )

    def sealed(self, findings: Findings, audit: Mapping[str, Json]) -> Released:
        """Return the figures as released."""
        facts = {name: value for name, value in findings.facts.items() if _is_safe(name, value)}
        return Released("working", self.rules.rules, self.tables, self._shown(findings), facts,
                        SEAL, audit=audit)  # fmt: skip


def _drafted(findings: Findings, rules: RulePack, withheld: Set[Place]) -> _Draft:
    hidden = withheld_curves(findings.curves, rules) | {place.table for place in withheld}
    curves = {
        curve.id: withheld_curve(curve, rules)
        if curve.id in hidden
        else release_curve(curve, rules)
        for curve in findings.curves
    }
    tables = tuple(release_table(table, rules, curves, withheld) for table in findings.tables)
    return _Draft(rules, tables, curves)


def _is_safe(name: str, value: str) -> bool:
    """Say whether a fact is none of the counts that only a rule pack may let through.

    A number is let through as a parameter or a version only, with whatever sign beside it.
    """
    if name in _NUMBERS_ALLOWED or name.endswith("version"):
        return True
    words = (word.strip(string.punctuation + "–—…“”‘’£≥≤") for word in value.split())
    return _is_date(value) or not any(_NUMBER.fullmatch(word) for word in words)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def publish(released: Released, cleared: Cleared, *, on: date) -> Released:
    """Return the same figures for the public, as two people accepted them.

    Refuses figures that are not those which they answered on.
    """
    if not released.rules.publishable:
        raise NotAllowed(f"Figures under the rules “{released.rules.name}” are never published.")
    if released.digest() != cleared.findings:
        raise NotAllowed(
            "The figures are no longer those that two people accepted.",
            "Write the report again and ask for its release anew.",
        )
    return Released(
        "public", released.rules, released.tables, released.curves, released.facts, SEAL, on,
        released.audit,
    )  # fmt: skip

"""The machine-readable record of an audit: everything somebody else needs to check it."""

import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version

from casescope.disclosure.audit.audit import Audit, Bound, Failure, Proof, Ranged
from casescope.disclosure.audit.figures import Cell, Figure, Place
from casescope.disclosure.audit.fix import Fix
from casescope.disclosure.audit.system import Row
from casescope.kernel.canonical import Json

FORMAT = "casescope-audit/1"


def as_record(
    done: Audit, fixes: Sequence[Fix] = (), sha256: Mapping[str, str] | None = None
) -> dict[str, Json]:
    """Return the audit as JSON: what was read, the system, ranges, tables, proofs and fixes."""
    return {
        "format": FORMAT,
        "versions": {
            "casescope": version("casescope"), "highspy": version("highspy"),
            "python": ".".join(map(str, sys.version_info[:3])),
        },
        "sha256": dict(sha256 or {}),
        "rules": dict(vars(done.rules)),
        "passed": done.passed,
        "exact": done.exact,
        "figures": [_figure(one) for one in done.figures],
        "atoms": done.system.atoms,
        "rows": [_row(one) for one in done.system.rows],
        "parts": [{"rows": one.rows, "atoms": one.atoms} for one in done.parts],
        "base": None if done.base is None else _table(done.base),
        "tables": [_table(one) for one in done.tables],
        "ranges": [_ranged(one) for one in done.ranges],
        "implied_groups_looked_at": done.implied,
        "failures": [_failure(one) for one in done.failures],
        "fixes": [_fix(one) for one in fixes],
    }  # fmt: skip


def _place(place: Place) -> Json:
    return {"table": place.table, "row": place.row, "column": place.column}


def _cell(cell: Cell) -> Json:
    return {"universe": cell.universe, "categories": dict(cell.categories)}


def _figure(figure: Figure) -> Json:
    return {
        "place": _place(figure.place),
        "terms": [[times, _cell(cell)] for times, cell in figure.terms],
        "least": figure.least,
        "most": figure.most,
        "standing": figure.standing,
    }


def _row(row: Row) -> Json:
    pairs = zip(row.atoms.tolist(), row.coefficients.tolist(), strict=True)
    return {"figure": row.figure, "least": row.least, "most": row.most,
            "atoms": [list(pair) for pair in pairs]}  # fmt: skip


def _table(table: Mapping[int, int]) -> Json:
    return {"atoms": list(table), "counts": list(table.values())}


def _bound(bound: Bound) -> Json:
    return {"value": bound.value, "kind": bound.kind, "tables": list(bound.tables)}


def _ranged(found: Ranged) -> dict[str, Json]:
    return {
        "says": found.target.says,
        "of": [list(pair) for pair in found.target.of],
        "places": [_place(place) for place in found.target.places],
        "least": _bound(found.least),
        "most": _bound(found.most),
    }


def _failure(failure: Failure) -> Json:
    least, most = failure.proofs
    return {
        "kind": failure.kind,
        **_ranged(failure.found),
        "because": failure.because,
        "by": list(failure.by),
        "proofs": {"least": _proof(least), "most": _proof(most)},
    }


def _proof(proof: Proof | None) -> Json:
    if proof is None:
        return None
    return {"value": proof.value,
            "rows": [[row, str(times)] for row, times in proof.multipliers.items()]}  # fmt: skip


def _fix(fix: Fix) -> Json:
    merged = fix.merged
    return {
        "way": fix.way,
        "withheld": [_place(fix.after[number].place) for number in fix.withheld],
        "merged": None if merged is None else {
            "universe": merged.universe, "dimension": merged.dimension,
            "categories": list(merged.categories),
        },
        "rounded_to": fix.rounded_to,
        "tables": list(fix.tables),
        "loss": {"cells": fix.loss.cells, "information": fix.loss.information},
        "least": fix.least,
        "passed": fix.audited.passed,
    }  # fmt: skip

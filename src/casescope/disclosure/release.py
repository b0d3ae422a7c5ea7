"""From exact findings to released ones: the only door."""

from dataclasses import fields
from datetime import date

from casescope.disclosure.curves import release_curve, withheld_curve
from casescope.disclosure.divisions import withheld_curves
from casescope.disclosure.pack import load
from casescope.disclosure.released import SEAL, Released
from casescope.disclosure.tables import release_table
from casescope.findings.finding import Findings
from casescope.governance.parameters import Parameters
from casescope.governance.release import Cleared
from casescope.kernel.errors import NotAllowed

_NUMBERS_ALLOWED = {field.name for field in fields(Parameters)} | {"seed"}


def release(findings: Findings, *, pack: str = "opensafely") -> Released:
    """Return the findings as one rule pack lets council staff see them.

    Raises `NotBuiltYet` for a documented pack that this version does not offer.
    """
    rules = load(pack)
    withheld = withheld_curves(findings.curves, rules)
    curves = {
        curve.id: withheld_curve(curve, rules)
        if curve.id in withheld
        else release_curve(curve, rules)
        for curve in findings.curves
    }
    tables = tuple(release_table(table, rules, curves) for table in findings.tables)
    shown = tuple(curves[curve.id] for curve in findings.curves if not curve.inner)
    facts = {name: value for name, value in findings.facts.items() if _is_safe(name, value)}
    return Released("working", rules.rules, tables, shown, facts, SEAL)


def _is_safe(name: str, value: str) -> bool:
    """Say whether a fact is none of the counts that only a rule pack may let through.

    A bare number is let through as a parameter or a version only.
    """
    if name in _NUMBERS_ALLOWED or name.endswith("version"):
        return True
    return _is_date(value) or not any(word.isdecimal() for word in value.split())


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
        "public", released.rules, released.tables, released.curves, released.facts, SEAL, on
    )

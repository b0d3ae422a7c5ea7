"""Checks an audit's record without a solver: tables attain bounds, multipliers prove them.

It reads the record alone, reckons in whole numbers and fractions, and imports nothing of ours.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

_Record = Mapping[str, Any]
_Vector = dict[int, Fraction]


def faults(record: _Record) -> list[str]:
    """Return what is wrong with a record, in words; nothing where all of it holds."""
    found = [*_bad_rows(record)]
    for kind in ("ranges", "failures"):
        for number, one in enumerate(record[kind]):
            where = f"{kind} {number}"
            vector = _vector(record, one["of"])
            found += [f"{where}: {what}" for what in _bad_bounds(record, one, vector)]
            if kind == "failures":
                found += [f"{where}: {what}" for what in _bad_proofs(record, one, vector)]
    return found


def _bad_rows(record: _Record) -> Iterator[str]:
    """Yield rows that do not say what their figure says."""
    for number, row in enumerate(record["rows"]):
        if row["figure"] is None:
            if row["least"] != 0 or row["most"] != 0:
                yield f"row {number} is no shared margin"
        else:
            figure = record["figures"][row["figure"]]
            if (row["least"], row["most"]) != (figure["least"], figure["most"]):
                yield f"row {number} is not its figure"


def _vector(record: _Record, of: list[list[int]]) -> _Vector:
    """Return the atoms of a count: those of its figures' rows."""
    rows = {row["figure"]: row for row in record["rows"] if row["figure"] is not None}
    found: _Vector = {}
    for times, figure in of:
        for atom, value in rows[figure]["atoms"]:
            found[atom] = found.get(atom, Fraction(0)) + times * value
    return found


def _bad_bounds(record: _Record, one: _Record, vector: _Vector) -> Iterator[str]:
    for end in ("least", "most"):
        bound = one[end]
        if bound["kind"] != "whole" or bound["value"] is None:
            continue
        table = _laid_over(record, bound["tables"])
        if table is None:
            yield f"no table for the {end} value"
            continue
        yield from _bad_table(record, table)
        if sum(times * table.get(atom, 0) for atom, times in vector.items()) != bound["value"]:
            yield f"its table does not attain the {end} value"


def _laid_over(record: _Record, tables: list[int]) -> dict[int, int] | None:
    """Return the base table with others laid over it."""
    if record["base"] is None:
        return None
    found: dict[int, int] = {}
    for one in [record["base"], *(record["tables"][number] for number in tables)]:
        found.update(zip(one["atoms"], one["counts"], strict=True))
    return found


def _bad_table(record: _Record, table: Mapping[int, int]) -> Iterator[str]:
    if any(not isinstance(count, int) or count < 0 for count in table.values()):
        yield "a table holds a count below 0, or no whole number"
    for number, row in enumerate(record["rows"]):
        total = sum(value * table.get(atom, 0) for atom, value in row["atoms"])
        low, high = row["least"], row["most"]
        if (low is not None and total < low) or (high is not None and total > high):
            yield f"a table breaks row {number}"


def _bad_proofs(record: _Record, one: _Record, vector: _Vector) -> Iterator[str]:
    for end in ("least", "most"):
        proof = one["proofs"][end]
        if proof is None:
            continue
        if proof["value"] != one[end]["value"]:
            yield f"the proof of the {end} value is of another"
        elif not _proves(record, proof, vector, end):
            yield f"the multipliers do not prove the {end} value"


def _proves(record: _Record, proof: _Record, vector: _Vector, end: str) -> bool:
    """Add the rows up: what is left of the count must not be able to pass the sum."""
    sign = 1 if end == "least" else -1
    left, total = dict(vector), Fraction(0)
    for number, text in proof["rows"]:
        times, row = Fraction(text), record["rows"][number]
        bound = row["least"] if sign * times > 0 else row["most"]
        if bound is None:
            return False
        total += times * bound
        for atom, value in row["atoms"]:
            left[atom] = left.get(atom, Fraction(0)) - times * value
    value = ceil(total) if end == "least" else floor(total)
    return all(sign * over >= 0 for over in left.values()) and value == proof["value"]

"""Findings as plain values, unrounded: for an analyst at the council, never for a report."""

from typing import Any

from casescope.findings.finding import (
    Amount,
    Cell,
    Comparison,
    Count,
    CurveFinding,
    Findings,
    Ratio,
    Reading,
    Share,
    Statistic,
    Sum,
)  # fmt: skip
from casescope.findings.recurrence import YEARS
from casescope.findings.survival import Estimate, median, value_at
from casescope.kernel.dates import DAYS_PER_YEAR


def exact_json(findings: Findings) -> dict[str, Any]:
    """Return the recurrence by year, the tiers and every table; a year nobody reached is null.

    `recurrence_curves` holds every curve by its id: competing ends, newborns, groups of women.
    """
    return {
        "recurrence": _recurrence(findings.curve("recurrence_broad")),
        "recurrence_strict": _recurrence(findings.curve("recurrence_strict")),
        "recurrence_curves": {
            curve.id: _recurrence(curve) for curve in findings.curves if not curve.inner
        },
        "recurrence_compared": {
            row.labels[0]: _cell(findings, row.cells[-1])
            for row in findings.table("recurrence_compared").rows
        },
        "tiers": _tiers(findings),
        "tables": [
            {"id": table.id, "title": table.title, "columns": list(table.columns),
             "rows": [{"labels": list(row.labels), "cells": [_cell(findings, c) for c in row.cells]}
                      for row in table.rows]}
            for table in findings.tables
        ],
    }  # fmt: skip


def _recurrence(curve: CurveFinding) -> dict[str, Any]:
    found = [value_at(curve.points, year * DAYS_PER_YEAR) for year in YEARS]
    return {
        "years": list(YEARS),
        "estimate": [value and value.estimate for value in found],
        "lower": [value and value.lower for value in found],
        "upper": [value and value.upper for value in found],
        "index_women": curve.women,
        "events": curve.events,
    }


def _tiers(findings: Findings) -> dict[str, dict[str, int]]:
    table = findings.table("tiers")
    return {
        column.lower(): {
            row.labels[0]: cell.n
            for row in table.rows
            if isinstance(cell := row.cells[index], Count)
        }
        for index, column in enumerate(table.columns)
    }


def _cell(  # noqa: PLR0911 — one return for each kind of cell
    findings: Findings, cell: Cell
) -> dict[str, Any]:
    match cell:
        case Share(n, of, lower, upper):
            return {"n": n, "of": of, "lower": lower, "upper": upper}
        case Ratio(n, of):
            return {"n": n, "of": of, "value": n / of if of else None}
        case Count() | Sum() | Amount():
            return {"n": cell.n}
        case Comparison(curves, p, chi_square, df):
            return {"curves": list(curves), "p": p, "chi_square": chi_square, "df": df}
        case Reading():
            return _reading(findings.curve(cell.curve), cell)
        case Statistic(value, basis):
            return {"value": value, "basis": basis}
        case _:
            return {"text": cell.text}


def _reading(curve: CurveFinding, cell: Reading) -> dict[str, Any]:
    if cell.what == "median":
        steps = ((p.day, Estimate(p.estimate, p.lower, p.upper)) for p in curve.points)
        return {f"{name}_days": day for name, day in median(steps)._asdict().items()}
    if cell.what != "estimate":
        return {"n": curve.women if cell.what == "women" else curve.events}
    value = value_at(curve.points, cell.day)
    return value._asdict() if isinstance(value, Estimate) else {"estimate": None}

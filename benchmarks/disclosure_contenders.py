"""One contender of the disclosure audit, in a process of its own; prints JSON.

python -m benchmarks.disclosure_contenders three casescope|scipy SEED
python -m benchmarks.disclosure_contenders report exact|rounded SEED
python -m benchmarks.disclosure_contenders utility SEED
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.pretend_tables import REPORT, SMALL_REPORT, report, three_ways, with_small_hidden
from casescope.disclosure.audit import AuditRules, Cell, Figure, Place, audit, count
from casescope.disclosure.audit.fix import propose
from casescope.disclosure.audit.recode import Loss, hide, loss

TABLES, PEOPLE = 60, 2_500
FEW_TABLES, FEW_PEOPLE, FEW_HIDDEN = 7, 500, 5
RULES = AuditRules("benchmark", threshold=FEW_HIDDEN, least_width=3, full_cells=False)


def three(contender: str, seed: int) -> dict[str, Any]:
    """Return the range of every hidden cell of the 540, and how long it took."""
    _, figures = three_ways(seed)
    work = {"casescope": _ours, "scipy": _one_by_one}[contender]
    return _timed(lambda: work(figures))


def _ours(figures: Sequence[Figure]) -> dict[str, Any]:
    """Audit: ranges, implied groups, and every failure that is explained proved."""
    done = audit(figures)
    return {
        "ranges": {one.target.says: [one.least.value, one.most.value] for one in done.ranges},
        "kinds": sorted({bound.kind for one in done.ranges for bound in (one.least, one.most)}),
        "failures": len(done.failures),
        "tables": len(done.tables),
    }


def _one_by_one(figures: Sequence[Figure]) -> dict[str, Any]:
    """Solve two linear programmes for each hidden cell, each from the start."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    atoms = {figure.cell: n for n, figure in enumerate(
        one for one in figures if one.cell and len(one.cell.categories) == 3
    )}  # fmt: skip
    margins = [one for one in figures if one.cell not in atoms]
    cells = [set(cell.categories) for cell in atoms if cell]
    pairs = [(row, column) for row, one in enumerate(margins) if one.cell
             for column, cell in enumerate(cells) if set(one.cell.categories) <= cell]  # fmt: skip
    rows, columns = (np.array([pair[n] for pair in pairs]) for n in (0, 1))
    known = {
        "A_eq": csr_array((np.ones(len(rows)), (rows, columns)), (len(margins), len(atoms))),
        "b_eq": np.array([one.least for one in margins]),
        "bounds": [(one.least, one.most) for one in figures if one.cell in atoms],
        "method": "highs",
    }
    found = {}
    for cell, place in atoms.items():
        if known["bounds"][place] == (1, 4):
            aim = np.zeros(len(atoms))
            aim[place] = 1
            found[str(cell)] = [linprog(aim, **known).fun, -linprog(-aim, **known).fun]
    return {"ranges": found}


def whole_report(read_as: str, seed: int) -> dict[str, Any]:
    """Return how an audit of about sixty tables went: printed exactly, or rounded to 5."""
    counts = report(seed, REPORT, PEOPLE, TABLES, 2)
    figures = {"exact": lambda: with_small_hidden(counts, 7), "rounded": lambda: _rounded(counts)}
    made = figures[read_as]()
    return _timed(lambda: _audited(made)) | {"figures": len(made)}


def _rounded(counts: Sequence[tuple[Place, Cell, int]]) -> list[Figure]:
    """Return counts as hes prints them: 1 to 7 hidden, others to the nearest 5."""
    return [
        count(place, cell, 1, 7, "hidden") if 1 <= n <= 7
        else count(place, cell, n, n) if n == 0
        else count(place, cell, max(8, (n + 2) // 5 * 5 - 2), (n + 2) // 5 * 5 + 2)
        for place, cell, n in counts
    ]  # fmt: skip


def _audited(figures: Sequence[Figure]) -> dict[str, Any]:
    done = audit(figures)
    return {"failures": len(done.failures), "ranges": len(done.ranges), "exact": done.exact,
            "atoms": done.system.atoms}  # fmt: skip


def utility(seed: int) -> dict[str, Any]:
    """Return what each way of making a small report safe loses, and whether it then is."""
    counts = report(seed, SMALL_REPORT, FEW_PEOPLE, FEW_TABLES, 2)
    figures = with_small_hidden(counts, FEW_HIDDEN)
    done = audit(figures, rules=RULES)
    said = {"figures": sum(one.standing == "shown" for one in figures),
            "given away": len(done.failures)}  # fmt: skip
    begun = time.perf_counter()
    best = propose(done, ways=["hide"])[0]
    ways = {"casescope, hiding": (best.loss, True)}
    said["seconds"] = time.perf_counter() - begun
    ways["casescope, any way"] = (propose(done, ways=["round"])[0].loss, True)
    for name, gone in _naive(figures, counts):
        after = hide(figures, gone)
        ways[name] = (loss(figures, after), audit(after, rules=RULES, proved=0).passed)
    return said | {"ways": {name: _lost(*found) for name, found in ways.items()}}


def _lost(lost: Loss, passed: bool) -> dict[str, Any]:
    return {"cells": lost.cells, "information": lost.information, "passed": passed}


def _naive(
    figures: Sequence[Figure], counts: Sequence[tuple[Place, Cell, int]]
) -> list[tuple[str, set[int]]]:
    """Return rules of thumb and the printed figures that each hides too."""
    small = [n for n, one in enumerate(figures) if one.standing == "hidden"]
    lines = {(figures[n].place.table, pair) for n in small
             for pair in figures[n].terms[0][1].categories}  # fmt: skip
    tables = {figures[n].place.table for n in small}
    printed = [n for n, one in enumerate(figures) if one.standing == "shown"]
    deepest = {one.place.table: max(len(other.terms[0][1].categories) for other in figures
                                    if other.place.table == one.place.table)
               for one in figures}  # fmt: skip
    return [
        ("hide under 10", {n for n in printed if 0 < counts[n][2] < 10}),
        ("hide whole rows", {
            n for n in printed for pair in figures[n].terms[0][1].categories[:1]
            if (figures[n].place.table, pair) in lines
        }),
        ("hide all totals", {
            n for n in printed if figures[n].place.table in tables
            and len(figures[n].terms[0][1].categories) < deepest[figures[n].place.table]
        }),
    ]  # fmt: skip


def _timed(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    wall, processor = time.perf_counter(), time.process_time()
    said = work()
    return said | {"seconds": time.perf_counter() - wall,
                   "processor_seconds": time.process_time() - processor}  # fmt: skip


def main(words: list[str]) -> dict[str, Any]:
    """Do what the command line says."""
    if words[0] == "utility":
        return utility(int(words[1]))
    return {"three": three, "report": whole_report}[words[0]](words[1], int(words[2]))


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))

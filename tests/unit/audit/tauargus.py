"""Asks Tau-Argus in a process and a folder of its own: it keeps global state and leaves files.

    python -m tests.unit.audit.tauargus FOLDER PEOPLE SEED SIZE...

prints JSON: every cell of the table with its categories, count and status (S safe, U unsafe, M
suppressed to guard others, E empty), and for those suppressed the least and greatest value that its
own audit says a reader can work out.
"""

import json
import os
import sys

import numpy as np


def people(total, seed, shape):
    """Return a row for each pretend person: a category of each dimension."""
    rng = np.random.default_rng(seed)
    shares = np.ones(())
    for size in shape:
        shares = np.multiply.outer(shares, rng.dirichlet(np.full(size, 2.0)))
    counts = rng.multinomial(total, shares.ravel()).reshape(shape)
    return [
        {f"d{n}": f"c{part:02}" for n, part in enumerate(cell)} | {"n": 1}
        for cell in np.ndindex(*shape)
        for _ in range(counts[cell])
    ]


def main(folder, total, seed, *shape):
    os.chdir(folder)
    from pytauargus import protect

    names = [f"d{n}" for n in range(len(shape))]
    rows = people(int(total), int(seed), tuple(map(int, shape)))
    done = protect(rows, names, "n", safety_rules="FREQ(5,20)", suppress="OPT(1)", workdir=folder)
    cells = [{**row, "cell": n} for n, row in enumerate(done.tables[0].rows)]
    audited = {one["cell"]: one for one in done.engine.audit(0)}
    return [
        {"categories": {name: row[name] for name in names if row[name] != "Total"},
         "count": int(row["n"]), "status": row["status"],
         "range": [audited[row["cell"]][end] for end in ("min", "max")]
         if row["cell"] in audited else None,
         "of": audited.get(row["cell"], {}).get("value")}
        for row in cells
    ]  # fmt: skip


if __name__ == "__main__":
    found = main(*sys.argv[1:])
    sys.stdout.write(json.dumps(found))

"""One contender, or the maker of their rows, in a process of its own; prints JSON.

Rows are one a person: six quasi-identifiers and a sensitive column as text, and an amount. Each
contender has them in memory in the form that is its own before the clock starts: ours as a DuckDB
table, pycanon and acro as a pandas data frame. What is said besides times must be alike.
"""

import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable
from datetime import date
from math import isnan
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.contender import WithoutPandas

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from casescope.dataset.risk import Recoding
    from casescope.dataset.sharing.subject import Subject

_Said = dict[str, Any]
QUASI = ("birth_year", "sex", "ethnicity", "district", "legal", "children")
SENSITIVE = "issue"
_FLOOR = 3
_RARE = 60
"""People with a need so rare that cells of the crosstab fail its checks, however many rows."""

_SKEW = 2
"""Above 1: the first values are common, the last rare."""

CROSSTAB = """
    SELECT
        district, need, avg(amount) AS mean,
        count(*) < 10 AS threshold,
        list_sum(max(amount, 2)) / sum(amount) >= 0.9 AS nk,
        coalesce((sum(amount) - list_sum(max(amount, 2))) / nullif(max(amount), 0), 1) < 0.1 AS p
    FROM people
    GROUP BY district, need
"""
"""acro's default checks (threshold 10, n 2 of 90%, p-ratio 10%) as one statement.

It is the benchmark's own: the report has counts and no sums of amounts, so the product needs no
check of dominance.
"""


def make(folder: Path, rows: int, seed: int) -> _Said:
    """Write pretend rows, most values common and some rare."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as parquet

    rng = np.random.default_rng(seed)

    def skewed(letter: str, values: int) -> list[str]:
        return [f"{letter}{n}" for n in (rng.random(rows) ** _SKEW * values).astype(int)]

    table = pa.table({
        "birth_year": skewed("19", 45), "sex": skewed("s", 2), "ethnicity": skewed("e", 18),
        "district": skewed("d", 12), "legal": skewed("l", 5), "children": skewed("c", 7),
        "issue": skewed("i", 8),
        "need": [*skewed("n", 8)[_RARE:], *["rare"] * _RARE],
        "amount": rng.lognormal(0, 2.5, rows),
    })  # fmt: skip
    parquet.write_table(table, folder / f"{rows}.parquet")
    return {"rows": rows}


def our_risk(folder: Path, rows: int) -> _Said:
    """Measure k, l, t and the three risks by the product's own statements."""
    from casescope.dataset.risk import measure

    connection = _in_duckdb(folder, rows)
    said, found = _timed(lambda: measure(connection, "people", QUASI, [SENSITIVE]))
    spread = found.sensitive[0]
    return said | {"k": found.k, "l": spread.diversity, "t": spread.closeness}


def pycanon_k_and_l(folder: Path, rows: int) -> _Said:
    """Ask pycanon for k and l."""
    from pycanon import anonymity

    frame, quasi = _in_pandas(folder, rows), list(QUASI)
    said, found = _timed(lambda: (
        anonymity.k_anonymity(frame, quasi), anonymity.l_diversity(frame, quasi, [SENSITIVE]),
    ))  # fmt: skip
    return said | {"k": int(found[0]), "l": int(found[1])}


def pycanon_k_l_and_t(folder: Path, rows: int) -> _Said:
    """Ask pycanon for k, l and t."""
    from pycanon import anonymity

    frame, quasi = _in_pandas(folder, rows), list(QUASI)
    said, found = _timed(lambda: (
        anonymity.k_anonymity(frame, quasi), anonymity.l_diversity(frame, quasi, [SENSITIVE]),
        anonymity.t_closeness(frame, quasi, [SENSITIVE]),
    ))  # fmt: skip
    return said | {"k": int(found[0]), "l": int(found[1]), "t": float(found[2])}


def our_search(_: Path, rows: int) -> _Said:
    """Find the recoding of pretend women that loses least, ladders included."""
    from casescope.dataset.risk import least_loss
    from casescope.dataset.sharing.quasi import is_coherent
    from casescope.dataset.sharing.recode import ladders

    people = pretend_women(rows, seed=1)
    said, found = _timed(
        lambda: least_loss(ladders(people), _FLOOR, most_left_out=0.05, allowed=is_coherent)
    )
    if found is None:
        raise AssertionError("no recoding reaches the floor")
    return said | {"steps": dict(found.steps), "loss": found.loss, "left out": found.left_out}


def our_lattice(_: Path, rows: int) -> _Said:
    """Find the recoding of eight columns that have nothing to do with each other: the hard case."""
    import numpy as np

    from casescope.dataset.risk import ladder, least_loss

    rng = np.random.default_rng(1)
    columns = [(rng.random(rows) ** _SKEW * values).astype(int).tolist() for values, _ in LATTICE]

    def searched() -> "Recoding | None":
        ladders = [
            ladder(
                f"column {place}", [[str(value // width) for value in column] for width in widths]
            )
            for place, (column, (_, widths)) in enumerate(zip(columns, LATTICE, strict=True))
        ]
        return least_loss(ladders, _FLOOR, most_left_out=0.05)

    said, found = _timed(searched)
    if found is None:
        raise AssertionError("no recoding reaches the floor")
    return said | {"steps": dict(found.steps), "loss": found.loss, "left out": found.left_out}


LATTICE = (
    (45, (1, 5, 15, 45)), (18, (1, 3, 9, 18)), (12, (1, 3, 6, 12)), (5, (1, 2, 5)),
    (7, (1, 3, 7)), (8, (1, 2, 4, 8)), (20, (1, 5, 10, 20)), (16, (1, 2, 4, 8, 16)),
)  # fmt: skip
"""Values of each column, and how many neighbours each step takes together: 46,080 recodings."""


def pretend_women(number: int, seed: int) -> tuple["Subject", ...]:
    """Return so many women with a history of removals, drawn by a seed."""
    draw = Random(seed)  # noqa: S311 — a repeatable pretend county needs pseudo-random numbers
    return tuple(_woman(draw, str(place)) for place in range(number))


def _woman(draw: Random, name: str) -> "Subject":
    from casescope.dataset.sharing.subject import Subject

    children = min(1 + int(draw.expovariate(0.9)), 9)
    ages = sorted(draw.choices(range(5), (40, 25, 20, 12, 3), k=children))
    days = [-draw.randint(1, 5400)]
    for _ in range(draw.randint(0, children - 1)):
        later = days[-1] + 60 + int(draw.expovariate(1 / 700))
        days += [later] if later < 0 else []
    ending = draw.choices(("end_of_extract", "died", "left", "age_limit"), (85, 2, 8, 5))[0]
    tier = draw.choices(("none", "T1", "T2", "T3"), (60, 11, 13, 16))[0]
    groups = ("White", "Mixed", "Asian", "Black", "Other", "Not recorded")
    names = ("under 1", "1–4", "5–9", "10–15", "16–17")
    return Subject(
        woman=name, age=draw.randint(17, 60), area=f"area {int(draw.random() ** 1.5 * 14)}",
        ethnicity=draw.choices(groups, (75, 8, 7, 6, 2, 2))[0], children=children,
        child_ages=tuple(names[age] for age in ages), days=tuple(days),
        followed=None if len(days) > 1 else draw.randint(1, -days[0]), tier=tier,
        in_her_care="no", pregnant=False, care_experienced=False,
        ending="event" if len(days) > 1 else ending, reference_date=date(2026, 3, 31),
    )  # fmt: skip


def our_crosstab(folder: Path, rows: int) -> _Said:
    """Tabulate and check in one statement."""
    connection = _in_duckdb(folder, rows)
    said, cells = _timed(lambda: connection.execute(CROSSTAB).fetchall())
    for district, need, mean, *fails in cells:
        said |= _cell(district, need, mean, dict(zip(CHECKS, fails, strict=True)))
    return said


CHECKS = ("MinimumThresholdCheck", "NKCheck", "PPercentCheck")


def acro_crosstab(folder: Path, rows: int) -> _Said:
    """Tabulate and check by acro, whose record of the output is a part of what it does."""
    import acro

    frame = _in_pandas(folder, rows)
    session = acro.ACRO(suppress=False)
    said, means = _timed(lambda: session.crosstab(
        frame.district, frame.need, values=frame.amount, aggfunc="mean"
    ))  # fmt: skip
    outcome = session.results.get_index(0).outcome
    for district in means.index:
        for need in means.columns:
            words = str(outcome.loc[district, need])
            fails = {check: check in words for check in CHECKS}
            said |= _cell(district, need, means.loc[district, need], fails)
    return said


def _cell(district: str, need: str, mean: float | None, fails: dict[str, bool]) -> _Said:
    """Return what is said of a cell; one that nobody is in says nothing."""
    if mean is None or isnan(mean):
        return {}
    failed = {f"{district} {need} {check}": int(fails[check]) for check in CHECKS}
    return {**failed, f"{district} {need} mean": float(mean)}


def _in_duckdb(folder: Path, rows: int) -> "duckdb.DuckDBPyConnection":
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE people AS FROM '{folder / f'{rows}.parquet'}'")
    return connection


def _in_pandas(folder: Path, rows: int) -> "pd.DataFrame":
    import pandas as pd

    return pd.read_parquet(folder / f"{rows}.parquet")


def _timed(work: Callable[[], Any]) -> tuple[_Said, Any]:
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return {
        "seconds": time.perf_counter() - wall,
        "processor_seconds": time.process_time() - processor,
    }, found


CONTENDERS: dict[tuple[str, str], Callable[[Path, int], _Said]] = {
    ("k-and-l", "casescope"): our_risk,
    ("k-and-l", "pycanon"): pycanon_k_and_l,
    ("k-l-and-t", "casescope"): our_risk,
    ("k-l-and-t", "pycanon"): pycanon_k_l_and_t,
    ("search", "casescope"): our_search,
    ("lattice", "casescope"): our_lattice,
    ("crosstab", "casescope"): our_crosstab,
    ("crosstab", "acro"): acro_crosstab,
}


def main(words: list[str]) -> _Said:
    """Do what the command line says: `make FOLDER ROWS SEED`, `run FOLDER ROWS PART CONTENDER`."""
    does, folder, rows = words[0], Path(words[1]), int(words[2])
    if does == "make":
        return make(folder, rows, int(words[3]))
    if words[4] == "casescope":
        sys.meta_path.insert(0, WithoutPandas())
    elif words[4] == "acro":
        logging.disable(logging.CRITICAL)
        warnings.simplefilter("ignore")
        os.chdir(folder)  # it keeps files in the working directory
    return CONTENDERS[words[3], words[4]](folder, rows)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))

"""One contender, or the maker of their rows, in a process of its own; prints JSON.

Rows are (days of follow-up, whether it ended in an event), days as whole numbers of 16 bits. Each
contender has them in memory in the form that is its own before the clock starts: ours as a DuckDB
table, lifelines as numpy arrays. What is measured is the making of a curve with its bands, again in
the contender's own form: our columns, lifelines' frames. Afterwards both become one row a day: at
risk, share surviving, its lower and upper bound on the log-log scale.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lifelines import KaplanMeierFitter

_Curve = list[tuple[float, ...]]
_COUNTS = """
    SELECT days AS day, events, counted - events AS censored
    FROM (
        SELECT days, count_if(ended)::BIGINT AS events, count(*) AS counted
        FROM followed GROUP BY days
    )
"""
_MANY_DAYS = 16
"""Bits of a key for which DuckDB counts in an array: twelve years of days need 13, it allows 12."""


def make(folder: Path, rows: int, seed: int) -> dict[str, int]:
    """Write pretend rows: follow-up of up to twelve years by whole days, a fifth with an event."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as parquet

    rng = np.random.default_rng(seed)
    event, end = rng.exponential(7300, rows), rng.uniform(1, 4383, rows)
    days = np.ceil(np.minimum(event, end)).astype(np.int16)
    parquet.write_table(pa.table({"days": days, "ended": event <= end}), folder / "rows.parquet")
    return {"rows": rows}


def ours(folder: Path) -> dict[str, Any]:
    """Count by day in SQL, then the product-limit on the small table."""
    import duckdb

    from casescope.findings.survival import Days, product_limit_of

    connection = duckdb.connect(config={"perfect_ht_threshold": _MANY_DAYS})
    connection.execute(f"CREATE TABLE followed AS FROM '{folder / 'rows.parquet'}'")

    curve, said = _measured(
        lambda: product_limit_of(Days.counted(**connection.execute(_COUNTS).fetchnumpy()))
    )
    said["curve"] = [(p.day, p.at_risk, 1 - p.estimate, 1 - p.upper, 1 - p.lower)
                     for p in curve.points()]  # fmt: skip
    return said


def lifelines(folder: Path) -> dict[str, Any]:
    """Fit lifelines' KaplanMeierFitter, which makes log-log bands by itself."""
    import pyarrow.parquet as parquet
    from lifelines import KaplanMeierFitter

    table = parquet.read_table(folder / "rows.parquet")
    days, ended = table["days"].to_numpy(), table["ended"].to_numpy()
    fitted = KaplanMeierFitter()
    _, said = _measured(lambda: fitted.fit(days, ended))
    said["curve"] = _of_lifelines(fitted)
    return said


def _of_lifelines(fitted: "KaplanMeierFitter") -> _Curve:
    """Return the curve that is there after fitting, in our form (day 0, which lifelines adds, out).

    Before the first event our bands are the point itself.
    """
    table = fitted.event_table.at_risk.to_frame()
    table["surviving"] = fitted.survival_function_.iloc[:, 0]
    table[["lower", "upper"]] = fitted.confidence_interval_survival_function_.to_numpy()
    table.loc[table.surviving == 1, ["lower", "upper"]] = 1.0
    return [row for row in table.itertuples(name=None) if row[0] > 0]


def _measured(make_curve: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    wall, processor = time.perf_counter(), time.process_time()
    curve = make_curve()
    return curve, {
        "seconds": time.perf_counter() - wall,
        "processor_seconds": time.process_time() - processor,
    }


def main(words: list[str]) -> dict[str, Any]:
    """Do what the command line says: `make FOLDER ROWS SEED`, or `run FOLDER CONTENDER`."""
    does, folder = words[0], Path(words[1])
    if does == "make":
        return make(folder, int(words[2]), int(words[3]))
    return {"casescope": ours, "lifelines": lifelines}[words[2]](folder)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))

"""The removals step as one hand-written DuckDB statement: from the inputs to each woman's history.

It is given every advantage that the promise "within 1.3 times" leaves it. It reads the same files
in the same engine, without the product's limit of memory, for within it it fails at nine million
rows: nothing that one statement has on the way can be let go before its end. It keeps one table,
each woman's history with her events counted by kind. casescope writes every table that the cohort,
the quality report and the dataset read afterwards (the episodes with their periods, reasons and
needs; removals; proceedings; events and what is in each). The statement also leaves out what these
pretend files do not ask for: episodes of the case system, and an authority without a name.
"""

import time
from pathlib import Path

from benchmarks.answer import Answer
from benchmarks.removals_casescope import facts
from benchmarks.removals_connected import in_memory
from benchmarks.removals_counted import answer_of_history
from casescope.identified.removals.make import CODES
from casescope.vault.sql import parameters_of

_STATEMENT = Path(__file__).with_suffix(".sql")


def compute(tables: Path, work: Path) -> tuple[float, float, Answer]:
    """Return seconds (wall, processor) of the statement alone, and what its table answers."""
    statement = _STATEMENT.read_text(encoding="utf-8")
    given = {**CODES, **facts()}
    bound = {name: given[name] for name in parameters_of(statement)}
    with in_memory(tables, work, limited=False) as connection:
        begun, used = time.perf_counter(), time.process_time()
        connection.execute(statement, bound)
        taken = time.perf_counter() - begun, time.process_time() - used
        return *taken, answer_of_history(connection)

"""A pretend county studied by the product's own steps, in memory."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb

from casescope.governance.study_file.parameters import Parameters
from casescope.identified.intake.load import load
from casescope.identified.pipeline import STEPS


@contextmanager
def studied(
    folder: Path, *, reference_date: date, parameters: Parameters | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in which every step has been done on the extract in `folder`."""
    facts = {
        **asdict(parameters or Parameters()),
        "reference_date": reference_date,
        "authority_names": [""],
        "restrictions": [""],
        "link_decisions": [""],
        "links_unsure": [""],
        "links_drawn": [""],
    }
    connection = duckdb.connect(config={"threads": "2"})
    try:
        connection.execute("ATTACH ':memory:' AS extract; USE extract")
        load(connection, [folder], reference_date=reference_date)
        for step in STEPS:
            connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
            step.build(connection, facts)
        yield connection
    finally:
        connection.close()


def grouped(connection: duckdb.DuckDBPyConnection, query: str) -> dict[tuple, list]:
    """Return the last column of a query by the columns before it."""
    groups: dict[tuple, list] = defaultdict(list)
    for *key, value in connection.execute(query).fetchall():
        groups[tuple(key)].append(value)
    return groups

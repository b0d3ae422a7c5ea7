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
    with loaded(folder, reference_date=reference_date) as connection:
        step_by_step(connection, reference_date, parameters or Parameters())
        yield connection


@contextmanager
def loaded(folder: Path, *, reference_date: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that has the extract in `folder`, and no step yet."""
    connection = duckdb.connect(config={"threads": "2"})
    try:
        connection.execute("ATTACH ':memory:' AS extract; USE extract")
        load(connection, [folder], reference_date=reference_date)
        yield connection
    finally:
        connection.close()


def step_by_step(
    connection: duckdb.DuckDBPyConnection, reference_date: date, parameters: Parameters
) -> None:
    """Do every step on what is loaded; what steps came to before is thrown away."""
    facts = {
        **asdict(parameters),
        "reference_date": reference_date,
        "authority_names": [""],
        "restrictions": [""],
        "link_decisions": [""],
        "links_unsure": [""],
        "links_drawn": [""],
    }
    connection.execute("USE extract")
    for step in STEPS:
        connection.execute(f"DETACH DATABASE IF EXISTS {step.name}")
    for step in STEPS:
        connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
        step.build(connection, facts)


def grouped(connection: duckdb.DuckDBPyConnection, query: str) -> dict[tuple, list]:
    """Return the last column of a query by the columns before it."""
    groups: dict[tuple, list] = defaultdict(list)
    for *key, value in connection.execute(query).fetchall():
        groups[tuple(key)].append(value)
    return groups

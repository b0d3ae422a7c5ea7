"""The product's own steps on a small world, in memory: the real loader, the real SQL."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import duckdb

from casescope.identified.cohort.listing import listed
from casescope.identified.intake.load import load
from casescope.identified.people.identities import IDENTITIES
from casescope.identified.pipeline import STEPS
from tests.worlds import AUTHORITY, World


def cohort(world: World, *, removals: str = "broad", linkage: str = "strict") -> dict:
    with studied(world) as connection:
        women = listed(connection, linkage=linkage, removals=removals)
        flow = connection.execute(
            "SELECT name, women FROM cohort.flow WHERE removals = $removals ORDER BY step",
            {"removals": removals},
        ).fetchall()
    return {
        "reference_date": world.reference_date.isoformat(),
        "linkage": linkage,
        "women": women,
        "flow": [{"step": name, "women": women} for name, women in flow],
    }


def recurrence(world: World, removals: str = "broad") -> list[tuple]:
    washout = world.parameters.washout_years
    with studied(world) as connection:
        return connection.execute(
            "SELECT follow_up_days, ending, age_at_index FROM cohort.spell "
            "WHERE removals = $removals AND index_on >= (SELECT CAST(CAST(value AS DATE) "
            "+ to_years($washout) AS DATE) FROM dataset.about WHERE name = 'observation_start') "
            "ORDER BY ALL",
            {"removals": removals, "washout": washout},
        ).fetchall()


def issues(world: World, removals: str = "broad") -> dict:
    with studied(world) as connection:
        rows = connection.execute(
            "SELECT list(source_id ORDER BY source_id), issue, timing, state FROM cohort.issue "
            "JOIN people.known_as ON subject_id = woman_id AND source = 'person' "
            "WHERE removals = $removals GROUP BY woman_id, issue, timing, state",
            {"removals": removals},
        ).fetchall()
    return {(tuple(ids), issue, timing): state for ids, issue, timing, state in rows}


@contextmanager
def studied(world: World) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    try:
        connection.execute("ATTACH ':memory:' AS extract; USE extract")
        with tempfile.TemporaryDirectory() as folder:
            world.write(Path(folder) / "extract")
            load(connection, [Path(folder) / "extract"], reference_date=world.reference_date)
        for step in STEPS:
            connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
            step.build(connection, {**facts(world), "restrictions": [""]})
            if step is IDENTITIES and world.restricted:
                break
        if world.restricted:
            _again_without(connection, world)
        yield connection
    finally:
        connection.close()


def _again_without(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    held = connection.execute(
        "SELECT subject_id FROM identities.identity WHERE source = 'person' "
        "AND source_id IN $restricted",
        {"restricted": sorted(world.restricted)},
    ).fetchall()
    for step in STEPS[1:]:
        connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
        step.build(connection, {**facts(world), "restrictions": ["", *(row[0] for row in held)]})


def facts(world: World) -> dict:
    return {
        **asdict(world.parameters),
        "reference_date": world.reference_date,
        "authority_names": [AUTHORITY.lower()],
    }

"""The product's own steps on a small world, in memory: the real loader, the real SQL."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import duckdb

from casescope.dataset.care_course import PLACEMENT_KINDS
from casescope.identified.cohort.listing import listed
from casescope.identified.intake.load import load
from casescope.identified.people.identities import IDENTITIES
from casescope.identified.pipeline import STEPS
from casescope.kernel.codes import REMOVAL_COUNTS
from tests.worlds import AUTHORITY, World


def cohort(world: World, *, removals: str = "broad", linkage: str = "strict") -> dict:
    return _answers(world)["cohort"][removals, linkage]


def recurrence(world: World, removals: str = "broad") -> list[tuple]:
    return _answers(world)["recurrence"][removals]


def newborn_recurrence(world: World, removals: str = "broad") -> list[tuple]:
    return _answers(world)["newborn"][removals]


def rate(world: World, removals: str = "broad") -> dict:
    return _answers(world)["rate"][removals]


def issues(world: World, removals: str = "broad") -> dict:
    return _answers(world)["issues"][removals]


def courses(world: World, removals: str = "broad") -> dict:
    return _answers(world)["courses"][removals]


_last: list[tuple[World, dict]] = []
"""The newest world and its answers: tests ask one world for every count in turn."""


def _answers(world: World) -> dict:
    if not _last or _last[0][0] is not world:
        with studied(world, until="cohort") as connection:
            _last[:] = [(world, _ask(connection, world))]
    return _last[0][1]


def _ask(connection: duckdb.DuckDBPyConnection, world: World) -> dict:
    return {
        "cohort": {
            (count, "strict"): _cohort(connection, world, count) for count in REMOVAL_COUNTS
        },
        "recurrence": {count: _recurrence(connection, world, count) for count in REMOVAL_COUNTS},
        "newborn": {
            count: _recurrence(connection, world, count, "newborn_") for count in REMOVAL_COUNTS
        },
        "rate": {count: _rate(connection, count) for count in REMOVAL_COUNTS},
        "issues": {count: _issues(connection, count) for count in REMOVAL_COUNTS},
        "courses": {count: _courses(connection, count) for count in REMOVAL_COUNTS},
    }


def _cohort(connection: duckdb.DuckDBPyConnection, world: World, removals: str) -> dict:
    flow = connection.execute(
        "SELECT name, women FROM cohort.flow WHERE linkage = 'strict' AND removals = $removals "
        "ORDER BY step",
        {"removals": removals},
    ).fetchall()
    return {
        "reference_date": world.reference_date.isoformat(),
        "linkage": "strict",
        "women": listed(connection, linkage="strict", removals=removals),
        "flow": [{"step": name, "women": women} for name, women in flow],
    }


def _recurrence(
    connection: duckdb.DuckDBPyConnection, world: World, removals: str, next_of: str = ""
) -> list[tuple]:
    return connection.execute(
        f"SELECT {next_of}follow_up_days, {next_of}ending, age_at_index FROM cohort.spell "
        "WHERE linkage = 'strict' AND removals = $removals AND index_on >= "
        "(SELECT coalesce(CAST(observation_start + to_years($washout) AS DATE), "
        "DATE '0001-01-01') FROM cohort.observed) "
        "ORDER BY ALL",
        {"removals": removals, "washout": world.parameters.washout_years},
    ).fetchall()


def _rate(connection: duckdb.DuckDBPyConnection, removals: str) -> dict:
    rows = connection.execute(
        "SELECT list(source_id ORDER BY source_id), age_band, since_event, days, children "
        "FROM cohort.exposure JOIN people.known_as ON subject = woman_id AND source = 'person' "
        "WHERE linkage = 'strict' AND removals = $removals "
        "GROUP BY woman_id, age_band, since_event, days, children",
        {"removals": removals},
    ).fetchall()
    return {(tuple(ids), age, since): (days, n) for ids, age, since, days, n in rows}


def _issues(connection: duckdb.DuckDBPyConnection, removals: str) -> dict:
    rows = connection.execute(
        "SELECT list(source_id ORDER BY source_id), issue, timing, state FROM cohort.issue "
        "JOIN people.known_as ON subject = woman_id AND source = 'person' "
        "WHERE linkage = 'strict' AND removals = $removals GROUP BY woman_id, issue, timing, state",
        {"removals": removals},
    ).fetchall()
    return {(tuple(ids), issue, timing): state for ids, issue, timing, state in rows}


def _courses(connection: duckdb.DuckDBPyConnection, removals: str) -> dict:
    found = connection.execute(
        "SELECT (SELECT min(source_id) FROM people.known_as WHERE subject = child_id "
        "AND source = 'person') AS child, course.* FROM cohort.care_course AS course "
        "JOIN removals.account USING (account) WHERE linkage = 'strict' AND removals = $removals",
        {"removals": removals},
    )
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {
        row["child"]: {
            "days": {kind: row[f"days_{kind}"] for kind in PLACEMENT_KINDS if row[f"days_{kind}"]},
            "longest": row["longest_kind"],
            "ending": row["ending"],
            "permanence": row["permanence"],
            "permanence_days": row["permanence_days"],
        }
        for row in rows
    }


@contextmanager
def studied(world: World, *, until: str = "dataset") -> Iterator[duckdb.DuckDBPyConnection]:
    """Do the steps up to `until` on a world; yield a connection that sees their layers by name."""
    connection = duckdb.connect(config={"threads": 1})  # small worlds: more threads only wait
    try:
        connection.execute("ATTACH ':memory:' AS extract; USE extract")
        with tempfile.TemporaryDirectory() as folder:
            world.write(Path(folder) / "extract")
            load(connection, [Path(folder) / "extract"], reference_date=world.reference_date)
        for step in STEPS:
            connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
            step.build(connection, {**facts(world), "restrictions": [""]})
            if step.name == until or (step is IDENTITIES and world.restricted):
                break
        if world.restricted:
            _again_without(connection, world, until)
        yield connection
    finally:
        connection.close()


def _again_without(connection: duckdb.DuckDBPyConnection, world: World, until: str) -> None:
    held = connection.execute(
        "SELECT subject_id FROM identities.identity WHERE source = 'person' "
        "AND source_id IN $restricted",
        {"restricted": sorted(world.restricted)},
    ).fetchall()
    for step in STEPS[1:]:
        connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
        step.build(connection, {**facts(world), "restrictions": ["", *(row[0] for row in held)]})
        if step.name == until:
            break


def facts(world: World) -> dict:
    return {
        **asdict(world.parameters),
        "reference_date": world.reference_date,
        "authority_names": [AUTHORITY.lower()],
        "link_decisions": [""],
        "links_unsure": [""],
        "links_drawn": [""],
    }

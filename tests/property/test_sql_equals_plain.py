"""The SQL steps and the plain version say the same about arbitrary small worlds.

25 worlds (of up to three families each) by default, the same ones each time;
`CASESCOPE_WORLDS=5000` tries that many new ones and shrinks the first difference it finds.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from casescope.kernel.codes import REMOVAL_COUNTS
from tests import oracle
from tests.property.strategies import worlds
from tests.worlds import World

engine = pytest.importorskip("tests.engine")

TRIED = os.environ.get("CASESCOPE_WORLDS", "")
MANY = settings(
    max_examples=int(TRIED or 25),
    deadline=None,
    derandomize=not TRIED,
    phases=[Phase.generate, *([Phase.shrink] if TRIED else [])],
    database=None,
    suppress_health_check=list(HealthCheck),
)
AGREED = (
    "age", "tier", "children", "removed_children", "events", "repeat_events", "in_her_care",
    "pregnant",
)  # fmt: skip
STOCKS = ("mothers_records", "women", "women_studied", "in_cohort")


@MANY
@given(worlds())
def test_sql_equals_plain(world: World) -> None:
    """Women, tiers, removals, events and flow in all three counts; recurrence, also of
    newborns; rate; issues; courses of care.

    No probable link is made: the plain version knows none, and a restriction reaches over them.
    """
    world = world.but(parameters=replace(world.parameters, link_threshold=1.0))
    with built_once(world):
        by_sql = said_by(engine, world)
    differences = list(between(by_sql, said_by(oracle, world)))
    assert not differences


@MANY
@given(worlds())
def test_the_flow_adds_up(world: World) -> None:
    """ "its numbers add up": each stock is the one before less those who leave in between."""
    for count in REMOVAL_COUNTS:
        lines = oracle.cohort(world, removals=count)["flow"]
        left = lines[0]["women"]
        for line in lines[1:-4]:
            if line["step"] in STOCKS:
                assert line["women"] == left
            else:
                left -= line["women"]
        assert sum(line["women"] for line in lines[-4:]) == left


def between(sql: Any, plain: Any, path: str = "") -> Iterator[str]:
    """Yield where two answers differ, each as a path and what the two say there."""
    if isinstance(sql, dict) and isinstance(plain, dict):
        for key in sorted({*sql, *plain}, key=str):
            yield from between(sql.get(key, "nothing"), plain.get(key, "nothing"), f"{path}/{key}")
    elif sql != plain:
        yield f"{path}: SQL says {sql}, the plain version {plain}"


@contextmanager
def built_once(world: World) -> Iterator[None]:
    """Let the engine build one world once, however many questions are asked about it."""
    with engine.studied(world, until="cohort") as connection:

        @contextmanager
        def again(_: World, **_until: str) -> Iterator[Any]:
            yield connection

        with mock.patch.object(engine, "studied", again):
            yield


def said_by(implementation: Any, world: World) -> dict[str, Any]:
    """Return all that one implementation says about a world, in one order and without its ids."""
    return {
        count: {
            "cohort": cohort(implementation, world, count),
            "recurrence": sorted(map(str, implementation.recurrence(world, count))),
            "newborn": sorted(map(str, implementation.newborn_recurrence(world, count))),
            "rate": {str(key): value for key, value in implementation.rate(world, count).items()},
            "issues": implementation.issues(world, count),
            "courses": implementation.courses(world, count),
        }
        for count in REMOVAL_COUNTS
    }


def cohort(implementation: Any, world: World, count: str) -> dict[str, Any]:
    """Return a cohort's JSON, women by their person records, in the keys that it is agreed on."""
    said = implementation.cohort(world, removals=count, linkage="strict")
    women = {
        "+".join(sorted(woman["person_ids"])): {key: woman[key] for key in AGREED}
        for woman in said["women"]
    }
    return {**said, "women": women}

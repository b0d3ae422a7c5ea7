"""Every paragraph is asked of the plain version and, where it is installed, of the engine."""

import importlib
from importlib.util import find_spec

import pytest

from tests.linked import linked_by_hand
from tests.spec.answer import Answer

IMPLEMENTATIONS = [name for name in ("tests.oracle", "tests.engine") if find_spec(name) is not None]


@pytest.fixture(scope="module", autouse=True)
def no_pair_is_scored():
    """Let the engine score no pairs: paragraphs are of strict linkage, which no score touches.

    `tests/property` puts worlds to the engine with every pair scored.
    """
    with linked_by_hand([]):
        yield


@pytest.fixture(params=IMPLEMENTATIONS, ids=lambda name: name.removeprefix("tests."))
def implementation(request):
    """One of the two ways to compute the definitions."""
    return importlib.import_module(request.param)


@pytest.fixture
def cohort_of(implementation):
    """Answer who is in the cohort of a world."""

    def ask(world, *, removals="broad", linkage="strict"):
        return Answer(implementation.cohort(world, removals=removals, linkage=linkage))

    return ask


@pytest.fixture
def recurrence_of(implementation):
    """Answer the (days of follow-up, ending, age at index) of every index woman."""
    return lambda world, removals="broad": implementation.recurrence(world, removals)


@pytest.fixture
def newborn_recurrence_of(implementation):
    """Answer the same to her next event with a new child under 28 days old."""
    return lambda world, removals="broad": implementation.newborn_recurrence(world, removals)


@pytest.fixture
def rate_of(implementation):
    """Answer the time each woman is followed: `{person: {"age, since": (days, children)}}`."""

    def ask(world, removals="broad"):
        found: dict = {}
        for (people, age, since), told in implementation.rate(world, removals).items():
            found.setdefault("+".join(people), {})[f"{age}, {since}"] = told
        return found

    return ask


@pytest.fixture
def issues_of(implementation):
    """Answer the state of each issue in each timing for woman m1."""

    def ask(world, removals="broad"):
        found = implementation.issues(world, removals)
        return {
            f"{issue} {timing}": state
            for (people, issue, timing), state in found.items()
            if "m1" in people
        }

    return ask


@pytest.fixture
def course_of(implementation):
    """Answer what became of each removed child of a world, by the child's id."""
    return lambda world, removals="broad": implementation.courses(world, removals)

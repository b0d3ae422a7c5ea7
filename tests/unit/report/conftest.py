"""A pretend county's findings, passed through disclosure control."""

import pytest

from casescope.disclosure.release import release
from tests.unit.report.county import county, study_facts


@pytest.fixture(scope="session")
def released():
    return release(county())


@pytest.fixture(scope="session")
def nothing():
    """An extract in which no mother was found: every count is 0."""
    return release(county(0))


@pytest.fixture(scope="session")
def small():
    """A place so small that most figures are hidden."""
    return release(county(0.06))


@pytest.fixture
def study():
    return study_facts()

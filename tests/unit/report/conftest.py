"""A pretend county's findings, passed through disclosure control, and its report's faces."""

from dataclasses import replace
from datetime import date

import pytest

from casescope.disclosure import publish
from casescope.disclosure.release import release
from casescope.governance.release.release import cleared
from casescope.report.build import document
from casescope.report.edition import Edition
from casescope.report.face import Face
from casescope.report.rendering import rendered
from tests.unit.governance.test_release_rules import ACCEPT, REQUEST, answer, opening
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


@pytest.fixture(scope="session")
def out(released):
    """The same figures, as two others than the author let them out on 30 November 2026."""
    request = replace(REQUEST, findings=released.digest())
    answers = [(answer(name), opening(ACCEPT)) for name in ("rae", "sam")]
    return publish(released, cleared(request, "d", answers), on=date(2026, 11, 30))


@pytest.fixture
def study():
    return study_facts()


@pytest.fixture(scope="session")
def all_faces(released):
    """The files of every face of both editions, in memory."""
    return rendered(released, study_facts(), tuple(Edition), tuple(Face))


@pytest.fixture(scope="session", params=list(Edition), ids=lambda edition: edition.value)
def edition(request):
    return request.param


@pytest.fixture(scope="session")
def written(released, edition):
    """The document of one edition."""
    return document(released, study_facts(), edition)


@pytest.fixture(scope="session")
def faces(all_faces, edition):
    """The one file of each face of an edition; the tables are a dictionary of files."""
    files = all_faces[edition]
    return {face: found if face is Face.CSV else found[face.file] for face, found in files.items()}

"""A register, keys and a study of its own for each test; no test sees another's, or the user's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casescope.actions.study import study as studies
from casescope.register import open_register
from casescope.register.opening import FILE
from tests.integration.people import BOB, PEOPLE, TODAY, Place, approve
from tests.integration.releasing import Released, begin, copied, lead_to


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """A register with its tables and nothing in it, to copy: making the tables takes a while."""
    folder = tmp_path_factory.mktemp("register")
    with django_db_blocker.unblock():
        open_register(folder)
        _let_go()
    return folder / FILE


@pytest.fixture
def unused_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker
) -> Iterator[Place]:
    """A place without even a register; its database is a file, so nothing else needs guarding."""
    here = Place(tmp_path)
    monkeypatch.setenv("CASESCOPE_STATE", str(here.state))
    monkeypatch.setenv("CASESCOPE_KEYS", str(here.keys))
    monkeypatch.setenv("CASESCOPE_ARCHIVE", str(here.root / "archive"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with django_db_blocker.unblock():
        yield here
        _let_go()


@pytest.fixture
def place(unused_place: Place, empty_register: Path) -> Place:
    """A place with an empty register."""
    unused_place.state.mkdir(mode=0o700)
    shutil.copy(empty_register, unused_place.state / FILE)
    return unused_place


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


@pytest.fixture
def drafted(place: Place) -> Place:
    """A study in draft with four people in four roles."""
    given = place.root / "given.toml"
    given.write_text(PEOPLE, encoding="utf-8")
    studies.create(place.home, from_file=given, actor=BOB, today=TODAY)
    return place


@pytest.fixture
def approved(drafted: Place) -> Place:
    """The same study, approved on the same day."""
    approve(drafted)
    return drafted


@pytest.fixture(scope="session")
def release_once(empty_register, tmp_path_factory, django_db_blocker) -> dict[str, Place]:
    """A study whose report is written, and one whose R1 is out; only ever copied."""
    places = {}
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        made = lead_to(Place(tmp_path_factory.mktemp("written")), patch)
        made.place.state.mkdir()
        shutil.copy(empty_register, made.place.state)
        begin(made)
        _let_go()
        places["written"] = made.place
        out = lead_to(copied(made.place, tmp_path_factory.mktemp("out")), patch)
        out.both_accept(out.ask())
        out.publish()
        _let_go()
        places["out"] = out.place
    return places


@pytest.fixture
def copy_of(release_once, tmp_path, monkeypatch, django_db_blocker):
    """Yield a function that copies one of them and leads the environment to the copy."""
    with django_db_blocker.unblock():
        yield lambda name: lead_to(copied(release_once[name], tmp_path / "place"), monkeypatch)
        _let_go()


@pytest.fixture
def made(copy_of) -> Released:
    """A study of ann's with its public edition written, not yet asked for."""
    return copy_of("written")


@pytest.fixture
def out(copy_of) -> Released:
    """R1, accepted by rae and sam, and published."""
    return copy_of("out")

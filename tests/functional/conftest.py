"""One county written once, one study loaded and run once; each test works on a copy of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.functional.pairs import BY_HAND
from tests.functional.pairs import begun as linked_study
from tests.functional.partners import Exchange, first_sent, panel_once
from tests.functional.place import Place, begin, load_and_run, write_extract
from tests.linked import linked_by_hand, scored_once

MOTHERS = 80


@pytest.fixture(scope="session", autouse=True)
def links() -> Iterator[None]:
    """The links of each extract are scored once, whatever else of a study is done again."""
    with scored_once():
        yield


@pytest.fixture(scope="session")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pretend county's extract."""
    folder = tmp_path_factory.mktemp("given") / "county"
    write_extract(folder, mothers=MOTHERS)
    return folder


@pytest.fixture(scope="session")
def truth(extract: Path) -> dict[str, Any]:
    """What is true of it."""
    import json

    return json.loads((extract / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def done_once(
    extract: Path, truth: dict[str, Any], tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker,
) -> Place:  # fmt: skip
    """A study of it, loaded and run; only ever copied."""
    place = Place(tmp_path_factory.mktemp("done"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        _lead_to(place, patch)
        begin(place, truth)
        load_and_run(place, extract)
        _let_go()
    return place


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker) -> Iterator[Place]:
    """A place with no study in it, to which the environment leads."""
    place = Place(tmp_path / "place")
    _lead_to(place, monkeypatch)
    with django_db_blocker.unblock():
        yield place
        _let_go()


@pytest.fixture
def study(empty: Place, done_once: Place) -> Place:
    """A study of its own, loaded and run."""
    return done_once.copied(empty.root)


@pytest.fixture(scope="session")
def sent_once(done_once: Place, tmp_path_factory: pytest.TempPathFactory,
              django_db_blocker) -> Exchange:  # fmt: skip
    """A study that sent a partner its first package; only ever copied."""
    place = done_once.copied(tmp_path_factory.mktemp("sent"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        _lead_to(place, patch)
        sent = first_sent(place)
        _let_go()
    return sent


@pytest.fixture(scope="session")
def panels() -> Iterator[None]:
    """The risk panel of each dataset is worked out once."""
    with pytest.MonkeyPatch.context() as patch:
        panel_once(patch)
        yield


@pytest.fixture
def sent(empty: Place, sent_once: Exchange, panels) -> Exchange:
    """A study of its own that sent a partner its first package."""
    return sent_once.copied(empty.root)


@pytest.fixture(scope="session")
def linked_once(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Place:
    """A study of ten women and five links drawn by hand; only ever copied."""
    place = Place(tmp_path_factory.mktemp("linked"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        _lead_to(place, patch)
        with linked_by_hand(BY_HAND):
            linked_study(place, place.root / "extract")
        _let_go()
    return place


@pytest.fixture
def linked(empty: Place, linked_once: Place) -> Iterator[Place]:
    """A study of its own of ten women and five links drawn by hand."""
    with linked_by_hand(BY_HAND):
        yield linked_once.copied(empty.root)


@pytest.fixture
def begun(empty: Place, truth: dict[str, Any]) -> Place:
    """A study of its own, approved, with nothing loaded."""
    begin(empty, truth)
    return empty


def _lead_to(place: Place, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("CASESCOPE_STATE", str(place.state))
    patch.setenv("CASESCOPE_KEYS", str(place.keys))
    patch.setenv("CASESCOPE_ARCHIVE", str(place.archive))
    patch.delenv("DATABASE_URL", raising=False)


def _let_go() -> None:
    from django.db import connections

    connections.close_all()

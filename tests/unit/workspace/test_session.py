"""From a card to an open session and its end."""

import pytest

from casescope.actions.partner import session as partner_session
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT, acknowledgement_of
from casescope.kernel.errors import LeaseRefused
from tests.unit.workspace.conftest import Ear


def women(session):
    return session.check().execute("SELECT count(*) FROM shared_woman").fetchone()[0]


def test_a_package_opens_under_a_lease_and_no_longer(side, council):
    with side.open(council.send(), council, authority=council.fingerprint) as session:
        assert women(session) == 40
        side.day.passes(hours=23, minutes=59)
        assert women(session) == 40
        side.day.passes(minutes=2)
        with pytest.raises(LeaseRefused, match="24 hours are spent"):
            session.check()
        assert session.data is None
    shown = side.show()
    assert shown["confirmed_at"] is not None
    assert shown["sessions"][0]["ended_at"] is not None


def test_the_council_can_check_every_message(side, council):
    with side.open(council.send(), council):
        signed = council.takes(side.ear.acknowledgements[0].read_bytes(), ACKNOWLEDGEMENT)
    said = acknowledgement_of(signed, "it")
    assert (said.package, said.version, said.replaces) == (council.newest, 1, None)
    with side.analyse(council):
        pass
    with side.open(council.send(seed=2), council):
        said = acknowledgement_of(
            council.takes(side.ear.acknowledgements[0].read_bytes(), ACKNOWLEDGEMENT), "it"
        )
    assert said.version == 2
    assert said.replaces
    assert len(said.destroyed) == 1


def test_messages_come_and_go_by_other_folders(side, council, tmp_path):
    """A memory stick, say: nothing is looked for or put anywhere else."""
    stick, back = tmp_path / "stick", tmp_path / "back"
    back.mkdir()
    ear = Ear(council, back)
    with side.open(council.send(), ear=ear, inbox=back, outbox=stick) as session:
        assert women(session) == 40
        assert partner_session.send(session).parent == stick
    went = {path.name.split("-")[0] for path in stick.iterdir()}
    assert went == {"acknowledgement", "request", "package"}
    assert list(side.outbox.iterdir()) == []


def test_a_dataset_too_large_for_memory_is_not_spilt(monkeypatch):
    """DuckDB's own choice is `.tmp` in the working directory, in plain, while rows come in."""
    from casescope.dataset.sharing import opening
    from tests.unit.workspace.council import dataset

    asked, filled = [], opening._filled

    def watched(connection, table, found):
        asked.append(connection.execute("SELECT current_setting('temp_directory')").fetchone()[0])
        filled(connection, table, found)

    monkeypatch.setattr(opening, "_filled", watched)
    opening.open_in_memory(dataset()[0]).close()
    assert asked == ["", "", ""]


def test_time_asleep_counts_where_the_system_can_tell(monkeypatch):
    import time

    from casescope.exchange.workspace.clocks import machine_clocks

    asked = []
    monkeypatch.setattr(time, "clock_gettime", lambda number: asked.append(number) or 5.0)
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", "boot", raising=False)
    assert machine_clocks().steady() == 5.0
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    monkeypatch.setattr(time, "CLOCK_MONOTONIC", "steady", raising=False)
    machine_clocks().steady()
    monkeypatch.delattr(time, "CLOCK_MONOTONIC")
    assert machine_clocks().steady() > 0
    assert asked == ["boot", "steady"]

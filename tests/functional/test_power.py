"""The harness itself: it really kills, after each change, and finds a command told by halves."""

import os

import pytest

from casescope.kernel import durable
from tests.functional.power import at_every_cut, changes

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork to cut short")


def test_every_change_is_cut_after_once(tmp_path):
    left = []

    def fresh():
        folder = tmp_path / str(len(left))
        folder.mkdir()
        return folder

    def command(folder):
        durable.write(folder / "one", b"1")
        durable.create(folder / "two", b"2")
        durable.move(folder / "one", folder / "three")
        durable.destroy(folder / "two")

    cuts = at_every_cut(
        fresh, command, lambda folder, _: left.append(sorted(p.name for p in folder.iterdir()))
    )
    assert cuts == len(left) == 4
    assert left == [["one"], ["one", "two"], ["three", "two"], ["three"]]


def test_a_command_that_is_not_whole_is_found(tmp_path):
    """What lies half-done after a cut is what `check` is shown, from a process that is dead."""

    def command(folder):
        durable.write(folder / "debit", str(os.getpid()).encode())
        durable.write(folder / "credit", b"")

    def check(folder, _):
        assert int((folder / "debit").read_bytes()) != os.getpid()
        assert (folder / "debit").exists() == (folder / "credit").exists()

    with pytest.raises(AssertionError):
        at_every_cut(lambda: tmp_path, command, check)


def test_a_failing_command_is_no_cut(tmp_path, capfd):
    def command(_):
        raise ValueError("a fault")

    with pytest.raises(AssertionError, match="failed before"):
        at_every_cut(lambda: tmp_path, command, lambda *_: None)
    assert "ValueError" in capfd.readouterr().err


def test_changes_are_named_in_order(tmp_path):
    def command():
        durable.write(tmp_path / "a", b"")
        durable.append(tmp_path / "a", b"more")

    assert changes(command) == ["a", "a"]
    assert durable.AFTER == []
